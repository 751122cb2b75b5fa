"""What a line has only now and then (2400 to 2420), written in the order of the guides."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    refuse_parts,
)
from revcycle.formats.x12.claims.writing_parts import put_facility, put_optional_provider
from revcycle.formats.x12.claims.writing_pen import Pen
from revcycle.formats.x12.claims.writing_procedures import put_line_number, put_service_date


@dataclass(frozen=True, slots=True)
class LineOrders:
    """What a form has room for on a line, in the order of its guide."""

    dates: Order
    references: Order
    notes: Mapping[str, int]
    conditions: Order
    rendering_taxonomy: str  # PRV01 in the loop of the rendering provider


PROFESSIONAL = LineOrders(
    dates=order_of("471", "607", "463", "461", "304", "738/739", "011", "455", "454"),
    references=order_of("9B", "9D", "G1", "6R", "EW", "X4", "F4", "BT", "9F"),
    notes={"ADD/DCP": 1, "TPO": 1},
    conditions=order_of("07", "70", "09"),
    rendering_taxonomy="PE",
)
INSTITUTIONAL = LineOrders(
    dates={},
    references=order_of("6R", "9B", "9D"),
    notes={"TPO": 1},
    conditions={},
    rendering_taxonomy="",
)


def put_professional_details(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """Write what stands between SV1 and loop 2430."""
    _refuse_institutional_parts(pen, line.supplement)
    _put_details(pen, claim, line, PROFESSIONAL)


def put_institutional_details(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """Write what stands between SV2 and loop 2430."""
    _refuse_professional_parts(pen, line.supplement)
    _put_details(pen, claim, line, INSTITUTIONAL)


def _put_details(
    pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine, orders: LineOrders
) -> None:
    """Write every part in an order that both guides share; what a form lacks was refused before.

    A line that is written as it stands may have parts of the other form.
    """
    extra = line.supplement
    put_equipment(pen, extra.equipment)
    put_attachments(pen, extra.attachments)
    put_ambulance(pen, extra.ambulance)
    put_equipment_certification(pen, extra.equipment_certification)
    put_conditions(pen, extra.conditions, orders.conditions)
    put_service_date(pen, line)
    put_dates(pen, extra.dates, orders.dates)
    _put_counts(pen, extra)
    put_measurements(pen, extra.measurements)
    put_contract(pen, extra.contract)
    _put_references(pen, claim, line, orders.references)
    put_amount(pen, "T", extra.sales_tax)
    put_amount(pen, "F4", extra.postage)
    put_amount(pen, "GT", extra.service_tax)
    put_amount(pen, "N8", extra.facility_tax)
    put_file_information(pen, extra.file_information)
    put_notes(pen, extra.notes, orders.notes)
    put_purchased_service(pen, extra.purchased_service)
    put_pricing(pen, extra.pricing)
    put_drug(pen, extra.drug)
    _put_providers(pen, claim, extra, orders.rendering_taxonomy)


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


def _refuse_institutional_parts(pen: Pen, extra: LineSupplement) -> None:
    """Refuse what only an institutional line has."""
    parts = {
        "a charge that is not covered": extra.non_covered,
        "a service tax": extra.service_tax,
        "a facility tax": extra.facility_tax,
        "an operating physician": extra.operating_physician,
        "another operating physician": extra.other_operating_physician,
    }
    refuse_parts(pen, "a professional line", parts)


def _refuse_professional_parts(pen: Pen, extra: LineSupplement) -> None:
    """Refuse what only a professional line has."""
    parts = {
        "an emergency": extra.is_emergency,
        "a sign of EPSDT": extra.is_epsdt,
        "a sign of family planning": extra.is_family_planning,
        "a copay status": extra.copay_status,
        "equipment": extra.equipment,
        "a certification of equipment": extra.equipment_certification,
        "ambulance": extra.ambulance,
        "ambulance patients": extra.ambulance_patients,
        "obstetric units": extra.obstetric_units,
        "conditions": extra.conditions,
        "measurements": extra.measurements,
        "a contract": extra.contract,
        "a sales tax": extra.sales_tax,
        "postage": extra.postage,
        "file information": extra.file_information,
        "a purchased service": extra.purchased_service,
        "forms": extra.forms,
        "a purchased service provider": extra.purchased_service_provider,
        "a service facility": extra.service_facility,
        "a supervising provider": extra.supervising_provider,
        "an ordering provider": extra.ordering_provider,
        "a primary care provider": extra.primary_care_provider,
        "an ambulance pick-up": extra.pick_up,
        "an ambulance drop-off": extra.drop_off,
    }
    refuse_parts(pen, "an institutional line", parts)


def _put_providers(
    pen: Pen, claim: ClaimDocument, extra: LineSupplement, rendering_taxonomy: str
) -> None:
    put_optional_provider(pen, "72", extra.operating_physician, "line operating physician")
    put_optional_provider(
        pen, "ZZ", extra.other_operating_physician, "line other operating physician"
    )
    put_optional_provider(
        pen,
        "82",
        extra.rendering_provider,
        "line rendering provider",
        taxonomy_code=rendering_taxonomy,
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
