"""Fields of a segment, taken apart into repetitions, components and subcomponents."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

NULL: Final = '""'  # HL7's "delete this value"; for us there is no value
_ESCAPE_NAMES: Final = "FSTRE"  # field, component, subcomponent, repetition, escape


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that MSH-1 and MSH-2 declare."""

    field: str = "|"
    repetition: str = "~"
    component: str = "^"
    subcomponent: str = "&"
    escape: str = "\\"


@dataclass(frozen=True, slots=True, repr=False)
class Segment:
    """One segment; fields are numbered as in the standard, from 1."""

    tag: str
    fields: tuple[str, ...]
    separators: Separators = Separators()

    def field(self, number: int) -> str:
        """Return a whole field as it was sent; empty when it is missing or null."""
        text = self.fields[number] if number < len(self.fields) else ""
        return "" if text == NULL else text

    def repetitions(self, number: int) -> tuple[str, ...]:
        """List the repetitions of a field that are not empty."""
        parts = self.field(number).split(self.separators.repetition)
        return tuple(part for part in parts if part)

    def text(self, number: int, component: int = 1, subcomponent: int = 1) -> str:
        """Return one subcomponent of the first repetition."""
        first = next(iter(self.repetitions(number)), "")
        return self.part(first, component, subcomponent)

    def part(self, repetition: str, component: int = 1, subcomponent: int = 1) -> str:
        """Return one subcomponent of a repetition, unescaped and without surrounding blanks."""
        pieces = _piece(repetition, self.separators.component, component)
        text = _piece(pieces, self.separators.subcomponent, subcomponent)
        return "" if text == NULL else self.unescape(text).strip()

    def unescape(self, text: str) -> str:
        r"""Turn escapes such as ``\T\`` into their characters and ``\.br\`` into line breaks.

        Source:
            HL7 version 2.8, chapter 2, section 2.7.
        """
        if self.separators.escape not in text:
            return text
        marks = self.separators
        values = (marks.field, marks.component, marks.subcomponent, marks.repetition, marks.escape)
        known = dict(zip(_ESCAPE_NAMES, values, strict=True)) | {".br": "\n", "H": "", "N": ""}
        mark = re.escape(marks.escape)
        return re.sub(
            f"{mark}([^{mark}]*){mark}",
            lambda found: known.get(found[1], _hexadecimal(found[1])),
            text,
        )

    def day(self, number: int) -> date | None:
        """Return the day of a time stamp; see ``to_day``."""
        return to_day(self.text(number))


def to_day(stamp: str) -> date | None:
    """Return the day of a time stamp such as ``20260105070624.4+0115``, or None.

    The day is taken as it was written: an HL7 stamp is local time at the sender, and its offset,
    which senders get wrong, says nothing more about the day.

    Source:
        HL7 version 2.8, chapter 2A, section 2.A.21 (DTM).
    """
    if not re.fullmatch(r"[0-9]{8}.*", stamp):
        return None
    try:
        return datetime.strptime(stamp[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None


def _piece(text: str, separator: str, number: int) -> str:
    pieces = text.split(separator)
    return pieces[number - 1] if number <= len(pieces) else ""


def _hexadecimal(name: str) -> str:
    r"""Read ``\X0D\``; anything else that is not known leaves no text."""
    if name.startswith("X") and re.fullmatch(r"([0-9A-Fa-f]{2})+", name[1:]):
        return bytes.fromhex(name[1:]).decode("latin-1")
    return ""
