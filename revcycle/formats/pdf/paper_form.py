"""The PDF of a claim on paper, drawn from its boxes."""

from datetime import date
from typing import Final

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.paper import NO_SHIFT, Align, Box, PaperMode, PaperShift
from revcycle.formats.pdf.cms1500 import fill_cms1500
from revcycle.formats.pdf.paper_boxes import FilledForm, PaperPage, Printed
from revcycle.formats.pdf.typesetting import typeset
from revcycle.formats.pdf.ub04 import fill_ub04

TEMPLATE: Final = "forms/paper_form.typ"
FORM_NAMES: Final = {ClaimForm.PROFESSIONAL: "CMS-1500", ClaimForm.INSTITUTIONAL: "UB-04"}
# All lengths are in tenths of a point: a character is 7.2 points wide, a line 12 points high.
CHARACTER: Final = 72
LINE: Final = 120
TENTH_INCH: Final = 72
# Where the first character of the first line stands on an unmoved printer.
ORIGINS: Final = {ClaimForm.PROFESSIONAL: (200, 240), ClaimForm.INSTITUTIONAL: (140, 180)}


def fill_claim_form(claim: ClaimDocument, *, on: date) -> FilledForm:
    """Write a claim into the boxes of the form it has on paper.

    Args:
        claim: The same document that its 837 is written from.
        on: The day the form is signed or written.
    """
    if claim.form is ClaimForm.INSTITUTIONAL:
        return fill_ub04(claim, written_on=on)
    return fill_cms1500(claim, signed_on=on)


def render_claim_form(
    claim: ClaimDocument,
    filled: FilledForm,
    *,
    mode: PaperMode,
    on: date,
    shift: PaperShift = NO_SHIFT,
) -> bytes:
    """Lay out a filled form, US letter, ten characters and six lines an inch.

    A text longer than its box is printed smaller in the outline and runs on in the data: it is
    never cut. Whoever prints for the post looks at the findings first.
    """
    left, top = ORIGINS[claim.form]
    origin = (left + shift.left * TENTH_INCH, top + shift.top * TENTH_INCH)
    is_outline = mode is PaperMode.OUTLINE
    boxes = _frames(filled.boxes, origin) if is_outline else []
    facts = {
        "title": FORM_NAMES[claim.form],
        "outline": is_outline,
        "beside": claim.form is ClaimForm.PROFESSIONAL,  # its boxes to cross have room at the right
        "pages": [_page(page, origin) for page in filled.pages],
        "boxes": boxes,
    }
    return typeset(TEMPLATE, facts, on=on)


def _page(page: PaperPage, origin: tuple[int, int]) -> list[dict[str, object]]:
    in_order = sorted(page.texts, key=lambda one: (one.row, one.box.column))
    return [_text(one, origin) for one in in_order if one.row]


def _text(one: Printed, origin: tuple[int, int]) -> dict[str, object]:
    return {
        **_place(one.box, one.row, origin),
        "text": one.text,
        "right": one.box.align is Align.RIGHT,
        "length": max(len(one.text), one.box.width),
    }


def _frames(boxes: tuple[Box, ...], origin: tuple[int, int]) -> list[dict[str, object]]:
    return [
        {
            **_place(box, box.row + line * box.step, origin),
            "words": f"{box.number} {box.words}".strip() if line == 0 else "",
        }
        for box in boxes
        for line in range(box.lines)
    ]


def _place(box: Box, row: int, origin: tuple[int, int]) -> dict[str, object]:
    left, top = origin
    return {
        "x": left + CHARACTER * (box.column - 1),
        "y": top + LINE * (row - 1),
        "width": CHARACTER * box.width,
    }
