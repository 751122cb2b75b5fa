"""835: the segments of one remittance, as a payer writes them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from models.documents.claim import Adjustment
from models.documents.party import Organization
from models.documents.remittance import (
    ProviderAdjustment,
    RemittanceClaim,
    RemittanceDocument,
    RemittanceLine,
)
from models.errors import RejectedError
from revcycle.formats.x12.elements import (
    clean,
    identifier,
    write_amount,
    write_date,
    write_quantity,
)
from revcycle.formats.x12.parties import (
    FIRST_NAME_LIMIT,
    IDENTIFIER_LIMIT,
    NAME_LIMIT,
    REFERENCE_LIMIT,
    address_segments,
    optional_identifier,
    organization_segment,
)
from revcycle.formats.x12.segments import Segment, composite, segment

TRIPLETS_MAX = 6  # of one CAS
PAIRS_MAX = 6  # of one PLB
CLAIM_REMARKS_MAX = 5  # MOA03 to MOA07
MODIFIERS_MAX = 4
CONTROL_NUMBER_LIMIT = 38  # CLP01
WRITTEN_GROUPS = frozenset({"CO", "OA", "PI", "PR"})  # CR was 4010
# CLP06 knows fewer codes than SBR09 of a claim: CI and BL, for instance, are not among them.
FILING_INDICATORS = frozenset(
    {"12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF"}
    | {"TV", "VA", "WC", "ZZ"}
)


def remittance_segments(document: RemittanceDocument) -> Iterator[Segment]:
    """Write everything between ST and SE.

    Raises:
        RejectedError: something required is missing or cannot be carried.
    """
    yield from _header(document)
    yield from _payer(document)
    yield from _payee(document.payee)
    if document.claims:
        yield segment("LX", "1")
    for claim in document.claims:
        yield from _claim(claim)
    yield from _provider_adjustments(document.provider_adjustments)


def _header(document: RemittanceDocument) -> Iterator[Segment]:
    payment = (
        identifier(document.handling_code, field="handling code", limit=2),
        write_amount(document.amount),
        "C" if document.is_credit else "D",
        identifier(document.method, field="payment method", limit=3),
    )
    yield segment("BPR", *payment, *[""] * 11, write_date(document.payment_date))
    trace = identifier(document.trace_number, field="trace number", limit=REFERENCE_LIMIT)
    trace_id = document.payer_trace_id or f"1{document.payer.tax_id}"
    yield segment("TRN", "1", trace, identifier(trace_id, field="payer trace id", limit=10))
    yield from _date("405", document.production_date)


def _payer(document: RemittanceDocument) -> Iterator[Segment]:
    payer = document.payer
    if payer.address is None or not payer.address.line1:
        msg = "the payer's address is required"
        raise RejectedError(msg)
    yield segment("N1", "PR", _required_name(payer.name, "payer name"))
    yield from address_segments(payer.address)
    yield from _reference("2U", document.payer_id, "payer id")
    contact = clean(payer.contact_name, field="payer contact", limit=NAME_LIMIT)
    phone = optional_identifier(payer.contact_phone, field="payer telephone")
    yield segment("PER", "BL", contact, "TE" if phone else "", phone)


def _payee(payee: Organization) -> Iterator[Segment]:
    name = _required_name(payee.name, "payee name")
    qualifier, code = ("XX", payee.npi) if payee.npi else ("FI", payee.tax_id)
    yield segment(
        "N1",
        "PE",
        name,
        qualifier,
        identifier(code, field="payee identifier", limit=IDENTIFIER_LIMIT),
    )
    yield from address_segments(payee.address)
    if payee.npi:
        yield from _reference("TJ", payee.tax_id, "payee tax id")


def _required_name(text: str, field: str) -> str:
    name = clean(text, field=field, limit=NAME_LIMIT)
    if not name:
        msg = f"{field} is required"
        raise RejectedError(msg)
    return name


def _claim(claim: RemittanceClaim) -> Iterator[Segment]:
    responsibility = claim.patient_responsibility
    yield segment(
        "CLP",
        identifier(
            claim.claim_control_number, field="claim control number", limit=CONTROL_NUMBER_LIMIT
        ),
        identifier(claim.status, field="claim status", limit=2),
        write_amount(claim.charge),
        write_amount(claim.paid),
        "" if responsibility is None else write_amount(responsibility),
        _filing_indicator(claim.filing_indicator),
        identifier(
            claim.payer_claim_control_number,
            field="payer claim control number",
            limit=REFERENCE_LIMIT,
        ),
        optional_identifier(claim.facility_code, field="facility code", limit=2),
        optional_identifier(claim.frequency_code, field="frequency code", limit=1),
    )
    yield from _adjustments(claim.adjustments)
    yield from _names(claim)
    yield from _remarks(claim.remarks)
    yield from _date("232", claim.statement_from)
    yield from _date("233", claim.statement_to)
    yield from _date("050", claim.received_on)
    for line in claim.lines:
        yield from _line(line)


def _filing_indicator(code: str) -> str:
    if code not in FILING_INDICATORS:
        msg = "the filing indicator is none that a remittance may carry (CLP06)"
        raise RejectedError(msg)
    return code


def _names(claim: RemittanceClaim) -> Iterator[Segment]:
    last = clean(claim.patient_last_name, field="patient last name", limit=NAME_LIMIT)
    first = clean(claim.patient_first_name, field="patient first name", limit=FIRST_NAME_LIMIT)
    member_id = optional_identifier(claim.member_id, field="member id")
    qualifier = "MI" if member_id else ""
    yield segment("NM1", "QC", "1", last, first, "", "", "", qualifier, member_id)
    if claim.corrected_member_id:
        corrected = identifier(
            claim.corrected_member_id, field="corrected member id", limit=IDENTIFIER_LIMIT
        )
        yield segment("NM1", "74", "1", "", "", "", "", "", "C", corrected)
    if claim.rendering_provider_npi:
        npi = identifier(claim.rendering_provider_npi, field="rendering provider NPI", limit=10)
        yield segment("NM1", "82", "1", "", "", "", "", "", "XX", npi)
    if claim.crossover_payer_name or claim.crossover_payer_id:
        yield organization_segment("TT", claim.crossover_payer_name, "PI", claim.crossover_payer_id)


def _remarks(remarks: Sequence[str]) -> Iterator[Segment]:
    if len(remarks) > CLAIM_REMARKS_MAX:
        msg = f"a claim carries at most {CLAIM_REMARKS_MAX} remarks"
        raise RejectedError(msg)
    if remarks:
        written = (identifier(remark, field="claim remark", limit=50) for remark in remarks)
        yield segment("MOA", "", "", *written)


def _line(line: RemittanceLine) -> Iterator[Segment]:
    revenue_code = line.revenue_code if line.procedure_code else ""
    submitted = optional_identifier(line.submitted_procedure_code, field="submitted code")
    yield segment(
        "SVC",
        _service_code(line),
        write_amount(line.charge),
        write_amount(line.paid),
        optional_identifier(revenue_code, field="revenue code"),
        write_quantity(line.units),
        composite("HC", submitted) if submitted else "",
    )
    yield from _service_dates(line)
    yield from _adjustments(line.adjustments)
    yield from _reference("6R", line.line_control_number, "line control number")
    if line.allowed is not None:
        yield segment("AMT", "B6", write_amount(line.allowed))
    for remark in line.remarks:
        yield segment("LQ", "HE", identifier(remark, field="line remark", limit=30))


def _service_code(line: RemittanceLine) -> str:
    if len(line.modifiers) > MODIFIERS_MAX:
        msg = f"a service carries at most {MODIFIERS_MAX} modifiers"
        raise RejectedError(msg)
    qualifier = "HC" if line.procedure_code else "NU"
    code = identifier(line.procedure_code or line.revenue_code, field="service code", limit=48)
    modifiers = (identifier(modifier, field="modifier", limit=2) for modifier in line.modifiers)
    return composite(qualifier, code, *modifiers)


def _service_dates(line: RemittanceLine) -> Iterator[Segment]:
    if line.service_end_date is None:
        yield from _date("472", line.service_date)
    else:
        yield from _date("150", line.service_date)
        yield from _date("151", line.service_end_date)


def _adjustments(adjustments: Sequence[Adjustment]) -> Iterator[Segment]:
    """Write one CAS per run of a group, and another after every sixth triplet."""
    for group, run in groupby(adjustments, key=lambda adjustment: adjustment.group):
        if group not in WRITTEN_GROUPS:
            msg = "an adjustment group is none of CO, OA, PI and PR"
            raise RejectedError(msg)
        triplets = [_triplet(adjustment) for adjustment in run]
        for start in range(0, len(triplets), TRIPLETS_MAX):
            chosen = triplets[start : start + TRIPLETS_MAX]
            yield segment("CAS", group, *(element for triplet in chosen for element in triplet))


def _triplet(adjustment: Adjustment) -> tuple[str, str, str]:
    quantity = adjustment.quantity
    return (
        identifier(adjustment.reason, field="adjustment reason", limit=5),
        write_amount(adjustment.amount),
        "" if quantity is None else write_quantity(quantity),
    )


def _provider_adjustments(adjustments: Sequence[ProviderAdjustment]) -> Iterator[Segment]:
    """Write one PLB per run of a provider and fiscal period, and another after six pairs."""
    keyed = groupby(adjustments, key=lambda one: (one.provider_id, one.fiscal_period_end))
    for (provider_id, fiscal_period_end), run in keyed:
        provider = identifier(provider_id, field="provider id", limit=REFERENCE_LIMIT)
        pairs = [_pair(adjustment) for adjustment in run]
        for start in range(0, len(pairs), PAIRS_MAX):
            chosen = pairs[start : start + PAIRS_MAX]
            elements = (element for pair in chosen for element in pair)
            yield segment("PLB", provider, write_date(fiscal_period_end), *elements)


def _pair(adjustment: ProviderAdjustment) -> tuple[str, str]:
    reason = identifier(adjustment.reason, field="provider adjustment reason", limit=2)
    reference = optional_identifier(
        adjustment.reference, field="provider adjustment reference", limit=REFERENCE_LIMIT
    )
    return composite(reason, reference), write_amount(adjustment.amount)


def _date(qualifier: str, when: date | None) -> Iterator[Segment]:
    if when is not None:
        yield segment("DTM", qualifier, write_date(when))


def _reference(qualifier: str, text: str, field: str) -> Iterator[Segment]:
    if text:
        yield segment("REF", qualifier, identifier(text, field=field, limit=REFERENCE_LIMIT))
