"""A professional claim in the boxes of the CMS-1500 (02/12)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.paper import BoxText
from models.documents.party import Organization
from models.values.money import ZERO, Money, total
from revcycle.formats.pdf.cms1500_boxes import CMS1500_BOXES, LINES_A_PAGE
from revcycle.formats.pdf.cms1500_case import case_texts
from revcycle.formats.pdf.cms1500_lines import GAP, line_texts
from revcycle.formats.pdf.cms1500_people import people_texts
from revcycle.formats.pdf.paper_boxes import (
    MARK,
    FilledForm,
    fill_form,
    form_amount,
    form_date,
    place_of,
    street_of,
    without_marks,
)

AT_HOME: Final = "12"  # place of service; box 32 stays empty there
ON_FILE: Final = "SIGNATURE ON FILE"


def fill_cms1500(claim: ClaimDocument, *, signed_on: date) -> FilledForm:
    """Write a professional claim into the boxes of the form, six lines a page.

    Each page is read alone, so each repeats who and what, and adds up its own lines; the pages'
    totals add up to the claim's. What was paid stands on the first page only.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 26, section 10 (items 1 to 33).
    """
    pages = [
        claim.lines[first : first + LINES_A_PAGE]
        for first in range(0, max(len(claim.lines), 1), LINES_A_PAGE)
    ]
    return fill_form(
        CMS1500_BOXES, (_page(claim, lines, at, signed_on) for at, lines in enumerate(pages))
    )


def _page(
    claim: ClaimDocument, lines: Sequence[ClaimDocumentLine], at: int, signed_on: date
) -> Iterator[BoxText]:
    yield from people_texts(claim)
    yield from case_texts(claim)
    yield from _diagnoses(claim)
    yield from line_texts(claim, lines)
    yield from _foot(claim, signed_on)
    yield BoxText("total", form_amount(total(line.charge for line in lines), gap=GAP))
    yield BoxText("paid", form_amount(paid_before(claim), gap=GAP) if at == 0 else "")


def paid_before(claim: ClaimDocument) -> Money:
    """Add up what the patient and earlier payers paid."""
    paid = [other.paid for other in claim.other_payers if other.paid is not None]
    return total((*paid, claim.patient_paid or ZERO))


def _diagnoses(claim: ClaimDocument) -> Iterator[BoxText]:
    yield BoxText("icd", "9" if claim.supplement.is_icd9 else "0")
    for at, code in enumerate(claim.diagnoses):
        yield BoxText(f"diagnosis.{at}", code.replace(".", ""))


def _foot(claim: ClaimDocument, signed_on: date) -> Iterator[BoxText]:
    biller = claim.billing_provider
    yield BoxText("tax_id", biller.tax_id)
    yield BoxText("tax_kind.ssn" if biller.is_tax_id_personal else "tax_kind.ein", MARK)
    yield BoxText("account", claim.control_number)
    yield BoxText("assigned.yes" if claim.accepts_assignment else "assigned.no", MARK)
    if claim.supplement.signature_on_file == "Y":
        yield BoxText("signed", ON_FILE)
        yield BoxText("signed_on", form_date(signed_on, "%m %d %y"))
    yield BoxText("biller_phone", _phone(biller.contact_phone))
    yield from _organization("biller", biller)
    if claim.service_facility or claim.place_of_service != AT_HOME:
        yield from _organization("facility", claim.service_facility or biller)


def _organization(name: str, who: Organization) -> Iterator[BoxText]:
    yield BoxText(name, without_marks(who.name))
    yield BoxText(f"{name}_street", street_of(who.address))
    yield BoxText(f"{name}_place", place_of(who.address))
    yield BoxText(f"{name}_npi", who.npi)
    if who.references:
        yield BoxText(f"{name}_id", who.references[0].qualifier + who.references[0].value)


def _phone(phone: str) -> str:
    """Part a number into its three groups; the form brings the parentheses."""
    return f"{phone[:3]} {phone[3:6]}-{phone[6:]}" if phone else ""
