"""Judge the value of one element or component by its rule."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from revcycle.formats.x12.guides.rules import ComponentRule
from revcycle.formats.x12.segments import Delimiters

# X12.6: what every partner takes, and what partners may agree on beside it.
BASIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"&'()*+,-./:;?= ")
EXTENDED = BASIC | frozenset("abcdefghijklmnopqrstuvwxyz%~@[]_{}\\|<>#$^`")
NUMBER = re.compile(r"-?(\d*)(?:\.(\d*))?")
WHOLE_NUMBER = re.compile(r"-?\d+")
TIME = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d\d?)?)?")
EIGHT_DIGITS = re.compile(r"\d{8}")
SIX_DIGITS = re.compile(r"\d{6}")
CENTURIES = frozenset({"18", "19", "20", "21"})
SHORT_DATE_LENGTH = 6  # YYMMDD, only in envelopes
MONEY_DECIMALS = 2
# Element 1250: how the date or time in the element behind it is written.
DATE, DATE_RANGE, TIME_OF_DAY, DATE_AND_TIME = "D8", "RD8", "TM", "DT"
PERIOD_FORMAT, PERIOD = "1250", "1251"  # data elements


class Fault(StrEnum):
    """What can be wrong with a value; each has its IK403 code."""

    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    BLANKS = "blanks"
    NUMBER = "number"
    NUMBER_FORM = "number_form"
    DECIMALS = "decimals"
    CODE = "code"
    DATE = "date"
    TIME = "time"
    PATTERN = "pattern"
    NOT_USED = "not_used"
    TOO_MANY = "too_many"
    TRAILING = "trailing"
    TRAILING_COMPONENT = "trailing_component"
    REPEATED = "repeated"
    COMPONENTS = "components"
    CONDITION = "condition"
    EXCLUSION = "exclusion"


class Flaw(NamedTuple):
    """One thing wrong with an element.

    Attributes:
        fault: What is wrong.
        element: Its number.
        component: The number of the component, or 0.
        rule: The rule that it breaks, where it is about one value.
        detail: Names and numbers for the message: never the value.
    """

    fault: Fault
    element: int
    component: int = 0
    rule: ComponentRule | None = None
    detail: str = ""


def repetition_separator(delimiters: Delimiters) -> str:
    """Return the repetition separator, or nothing where a file has none (``U`` in older ones)."""
    separator = delimiters.repetition
    return "" if separator.isalnum() or separator.isspace() else separator


def fault_of(rule: ComponentRule, value: str, period_format: str = "") -> Fault | None:
    """Say what is wrong with a value that is there, or nothing.

    Args:
        rule: Its rule.
        value: The value, not empty.
        period_format: The value of the element before it, where that says how this is written.
    """
    if not EXTENDED.issuperset(value):
        return Fault.CHARACTER
    bare = value.strip(" ")
    if bare != value:
        return (fault_of(rule, bare, period_format) or Fault.BLANKS) if bare else Fault.MISSING
    fault = _fault_of_type(rule, value)
    if fault is None and rule.data_element == PERIOD:
        fault = _fault_of_period(value, period_format)
    if fault is not None:
        return fault
    if rule.codes is not None and value not in rule.codes:
        return Fault.CODE
    fault = _fault_of_length(rule, value)
    if fault is None and rule.pattern and re.fullmatch(rule.pattern, value) is None:
        return Fault.PATTERN
    return fault


def _fault_of_length(rule: ComponentRule, value: str) -> Fault | None:
    length = len(value)
    if rule.type.startswith(("N", "R")):
        length = sum(character.isdigit() for character in value)
    if length > rule.longest:
        return Fault.TOO_LONG
    return Fault.TOO_SHORT if length < rule.shortest else None


def _fault_of_type(rule: ComponentRule, value: str) -> Fault | None:
    if rule.type == "N0":
        return None if WHOLE_NUMBER.fullmatch(value) else Fault.NUMBER
    if rule.type in {"R", "R2"}:
        return _fault_of_number(value, is_money=rule.type == "R2")
    if rule.type == "DT":
        is_good = _is_short_date(value) if rule.longest == SHORT_DATE_LENGTH else is_date(value)
        return None if is_good else Fault.DATE
    if rule.type == "TM":
        return None if TIME.fullmatch(value) else Fault.TIME
    return None


def _fault_of_number(value: str, *, is_money: bool) -> Fault | None:
    """Numbers are written without what they do not need: 100 and not 0100 or 100.00."""
    found = NUMBER.fullmatch(value)
    if found is None:
        return Fault.NUMBER
    whole, decimals = found[1], found[2]
    if decimals == "" or not (whole or decimals):
        return Fault.NUMBER
    if is_money and len(decimals or "") > MONEY_DECIMALS:
        return Fault.DECIMALS
    if (decimals or "").endswith("0") or (len(whole) > 1 and whole.startswith("0")):
        return Fault.NUMBER_FORM
    return None


def _fault_of_period(value: str, period_format: str) -> Fault | None:
    if period_format == DATE:
        return None if is_date(value) else Fault.DATE
    if period_format == DATE_RANGE:
        first, dash, last = value.partition("-")
        return None if dash and is_date(first) and is_date(last) else Fault.DATE
    if period_format == TIME_OF_DAY:
        return None if TIME.fullmatch(value) else Fault.TIME
    if period_format == DATE_AND_TIME:
        if not is_date(value[:8]):
            return Fault.DATE
        return None if TIME.fullmatch(value[8:]) else Fault.TIME
    return None


def is_date(text: str) -> bool:
    """Tell whether it is a day that exists, as CCYYMMDD, in one of four centuries."""
    if not EIGHT_DIGITS.fullmatch(text) or text[:2] not in CENTURIES:
        return False
    return _exists(int(text[:4]), int(text[4:6]), int(text[6:]))


def _is_short_date(text: str) -> bool:
    if not SIX_DIGITS.fullmatch(text):
        return False
    return _exists(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
