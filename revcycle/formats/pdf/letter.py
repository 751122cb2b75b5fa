"""The PDF of a letter to a payer."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.documents.party import Organization
from models.values.display import to_long_date, to_phone_text
from revcycle.formats.pdf.statement import address_lines
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE: Final = "letters/letter.typ"
SUBJECT: Final = "Subject: "
FACT: Final = re.compile(r"([A-Z][A-Za-z ]{2,29}): (.+)")


@dataclass(frozen=True, slots=True, repr=False)
class LetterDocument:
    """A letter as it leaves.

    Attributes:
        practice: Whose letterhead it carries.
        day: Its date.
        addressee: For the title of the PDF, which names no patient.
        text: Paragraphs apart by an empty line. A paragraph of lines such as ``Patient: Otto`` is
            printed as a table; one line that begins with ``Subject:`` as the heading.
    """

    practice: Organization
    day: date
    addressee: str
    text: str


def render_letter(document: LetterDocument) -> bytes:
    """Lay out a letter as a tagged PDF, US letter, as many pages as it takes."""
    return typeset(TEMPLATE, letter_facts(document), on=document.day)


def letter_facts(document: LetterDocument) -> dict[str, object]:
    """Write every fact of the letter the way it is printed."""
    practice = document.practice
    return {
        "practice": {
            "name": practice.name,
            "address": address_lines(practice.address),
            "phone": to_phone_text(practice.contact_phone),
        },
        "day": to_long_date(document.day),
        "addressee": document.addressee,
        "paragraphs": [_paragraph(one) for one in split_paragraphs(document.text)],
    }


def split_paragraphs(text: str) -> list[list[str]]:
    """Cut a text into paragraphs of lines; spaces at their ends are dropped."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [one for one in paragraphs if one]


def _paragraph(lines: list[str]) -> dict[str, object]:
    if len(lines) == 1 and lines[0].startswith(SUBJECT):
        return {"kind": "subject", "text": lines[0].removeprefix(SUBJECT)}
    facts = [FACT.fullmatch(line) for line in lines]
    if len(facts) > 1 and all(facts):
        rows = [{"label": one[1], "value": one[2]} for one in facts if one]
        return {"kind": "facts", "rows": rows}
    return {"kind": "text", "lines": lines}
