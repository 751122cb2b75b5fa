"""An address holds text: one with a NUL in it was typed by nobody, and no database stores it."""

from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NUL: Final = "\x00"
NUL_IN_QUERY: Final = b"%00"


class ReadableAddress:
    """Answer an address with a NUL as one that does not exist; PostgreSQL fails to look for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge a request by its address alone."""
        if scope["type"] == "http" and not is_readable(scope["path"], scope["query_string"]):
            await PlainTextResponse("no such address", 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_readable(path: str, query: bytes) -> bool:
    """Tell whether an address has no NUL in it."""
    return NUL not in path and NUL_IN_QUERY not in query and NUL.encode() not in query
