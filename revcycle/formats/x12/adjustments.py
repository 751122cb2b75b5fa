"""CAS segments: up to six reasons of one group each, both ways."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from models.documents.claim import Adjustment
from models.errors import RejectedError
from revcycle.formats.x12.elements import identifier, write_amount, write_quantity
from revcycle.formats.x12.loops import Loop
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import Segment, segment

TRIPLETS_PER_SEGMENT = 6
TRIPLET_STARTS = range(2, 20, 3)
SEGMENTS_MAX = 5  # CAS in loops 2320 and 2430
WRITTEN_GROUPS = frozenset({"CO", "OA", "PI", "PR"})


def write_adjustments(
    adjustments: Sequence[Adjustment], segments_max: int = SEGMENTS_MAX
) -> Iterator[Segment]:
    """Write adjustments, group by group in the order given.

    Raises:
        RejectedError: a group is not one of 005010, or there are too many reasons.
    """
    written = list(_segments(adjustments))
    if len(written) > segments_max:
        msg = f"adjustments need more than {segments_max} CAS segments"
        raise RejectedError(msg)
    yield from written


def _segments(adjustments: Sequence[Adjustment]) -> Iterator[Segment]:
    for group, of_group in groupby(adjustments, key=lambda adjustment: adjustment.group):
        if group not in WRITTEN_GROUPS:
            msg = "an adjustment group is not one of CO, OA, PI, PR"
            raise RejectedError(msg)
        members = list(of_group)
        for start in range(0, len(members), TRIPLETS_PER_SEGMENT):
            part = members[start : start + TRIPLETS_PER_SEGMENT]
            elements = [element for adjustment in part for element in _triplet(adjustment)]
            yield segment("CAS", group, *elements)


def _triplet(adjustment: Adjustment) -> tuple[str, str, str]:
    quantity = adjustment.quantity
    return (
        identifier(adjustment.reason, field="adjustment reason", limit=5),
        write_amount(adjustment.amount),
        "" if quantity is None else write_quantity(quantity),
    )


def read_adjustments(loop: Loop, notes: Notes) -> tuple[Adjustment, ...]:
    """Read every CAS of a loop; an empty reason ends a segment's list."""
    return tuple(
        Adjustment(
            group=written.get(1),
            reason=written.get(start),
            amount=notes.amount(written, start + 1),
            quantity=notes.quantity(written, start + 2),
        )
        for written in loop.take_all("CAS")
        for start in TRIPLET_STARTS
        if written.get(start)
    )
