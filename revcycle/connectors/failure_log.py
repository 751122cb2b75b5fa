"""Our own log's account of a bug: its kind and its place. Its text may quote a row of a patient."""

from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Final
from uuid import UUID

import structlog

from models.values.identifiers import new_id

FRAMES_MAX: Final = 5
OURS: Final = Path(__file__).parents[2]
LIBRARIES: Final = "site-packages"

log = structlog.get_logger()


def note_failure(event: str, error: Exception) -> UUID:
    """Note what failed and where; return the id by which others may speak of it."""
    error_id = new_id()
    log.error(
        event, error_id=str(error_id), error_type=type(error).__name__, where=places_of(error)
    )
    return error_id


def places_of(error: Exception) -> Sequence[str]:
    """List the last lines of ours that an error came through; whoever caught it is one of them."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))]
    return [f"{frame.filename}:{frame.lineno}" for frame in ours[-FRAMES_MAX:]]


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(OURS) and LIBRARIES not in path.parts
