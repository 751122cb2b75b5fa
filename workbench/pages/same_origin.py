"""A browser says where a request comes from: what changes something comes from our own pages.

Source:
    OWASP CSRF prevention: Fetch Metadata and the Origin header, beside the token in each form.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
BODY_BYTES_MAX = 65_536  # no form without files is longer
# Well above what the portal keeps, so that a file that is too big is refused in words, by its name.
FILES_BYTES_MAX: Final = 100 * 1024 * 1024
PATHS_OF_FILES: Final = re.compile(r"/reference|/portal/(files|queries/[0-9a-f-]{36})")


class SameOrigin:
    """Refuses what another site lets a browser send, and bodies longer than any form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge a request by its headers alone."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if not is_from_here(headers):
                await PlainTextResponse("from another site", 403)(scope, receive, send)
                return
            if not is_short(headers, scope["path"]):
                await PlainTextResponse("too long", 413)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_from_here(headers: Headers) -> bool:
    """Tell whether the browser says that our own page sent this; silence is left to the token."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site:
        return site in OWN_SITES
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def is_short(headers: Headers, path: str) -> bool:
    """Tell whether a body is announced, and no longer than forms on this path are."""
    length = headers.get("content-length", "0")
    is_announced = "chunked" not in headers.get("transfer-encoding", "")
    limit = FILES_BYTES_MAX if PATHS_OF_FILES.fullmatch(path) else BODY_BYTES_MAX
    return is_announced and length.isdigit() and int(length) <= limit
