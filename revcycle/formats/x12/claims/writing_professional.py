"""One professional claim, CLM to its last line, written (837P)."""

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.claim_supplements import (
    NO_LINE_SUPPLEMENT,
    NO_SUPPLEMENT,
    ClaimSupplement,
    LineSupplement,
)
from revcycle.formats.x12.claims.writing_codes import put_professional_codes
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
    put_stop,
    refuse_parts,
)
from revcycle.formats.x12.claims.writing_lines import put_professional_details
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

DATES = order_of(
    *("431", "454", "304", "453", "439", "484", "455", "471", "314/360/361", "297", "296"),
    *("435", "096", "090/091", "444", "050"),
)
REFERENCES = order_of(
    *("4N", "F5", "EW", "9F", "G1", "F8", "X4", "9A", "9C", "LX", "D9", "EA", "P4", "1J")
)
NOTES = {"ADD/CER/DCP/DGN/TPO": 1}
CONDITIONS = order_of("07", "E1/E2/E3", "75", "ZZ")


def put_professional_claim(pen: Pen, claim: ClaimDocument) -> None:
    """Write loop 2300 and everything below it."""
    extra = claim.supplement
    _put_header(pen, claim)
    if extra is not NO_SUPPLEMENT:
        _refuse_institutional_parts(pen, extra)
        put_dates(pen, extra.dates, DATES)
        put_attachments(pen, extra.attachments)
        put_contract(pen, extra.contract)
    if claim.patient_paid is not None:
        put_amount(pen, "F5", claim.patient_paid)
    put_claim_references(pen, claim, REFERENCES)
    if extra is not NO_SUPPLEMENT:
        _put_details(pen, extra)
    put_professional_codes(pen, claim)
    if extra is not NO_SUPPLEMENT:
        put_pricing(pen, extra.pricing)
    _put_providers(pen, claim, extra)
    if claim.other_payers:
        put_other_payers(pen, claim)
    for line in claim.lines:
        _put_line(pen, claim, line)


def _refuse_institutional_parts(pen: Pen, extra: ClaimSupplement) -> None:
    parts = {
        "an amount the patient is to pay": extra.patient_estimated_due,
        "an operating physician": extra.operating_physician,
        "another operating physician": extra.other_operating_physician,
    }
    refuse_parts(pen, "a professional claim", parts)


def _put_header(pen: Pen, claim: ClaimDocument) -> None:
    extra = claim.supplement
    number = pen.code(claim.control_number, 38, "claim control number")
    charge = pen.cents(sum([line.charge.cents for line in claim.lines]), "claim charge")
    place = pen.code(claim.place_of_service, 2, "place of service")
    if extra is NO_SUPPLEMENT:
        accepts = "A" if claim.accepts_assignment else "C"
        pen.out.append(
            f"CLM*{number}*{charge}***{place}:B:{claim.frequency_code.value}*Y*{accepts}*Y*Y"
        )
        return
    frequency = pen.optional_code(extra.frequency_code, 1, "frequency code")
    pen.put(
        "CLM",
        number,
        charge,
        "",
        "",
        f"{place}:B:{frequency or claim.frequency_code.value}",
        pen.optional_code(extra.signature_on_file, 1, "signature on file"),
        assignment_of(pen, claim),
        pen.optional_code(extra.benefits_assigned, 1, "benefits assigned"),
        pen.optional_code(extra.release_of_information, 1, "release of information"),
        pen.optional_code(extra.patient_signature_source, 1, "patient signature source"),
        _causes(pen, extra),
        pen.optional_code(extra.special_program, 3, "special program"),
        *[""] * 7,
        pen.optional_code(extra.delay_reason, 2, "delay reason"),
    )


