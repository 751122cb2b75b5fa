"""An institutional claim in the boxes of the UB-04."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from models.documents.claim import ClaimDocument, ClaimDocumentLine, InstitutionalDetail
from models.documents.claim_codes import ClaimReferenceKind
from models.documents.paper import BoxText
from models.documents.party import Organization
from models.values.display import to_phone_text
from models.values.money import ZERO, total
from revcycle.formats.pdf.cms1500_lines import drug_text
from revcycle.formats.pdf.paper_boxes import (
    FilledForm,
    fill_form,
    form_amount,
    form_date,
    form_name,
    form_units,
    place_of,
    street_of,
    without_marks,
)
from revcycle.formats.pdf.ub04_boxes import LINES_A_PAGE, UB04_BOXES
from revcycle.formats.pdf.ub04_codes import code_texts
from revcycle.formats.pdf.ub04_payers import payer_texts
from revcycle.formats.pdf.ub04_providers import provider_texts

DAY: Final = "%m%d%y"
BIRTH: Final = "%m%d%Y"
NO_GAP: Final = ""
HOUR: Final = 2


def fill_ub04(claim: ClaimDocument, *, written_on: date) -> FilledForm:
    """Write an institutional claim into the boxes of the form, 22 lines a page.

    The total stands in line 23 of the last page; every page says which of how many it is.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 25, section 75 (form locators).
    """
    lines = [
        claim.lines[first : first + LINES_A_PAGE]
        for first in range(0, max(len(claim.lines), 1), LINES_A_PAGE)
    ]
    pages = (
        (*_page(claim, part), *_total_line(claim, at, len(lines), written_on))
        for at, part in enumerate(lines, start=1)
    )
    return fill_form(UB04_BOXES, pages)


def _page(claim: ClaimDocument, lines: Sequence[ClaimDocumentLine]) -> Iterator[BoxText]:
    yield from _head(claim)
    yield from _patient(claim)
    if claim.institutional is not None:
        yield from _stay(claim.institutional)
    yield from code_texts(claim)
    for at, line in enumerate(lines):
        yield from (BoxText(name, text, at) for name, text in _line(line))
    yield from payer_texts(claim)
    yield from provider_texts(claim)


def _head(claim: ClaimDocument) -> Iterator[BoxText]:
    biller = claim.billing_provider
    yield from _organization("biller", biller)
    yield BoxText("biller.3", to_phone_text(biller.contact_phone))
    pay_to = claim.supplement.pay_to
    if pay_to is not None:
        yield from _organization("pay_to", pay_to)
    yield BoxText("account", claim.control_number)
    yield BoxText("record", claim.reference_of(ClaimReferenceKind.MEDICAL_RECORD))
    yield BoxText("tax_id", biller.tax_id)
    detail = claim.institutional
    yield BoxText("bill_type", detail.bill_type if detail else "")
    period = detail.statement_period if detail else None
    first, last = period or (claim.first_service_date, claim.last_service_date)
    yield BoxText("from", form_date(first, DAY))
    yield BoxText("through", form_date(last, DAY))


def _organization(name: str, who: Organization) -> Iterator[BoxText]:
    lines = (without_marks(who.name), street_of(who.address), place_of(who.address))
    for at, text in enumerate(lines):
        yield BoxText(f"{name}.{at}", text)


def _patient(claim: ClaimDocument) -> Iterator[BoxText]:
    patient, address = claim.patient, claim.patient.address
    yield BoxText("patient", form_name(patient))
    yield BoxText("street", street_of(address))
    if address is not None:
        yield BoxText("city", without_marks(address.city))
        yield BoxText("state", address.state)
        yield BoxText("zip", address.zip_code)
    yield BoxText("birth", form_date(patient.birth_date, BIRTH))
    yield BoxText("sex", patient.sex)
    yield BoxText("accident_state", claim.supplement.accident_state)


def _stay(detail: InstitutionalDetail) -> Iterator[BoxText]:
    yield BoxText("admitted", form_date(detail.admitted_on, DAY))
    yield BoxText("admission_hour", detail.admission_time[:HOUR])
    yield BoxText("admission_type", detail.admission_type)
    yield BoxText("admission_source", detail.admission_source)
    yield BoxText("discharge_hour", detail.discharge_time[:HOUR])
    yield BoxText("status", detail.patient_status)


def _line(line: ClaimDocumentLine) -> Iterator[tuple[str, str]]:
    more = line.supplement
    yield "revenue", line.revenue_code
    yield "description", drug_text(more.drug) if more.drug else more.procedure_description
    yield "procedure", " ".join((line.procedure_code, *line.modifiers)).strip()
    yield "service_on", form_date(line.service_date, DAY)
    yield "units", form_units(line.units)
    yield "charge", form_amount(line.charge, gap=NO_GAP)
    if more.non_covered:
        yield "non_covered", form_amount(more.non_covered, gap=NO_GAP)


def _total_line(claim: ClaimDocument, page: int, pages: int, written_on: date) -> Iterator[BoxText]:
    yield BoxText("page", str(page))
    yield BoxText("pages", str(pages))
    yield BoxText("written_on", form_date(written_on, DAY))
    if page < pages:
        return
    yield BoxText("total", form_amount(claim.charge_total, gap=NO_GAP))
    non_covered = total(line.supplement.non_covered or ZERO for line in claim.lines)
    yield BoxText("non_covered_total", form_amount(non_covered, gap="") if non_covered else "")
