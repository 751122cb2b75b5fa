"""The case in the boxes 14 to 23 of the CMS-1500: dates, who referred, what was allowed before."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.documents.claim import ClaimDocument, FrequencyCode
from models.documents.claim_codes import (
    ClaimDate,
    ClaimDateKind,
    ClaimReferenceKind,
    HealthCodeKind,
)
from models.documents.paper import BoxText
from models.documents.party import Provider
from models.values.money import ZERO, total
from revcycle.formats.pdf.cms1500_lines import GAP
from revcycle.formats.pdf.paper_boxes import MARK, form_amount, form_date, provider_name

DAY: Final = "%m %d %y"
ONSETS: Final = (ClaimDateKind.ONSET, ClaimDateKind.LAST_MENSTRUAL_PERIOD)
OTHER_DATES: Final = (
    ClaimDateKind.INITIAL_TREATMENT,
    ClaimDateKind.LAST_SEEN,
    ClaimDateKind.ACUTE_MANIFESTATION,
    ClaimDateKind.ACCIDENT,
    ClaimDateKind.LAST_XRAY,
    ClaimDateKind.PRESCRIPTION,
    ClaimDateKind.CARE_ASSUMED,
    ClaimDateKind.CARE_RELINQUISHED,
    ClaimDateKind.FIRST_CONTACT,
)


def case_texts(claim: ClaimDocument) -> Iterator[BoxText]:
    """Write what the payer needs to know of the case."""
    yield from _dated(claim, ONSETS, "onset")
    yield from _dated(claim, OTHER_DATES, "other_date")
    yield from _absence(claim)
    yield from _source(claim)
    yield from _hospital(claim)
    yield BoxText("note", " ".join(note.text for note in claim.supplement.notes))
    yield BoxText("claim_codes", " ".join(_conditions(claim)))
    yield from _laboratory(claim)
    yield from _earlier(claim)


def _dated(claim: ClaimDocument, kinds: tuple[ClaimDateKind, ...], name: str) -> Iterator[BoxText]:
    for kind in kinds:
        day = claim.date_of(kind)
        if day:
            yield BoxText(name, form_date(day, DAY))
            yield BoxText(f"{name}_kind", str(kind))
            return


def _absence(claim: ClaimDocument) -> Iterator[BoxText]:
    whole = _find(claim, ClaimDateKind.DISABILITY)
    first = whole.first if whole else claim.date_of(ClaimDateKind.DISABILITY_START)
    last = whole.last if whole else claim.date_of(ClaimDateKind.DISABILITY_END)
    yield BoxText("off_from", form_date(first, DAY))
    yield BoxText("off_to", form_date(last, DAY))


def _find(claim: ClaimDocument, kind: ClaimDateKind) -> ClaimDate | None:
    return next((found for found in claim.supplement.dates if found.kind is kind), None)


def _source(claim: ClaimDocument) -> Iterator[BoxText]:
    ordering = next(
        (
            one.supplement.ordering_provider
            for one in claim.lines
            if one.supplement.ordering_provider
        ),
        None,
    )
    found: tuple[tuple[str, Provider | None], ...] = (
        ("DN", claim.referring_provider),
        ("DK", ordering),
        ("DQ", claim.supplement.supervising_provider),
    )
    for kind, provider in found:
        if provider is not None:
            yield BoxText("source_kind", kind)
            yield BoxText("source", provider_name(provider))
            yield BoxText("source_npi", provider.npi)
            yield from _source_id(provider)
            return


def _source_id(provider: Provider) -> Iterator[BoxText]:
    if provider.references:
        yield BoxText("source_id_kind", provider.references[0].qualifier)
        yield BoxText("source_id", provider.references[0].value)


def _hospital(claim: ClaimDocument) -> Iterator[BoxText]:
    days: tuple[tuple[str, date | None], ...] = (
        ("hospital_from", claim.date_of(ClaimDateKind.ADMISSION)),
        ("hospital_to", claim.date_of(ClaimDateKind.DISCHARGE)),
    )
    for name, day in days:
        yield BoxText(name, form_date(day, DAY))


def _conditions(claim: ClaimDocument) -> Iterator[str]:
    for code in claim.supplement.health_codes:
        if code.kind is HealthCodeKind.CONDITION:
            yield code.code


def _laboratory(claim: ClaimDocument) -> Iterator[BoxText]:
    bought = [one.supplement.purchased_service for one in claim.lines]
    charges = [one.charge or ZERO for one in bought if one is not None]
    yield BoxText("lab.yes" if charges else "lab.no", MARK)
    yield BoxText("lab_charge", form_amount(total(charges), gap=GAP) if charges else "")


def _earlier(claim: ClaimDocument) -> Iterator[BoxText]:
    if claim.frequency_code is not FrequencyCode.ORIGINAL:
        yield BoxText("resubmission", str(claim.frequency_code))
    yield BoxText("original", claim.original_reference)
    laboratory = claim.reference_of(ClaimReferenceKind.LABORATORY)
    allowed = claim.prior_authorization or claim.referral_number or laboratory
    yield BoxText("authorization", allowed)
