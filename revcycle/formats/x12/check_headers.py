"""What ISA and GS say of themselves: versions, dates, numbers, delimiters."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from revcycle.formats.x12.checks.values import to_day
from revcycle.formats.x12.guides.library import FUNCTIONAL_CODES
from revcycle.formats.x12.interchange import Group, Interchange
from revcycle.formats.x12.segments import Delimiters

VERSION = "00501"
ID_QUALIFIERS = frozenset({"01", "14", "20", "27", "28", "29", "30", "33", "ZZ"})
_TIME = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{1,2})?)?", re.ASCII)
_NINE_DIGITS = re.compile(r"\d{9}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_DATE_CENTURY = "20"  # ISA09 has two digits of the year


class HeaderProblem(NamedTuple):
    """One element of a header that is wrong; ``code`` is TA105, or AK905 for a group."""

    rule_id: str
    subject: str
    message: str
    advice: str
    code: str = ""


def interchange_problems(interchange: Interchange) -> Iterator[HeaderProblem]:
    """Judge the elements of an ISA.

    Source:
        X12.5 (ISA); 005010 guides, appendix C (values of ISA elements).
    """
    header = interchange.header
    codes: Mapping[int, frozenset[str]] = _ISA_CODES
    for number, allowed in codes.items():
        if header.get(number) not in allowed:
            advice = f"allowed: {', '.join(sorted(allowed))}"
            subject = f"ISA{number:02d}"
            message = "is not allowed there"
            yield HeaderProblem("x12.isa_code", subject, message, advice, _TA1_CODES[number])
    if to_day(_DATE_CENTURY + header.get(9)) is None:
        yield HeaderProblem("x12.isa_date", "ISA09", "is no day", "write YYMMDD", "014")
    if len(header.get(10)) != 4 or not _TIME.fullmatch(header.get(10)):  # noqa: PLR2004 - HHMM
        yield HeaderProblem("x12.isa_time", "ISA10", "is no time", "write HHMM", "015")
    if not _NINE_DIGITS.fullmatch(header.get(13)):
        message = "is not a control number"
        yield HeaderProblem("x12.isa13_form", "ISA13", message, "nine digits", "018")
    yield from _delimiter_problems(interchange.delimiters)


_ISA_CODES: Mapping[int, frozenset[str]] = MappingProxyType(
    {
        1: frozenset({"00", "03"}),
        3: frozenset({"00", "01"}),
        5: ID_QUALIFIERS,
        7: ID_QUALIFIERS,
        12: frozenset({VERSION}),
        14: frozenset({"0", "1"}),
        15: frozenset({"P", "T"}),
    }
)
_TA1_CODES = {1: "010", 3: "012", 5: "005", 7: "007", 12: "017", 14: "019", 15: "020"}


def _delimiter_problems(delimiters: Delimiters) -> Iterator[HeaderProblem]:
    names = ("element", "component", "terminator")
    signs = (delimiters.element, delimiters.component, delimiters.terminator)
    for name, sign in zip(names, signs, strict=True):
        if sign.isalnum() or sign == " " or signs.count(sign) > 1:
            message = f"the delimiter of {name}s is a letter, a digit, a blank or used twice"
            advice = "use three signs that stand nowhere in the data"
            yield HeaderProblem("x12.delimiter", "ISA16", message, advice, "027")
            return


def group_problems(group: Group) -> Iterator[HeaderProblem]:
    """Judge the elements of a GS.

    Source:
        X12.6 (GS); 005010 guides, appendix C.
    """
    header = group.header
    if to_day(header.get(4)) is None:
        yield HeaderProblem("x12.gs_date", "GS04", "is no day", "write CCYYMMDD", "6")
    if not _TIME.fullmatch(header.get(5)):
        yield HeaderProblem("x12.gs_time", "GS05", "is no time", "write HHMM", "6")
    if not _NUMBER.fullmatch(header.get(6)):
        message = "is not a control number"
        yield HeaderProblem("x12.gs06_form", "GS06", message, "one to nine digits", "6")
    if header.get(7) != "X":
        yield HeaderProblem("x12.gs_agency", "GS07", "is not allowed there", "allowed: X", "6")
    kinds = {one for one, code in FUNCTIONAL_CODES.items() if code == header.get(1)}
    if not kinds and header.get(1) not in OTHER_GROUPS:
        message = "is no kind of group"
        yield HeaderProblem("x12.gs01_code", "GS01", message, "HC holds 837, HP holds 835", "1")


OTHER_GROUPS = frozenset({"BE", "RA", "HI", "TO", "PO", "IN", "SH", "SM", "GF", "IM", "IA"})


def is_foreign(kind: str, group: Group) -> bool:
    """Tell whether a transaction (ST01) is in a group of other transactions (GS01)."""
    expected = FUNCTIONAL_CODES.get(kind)
    return expected is not None and expected != group.functional_code
