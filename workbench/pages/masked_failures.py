"""A page that fails: the person gets an answer, our log gets what is no patient's."""

from http import HTTPStatus
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import RevcycleError
from revcycle.connectors.failure_log import note_failure
from revcycle.store.busy import is_busy
from workbench.pages.error_pages import FAILED, failure_page


class PageFailedError(RevcycleError):
    """A page met a bug when half of it was sent. The text is an id: our log has the story."""

    def __init__(self, kind: str, error_id: UUID) -> None:
        super().__init__(f"{kind} {error_id}")


class MaskedFailures:
    """Answers in place of a page that failed.

    Whatever serves us would write the text of the error to its log, and a database quotes in it
    the row that it refuses.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; say that the page failed if nothing was said yet.

        Raises:
            PageFailedError: a part of the page is sent already.
        """
        has_begun = False

        async def send_and_watch(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_watch)
        except ClientDisconnect:
            return  # the browser is gone: nobody to answer, and nothing that is ours to mend
        except Exception as error:  # noqa: BLE001 - the one place that masks bugs of pages
            error_id = note_failure("page_failed", error)
            if has_begun:
                raise PageFailedError(type(error).__name__, error_id) from None
            status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy(error) else FAILED
            await failure_page(Request(scope), status, error_id)(scope, receive, send)
