"""What of a file may be shown to somebody who has no business with its patients.

Whatever is not known to be harmless is masked: a value is shown because its element is harmless
by nature, and then only when it looks like what belongs there, so that a name which slipped into
the place of a code stays hidden. Dates of service, amounts and codes are shown.
"""

import re
from dataclasses import dataclass
from typing import Final

from revcycle.formats.x12.names.catalogue import Element, Kind, code_words, element_of, harmless
from revcycle.formats.x12.segments import Delimiters, Segment

MASK: Final = "•••"
PARTY_TAGS: Final = frozenset({"NM1", "N1"})
PARTY_DETAIL_TAGS: Final = frozenset({"N2", "N3", "N4", "PER", "REF", "PRV", "RDM"})
PERSON: Final = "1"
DATED_TAGS: Final = frozenset({"DTM", "DTP"})

_NUMBER = re.compile(r"-?(\d{1,18}\.?\d*|\.\d+)", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)
_CODE = re.compile(r"(?=.{0,2}\d)[A-Z0-9]{1,3}|[A-Z]{1,2}", re.ASCII)
_OPEN_CODE = re.compile(r"(?=.*\d)[A-Z0-9.-]{1,15}|[A-Z]{1,2}", re.ASCII)
_IDENTIFIER = re.compile(r"(?=.*\d)[\w .:/-]{1,50}", re.ASCII)
_SHAPES: Final = {
    Kind.AMOUNT: _NUMBER,
    Kind.NUMBER: _NUMBER,
    Kind.DATE: _DATE,
    Kind.SHORT_DATE: re.compile(r"\d{6}", re.ASCII),
    Kind.TIME: re.compile(r"\d{4,8}", re.ASCII),
    Kind.VERSION: re.compile(r"\d{5}[0-9A-Z]{0,7}", re.ASCII),
    Kind.CONTROL: _IDENTIFIER,
    Kind.PARTY_ID: _IDENTIFIER,
    Kind.REFERENCE: _IDENTIFIER,
    Kind.TRACE: _IDENTIFIER,
    Kind.COMPANY: re.compile(r".{1,15}"),
    Kind.SIGN: re.compile(r"."),
    Kind.TAG: re.compile(r"[A-Z][A-Z0-9]{1,2}", re.ASCII),
    Kind.OPEN: _OPEN_CODE,
    Kind.MODIFIER: re.compile(r"[A-Z0-9]{2}", re.ASCII),
    Kind.STATE: re.compile(r"[A-Z]{2,3}", re.ASCII),
    Kind.PLACE: re.compile(r"\d{2}", re.ASCII),
    Kind.PUBLIC: _OPEN_CODE,
    Kind.WHEN: re.compile(r"\d{8}(\d{4})?(-\d{8}(\d{4})?)?|\d{4}", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Whose details the segments after an NM1 or N1 are."""

    code: str = ""  # NM101 or N101
    is_person: bool = True

    @property
    def is_public(self) -> bool:
        """Tell whether it is a kind of party that cares for or pays for patients."""
        return self.code in harmless().organizations

    @property
    def is_company(self) -> bool:
        """Tell whether it is such a party, and written as an organization."""
        return self.is_public and not self.is_person


NOBODY: Final = Party()


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a segment while its values are judged."""

    kind: str = ""  # ST01
    delimiters: Delimiters = Delimiters()  # noqa: RUF009 - frozen
    party: Party = NOBODY

    def after(self, segment: Segment) -> "Setting":
        """Go on by one segment."""
        party = party_after(segment, self.party)
        return self if party is self.party else Setting(self.kind, self.delimiters, party)


def party_after(segment: Segment, party: Party) -> Party:
    """Tell whose details a segment, and those after it, are."""
    if segment.tag == "NM1":
        return Party(segment.get(1), is_person=segment.get(2) != "2")
    if segment.tag == "N1":
        return Party(segment.get(1), is_person=False)
    return party if segment.tag in PARTY_DETAIL_TAGS else NOBODY


def may_show(value: str, element: Element, segment: Segment, setting: Setting) -> bool:
    """Tell whether a value may be shown to anybody.

    Args:
        value: One repetition of an element or component.
        element: What the catalogue knows of it.
        segment: Where it stands; its qualifiers decide about some values.
        setting: The transaction and the party that the segment belongs to.
    """
    if element.kind in {Kind.CODE, Kind.NAMES}:
        return bool(code_words(element.codes, value)) or _CODE.fullmatch(value) is not None
    shape = _SHAPES.get(element.kind)
    looks_right = shape is None or shape.fullmatch(value) is not None
    return looks_right and _is_harmless(element, segment, setting)


def _is_harmless(element: Element, segment: Segment, setting: Setting) -> bool:
    """Judge by the place, whatever stands in it."""
    match element.kind:
        case Kind.PARTY | Kind.WAY:
            allowed = setting.party.is_company
        case Kind.PARTY_ID:
            allowed = _is_public_id(segment, element, setting.party)
        case Kind.REFERENCE:
            allowed = _is_public_reference(segment.get(1), setting.party)
        case Kind.TRACE:
            allowed = setting.kind in harmless().payment_traces
        case Kind.PUBLIC:
            allowed = bool(qualifier_words(segment, element, setting.delimiters))
        case Kind.DATE | Kind.WHEN if segment.tag in DATED_TAGS:
            allowed = segment.get(1) not in harmless().personal_dates
        case _:
            allowed = element.kind in _SHAPES
    return allowed


def _is_public_id(segment: Segment, element: Element, party: Party) -> bool:
    number, _ = element.named_by or (0, 0)
    qualifier = segment.get(number)
    if qualifier in harmless().company_ids:
        return party.is_company
    return party.is_public and qualifier in harmless().ids


def _is_public_reference(qualifier: str, party: Party) -> bool:
    if qualifier in harmless().company_references:
        return party.is_company
    return qualifier in harmless().references


def qualifier_words(
    segment: Segment, element: Element, delimiters: Delimiters, repetition: str = ""
) -> str:
    """Say what an element is by its qualifier; empty when there is none or it is unknown.

    Args:
        segment: Where the element stands.
        element: The element.
        delimiters: Of the file.
        repetition: The repetition of the composite, where the qualifier is a component.
    """
    if element.named_by is None:
        return ""
    number, component = element.named_by
    value = repetition or segment.get(number)
    if component:
        parts = value.split(delimiters.component)
        value = parts[component - 1] if component <= len(parts) else ""
    return code_words(element_of(segment.tag, number, component).codes, value)
