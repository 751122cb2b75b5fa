"""What people see when a page cannot be shown. No text of an unexpected error reaches them."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from models.errors import NotFoundError, RejectedError, UnavailableError
from revcycle.operations.access.attempts import ThrottledError
from revcycle.operations.access.person import Person
from workbench.pages.access import (
    ForeignFormError,
    NoRightError,
    SignInNeededError,
    Visitor,
    home_of,
)
from workbench.pages.item_page import is_for_part
from workbench.pages.site import Site, show

STATUS_OF_ERRORS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),  # before the error it is a kind of
    (RejectedError, HTTPStatus.CONFLICT),
    (UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoRightError, HTTPStatus.FORBIDDEN),
)

Words = tuple[str, str]  # title, hint
HINTS: dict[HTTPStatus, Words] = {
    HTTPStatus.BAD_REQUEST: (
        "This form cannot be read",
        "A field is missing or too long. Go back, load the page anew and fill it in again.",
    ),
    HTTPStatus.FORBIDDEN: (
        "This is not yours to see",
        "Your roles do not include it. If your work needs it, ask your team lead.",
    ),
    HTTPStatus.NOT_FOUND: (
        "There is no such page",
        "The address names a queue, a practice, a page or a mail that does not exist here.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Nothing can be changed here", "This page only shows."),
    HTTPStatus.CONFLICT: ("This cannot be done", "What was asked for is refused."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Not available now", "Try again in a moment."),
}
FAILED = HTTPStatus.INTERNAL_SERVER_ERROR
FAILED = HTTPStatus.INTERNAL_SERVER_ERROR
STALE_FORM = (
    "This form is out of date",
    "Somebody signed in or out since it was loaded. Nothing was changed: load the page anew.",
)
FAILURE = (
    "This page failed",
    (
        "It is our mistake. Look whether your last step was kept before you do it again. "
        "The log of the workbench tells more of {}."
    ),
)
TOO_MANY = (
    "Nothing is looked at for {}, not even the right password or code. Then try again. "
    "If it was not you who tried, tell your administrator."
)
SECONDS_OF_MINUTE = 60
# An error of a part is told at the top of the page that is there, which stays as it is.
AS_BANNER = {"HX-Retarget": "#banner", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}


def add_error_pages(app: FastAPI) -> None:
    """Answer every error with a page of our own."""
    for error_class, status in STATUS_OF_ERRORS:
        app.add_exception_handler(error_class, _page_for(status))
    app.add_exception_handler(SignInNeededError, _lead_to_sign_in)
    app.add_exception_handler(ThrottledError, _throttled_page)
    app.add_exception_handler(ForeignFormError, _stale_form_page)
    app.add_exception_handler(RequestValidationError, _unreadable_page)
    app.add_exception_handler(HTTPException, _http_error_page)


def _page_for(status: HTTPStatus) -> Callable[[Request, Exception], HTMLResponse]:
    def show_error(request: Request, _error: Exception) -> HTMLResponse:
        return error_page(request, status)

    return show_error


def _http_error_page(request: Request, error: Exception) -> HTMLResponse:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return error_page(request, HTTPStatus(code))


def _lead_to_sign_in(request: Request, error: Exception) -> Response:
    """Lead there; a part of a page has the whole page led there, not its place in it."""
    address = error.address if isinstance(error, SignInNeededError) else "/sign-in"
    if is_for_part(request):
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _throttled_page(request: Request, error: Exception) -> HTMLResponse:
    """Say how long to wait; the same words whether the login exists or not."""
    site = _site_of(request)
    until = error.until if isinstance(error, ThrottledError) else site.now()
    seconds = max(1, int((until - site.now()).total_seconds()) + 1)
    minutes = -(-seconds // SECONDS_OF_MINUTE)
    hint = TOO_MANY.format(f"{minutes} {'minute' if minutes == 1 else 'minutes'}")
    words = ("Too many tries", hint)
    response = error_page(request, HTTPStatus.TOO_MANY_REQUESTS, words)
    response.headers["Retry-After"] = str(seconds)
    return response


def _stale_form_page(request: Request, _error: Exception) -> HTMLResponse:
    return error_page(request, HTTPStatus.FORBIDDEN, STALE_FORM)


def _unreadable_page(request: Request, error: Exception) -> HTMLResponse:
    """Answer an address with a queue, place or number that cannot exist, or a form that is none."""
    parts = error.errors() if isinstance(error, RequestValidationError) else []
    is_form = all(part["loc"][0] == "body" for part in parts)
    return error_page(request, HTTPStatus.BAD_REQUEST if is_form else HTTPStatus.NOT_FOUND)


def error_page(request: Request, status: HTTPStatus, words: Words | None = None) -> HTMLResponse:
    """Show what went wrong, in words that are fixed."""
    visitor = _visitor_of(request)
    person = visitor.person if visitor else None
    is_in = person is not None and person.is_signed_in
    return _page(request, status, words, person if is_in else None)


def failure_page(request: Request, status: HTTPStatus, error_id: UUID) -> HTMLResponse:
    """Show that a page failed, without the menu: its counts would be asked of the same database."""
    title, hint = FAILURE
    words = (title, hint.format(error_id)) if status is FAILED else None
    return _page(request, status, words, None)


def _page(
    request: Request, status: HTTPStatus, words: Words | None, person: Person | None
) -> HTMLResponse:
    known = words or HINTS.get(status)
    title, hint = known or (status.phrase, "The workbench cannot answer this.")
    visitor = _visitor_of(request)
    is_part = is_for_part(request)
    response = show(
        _site_of(request),
        "error_part.html" if is_part else "error.html",
        here="",
        status_code=status,
        person=person,
        form_token=visitor.form_token if visitor else "",
        title=title,
        hint=hint,
        code=int(status),
        home=home_of(visitor.person) if visitor and visitor.person else "/",
    )
    response.headers.update(AS_BANNER if is_part else {})
    return response


def _visitor_of(request: Request) -> Visitor | None:
    visitor = getattr(request.state, "visitor", None)
    return visitor if isinstance(visitor, Visitor) else None


def _site_of(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site), "create_app sets it"  # noqa: S101 - a programmer's promise
    return site
