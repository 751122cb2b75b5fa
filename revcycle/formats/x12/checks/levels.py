"""HL segments: numbered without gaps, each under an earlier one of the right level."""

from collections.abc import Mapping
from types import MappingProxyType

from models.documents.finding import Severity
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

KINDS = "837P 837I 837D 270 271 276 277 277CA"
SEQUENCE = Rule(
    "x12.hl_sequence",
    Snip.GUIDE,
    Severity.ERROR,
    KINDS,
    "the levels are not numbered from 1 without gaps",
    "number them anew in every transaction",
    "HL01 of all guides",
    "7",
    is_mild_in_answers=False,
)
PARENT = Rule(
    "x12.hl_parent",
    Snip.GUIDE,
    Severity.ERROR,
    KINDS,
    "names no level before this one",
    "give the number of the level to which this one belongs",
    "HL02 of all guides",
    "7",
    is_mild_in_answers=False,
)
LEVEL = Rule(
    "x12.hl_level",
    Snip.GUIDE,
    Severity.ERROR,
    KINDS,
    "a level may not stand there",
    "837: 20, 22, 23; 270 and 271: 20, 21, 22, 23; 276 and 277: 20, 21, 19, 22, 23; 277CA: "
    "20, 21, 19, PT; each under the one before it in the list",
    "HL03 of all guides",
    "7",
    is_mild_in_answers=False,
)
CHILDREN = Rule(
    "x12.hl_children",
    Snip.GUIDE,
    Severity.ERROR,
    KINDS,
    "does not say whether levels follow below",
    "1 where a level names this one in HL02, 0 where none does",
    "HL04 of all guides",
    "7",
)
_CLAIMS = {"20": "", "22": "20", "23": "22"}
_ELIGIBILITY = {"20": "", "21": "20", "22": "21", "23": "22"}
_STATUS = {"20": "", "21": "20", "19": "21", "22": "19", "23": "22", "PT": "19"}
NUMBER_LENGTH_MAX = 12  # as HL01 allows
# HL03 and the level it stands under, by ST01.
PARENTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "837": _CLAIMS,
        "270": _ELIGIBILITY,
        "271": _ELIGIBILITY,
        "276": _STATUS,
        "277": _STATUS,
    }
)


def check_levels(exam: Examination) -> None:
    """Report wrong numbers, parents, levels and child codes."""
    loops = exam.outline.root.loops  # every HL opens one
    levels = [(one.start, one.segments[0]) for one in loops if one.segments[0][0] == "HL"]
    parents = {one.get(2) for _, one in levels}
    seen: dict[str, str] = {"": ""}
    allowed = PARENTS[exam.kind]
    expected = 1
    for index, level in levels:
        number = level.get(1)
        if number != str(expected):
            exam.report(SEQUENCE, index, "HL01", f"the level must have number {expected}")
        expected = next_number(number, expected)
        _check_parent(level, index, seen, allowed, exam)
        has_children = number in parents
        if level.get(4) != "1" and has_children:
            exam.report(CHILDREN, index, "HL04", "must be 1, because levels follow")
        elif level.get(4) == "1" and not has_children:
            exam.report(CHILDREN, index, "HL04", "is 1, but no level follows")
        seen[number] = level.get(3)


def next_number(number: str, expected: int) -> int:
    """Go on behind the number that stands there, so that one gap is reported once."""
    is_number = number.isascii() and number.isdigit() and len(number) < NUMBER_LENGTH_MAX
    return (int(number) if is_number else expected) + 1


def _check_parent(
    level: Segment, index: int, seen: dict[str, str], allowed: Mapping[str, str], exam: Examination
) -> None:
    parent, code = level.get(2), level.get(3)
    if parent not in seen:
        exam.report(PARENT, index, "HL02")
    elif code not in allowed:
        exam.report(LEVEL, index, "HL03", "is not a level of these transactions")
    elif seen[parent] != allowed[code]:
        exam.report(LEVEL, index, "HL02", f"a level {code} may not stand there")
