"""Coordination of benefits (2320, 2330, 2430), written."""

from collections.abc import Iterator

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    ClaimPayer,
    OtherPayer,
    Subscriber,
)
from revcycle.formats.x12.adjustments import write_adjustments
from revcycle.formats.x12.claims.writing_parties import (
    MEMBER_ID_LIMIT,
    write_address,
    write_organization_name,
    write_person_name,
)
from revcycle.formats.x12.claims.writing_procedures import write_procedure
from revcycle.formats.x12.elements import (
    clean,
    identifier,
    write_amount,
    write_date,
    write_quantity,
)
from revcycle.formats.x12.segments import Segment, segment


def write_subscriber_information(
    payer: ClaimPayer, subscriber: Subscriber, relationship: str
) -> Segment:
    """SBR; the group's name only where it has no number, as the guide wants."""
    number = clean(subscriber.group_number, field="group number", limit=50)
    name = "" if number else clean(subscriber.group_name, field="group name", limit=60)
    unused = ("", "", "", "")
    return segment(
        "SBR", payer.responsibility, relationship, number, name, *unused, payer.filing_indicator
    )


def write_payer_name(payer: ClaimPayer) -> Segment:
    """NM1*PR."""
    payer_id = identifier(payer.payer_id, field="payer id", limit=80)
    return write_organization_name("PR", payer.name, "PI", payer_id)


def write_other_payers(claim: ClaimDocument) -> Iterator[Segment]:
    """Write one loop 2320 per other payer."""
    for other in claim.other_payers:
        yield from _write_other_payer(
            other, decided_by_line=_decided_by_line(claim, other.payer.payer_id)
        )


def _decided_by_line(claim: ClaimDocument, payer_id: str) -> bool:
    return any(
        decision.payer_id == payer_id for line in claim.lines for decision in line.adjudications
    )


def _write_other_payer(other: OtherPayer, *, decided_by_line: bool) -> Iterator[Segment]:
    subscriber = other.subscriber
    yield write_subscriber_information(other.payer, subscriber, subscriber.relationship)
    yield from write_adjustments(other.adjustments)
    if other.paid is not None:
        yield segment("AMT", "D", write_amount(other.paid))
    yield segment("OI", "", "", "Y", "", "", "Y")
    member_id = identifier(subscriber.member_id, field="other member id", limit=MEMBER_ID_LIMIT)
    yield write_person_name("IL", subscriber.person, "MI", member_id)
    if subscriber.person.address is not None:
        yield from write_address(subscriber.person.address, "other subscriber")
    yield write_payer_name(other.payer)
    if other.paid_on is not None and not decided_by_line:
        yield segment("DTP", "573", "D8", write_date(other.paid_on))
    if other.payer_claim_control_number:
        number = other.payer_claim_control_number
        yield segment("REF", "F8", identifier(number, field="other payer claim number", limit=50))


def write_line_adjudications(line: ClaimDocumentLine) -> Iterator[Segment]:
    """Write one loop 2430 per payer that decided this line."""
    for decision in line.adjudications:
        yield segment(
            "SVD",
            identifier(decision.payer_id, field="other payer id", limit=80),
            write_amount(decision.paid),
            write_procedure(line),
            line.revenue_code,
            write_quantity(line.units),
        )
        yield from write_adjustments(decision.adjustments)
        yield segment("DTP", "573", "D8", write_date(decision.paid_on))