def _causes(pen: Pen, extra: ClaimSupplement) -> str:
    """CLM11: up to two causes, and where a car accident happened."""
    causes = [pen.code(cause, 3, "related cause") for cause in extra.related_causes]
    if len(causes) > 2:  # noqa: PLR2004 - CLM11-1 and -2; -3 is not used
        pen.refuse("related causes must number 0 to 2")
    if "AA" in causes and not (extra.accident_state or extra.accident_country):
        pen.refuse("an automobile accident needs the state or country where it happened")
    state = pen.optional_code(extra.accident_state, 2, "accident state")
    country = pen.optional_code(extra.accident_country, 3, "accident country")
    return ":".join([*(causes + [""] * 3)[:3], state, country]).rstrip(":")


def _put_details(pen: Pen, extra: ClaimSupplement) -> None:
    put_file_information(pen, extra.file_information)
    put_notes(pen, extra.notes, NOTES)
    put_ambulance(pen, extra.ambulance)
    put_spinal(pen, extra.spinal)
    put_conditions(pen, extra.conditions, CONDITIONS)


def _put_providers(pen: Pen, claim: ClaimDocument, extra: ClaimSupplement) -> None:
    put_optional_provider(pen, "DN", claim.referring_provider, "referring provider")
    if extra.primary_care_provider is not None:
        put_provider(pen, "P3", extra.primary_care_provider, "primary care provider")
    rendering = claim.rendering_provider
    if rendering is not None and (
        pen.as_it_stands or not rendering.npi or rendering.npi != claim.billing_provider.npi
    ):
        put_provider(pen, "82", rendering, "rendering provider", taxonomy_code="PE")
    put_facility(pen, claim.service_facility)
    if extra is not NO_SUPPLEMENT:
        put_optional_provider(pen, "DQ", extra.supervising_provider, "supervising provider")
        put_stop(pen, "PW", extra.pick_up, "ambulance pick-up")
        put_stop(pen, "45", extra.drop_off, "ambulance drop-off")


def _put_line(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    extra = line.supplement
    procedure = procedure_of(pen, line)
    if not procedure:
        pen.refuse("procedure code is missing")
    if line.charge.cents < 0:
        pen.refuse("a charge is negative")
    place = line.place_of_service
    if place and (pen.as_it_stands or place != claim.place_of_service):
        place = pen.code(place, 2, "place of service")
    else:
        place = ""
    charge, units = pen.amount(line.charge), pen.quantity(line.units, "units")
    pointers = _pointers(pen, line.diagnosis_pointers)
    pen.out.append(f"LX*{line.number}")
    if extra is NO_LINE_SUPPLEMENT:
        if not pen.as_it_stands or has_service(line, procedure):
            pen.out.append(f"SV1*{procedure}*{charge}*UN*{units}*{place}**{pointers}".rstrip("*"))
        if line.service_end_date is None:
            pen.out.append(f"DTP*472*D8*{pen.day(line.service_date)}")
        else:
            put_service_date(pen, line)
        put_line_number(pen, claim, line)
    else:
        unit = pen.optional_code(extra.unit, 2, "unit")
        flags = _flags(pen, extra)
        if not pen.as_it_stands or has_service(line, procedure):
            pen.put("SV1", procedure, charge, unit, units, place, "", pointers, *flags)
        put_professional_details(pen, claim, line)
    if line.adjudications:
        put_line_adjudications(pen, claim, line)
    if extra.forms:
        put_forms(pen, extra.forms)


def _pointers(pen: Pen, pointers: tuple[int, ...]) -> str:
    known = pen.memo.get(pointers)
    if known is None:
        known = pen.memo[pointers] = ":".join(map(str, pointers))
    return known


def _flags(pen: Pen, extra: LineSupplement) -> tuple[str, ...]:
    """SV108 to SV115; a no is not said, but where it was."""
    yes_or_no = {True: "Y", False: "N" if pen.as_it_stands else "", None: ""}
    return (
        "",
        yes_or_no[extra.is_emergency],
        "",
        yes_or_no[extra.is_epsdt],
        yes_or_no[extra.is_family_planning],
        "",
        "",
        pen.optional_code(extra.copay_status, 1, "copay status"),
    )
