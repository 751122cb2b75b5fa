"""What people see when a page cannot be shown. No text of an unexpected error reaches them."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from models.errors import NotFoundError, RejectedError, UnavailableError
from workbench.pages.headers import SECURITY_HEADERS
from workbench.pages.site import Site, show

STATUS_OF_ERRORS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),  # before the error it is a kind of
    (RejectedError, HTTPStatus.CONFLICT),
    (UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    # An address with a queue, page or number that cannot exist.
    (RequestValidationError, HTTPStatus.NOT_FOUND),
)

HINTS: dict[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.NOT_FOUND: (
        "There is no such page",
        "The address names a queue, a practice, a page or a mail that does not exist here.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Nothing can be changed here", "These pages only show."),
    HTTPStatus.CONFLICT: ("This cannot be shown", "What was asked for is refused."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Not available now", "Try again in a moment."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "This page failed",
        "It is our mistake. Nothing was changed. The log of the workbench has the details.",
    ),
}


def add_error_pages(app: FastAPI) -> None:
    """Answer every error with a page of our own."""
    for error_class, status in STATUS_OF_ERRORS:
        app.add_exception_handler(error_class, _page_for(status))
    app.add_exception_handler(HTTPException, _http_error_page)
    app.add_exception_handler(Exception, _page_for(HTTPStatus.INTERNAL_SERVER_ERROR))


def _page_for(status: HTTPStatus) -> Callable[[Request, Exception], HTMLResponse]:
    def show_error(request: Request, _error: Exception) -> HTMLResponse:
        return error_page(request, status)

    return show_error


def _http_error_page(request: Request, error: Exception) -> HTMLResponse:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return error_page(request, HTTPStatus(code))


def error_page(request: Request, status: HTTPStatus) -> HTMLResponse:
    """Show what went wrong, in words that are fixed."""
    site = request.app.state.site
    assert isinstance(site, Site), "create_app sets it"  # noqa: S101 - a programmer's promise
    title, hint = HINTS.get(status, (status.phrase, "The workbench cannot answer this."))
    response = show(
        site, "error.html", here="", status_code=status, title=title, hint=hint, code=int(status)
    )
    # A 500 is answered outside of the middleware that adds them to every other page.
    response.headers.update(SECURITY_HEADERS)
    return response
