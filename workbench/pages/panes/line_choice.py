"""Which of our lines a person chose for each line of a payer, as forms and addresses carry it."""

from collections.abc import Sequence
from uuid import UUID

from models.errors import RejectedError

LINES_MAX = 999  # a claim of an 835 has no more
NOTHING = "-"


def join_lines(lines: Sequence[str]) -> str:
    """Put the fields of a form into one text; an empty field is a line that is none of ours."""
    return ",".join(line or NOTHING for line in lines[:LINES_MAX])


def read_line_ids(text: str) -> tuple[UUID | None, ...] | None:
    """Read what was chosen; None while nobody chose.

    Raises:
        RejectedError: it names no line.
    """
    if not text:
        return None
    try:
        return tuple(None if one == NOTHING else UUID(one) for one in text.split(","))
    except ValueError:
        msg = "a chosen line is not one of this claim"
        raise RejectedError(msg) from None
