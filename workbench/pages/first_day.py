"""The first day: choose a password, enrol an authenticator app, keep the recovery codes."""

from io import BytesIO

import segno
from fastapi import APIRouter
from fastapi.responses import Response

from revcycle.operations.access.choose_password import (
    WeakPasswordError,
    choose_first_password,
    prepare_password,
)
from revcycle.operations.access.enrol_authenticator import begin_enrolment, confirm_enrolment
from revcycle.rules.access.password_strength import LENGTH_MIN
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.rules.access.totp import totp_address
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, home_of, open_to_all, person_of
from workbench.pages.form_texts import Text
from workbench.pages.sign_in import UNAUTHORIZED, WRONG_CODE, Address, ask_step, lead_on

router = APIRouter(prefix="/sign-in", dependencies=[open_to_all()])

NOT_THE_SAME = "The two passwords are not the same."
PICTURE_SCALE = 5
SECRET_GROUP = 4


@router.get("/password")
def show_password(visitor: CurrentVisitor, next: Address = "") -> Response:  # noqa: A002 - the word in the address
    """Ask for a password of one's own."""
    return ask_step(visitor, SignInStep.CHOOSE_PASSWORD, next) or _ask_password(visitor, next)


@router.post("/password")
def take_password(
    visitor: CurrentVisitor,
    password: Text = "",
    repeated: Text = "",
    next: Text = "",  # noqa: A002 - the word in the address
) -> Response:
    """Take a password of one's own instead of the one-time password."""
    if elsewhere := ask_step(visitor, SignInStep.CHOOSE_PASSWORD, next):
        return elsewhere
    if password != repeated:
        return _ask_password(visitor, next, problem=NOT_THE_SAME)
    person = person_of(visitor)
    try:
        password_hash = prepare_password(
            password, login=person.login, display_name=person.display_name
        )
    except WeakPasswordError as error:
        return _ask_password(visitor, next, problem=str(error))
    with transaction(visitor.site.database_url) as session:
        token = choose_first_password(session, visitor.act, visitor.token, password_hash)
    return lead_on(visitor, token, next)


@router.get("/app")
def show_app(visitor: CurrentVisitor, next: Address = "") -> Response:  # noqa: A002 - the word in the address
    """Show the secret to an authenticator app."""
    return ask_step(visitor, SignInStep.ENROL, next) or _ask_app(visitor, next)


@router.get("/app.svg")
def show_picture(visitor: CurrentVisitor) -> Response:
    """Draw the secret so that a telephone can read it."""
    if elsewhere := ask_step(visitor, SignInStep.ENROL, ""):
        return elsewhere
    picture = BytesIO()
    address = totp_address(_secret(visitor), person_of(visitor).login)
    segno.make(address).save(picture, kind="svg", scale=PICTURE_SCALE, light="white")
    return Response(picture.getvalue(), media_type="image/svg+xml")


@router.post("/app")
def take_app(visitor: CurrentVisitor, code: Text = "", next: Text = "") -> Response:  # noqa: A002 - the word in the address
    """Enrol the app that makes this code; show the recovery codes once."""
    if elsewhere := ask_step(visitor, SignInStep.ENROL, next):
        return elsewhere
    with transaction(visitor.site.database_url) as session:
        enrolment = confirm_enrolment(
            session, visitor.act, visitor.token, code, key=visitor.site.key
        )
    if enrolment.token is None:
        return _ask_app(visitor, next, problem=WRONG_CODE)
    response = visitor.show(
        "recovery_codes.html",
        here="",
        codes=enrolment.recovery_codes,
        onward=home_of(person_of(visitor)),
    )
    visitor.give_session(response, enrolment.token)
    return response


def _ask_password(visitor: Visitor, after: str, *, problem: str = "") -> Response:
    return visitor.show(
        "choose_password.html",
        here="",
        status_code=UNAUTHORIZED if problem else 200,
        next=after,
        login=person_of(visitor).login,
        length_min=LENGTH_MIN,
        problem=problem,
    )


def _ask_app(visitor: Visitor, after: str, *, problem: str = "") -> Response:
    secret = _secret(visitor)
    groups = [secret[at : at + SECRET_GROUP] for at in range(0, len(secret), SECRET_GROUP)]
    return visitor.show(
        "enrol_app.html",
        here="",
        status_code=UNAUTHORIZED if problem else 200,
        next=after,
        secret=" ".join(groups),
        problem=problem,
    )


def _secret(visitor: Visitor) -> str:
    with transaction(visitor.site.database_url) as session:
        return begin_enrolment(session, visitor.act, visitor.token, key=visitor.site.key)
