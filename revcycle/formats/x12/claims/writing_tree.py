"""The 837 above the claim: header, billing provider, subscriber and patient levels, written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby

from models.documents.claim import ClaimBatchDocument, ClaimDocument
from models.documents.party import Organization, Person
from models.errors import RejectedError
from revcycle.formats.x12.claim_limits import (
    CLAIMS_PER_PATIENT,
    CLAIMS_PER_TRANSACTION,
    ClaimLimits,
    ClaimRefusedError,
    refuse_unwritable,
)
from revcycle.formats.x12.claims.writing_coordination import (
    write_payer_name,
    write_subscriber_information,
)
from revcycle.formats.x12.claims.writing_parties import (
    MEMBER_ID_LIMIT,
    checked_npi,
    write_address,
    write_business_address,
    write_contact,
    write_demographics,
    write_organization_name,
    write_person_name,
    write_taxonomy,
)
from revcycle.formats.x12.elements import digits, identifier, write_date, write_time
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.segments import Segment, segment

PATIENT_RELATIONSHIPS = frozenset({"01", "19", "20", "21", "39", "40", "53", "G8"})


@dataclass(frozen=True, slots=True)
class ClaimLayout:
    """What the two forms do not share."""

    version: str  # GS08 and ST03
    limits: ClaimLimits
    write_claim: Callable[[ClaimDocument], Iterator[Segment]]  # CLM to the last line


def write_batch(batch: ClaimBatchDocument, envelope: Envelope, layout: ClaimLayout) -> bytes:
    """Write one interchange; a new transaction starts after every 5,000 claims.

    Raises:
        ClaimRefusedError: one claim cannot be written; it is named.
        RejectedError: the batch holds no claims, or its sender or billing provider is incomplete.
    """
    if not batch.claims:
        msg = "a batch without claims is not written"
        raise RejectedError(msg)
    transactions = [
        [
            *_header(batch, number, envelope.created_at),
            *_levels(batch.claims[start : start + CLAIMS_PER_TRANSACTION], layout),
        ]
        for number, start in enumerate(range(0, len(batch.claims), CLAIMS_PER_TRANSACTION), 1)
    ]
    return write_interchange(envelope, "HC", layout.version, transactions)


def _header(batch: ClaimBatchDocument, number: int, created_at: datetime) -> Iterator[Segment]:
    reference = batch.reference if number == 1 else f"{batch.reference}-{number}"
    written = identifier(reference, field="batch reference", limit=30)
    day, time = write_date(created_at), write_time(created_at)
    yield segment("BHT", "0019", "00", written, day, time, "CH")
    sender, submitter = batch.submitter, identifier(batch.submitter_id, field="submitter", limit=80)
    yield write_organization_name("41", sender.name, "46", submitter)
    yield write_contact(sender.contact_name, sender.contact_phone, "submitter")
    receiver = identifier(batch.receiver_id, field="receiver", limit=80)
    yield write_organization_name("40", batch.receiver_name, "46", receiver)


def _levels(claims: Sequence[ClaimDocument], layout: ClaimLayout) -> Iterator[Segment]:
    """Write the HL tree. Only neighbours share a level, so that the order of claims is kept."""
    numbers = count(1)
    for provider, of_provider in groupby(claims, lambda claim: claim.billing_provider):
        parent = next(numbers)
        yield segment("HL", str(parent), "", "20", "1")
        yield from _billing_provider(provider)
        for _, of_subscriber in groupby(of_provider, _policy):
            yield from _subscriber_level(list(of_subscriber), numbers, parent, layout)


def _policy(claim: ClaimDocument) -> tuple[object, ...]:
    patient = claim.patient if claim.subscriber.is_patient else None
    return claim.subscriber, claim.payer, patient


def _billing_provider(provider: Organization) -> Iterator[Segment]:
    npi = checked_npi(provider.npi, "billing provider") if provider.npi else ""
    yield from write_taxonomy("BI", provider.taxonomy)
    yield write_organization_name("85", provider.name, "XX", npi)
    yield from write_business_address(provider.address, "billing provider")
    tax_id = digits(provider.tax_id, field="billing provider tax id", lengths=(9,))
    yield segment("REF", "EI", tax_id)
    if provider.contact_phone:
        yield write_contact(provider.contact_name, provider.contact_phone, "billing provider")


def _subscriber_level(
    claims: list[ClaimDocument], numbers: Iterator[int], parent: int, layout: ClaimLayout
) -> Iterator[Segment]:
    number, is_patient = next(numbers), claims[0].subscriber.is_patient
    yield segment("HL", str(number), str(parent), "22", "0" if is_patient else "1")
    yield from _of_claim(claims[0], _subscriber)
    if is_patient:
        yield from _claims(claims, layout)
        return
    for _, of_patient in groupby(claims, lambda claim: claim.patient):
        for part in _parts(list(of_patient)):
            yield segment("HL", str(next(numbers)), str(number), "23", "0")
            yield from _of_claim(part[0], _patient)
            yield from _claims(part, layout)


def _parts(claims: list[ClaimDocument]) -> Iterator[list[ClaimDocument]]:
    for start in range(0, len(claims), CLAIMS_PER_PATIENT):
        yield claims[start : start + CLAIMS_PER_PATIENT]


def _claims(claims: Iterable[ClaimDocument], layout: ClaimLayout) -> Iterator[Segment]:
    for claim in claims:
        yield from _of_claim(claim, lambda document: _checked_claim(document, layout))


def _checked_claim(claim: ClaimDocument, layout: ClaimLayout) -> Iterator[Segment]:
    refuse_unwritable(claim, layout.limits)
    yield from layout.write_claim(claim)


def _of_claim(
    claim: ClaimDocument, write: Callable[[ClaimDocument], Iterator[Segment]]
) -> list[Segment]:
    try:
        return list(write(claim))
    except RejectedError as error:
        raise ClaimRefusedError(claim.control_number, str(error)) from error


def _subscriber(claim: ClaimDocument) -> Iterator[Segment]:
    subscriber = claim.subscriber
    is_patient = subscriber.is_patient
    yield write_subscriber_information(claim.payer, subscriber, "18" if is_patient else "")
    member_id = identifier(subscriber.member_id, field="member id", limit=MEMBER_ID_LIMIT)
    person = claim.patient if is_patient else subscriber.person
    yield write_person_name("IL", person, "MI", member_id)
    if is_patient:
        yield from _address_and_demographics(person)
    yield write_payer_name(claim.payer)


def _patient(claim: ClaimDocument) -> Iterator[Segment]:
    relationship = claim.subscriber.relationship
    if relationship not in PATIENT_RELATIONSHIPS:
        msg = "the relationship of the patient to the subscriber is not a code of PAT01"
        raise RejectedError(msg)
    yield segment("PAT", relationship)
    yield write_person_name("QC", claim.patient)
    yield from _address_and_demographics(claim.patient)


def _address_and_demographics(person: Person) -> Iterator[Segment]:
    yield from write_address(person.address, "patient")
    yield write_demographics(person, "patient")
