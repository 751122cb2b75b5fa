"""HL segments: numbered without gaps, each under an earlier one of the right level."""

from collections.abc import Sequence

from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import Segment

# HL03 and the levels it may stand under, over all transactions.
PARENTS = {
    "20": frozenset({""}),
    "21": frozenset({"20"}),
    "19": frozenset({"21"}),
    "22": frozenset({"20", "21", "19"}),
    "23": frozenset({"22"}),
    "PT": frozenset({"19"}),
}


def check_levels(segments: Sequence[Segment], notes: Notes) -> None:
    """Report wrong numbers, parents, levels and child codes."""
    levels = [segment for segment in segments if segment.tag == "HL"]
    with_children = {level.get(2) for level in levels}
    seen: dict[str, str] = {"": ""}
    for expected, level in enumerate(levels, start=1):
        if level.get(1) != str(expected):
            notes.report("x12.hl_sequence", level, "HL01", f"must be {expected}")
        _check_parent(level, seen, notes)
        has_children = level.get(1) in with_children
        if level.get(4) != "1" and has_children:
            notes.report("x12.hl_children", level, "HL04", "must be 1, because levels follow")
        if level.get(4) == "1" and not has_children:
            notes.report("x12.hl_children", level, "HL04", "is 1, but no level follows")
        seen[level.get(1)] = level.get(3)


def _check_parent(level: Segment, seen: dict[str, str], notes: Notes) -> None:
    parent, code = level.get(2), level.get(3)
    if parent not in seen:
        notes.report("x12.hl_parent", level, "HL02", "names no level before this one")
    elif code not in PARENTS:
        notes.report("x12.hl_level", level, "HL03", "is not a level of these transactions")
    elif seen[parent] not in PARENTS[code]:
        notes.report("x12.hl_level", level, "HL02", f"a level {code} may not stand there")
