"""Segments that a claim or a line has only now and then: transport, equipment, prices, notes."""

from datetime import date

from models.documents.claim_codes import ClaimDate, ClaimDateKind
from models.documents.claim_details import (
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Equipment,
    EquipmentCertification,
    FormAnswer,
    Measurement,
    Note,
    Pricing,
    PurchasedService,
    SpinalManipulation,
)
from models.documents.party import Reference
from revcycle.formats.x12.claims.reading_party_segments import is_reference_spare, reference_of
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.elements import read_date
from revcycle.formats.x12.segments import Segment

DATE_LENGTH = 8
_KINDS = {str(kind): kind for kind in ClaimDateKind}
_ALL_OF_HCP = range(16)


def read_reference(reading: Reading, written: Segment) -> Reference:
    """Read a REF; one that says more than a ``Reference`` can is kept beside it."""
    if is_reference_spare(written, reading.separator):
        reading.report_spare(written)
    return reference_of(written, reading.separator)


def read_claim_date(reading: Reading, written: Segment) -> ClaimDate | None:
    """Read a DTP; None where it is of no kind we know or cannot be read, and then it is kept."""
    kind = _KINDS.get(written.get(1))
    if kind is None or any(written[4:]):
        reading.keep(written)
        return None
    form, text = written.get(2), written.get(3)
    if form == "TM":
        return ClaimDate(kind, time=text)
    if form == "DT":
        moment = read_moment(reading, written)
        return ClaimDate(kind, moment[0], time=moment[1]) if moment else None
    days = reading.period(written)
    return ClaimDate(kind, *days) if days else None


def read_moment(reading: Reading, written: Segment) -> tuple[date, str] | None:
    """Read a DTP of form DT: a day, and hours and minutes."""
    text = written.get(3)
    try:
        return read_date(text[:DATE_LENGTH]), text[DATE_LENGTH:]
    except ValueError:
        reading.unreadable(written, 3, "not a date and time as CCYYMMDDHHMM")
        return None


def read_attachment(reading: Reading, written: Segment) -> Attachment:
    """Read PWK."""
    if written.get(5) not in {"", "AC"}:
        reading.report_spare(written)
    reading.check_spare(written, (1, 2, 5, 6))
    return Attachment(written.get(1), written.get(2), written.get(6))


def read_contract(reading: Reading, written: Segment) -> Contract:
    """Read CN1."""
    reading.check_spare(written, range(7))
    return Contract(
        kind=written.get(1),
        amount=reading.optional_amount(written, 2),
        percent=reading.quantity(written, 3),
        code=written.get(4),
        discount_percent=reading.quantity(written, 5),
        version=written.get(6),
    )


def read_note(reading: Reading, written: Segment) -> Note:
    """Read NTE."""
    reading.check_spare(written, (1, 2))
    return Note(written.get(1), written.get(2))


def read_ambulance(reading: Reading, written: Segment) -> AmbulanceTransport:
    """Read CR1: weight in pounds, distance in miles."""
    if written.get(1) not in {"", "LB"} or written.get(5) not in {"", "DH"}:
        reading.report_spare(written)
    reading.check_spare(written, (1, 2, 4, 5, 6, 9, 10))
    return AmbulanceTransport(
        reason=written.get(4),
        miles=reading.quantity(written, 6),
        weight_pounds=reading.quantity(written, 2),
        round_trip_purpose=written.get(9),
        stretcher_purpose=written.get(10),
    )


def read_spinal(reading: Reading, written: Segment) -> SpinalManipulation:
    """Read CR2."""
    reading.check_spare(written, (8, 10, 11))
    return SpinalManipulation(written.get(8), written.get(10), written.get(11))


def read_condition(reading: Reading, written: Segment) -> Condition:
    """Read CRC."""
    if written.get(2) not in {"Y", "N"}:
        reading.unreadable(written, 2, "neither Y nor N")
    reading.check_spare(written, range(8))
    codes = tuple(code for code in written[3:8] if code)
    return Condition(written.get(1), written.get(2) == "Y", codes)


def read_pricing(reading: Reading, written: Segment) -> Pricing:
    """Read HCP."""
    reading.check_spare(written, _ALL_OF_HCP)
    return Pricing(
        methodology=written.get(1),
        allowed=reading.optional_amount(written, 2),
        saving=reading.optional_amount(written, 3),
        organization_id=written.get(4),
        rate=reading.quantity(written, 5),
        group_code=written.get(6),
        group_amount=reading.optional_amount(written, 7),
        revenue_code=written.get(8),
        procedure_qualifier=written.get(9),
        procedure_code=written.get(10),
        unit=written.get(11),
        quantity=reading.quantity(written, 12),
        reject_reason=written.get(13),
        compliance=written.get(14),
        exception=written.get(15),
    )


def read_equipment(reading: Reading, written: Segment) -> Equipment:
    """Read SV5: how long equipment is needed, and its prices."""
    qualifier, _, code = written.get(1).partition(reading.separator)
    if qualifier != "HC" or reading.separator in code or written.get(2) != "DA":
        reading.report_spare(written)
    reading.check_spare(written, range(7))
    return Equipment(
        procedure_code=code,
        necessity_days=reading.quantity(written, 3),
        rental_price=reading.optional_amount(written, 4),
        purchase_price=reading.optional_amount(written, 5),
        rental_period=written.get(6),
    )


def read_equipment_certification(reading: Reading, written: Segment) -> EquipmentCertification:
    """Read CR3, in months."""
    if written.get(2) not in {"", "MO"}:
        reading.report_spare(written)
    reading.check_spare(written, range(4))
    return EquipmentCertification(written.get(1), reading.quantity(written, 3))


def read_measurement(reading: Reading, written: Segment) -> Measurement:
    """Read MEA."""
    reading.check_spare(written, range(4))
    return Measurement(written.get(1), written.get(2), reading.quantity(written, 3))


def read_purchased_service(reading: Reading, written: Segment) -> PurchasedService:
    """Read PS1."""
    reading.check_spare(written, (1, 2))
    return PurchasedService(written.get(1), reading.optional_amount(written, 2))


def read_form_answer(reading: Reading, written: Segment) -> FormAnswer:
    """Read FRM."""
    reading.check_spare(written, range(6))
    return FormAnswer(
        question=written.get(1),
        response=written.get(2),
        text=written.get(3),
        response_date=reading.day(written, 4),
        percent=reading.quantity(written, 5),
    )
