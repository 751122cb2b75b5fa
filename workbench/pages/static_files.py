"""Style, script and icon: browsers keep them for as long as their content is the same."""

from functools import lru_cache
from hashlib import sha256
from os import PathLike, stat_result
from pathlib import Path
from typing import Final

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parents[1] / "static"
STATIC_PATH: Final = "/static"
DIGITS_OF_VERSION: Final = 16
KEEP: Final = "public, max-age=31536000, immutable"  # a year; the address changes with the content
ASK_AGAIN: Final = "no-cache"


def version_of(name: str) -> str:
    """Name the content of a file of ours by the beginning of its SHA-256."""
    path = STATIC / name
    return _version_of(path, path.stat().st_mtime_ns)


def to_static_address(name: str) -> str:
    """Write the address of a file of ours, for templates; it names the content too."""
    return f"{STATIC_PATH}/{name}?v={version_of(name)}"


class KeptStaticFiles(StaticFiles):
    """Lets browsers keep what they asked for by content, and ask again for anything else."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer with the file and with how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked = QueryParams(scope["query_string"]).get("v")
        name = Path(full_path).relative_to(STATIC).as_posix()
        response.headers["Cache-Control"] = KEEP if asked == version_of(name) else ASK_AGAIN
        return response


@lru_cache(maxsize=64)
def _version_of(path: Path, _changed_at: int) -> str:
    """Read a file once for each time it was changed."""
    return sha256(path.read_bytes()).hexdigest()[:DIGITS_OF_VERSION]
