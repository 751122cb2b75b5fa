"""What a line has only now and then (2400 to 2420), written in the order of the guides."""

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.claim_supplements import LineSupplement
from models.documents.party import Organization, Reference
from revcycle.formats.x12.claims.writing_details import (
    Order,
    order_of,
    put_ambulance,
    put_amount,
    put_attachments,
    put_conditions,
    put_contract,
    put_dates,
    put_drug,
    put_equipment,
    put_equipment_certification,
    put_file_information,
    put_measurements,
    put_notes,
    put_pricing,
    put_purchased_service,
    put_sorted_references,
    put_stop,
)
from revcycle.formats.x12.claims.writing_parts import put_facility, put_optional_provider
from revcycle.formats.x12.claims.writing_pen import Pen
from revcycle.formats.x12.claims.writing_procedures import put_line_number, put_service_date

PROFESSIONAL_DATES = order_of(*("471", "607", "463", "461", "304", "738/739", "011", "455", "454"))
PROFESSIONAL_REFERENCES = order_of("9B", "9D", "G1", "6R", "EW", "X4", "F4", "BT", "9F")
PROFESSIONAL_NOTES = {"ADD/DCP": 1, "TPO": 1}
PROFESSIONAL_CONDITIONS = order_of("07", "70", "09")
INSTITUTIONAL_REFERENCES = order_of("6R", "9B", "9D")
INSTITUTIONAL_NOTES = {"TPO": 1}


def put_professional_details(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """Write what stands between SV1 and loop 2430."""
    extra = line.supplement
    put_equipment(pen, extra.equipment)
    put_attachments(pen, extra.attachments)
    put_ambulance(pen, extra.ambulance)
    put_equipment_certification(pen, extra.equipment_certification)
    put_conditions(pen, extra.conditions, PROFESSIONAL_CONDITIONS)
    put_service_date(pen, line)
    put_dates(pen, extra.dates, PROFESSIONAL_DATES)
    _put_counts(pen, extra)
    put_measurements(pen, extra.measurements)
    put_contract(pen, extra.contract)
    _put_references(pen, claim, line, PROFESSIONAL_REFERENCES)
    put_amount(pen, "T", extra.sales_tax)
    put_amount(pen, "F4", extra.postage)
    _refuse_amounts(pen, service_tax=extra.service_tax, facility_tax=extra.facility_tax)
    put_file_information(pen, extra.file_information)
    put_notes(pen, extra.notes, PROFESSIONAL_NOTES)
    put_purchased_service(pen, extra.purchased_service)
    put_pricing(pen, extra.pricing)
    put_drug(pen, extra.drug)
    _put_professional_providers(pen, claim, extra)


def put_institutional_details(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """Write what stands between SV2 and loop 2430."""
    extra = line.supplement
    put_attachments(pen, extra.attachments)
    put_service_date(pen, line)
    put_dates(pen, extra.dates, {})
    _put_references(pen, claim, line, INSTITUTIONAL_REFERENCES)
    put_amount(pen, "GT", extra.service_tax)
    put_amount(pen, "N8", extra.facility_tax)
    _refuse_amounts(pen, sales_tax=extra.sales_tax, postage=extra.postage)
    put_notes(pen, extra.notes, INSTITUTIONAL_NOTES)
    put_pricing(pen, extra.pricing)
    put_drug(pen, extra.drug)
    _refuse_professional_parts(pen, extra)
    put_optional_provider(pen, "72", extra.operating_physician, "line operating physician")
    put_optional_provider(pen, "ZZ", extra.other_operating_physician, "line operating physician")
    put_optional_provider(pen, "82", extra.rendering_provider, "line rendering provider")
    put_optional_provider(pen, "DN", extra.referring_provider, "line referring provider")


def _put_counts(pen: Pen, extra: LineSupplement) -> None:
    for qualifier, count in (("PT", extra.ambulance_patients), ("FL", extra.obstetric_units)):
        if count is not None:
            pen.out.append(f"QTY*{qualifier}*{pen.quantity(count, f'QTY*{qualifier}')}")


def _put_references(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine, order: Order) -> None:
    """REF; the line's control number stands among the others."""
    before = len(pen.out)
    put_line_number(pen, claim, line)
    own = [Reference("6R", text.split("*")[2]) for text in pen.out[before:]]
    if line.supplement.references:
        del pen.out[before:]
        put_sorted_references(pen, [*own, *line.supplement.references], order, "line")


def _refuse_amounts(pen: Pen, **amounts: object) -> None:
    for name, amount in amounts.items():
        if amount is not None:
            pen.refuse(f"there is no room for the {name.replace('_', ' ')} of a line here")


def _refuse_professional_parts(pen: Pen, extra: LineSupplement) -> None:
    """Refuse what only a professional line has."""
    parts = {
        "equipment": extra.equipment,
        "ambulance": extra.ambulance,
        "conditions": extra.conditions,
        "measurements": extra.measurements,
        "contract": extra.contract,
        "purchased service": extra.purchased_service,
        "forms": extra.forms,
        "ordering provider": extra.ordering_provider,
        "supervising provider": extra.supervising_provider,
        "service facility": extra.service_facility,
        "file information": extra.file_information,
    }
    for name, part in parts.items():
        if part:
            pen.refuse(f"an institutional line has no room for {name}")


def _put_professional_providers(pen: Pen, claim: ClaimDocument, extra: LineSupplement) -> None:
    put_optional_provider(
        pen, "82", extra.rendering_provider, "line rendering provider", taxonomy_code="PE"
    )
    put_optional_provider(
        pen, "QB", extra.purchased_service_provider, "line purchased service provider"
    )
    _put_line_facility(pen, claim, extra.service_facility)
    put_optional_provider(pen, "DQ", extra.supervising_provider, "line supervising provider")
    put_optional_provider(pen, "DK", extra.ordering_provider, "line ordering provider")
    put_optional_provider(pen, "DN", extra.referring_provider, "line referring provider")
    put_optional_provider(pen, "P3", extra.primary_care_provider, "line primary care provider")
    put_stop(pen, "PW", extra.pick_up, "line ambulance pick-up")
    put_stop(pen, "45", extra.drop_off, "line ambulance drop-off")


def _put_line_facility(pen: Pen, claim: ClaimDocument, facility: Organization | None) -> None:
    """Write the facility of a line, where it is not the claim's."""
    if pen.as_it_stands or facility != claim.service_facility:
        put_facility(pen, facility)
