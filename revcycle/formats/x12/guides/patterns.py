"""Turn the rule of a segment into one regular expression over its text.

A segment that matches is good in every element; one that does not match is examined element by
element (``elements``), which alone decides. So a pattern may refuse what is allowed and rare, such
as the 29th of February, but must never accept what is not allowed. One thing is left to the caller:
zeros behind a decimal point (``LOOSE_NUMBER``), which are so common that each is not worth a look.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from revcycle.formats.x12.guides.elements import broken_conditions
from revcycle.formats.x12.guides.rules import (
    ComponentRule,
    ElementRule,
    SegmentRule,
    SyntaxNote,
)
from revcycle.formats.x12.guides.values import (
    DATE,
    DATE_AND_TIME,
    DATE_RANGE,
    EXTENDED,
    PERIOD,
    PERIOD_FORMAT,
    TIME_OF_DAY,
    repetition_separator,
)
from revcycle.formats.x12.segments import Delimiters

DAY = (
    r"(?:18|19|20|21)\d\d(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[469]|11)(?:0[1-9]|[12]\d|30)|02(?:0[1-9]|1\d|2[0-8]))"
)
CLOCK = r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"
PERIODS = {DATE: DAY, DATE_RANGE: f"{DAY}-{DAY}", TIME_OF_DAY: CLOCK, DATE_AND_TIME: DAY + CLOCK}
NEVER = r"(?!)"
NOT_USED = "N"
LOOSE_NUMBER = re.compile(r"\.\d*0(?![\d.])")
DECIMALS_ROOM = 4  # decimals that the pattern of a number allows; more are examined


class Matcher(NamedTuple):
    """The compiled rule of a segment.

    Attributes:
        matches: Tells whether the text of a segment is good, apart from ``conditions``.
        conditions: Conditions between elements that the expression does not hold.
        reach: Segments of at most this length cannot break them.
    """

    matches: Callable[[str], re.Match[str] | None]
    conditions: tuple[SyntaxNote, ...]
    reach: int

    def holds(self, segment: Sequence[str], rule: SegmentRule) -> bool:
        """Tell whether a segment meets the conditions."""
        return not any(broken_conditions(self.conditions, segment, rule.elements))


@lru_cache(maxsize=4096)
def matcher_of(rule: SegmentRule, delimiters: Delimiters) -> Matcher:
    """Compile a rule for a file with these separators."""
    alphabet = _Alphabet(delimiters)
    pairs = [note for note in rule.notes if _is_pair(note, rule)]
    followers = {note.elements[1] for note in pairs}
    units = [
        _element_unit(one, rule.elements, alphabet, followers)
        for one in rule.elements
        if one.number not in followers and not _follows_format(one, rule.elements)
    ]
    text = rule.tag + _joined(units, alphabet.element)
    rest = tuple(note for note in rule.notes if note not in pairs and _matters(note, rule))
    reach = min((_first_at_risk(note) for note in rest), default=len(rule.elements) + 2)
    return Matcher(re.compile(text).fullmatch, rest, reach)


def _is_pair(note: SyntaxNote, rule: SegmentRule) -> bool:
    """Tell whether two neighbours come together or not at all: an expression can say that."""
    if note.kind != "P" or len(note.elements) != 2:  # noqa: PLR2004 - two make a pair
        return False
    first, second = note.elements
    used = all(rule.elements[one - 1].is_used for one in note.elements)
    return used and second == first + 1


def _matters(note: SyntaxNote, rule: SegmentRule) -> bool:
    """Tell whether a condition can be broken where the usages of the elements are kept."""
    usages = [rule.elements[one - 1].usage for one in note.elements]
    if note.kind in {"P", "C"}:
        is_open = "S" in usages if note.kind == "P" else "S" in usages[1:]
        return is_open and not (note.kind == "C" and usages[0] == NOT_USED)
    if note.kind == "L":
        return usages[0] != NOT_USED and "R" not in usages[1:]
    if note.kind == "R":
        return "R" not in usages
    return sum(usage != NOT_USED for usage in usages) > 1


def _first_at_risk(note: SyntaxNote) -> int:
    """Return the longest length of a segment that cannot break the condition."""
    if note.kind == "R":
        return 0
    if note.kind == "E":
        return sorted(note.elements)[1]
    return note.elements[0] if note.kind in {"C", "L"} else min(note.elements)


def _follows_format(element: ElementRule, elements: Sequence[ElementRule]) -> bool:
    before = elements[element.number - 2] if element.number > 1 else None
    return _is_period(before, element)


def _is_period(first: ComponentRule | None, second: ComponentRule | None) -> bool:
    return (
        first is not None
        and second is not None
        and first.data_element == PERIOD_FORMAT
        and second.data_element == PERIOD
        and first.is_used
        and second.is_used
    )


class _Unit(NamedTuple):
    """One element, or two that belong together.

    Attributes:
        expression: What it looks like when it is there.
        is_required: Whether it must be there.
        is_double: Whether it takes the place of two.
    """

    expression: str
    is_required: bool
    is_double: bool = False


class _Alphabet:
    """The characters of data in a file with certain separators."""

    def __init__(self, delimiters: Delimiters) -> None:
        repetition = repetition_separator(delimiters)
        self.element = re.escape(delimiters.element)
        self.component = re.escape(delimiters.component)
        self.repetition = re.escape(repetition)
        allowed = sorted(EXTENDED - {delimiters.element, delimiters.component, repetition})
        self.any = "[" + "".join(map(re.escape, allowed)) + "]"

    def words(self, shortest: int, longest: int) -> str:
        """Text of a length, without blanks around it."""
        return f"(?! ){self.any}{{{shortest},{longest}}}(?<! )"


def _element_unit(
    one: ElementRule,
    elements: Sequence[ElementRule],
    alphabet: _Alphabet,
    followers: set[int],
) -> _Unit:
    following = elements[one.number] if one.number < len(elements) else None
    if following is not None and _is_period(one, following):
        return _period_unit(one, following, alphabet.element)
    if following is not None and following.number in followers:
        expression = _element(one, alphabet) + alphabet.element + _element(following, alphabet)
        return _Unit(expression, one.is_required or following.is_required, is_double=True)
    return _Unit(_element(one, alphabet), one.is_required)


def _period_unit(first: ComponentRule, second: ComponentRule, separator: str) -> _Unit:
    forms = [
        re.escape(code) + separator + PERIODS[code]
        for code in sorted(first.codes or PERIODS)
        if code in PERIODS
    ]
    is_required = first.is_required or second.is_required
    return _Unit(f"(?:{'|'.join(forms)})" if forms else NEVER, is_required, is_double=True)


def _element(rule: ElementRule, alphabet: _Alphabet) -> str:
    if not rule.is_used:
        return ""
    if rule.components:
        expression = _composite(rule.components, alphabet)
    else:
        expression = _value(rule, alphabet)
    if rule.repeat > 1 and alphabet.repetition:
        return f"{expression}(?:{alphabet.repetition}{expression}){{0,{rule.repeat - 1}}}"
    return expression


def _composite(components: Sequence[ComponentRule], alphabet: _Alphabet) -> str:
    units: list[_Unit] = []
    skipped = False
    for number, one in enumerate(components):
        following = components[number + 1] if number + 1 < len(components) else None
        if skipped:
            skipped = False
        elif following is not None and _is_period(one, following):
            units.append(_period_unit(one, following, alphabet.component))
            skipped = True
        else:
            units.append(_Unit(_value(one, alphabet), one.is_required))
    if not units[0].is_required:
        return NEVER  # no composite of our guides; it would be examined
    # The first component has no separator before it: take away what it was given.
    return _joined(units, alphabet.component).removeprefix(alphabet.component)


def _value(rule: ComponentRule, alphabet: _Alphabet) -> str:
    if not rule.is_used:
        return ""
    if rule.codes is not None:
        return f"(?:{'|'.join(map(re.escape, sorted(rule.codes)))})"
    if rule.pattern:
        return f"(?:{rule.pattern})"
    if rule.data_element == PERIOD:
        return NEVER  # without a format before it: to be examined
    return _by_type(rule, alphabet)


def _by_type(rule: ComponentRule, alphabet: _Alphabet) -> str:
    if rule.type == "N0":
        return rf"-?\d{{{rule.shortest},{rule.longest}}}"
    if rule.type in {"R", "R2"}:
        return _number(rule)
    if rule.type == "DT":
        return DAY if rule.longest > len("YYMMDD") else NEVER
    if rule.type == "TM":
        return CLOCK if rule.longest > len("HHMM") else CLOCK.removesuffix(r"(?:[0-5]\d)?")
    return alphabet.words(rule.shortest, rule.longest)


def _number(rule: ComponentRule) -> str:
    is_money = rule.type == "R2"
    decimals = r"\.\d{1,2}" if is_money else rf"\.\d{{1,{DECIMALS_ROOM}}}"
    room = rule.longest - DECIMALS_ROOM - 1
    if room < 1 or rule.shortest > 1:
        return rf"[1-9]\d{{{max(rule.shortest - 1, 0)},{rule.longest - 1}}}"
    return rf"-?(?:(?:0|[1-9]\d{{0,{room}}})(?:{decimals})?|{decimals})"


def _joined(units: Sequence[_Unit], separator: str) -> str:
    """Write units behind separators; what is optional at the end may be left out, nested."""
    units = list(units)
    while units and not units[-1].expression:
        units.pop()  # not used
    required = max((at for at, unit in enumerate(units, start=1) if unit.is_required), default=0)
    head = "".join(_one(unit, separator) for unit in units[:required])
    tail = ""
    for unit in reversed(units[required:]):
        tail = f"(?:{_one(unit, separator)}{tail})?"
    return f"{head}{tail}(?<!{separator})" if tail else head


def _one(unit: _Unit, separator: str) -> str:
    if unit.is_required:
        return separator + unit.expression
    if unit.is_double:
        return f"{separator}(?:{unit.expression}|{separator})"
    return f"{separator}(?:{unit.expression})?" if unit.expression else separator
