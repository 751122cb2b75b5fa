"""Signing in: password, then a code of the authenticator app; and signing out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from revcycle.operations.access.begin_sign_in import begin_password_try, finish_password_try
from revcycle.operations.access.end_sessions import sign_out
from revcycle.operations.access.pass_second_factor import pass_second_factor
from revcycle.operations.access.resume_session import resume_session
from revcycle.rules.access.password_hash import is_password
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.store.session import transaction
from workbench.pages.access import (
    ADDRESS_OF_STEPS,
    CurrentVisitor,
    Visitor,
    home_of,
    open_to_all,
)
from workbench.pages.form_texts import Text, without_controls

router = APIRouter(dependencies=[open_to_all()])

SEE_OTHER = 303
UNAUTHORIZED = 401
Address = Annotated[str, Query(max_length=300)]
WRONG = "Login or password is wrong."
WRONG_CODE = "This code is wrong, or was used already. Wait for the next one."


@router.get("/sign-in")
def show_sign_in(visitor: CurrentVisitor, next: Address = "") -> Response:  # noqa: A002 - the word in the address
    """Ask for login and password; whoever is in already is led on."""
    if visitor.person is not None:
        return RedirectResponse(address_after(visitor, next), SEE_OTHER)
    return ask_sign_in(visitor, next)


@router.post("/sign-in")
def take_password(
    request: Request,
    visitor: CurrentVisitor,
    login: Text = "",
    password: Text = "",
    next: Text = "",  # noqa: A002 - the word in the address
) -> Response:
    """Check a password; what is asked next depends on the person."""
    site, act = visitor.site, visitor.act
    with transaction(site.database_url) as session:
        tried = begin_password_try(session, act, login)
    is_right = is_password(password, tried.password_hash)
    with transaction(site.database_url) as session:
        browser = without_controls(request.headers.get("user-agent", ""))
        token = finish_password_try(session, act, tried, is_right=is_right, browser=browser)
        person = resume_session(session, act, token) if token else None
    if token is None or person is None:
        return ask_sign_in(visitor, next, login=login, problem=WRONG)
    response = RedirectResponse(ADDRESS_OF_STEPS[person.step] + _after(next), SEE_OTHER)
    visitor.give_session(response, token)
    return response


@router.get("/sign-in/code")
def show_code(visitor: CurrentVisitor, next: Address = "") -> Response:  # noqa: A002 - the word in the address
    """Ask for a code of the app."""
    return ask_step(visitor, SignInStep.SECOND_FACTOR, next) or visitor.show(
        "sign_in_code.html", here="", next=next, problem=""
    )


@router.post("/sign-in/code")
def take_code(visitor: CurrentVisitor, code: Text = "", next: Text = "") -> Response:  # noqa: A002 - the word in the address
    """Take a code of the app, or a recovery code."""
    if elsewhere := ask_step(visitor, SignInStep.SECOND_FACTOR, next):
        return elsewhere
    with transaction(visitor.site.database_url) as session:
        passed = pass_second_factor(session, visitor.act, visitor.token, code, key=visitor.site.key)
    if not passed.is_right:
        return visitor.show(
            "sign_in_code.html", here="", status_code=UNAUTHORIZED, next=next, problem=WRONG_CODE
        )
    return lead_on(visitor, passed.token, next)


@router.post("/sign-out")
def leave(visitor: CurrentVisitor) -> Response:
    """End the session."""
    with transaction(visitor.site.database_url) as session:
        sign_out(session, visitor.act, visitor.token)
    response = RedirectResponse("/sign-in", SEE_OTHER)
    visitor.forget_session(response)
    return response


def ask_step(visitor: Visitor, step: SignInStep, after: str) -> Response | None:
    """Lead to the page of what is asked now; None if it is this step."""
    if visitor.person is None:
        return RedirectResponse("/sign-in" + _after(after), SEE_OTHER)
    if visitor.person.step is step:
        return None
    return RedirectResponse(address_after(visitor, after), SEE_OTHER)


def lead_on(visitor: Visitor, token: str | None, after: str) -> Response:
    """Lead to what comes after a step that is done."""
    token = token or visitor.token
    with transaction(visitor.site.database_url) as session:
        person = resume_session(session, visitor.act, token)
    if person is None:
        address = "/sign-in"
    elif person.is_signed_in:
        address = own_address(after) or home_of(person)
    else:
        address = ADDRESS_OF_STEPS[person.step] + _after(after)
    response = RedirectResponse(address, SEE_OTHER)
    visitor.give_session(response, token)
    return response


def address_after(visitor: Visitor, after: str) -> str:
    """Name where somebody who gave a password belongs now."""
    assert visitor.person is not None, "the caller has looked"  # noqa: S101 - a programmer's promise
    if visitor.person.is_signed_in:
        return own_address(after) or home_of(visitor.person)
    return ADDRESS_OF_STEPS[visitor.person.step] + _after(after)


def own_address(address: str) -> str:
    """Return an address of our own pages, and nothing for any other.

    Source:
        OWASP, unvalidated redirects: a path with one slash, without what browsers read as one.
    """
    is_path = address.startswith("/") and not address.startswith("//")
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if is_path and is_plain and not address.startswith("/sign-") else ""


def _after(address: str) -> str:
    return f"?{urlencode({'next': address})}" if own_address(address) else ""


def ask_sign_in(
    visitor: Visitor,
    after: str,
    *,
    login: str = "",
    problem: str = "",
    status_code: int = UNAUTHORIZED,
) -> Response:
    """Show the page that asks for login and password, or offers the company's own sign-in.

    Args:
        visitor: Nobody yet.
        after: Where to go then.
        login: What was typed before.
        problem: Why it is asked again.
        status_code: What the browser is told if there is a problem.
    """
    provider = visitor.site.provider
    response = visitor.show(
        "sign_in.html",
        here="",
        status_code=status_code if problem else 200,
        next=own_address(after),
        login=login,
        problem=problem,
        provider_name=provider.name if provider else "",
    )
    visitor.give_visit(response)
    return response
