"""One institutional claim, CLM to its last line, written (837I)."""

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    FrequencyCode,
    InstitutionalDetail,
)
from models.documents.claim_supplements import NO_LINE_SUPPLEMENT
from models.errors import RejectedError
from revcycle.formats.x12.claims.writing_codes import put_institutional_codes
from revcycle.formats.x12.claims.writing_coordination import (
    put_line_adjudications,
    put_other_payers,
)
from revcycle.formats.x12.claims.writing_details import (
    order_of,
    put_ambulance,
    put_amount,
    put_attachments,
    put_conditions,
    put_contract,
    put_dates,
    put_file_information,
    put_forms,
    put_notes,
    put_pricing,
    put_spinal,
    refuse_parts,
)
from revcycle.formats.x12.claims.writing_lines import put_institutional_details
from revcycle.formats.x12.claims.writing_names import put_provider
from revcycle.formats.x12.claims.writing_parts import (
    assignment_of,
    put_claim_references,
    put_facility,
    put_optional_provider,
)
from revcycle.formats.x12.claims.writing_pen import Pen
from revcycle.formats.x12.claims.writing_procedures import (
    has_service,
    procedure_of,
    put_line_number,
    put_service_date,
)

BILL_TYPE_LENGTH = 4
DATES = order_of("050")
REFERENCES = order_of(*("4N", "9F", "G1", "F8", "9A", "9C", "LX", "D9", "LU", "EA", "P4", "G4"))
NOTES = {"ALG/DCP/DGN/DME/MED/NTR/ODT/RHB/RLH/RNH/SET/SFM/SPT/UPI": 10, "ADD": 1}
CONDITIONS = order_of("ZZ")


def put_institutional_claim(pen: Pen, claim: ClaimDocument) -> None:
    """Write loop 2300 and everything below it."""
    detail, extra = claim.institutional, claim.supplement
    if detail is None:
        msg = "an institutional claim needs bill type, admission and patient status"
        raise RejectedError(msg)
    _refuse_professional_parts(pen, claim)
    _put_header(pen, claim, detail)
    _put_stay(pen, claim, detail)
    put_attachments(pen, extra.attachments)
    put_contract(pen, extra.contract)
    put_amount(pen, "F3", extra.patient_estimated_due)
    put_claim_references(pen, claim, REFERENCES)
    put_file_information(pen, extra.file_information)
    put_notes(pen, extra.notes, NOTES)
    put_ambulance(pen, extra.ambulance)  # of a claim that is written as it stands
    put_spinal(pen, extra.spinal)
    put_conditions(pen, extra.conditions, CONDITIONS)
    put_institutional_codes(pen, claim)
    put_pricing(pen, extra.pricing)
    _put_providers(pen, claim, detail)
    if claim.other_payers:
        put_other_payers(pen, claim)
    for line in claim.lines:
        _put_line(pen, claim, line)


def _refuse_professional_parts(pen: Pen, claim: ClaimDocument) -> None:
    """Refuse what only a professional claim has."""
    extra = claim.supplement
    parts = {
        "an amount the patient paid": claim.patient_paid,
        "ambulance": extra.ambulance,
        "spinal manipulation": extra.spinal,
        "related causes": extra.related_causes,
        "a special program": extra.special_program,
        "a source of the patient's signature": extra.patient_signature_source,
        "a primary care provider": extra.primary_care_provider,
        "a supervising provider": extra.supervising_provider,
        "an ambulance pick-up": extra.pick_up,
        "an ambulance drop-off": extra.drop_off,
    }
    refuse_parts(pen, "an institutional claim", parts)


def _put_header(pen: Pen, claim: ClaimDocument, detail: InstitutionalDetail) -> None:
    bill_type, extra = detail.bill_type, claim.supplement
    if len(bill_type) != BILL_TYPE_LENGTH or not (bill_type.isascii() and bill_type.isalnum()):
        pen.refuse("the bill type must have four characters")
    original = claim.frequency_code is FrequencyCode.ORIGINAL
    frequency = bill_type[3:] if original else claim.frequency_code.value
    if extra.frequency_code:
        frequency = pen.code(extra.frequency_code, 1, "frequency code")
    pen.put(
        "CLM",
        pen.code(claim.control_number, 38, "claim control number"),
        pen.amount(claim.charge_total, "claim charge"),
        "",
        "",
        f"{bill_type[1:3]}:A:{frequency}",
        "",
        assignment_of(pen, claim),
        pen.optional_code(extra.benefits_assigned, 1, "benefits assigned"),
        pen.optional_code(extra.release_of_information, 1, "release of information"),
        *[""] * 10,
        pen.optional_code(extra.delay_reason, 2, "delay reason"),
    )


def _put_stay(pen: Pen, claim: ClaimDocument, detail: InstitutionalDetail) -> None:
    """Write when the patient came and left, the period of the bill, and CL1."""
    extra = claim.supplement
    if detail.discharge_time:
        pen.out.append(f"DTP*096*TM*{pen.code(detail.discharge_time, 4, 'discharge time', 4)}")
    if detail.is_period_given or not pen.as_it_stands:
        first, last = detail.statement_period or (
            claim.first_service_date,
            claim.last_service_date,
        )
        pen.out.append(f"DTP*434*{pen.period(first, last)}")
    if detail.admitted_on is not None:
        time = pen.optional_code(detail.admission_time, 4, "admission time")
        pen.out.append(f"DTP*435*{'DT' if time else 'D8'}*{pen.day(detail.admitted_on)}{time}")
    put_dates(pen, extra.dates, DATES)
    codes = [
        pen.optional_code(detail.admission_type, 1, "admission type"),
        pen.optional_code(detail.admission_source, 1, "admission source"),
        pen.optional_code(detail.patient_status, 2, "patient status"),
    ]
    if not codes[-1]:
        pen.refuse("patient status is missing")
    if any(codes):
        pen.put("CL1", *codes)


def _put_providers(pen: Pen, claim: ClaimDocument, detail: InstitutionalDetail) -> None:
    extra, attending, rendering = (
        claim.supplement,
        detail.attending_provider,
        claim.rendering_provider,
    )
    put_optional_provider(pen, "71", attending, "attending provider", taxonomy_code="AT")
    put_optional_provider(pen, "72", extra.operating_physician, "operating physician")
    put_optional_provider(pen, "ZZ", extra.other_operating_physician, "other operating physician")
    if rendering is not None and (
        pen.as_it_stands or attending is None or rendering.npi != attending.npi
    ):
        put_provider(pen, "82", rendering, "rendering provider")
    put_facility(pen, claim.service_facility)
    put_optional_provider(pen, "DN", claim.referring_provider, "referring provider")


def _put_line(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    extra = line.supplement
    if line.charge.cents < 0:
        pen.refuse("a charge is negative")
    pen.out.append(f"LX*{line.number}")
    procedure = procedure_of(pen, line)
    if not pen.as_it_stands or has_service(line, procedure):
        pen.put(
            "SV2",
            pen.code(line.revenue_code, 4, "revenue code"),
            procedure,
            pen.amount(line.charge),
            pen.optional_code(extra.unit, 2, "unit"),
            pen.quantity(line.units, "units"),
            "",
            pen.optional_amount(extra.non_covered),
        )
    if extra is NO_LINE_SUPPLEMENT:
        put_service_date(pen, line)
        put_line_number(pen, claim, line)
    else:
        put_institutional_details(pen, claim, line)
    if line.adjudications:
        put_line_adjudications(pen, claim, line)
    if extra.forms:
        put_forms(pen, extra.forms)
