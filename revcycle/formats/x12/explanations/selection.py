"""Which segments of a transaction speak of one claim."""

from collections.abc import Iterator, Sequence
from typing import Final

from revcycle.formats.x12.segments import Segment

# The segment that begins a claim and the element with its number, by transaction.
CLAIM_STARTS: Final = {"CLM": 1, "CLP": 1, "TRN": 2}
CLAIM_ENDS: Final = frozenset({"HL", "SE", "LX", "PLB"})
LINES_INSIDE: Final = "837"  # its LX are lines of a claim; those of an 835 group claims
TRACED: Final = frozenset({"270", "271", "276", "277"})


def claim_positions(kind: str, segments: Sequence[Segment], number: str) -> frozenset[int]:
    """Find the segments of a claim, and of the levels above it, by its control number.

    Args:
        kind: ST01.
        segments: From ST to SE.
        number: CLM01, CLP01, or TRN02 where the claim is asked about or acknowledged.

    Returns:
        Positions counted from ST as 1; empty when the transaction has no such claim.
    """
    found: set[int] = set()
    for start, end in _claims(kind, segments):
        if segments[start].get(CLAIM_STARTS[segments[start].tag]).strip() == number:
            found.update(range(start + 1, end + 1), _levels_above(segments, start))
    return frozenset(found)


def _claims(kind: str, segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Yield where each claim begins, and where what is behind it begins."""
    start_tag = _start_tag(kind)
    ends = CLAIM_ENDS - {"LX"} if kind == LINES_INSIDE else CLAIM_ENDS
    start = -1
    for index, segment in enumerate(segments):
        if segment.tag == start_tag or segment.tag in ends:
            if start >= 0:
                yield start, index
            start = index if segment.tag == start_tag else -1
    if start >= 0:
        yield start, len(segments)


def _start_tag(kind: str) -> str:
    if kind in TRACED:
        return "TRN"
    return "CLP" if kind == "835" else "CLM"


def _levels_above(segments: Sequence[Segment], start: int) -> Iterator[int]:
    """Yield the positions of the HL levels that a claim hangs under, without other claims."""
    levels = {one.get(1): at for at, one in enumerate(segments[:start]) if one.tag == "HL"}
    under = max(levels.values(), default=None)
    while under is not None:
        yield from range(under + 1, _level_end(segments, under) + 1)
        parent = levels.pop(segments[under].get(2), None)
        under = parent if parent is not None and parent < under else None


def _level_end(segments: Sequence[Segment], start: int) -> int:
    """Find where the level's own segments end: at its first claim or the next level."""
    stops = {"HL", "CLM", "TRN", "SE"}
    return next(
        (at for at in range(start + 1, len(segments)) if segments[at].tag in stops), len(segments)
    )
