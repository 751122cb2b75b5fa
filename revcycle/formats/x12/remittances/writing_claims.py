"""One claim of a remittance (loop 2100) with its services, written."""

from collections.abc import Iterator, Sequence

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.party import Reference
from models.documents.remittance import RemittanceClaim
from models.documents.remittance_supplements import RemittanceName
from models.errors import RejectedError
from revcycle.formats.x12.elements import write_amount
from revcycle.formats.x12.remittances.adjudication_elements import (
    INPATIENT_AMOUNTS,
    INPATIENT_QUANTITIES,
    INPATIENT_REMARKS,
    OUTPATIENT_AMOUNTS,
    OUTPATIENT_QUANTITIES,
    OUTPATIENT_REMARKS,
)
from revcycle.formats.x12.remittances.reading_names import CORRECTED_ID, NOBODY, usual_identifier
from revcycle.formats.x12.remittances.writing_lines import adjustment_segments, line_segments
from revcycle.formats.x12.remittances.writing_numbers import numbered_elements
from revcycle.formats.x12.remittances.writing_text import (
    IDENTIFIER_LIMIT,
    Pen,
    contact_segment,
    date_segments,
    number_segments,
    optional_amount,
    optional_quantity,
    reference_segments,
    with_kept,
)
from revcycle.formats.x12.segments import Segment, segment

CONTROL_NUMBER_LIMIT = 38  # CLP01
FIRST_NAME_LIMIT = 35
MIDDLE_NAME_LIMIT = 25
SUFFIX_LIMIT = 10
REMARK_LIMIT = 50
STATUSES = frozenset({"1", "2", "3", "4", "19", "20", "21", "22", "23", "25"})
# CLP06 knows fewer codes than SBR09 of a claim: CI and BL, for instance, are not among them.
FILING_INDICATORS = frozenset(
    {"12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF"}
    | {"TV", "VA", "WC", "ZZ"}
)


def claim_segments(pen: Pen, claim: RemittanceClaim) -> Iterator[Segment]:
    """Write a claim, CLP to the last LQ of its last service.

    Raises:
        RejectedError: something required is missing or cannot be carried.
    """
    yield from with_kept(pen, _segments(pen, claim), claim.kept)
    for line in claim.lines:
        yield from line_segments(pen, line)


def _segments(pen: Pen, claim: RemittanceClaim) -> Iterator[Segment]:
    supplement = claim.supplement
    yield _claim(pen, claim)
    yield from adjustment_segments(pen, claim.adjustments, supplement.adjustment_counts)
    yield from _names(pen, claim)
    yield from _adjudication(pen, claim)
    yield from reference_segments(pen, supplement.references, "reference of a claim")
    yield from reference_segments(pen, supplement.provider_references, "provider of a claim")
    yield from date_segments("232", claim.statement_from)
    yield from date_segments("233", claim.statement_to)
    yield from date_segments("036", supplement.coverage_expired_on)
    yield from date_segments("050", claim.received_on)
    for contact in supplement.contacts:
        yield contact_segment(pen, "CX", contact)
    yield from number_segments("AMT", ((one.kind.value, one.amount) for one in supplement.amounts))
    yield from number_segments(
        "QTY", ((one.kind.value, one.quantity) for one in supplement.quantities)
    )


def _claim(pen: Pen, claim: RemittanceClaim) -> Segment:
    supplement = claim.supplement
    return segment(
        "CLP",
        pen.required(claim.claim_control_number, "claim control number", CONTROL_NUMBER_LIMIT),
        pen.code(claim.status, "claim status (CLP02)", STATUSES),
        write_amount(claim.charge),
        write_amount(claim.paid),
        optional_amount(claim.patient_responsibility),
        pen.code(claim.filing_indicator, "filing indicator (CLP06)", FILING_INDICATORS),
        pen.required(claim.payer_claim_control_number, "payer claim control number"),
        pen.optional(claim.facility_code, "facility code", 2),
        pen.optional(claim.frequency_code, "frequency code", 1),
        pen.optional(supplement.patient_status, "patient status", 2),
        pen.optional(supplement.drg_code, "DRG", 4),
        optional_quantity(supplement.drg_weight),
        optional_quantity(supplement.discharge_fraction),
        pen.optional(supplement.condition_response, "condition response", 1),
    )


