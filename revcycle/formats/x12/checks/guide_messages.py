"""What is wrong by a guide, in words, with the code by which a 999 says it.

Source:
    005010X231A1: IK304 (segments) and IK403 (elements).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.guides.recovery import Trouble
from revcycle.formats.x12.guides.rules import ElementRule
from revcycle.formats.x12.guides.values import Fault, Flaw

CODES_SHOWN = 12  # a longer list of allowed codes is not spelled out


class Wording(NamedTuple):
    """How one kind of mistake is reported.

    Attributes:
        rule_id: Stable and dotted.
        level: Which kind of test it belongs to.
        code: IK304 for a segment, IK403 for an element.
        message: What is wrong; ``{detail}`` is a name or number of the guide, never the value.
        advice: What to do; ``{allowed}`` is what the guide allows.
        severity: How much it matters.
    """

    rule_id: str
    level: Snip
    code: str
    message: str
    advice: str = ""
    severity: Severity = Severity.ERROR


TROUBLES: Mapping[Trouble, Wording] = MappingProxyType(
    {
        Trouble.UNKNOWN: Wording(
            "x12.segment_unknown",
            Snip.STRUCTURE,
            "1",
            "X12 has no such segment as far as we know",
            "remove it",
        ),
        Trouble.UNEXPECTED: Wording(
            "x12.segment_unexpected",
            Snip.STRUCTURE,
            "2",
            "this segment has no use where it stands",
            "remove it, or move it to its loop",
        ),
        Trouble.MISSING: Wording(
            "x12.segment_missing",
            Snip.GUIDE,
            "3",
            "{detail} is required and not there",
            "add it before this segment",
        ),
        Trouble.LOOP_REPEATED: Wording(
            "x12.loop_repeated",
            Snip.GUIDE,
            "4",
            "loop {detail} stands more often than allowed",
            "at most {allowed} in one loop above",
        ),
        Trouble.REPEATED: Wording(
            "x12.segment_repeated",
            Snip.GUIDE,
            "5",
            "this segment stands more often than allowed in its loop",
            "at most {allowed}",
        ),
        Trouble.ORDER: Wording(
            "x12.segment_order",
            Snip.STRUCTURE,
            "7",
            "this segment stands behind its place",
            "move it up to its place in {detail}",
        ),
        Trouble.QUALIFIER: Wording(
            "x12.element_code",
            Snip.GUIDE,
            "7",
            "no use of this segment begins with this code here",
            "allowed: {allowed}",
        ),
    }
)

FAULTS: Mapping[Fault, Wording] = MappingProxyType(
    {
        Fault.MISSING: Wording("x12.element_missing", Snip.GUIDE, "1", "is required and empty"),
        Fault.CONDITION: Wording("x12.element_condition", Snip.STRUCTURE, "2", "{detail}"),
        Fault.TOO_MANY: Wording(
            "x12.element_too_many",
            Snip.STRUCTURE,
            "3",
            "the segment has more elements than exist",
            "at most {detail}",
        ),
        Fault.TRAILING: Wording(
            "x12.element_trailing",
            Snip.STRUCTURE,
            "3",
            "the segment ends with empty elements",
            "end it behind its last value",
        ),
        Fault.TOO_SHORT: Wording(
            "x12.element_too_short", Snip.STRUCTURE, "4", "is too short", "at least {shortest}"
        ),
        Fault.TOO_LONG: Wording(
            "x12.element_too_long", Snip.STRUCTURE, "5", "is too long", "at most {longest}"
        ),
        Fault.CHARACTER: Wording(
            "x12.element_character",
            Snip.STRUCTURE,
            "6",
            "holds a character that X12 does not have",
            "use plain letters, digits and punctuation",
        ),
        Fault.BLANKS: Wording(
            "x12.element_blanks",
            Snip.STRUCTURE,
            "6",
            "begins or ends with a blank",
            "take the blanks away",
            Severity.WARNING,
        ),
        Fault.NUMBER: Wording(
            "x12.element_number",
            Snip.STRUCTURE,
            "6",
            "is not a number",
            "digits, with a minus or a decimal point only where needed",
        ),
        Fault.NUMBER_FORM: Wording(
            "x12.element_number_form",
            Snip.STRUCTURE,
            "6",
            "is a number with zeros that say nothing",
            "no zeros in front, none behind the decimal point; only the first is reported",
            Severity.WARNING,
        ),
        Fault.DECIMALS: Wording(
            "x12.element_decimals",
            Snip.STRUCTURE,
            "6",
            "is an amount of money with more than two decimals",
            "round it to cents",
        ),
        Fault.CODE: Wording(
            "x12.element_code",
            Snip.GUIDE,
            "7",
            "is not one of the codes for this place",
            "allowed: {allowed}",
        ),
        Fault.DATE: Wording(
            "x12.element_date",
            Snip.STRUCTURE,
            "8",
            "is not a date as it must be written here",
            "CCYYMMDD, in a range twice with a hyphen",
        ),
        Fault.TIME: Wording(
            "x12.element_time", Snip.STRUCTURE, "9", "is not a time of day", "HHMM or HHMMSS"
        ),
        Fault.EXCLUSION: Wording(
            "x12.element_exclusion",
            Snip.STRUCTURE,
            "10",
            "{detail}",
        ),
        Fault.REPEATED: Wording(
            "x12.element_repeated",
            Snip.STRUCTURE,
            "12",
            "repeats more often than allowed",
            "at most {repeat}",
        ),
        Fault.COMPONENTS: Wording(
            "x12.element_components",
            Snip.STRUCTURE,
            "13",
            "has more components than exist",
            "at most {components}; the component separator may not stand in data",
        ),
        Fault.TRAILING_COMPONENT: Wording(
            "x12.component_trailing",
            Snip.STRUCTURE,
            "13",
            "ends with empty components",
            "end it behind its last value",
            Severity.WARNING,
        ),
        Fault.NOT_USED: Wording(
            "x12.element_not_used",
            Snip.GUIDE,
            "I10",
            "is not used here and has a value",
            "leave it empty",
        ),
        Fault.PATTERN: Wording(
            "x12.element_pattern",
            Snip.GUIDE,
            "I12",
            "has not the form that the guide asks for",
            "{pattern}",
        ),
    }
)
PATTERNS: Mapping[str, str] = MappingProxyType({"[0-9]{9}": "nine digits"})
CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "P": "come together or not at all",
        "R": "at least one of them must be there",
        "E": "only one of them may be there",
        "C": "with the first, all must be there",
        "L": "with the first, one of the others must be there",
    }
)


def condition_in_words(detail: str) -> str:
    """Say a broken condition: ``P NM108 NM109`` becomes a sentence."""
    kind, *names = detail.split()
    return f"{', '.join(names)}: {CONDITIONS[kind]}"


def codes_in_words(codes: frozenset[str] | None) -> str:
    """List what is allowed, or say that the list is long."""
    if not codes:
        return "the codes of the guide"
    if len(codes) > CODES_SHOWN:
        return f"{len(codes)} codes that the guide lists"
    return ", ".join(sorted(codes))


def words_of(flaw: Flaw) -> dict[str, str]:
    """Collect what the message of a flaw may name: numbers and codes of the guide only."""
    rule = flaw.rule
    words = {"detail": flaw.detail}
    if flaw.fault in {Fault.CONDITION, Fault.EXCLUSION}:
        words["detail"] = condition_in_words(flaw.detail)
    if rule is not None:
        words |= {
            "shortest": str(rule.shortest),
            "longest": str(rule.longest),
            "allowed": codes_in_words(rule.codes),
            "pattern": PATTERNS.get(rule.pattern, rule.pattern),
            "components": flaw.detail or "1",
            "repeat": str(rule.repeat) if isinstance(rule, ElementRule) else "1",
        }
    return words
