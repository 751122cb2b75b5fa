"""Texts into the boxes of a paper form, and what does not fit."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents.finding import Finding, Severity
from models.documents.paper import Box, BoxText
from models.documents.party import Address, Person, Provider
from models.values.display import to_zip_text
from models.values.money import Money

TOO_LONG: Final = "paper.box_length"
NOT_PRINTED: Final = "paper.characters"
LEFT_OUT: Final = str.maketrans("", "", ".#'")
MARK: Final = "X"


@dataclass(frozen=True, slots=True, repr=False)
class Printed:
    """A text at its place on a page."""

    box: Box
    row: int
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class PaperPage:
    """One page: what is printed on it."""

    texts: tuple[Printed, ...]


@dataclass(frozen=True, slots=True, repr=False)
class FilledForm:
    """A claim in the boxes of its form.

    Attributes:
        boxes: Of the form, for its outline.
        pages: At least one.
        findings: An error for each box that is too small for its text. Nothing is cut.
    """

    boxes: tuple[Box, ...]
    pages: tuple[PaperPage, ...]
    findings: tuple[Finding, ...]


def fill_form(boxes: tuple[Box, ...], pages: Iterable[Iterable[BoxText]]) -> FilledForm:
    """Put texts into boxes, page by page, and report each that is too long for its box."""
    by_name = {box.name: box for box in boxes}
    filled = [tuple(_print(by_name, page)) for page in pages]
    findings = {
        finding: None for number, page in enumerate(filled, 1) for finding in _check(page, number)
    }
    return FilledForm(boxes, tuple(PaperPage(page) for page in filled), tuple(findings))


def _print(boxes: Mapping[str, Box], texts: Iterable[BoxText]) -> Iterator[Printed]:
    for one in texts:
        box = boxes.get(one.name) or _no_box(one.name)
        if one.text:
            # Beyond the last of a repeated box there is none.
            box = box if one.line < box.lines else _no_box(one.name)
            yield Printed(box, box.row + one.line * box.step, to_form_text(one.text))


def _no_box(name: str) -> Box:
    """Stand in for a box that the form lacks, such as that of a thirteenth value code."""
    return Box(name, name.replace(".", " "), "one more than the form has boxes for", 0, 0, 0)


def _check(page: Iterable[Printed], number: int) -> Iterator[Finding]:
    for one in page:
        field, place = f"box {one.box.number}".strip(), f"page {number}"
        if len(one.text) > one.box.width:
            message = f"{one.box.words}: {len(one.text)} characters, the box holds {one.box.width}"
            yield Finding(TOO_LONG, Severity.ERROR, field, message, place)
        if not one.text.isascii():
            message = f"{one.box.words}: a letter that readers of forms do not know"
            yield Finding(NOT_PRINTED, Severity.ERROR, field, message, place)


def to_form_text(text: str) -> str:
    """Write in capitals and without accents, as readers of forms want it."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).upper()


def without_marks(text: str) -> str:
    """Leave out the points, number signs and apostrophes that names and addresses go without."""
    return text.translate(LEFT_OUT)


def form_name(person: Person) -> str:
    """Write a name as forms want it: ``LAST SUFFIX, FIRST, M``."""
    last = " ".join(filter(None, (person.last_name, person.suffix)))
    parts = (last, person.first_name, person.middle_name[:1])
    return without_marks(", ".join(filter(None, parts)))


def provider_name(provider: Provider) -> str:
    """Write a provider's name in the order of speech, without titles."""
    parts = (provider.first_name, provider.middle_name[:1], provider.last_name, provider.suffix)
    return without_marks(" ".join(filter(None, parts)))


def street_of(address: Address | None) -> str:
    """Write a street in one line."""
    if address is None:
        return ""
    return without_marks(" ".join(filter(None, (address.line1, address.line2))))


def place_of(address: Address | None) -> str:
    """Write city, state and postal code in one line."""
    if address is None:
        return ""
    return f"{without_marks(address.city)} {address.state} {to_zip_text(address.zip_code)}"


def form_date(day: date | None, pattern: str) -> str:
    """Write a day by a pattern of ``strftime``; nothing for none."""
    return f"{day:{pattern}}" if day else ""


def form_units(units: Decimal) -> str:
    """Write a number of units without needless zeros."""
    text = f"{units:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def form_amount(amount: Money, *, gap: str) -> str:
    """Write an amount without its point: the form has a line, or nothing, between the parts."""
    return str(amount).replace(".", gap)