def _names(pen: Pen, claim: RemittanceClaim) -> Iterator[Segment]:
    supplement = claim.supplement
    usual = usual_identifier(claim.member_id, supplement.insured)
    patient = RemittanceName(
        claim.patient_last_name,
        claim.patient_first_name,
        supplement.patient_middle_name,
        supplement.patient_suffix,
        identifier=supplement.patient_identifier or usual,
    )
    if patient != NOBODY or not pen.is_copy:
        yield _name(pen, "QC", patient)
    corrected_id = Reference(CORRECTED_ID, claim.corrected_member_id)
    corrected = RemittanceName(identifier=corrected_id) if corrected_id.value else None
    rendering_id = Reference("XX", claim.rendering_provider_npi)
    rendering = RemittanceName(identifier=rendering_id) if rendering_id.value else None
    others = {
        "IL": supplement.insured,
        "74": supplement.corrected or corrected,
        "82": supplement.rendering_provider or rendering,
        "TT": _crossover(pen, claim),
        "PR": supplement.corrected_payer,
        "GB": supplement.other_subscriber,
    }
    for entity, name in others.items():
        if name is not None:
            yield _name(pen, entity, name)


def _crossover(pen: Pen, claim: RemittanceClaim) -> RemittanceName | None:
    if not (claim.crossover_payer_name or claim.crossover_payer_id):
        return None
    name = pen.required_name(claim.crossover_payer_name, "crossover payer name")
    code = pen.required(claim.crossover_payer_id, "crossover payer id", IDENTIFIER_LIMIT)
    qualifier = claim.supplement.crossover_qualifier
    return RemittanceName(name, is_organization=True, identifier=Reference(qualifier, code))


def _name(pen: Pen, entity: str, name: RemittanceName) -> Segment:
    number = name.identifier or Reference("", "")
    return segment(
        "NM1",
        entity,
        "2" if name.is_organization else "1",
        pen.name(name.last_name, f"last name of NM1*{entity}"),
        pen.name(name.first_name, f"first name of NM1*{entity}", FIRST_NAME_LIMIT),
        pen.name(name.middle_name, f"middle name of NM1*{entity}", MIDDLE_NAME_LIMIT),
        "",
        pen.name(name.suffix, f"name suffix of NM1*{entity}", SUFFIX_LIMIT),
        pen.optional(number.qualifier, f"kind of number of NM1*{entity}", 2),
        pen.optional(number.value, f"number of NM1*{entity}", IDENTIFIER_LIMIT),
    )


def _adjudication(pen: Pen, claim: RemittanceClaim) -> Iterator[Segment]:
    """Write MIA and MOA; remarks without either go into MOA."""
    inpatient, outpatient = claim.supplement.inpatient, claim.supplement.outpatient
    if inpatient is None and outpatient is None and claim.remarks:
        outpatient = OutpatientAdjudication(remarks=claim.remarks)
    if inpatient is not None:
        yield _inpatient(pen, inpatient)
    if outpatient is not None:
        yield _outpatient(pen, outpatient)
    said = (inpatient.remarks if inpatient else ()) + (outpatient.remarks if outpatient else ())
    if said != claim.remarks:
        msg = "the remarks of a claim are not those of its MIA and MOA"
        raise RejectedError(msg)


def _inpatient(pen: Pen, said: InpatientAdjudication) -> Segment:
    elements = numbered_elements(said, INPATIENT_AMOUNTS, INPATIENT_QUANTITIES)
    return segment("MIA", *_with_remarks(pen, elements, said.remarks, INPATIENT_REMARKS))


def _outpatient(pen: Pen, said: OutpatientAdjudication) -> Segment:
    elements = numbered_elements(said, OUTPATIENT_AMOUNTS, OUTPATIENT_QUANTITIES)
    return segment("MOA", *_with_remarks(pen, elements, said.remarks, OUTPATIENT_REMARKS))


def _with_remarks(
    pen: Pen, elements: list[str], remarks: Sequence[str], places: Sequence[int]
) -> list[str]:
    if len(remarks) > len(places):
        msg = f"a claim carries at most {len(places)} remarks"
        raise RejectedError(msg)
    for number, remark in zip(places, remarks, strict=False):
        elements[number - 1] = pen.required(remark, "claim remark", REMARK_LIMIT)
    return elements
