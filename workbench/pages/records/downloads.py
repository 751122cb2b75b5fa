"""Bytes that a browser saves and never opens."""

from fastapi.responses import Response

ANYTHING = "application/octet-stream"


def attachment(content: bytes, name: str) -> Response:
    """Let the browser save bytes under a name that we made.

    Args:
        content: What is saved, unchanged.
        name: Letters, digits, dots and hyphens only; no word of anybody else's.
    """
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=ANYTHING, headers=headers)
