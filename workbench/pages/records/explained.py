"""A file as a person reads it: X12 in words, anything else as text; cut where nobody reads on."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from revcycle.formats.x12.check import passage_checker
from revcycle.formats.x12.checks.known_code_sets import KNOWN_CODE_SETS
from revcycle.formats.x12.explanations.explain import Wanted, explain
from revcycle.formats.x12.explanations.text import Role, body, margin
from revcycle.formats.x12.judging import nothing_wrong
from revcycle.formats.x12.lexing import Limits
from revcycle.formats.x12.segments import NotX12Error

LINES_MAX: Final = 2_000
CHARACTERS_MAX: Final = 200_000
CHECKED_BYTES_MAX: Final = 500_000  # larger files are explained without a check, which is faster
SECONDS_MAX: Final = 4

CLASSES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.POSITION: "quiet",
        Role.LABEL: "quiet",
        Role.MASKED: "none",
        Role.NOTE: "quiet",
        Role.LOOP: "strong",
        Role.TAG: "strong",
        Role.SUMMARY: "strong",
        Role.ERROR: "late",
        Role.WARNING: "late",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What a page shows of a file.

    Attributes:
        lines: Each a row of pieces: text and the class that colors it.
        is_x12: Whether it is explained, or shown as it stands.
        is_checked: Whether mistakes are told below the segments concerned.
        is_cut: Whether there is more than is shown.
    """

    lines: tuple[tuple[tuple[str, str], ...], ...]
    is_x12: bool
    is_checked: bool
    is_cut: bool


def read_aloud(content: bytes, *, show_phi: bool, claim: str = "") -> Reading:
    """Explain a file, or a claim of it.

    Args:
        content: The bytes.
        show_phi: Whether what may be a patient's is shown.
        claim: The number of the only claim that is wanted, as the file names it.

    Raises:
        NotX12Error: it is no X12, and may hold what must not be shown.
    """
    try:
        return _explained(content, Wanted(show_phi=show_phi, claim=claim))
    except NotX12Error:
        if not show_phi:
            raise
        return _as_it_stands(content)


def _explained(content: bytes, wanted: Wanted) -> Reading:
    is_checked = len(content) <= CHECKED_BYTES_MAX
    judge = passage_checker(KNOWN_CODE_SETS, is_strict=False) if is_checked else nothing_wrong
    deadline = time.monotonic() + SECONDS_MAX
    limits = Limits(is_overdue=lambda: time.monotonic() > deadline)
    lines = list(islice(explain(content, judge, wanted, limits), LINES_MAX + 1))
    shown = tuple(
        tuple((piece.text, CLASSES.get(piece.role, "")) for piece in (*margin(line), *body(line)))
        for line in lines[:LINES_MAX]
    )
    return Reading(shown, is_x12=True, is_checked=is_checked, is_cut=len(lines) > LINES_MAX)


def _as_it_stands(content: bytes) -> Reading:
    text = content[: CHARACTERS_MAX + 1].decode("utf-8", "replace")
    lines = text[:CHARACTERS_MAX].splitlines()
    is_cut = len(content) > CHARACTERS_MAX or len(lines) > LINES_MAX
    return Reading(
        tuple(_numbered(lines[:LINES_MAX])), is_x12=False, is_checked=False, is_cut=is_cut
    )


def _numbered(lines: list[str]) -> Iterator[tuple[tuple[str, str], ...]]:
    for number, line in enumerate(lines, start=1):
        yield (f"{number:>6}  ", "quiet"), (line, "")
