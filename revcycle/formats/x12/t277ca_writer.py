"""The levels of a 277CA, written: the answer of a payer or clearinghouse to an 837 batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby

from models.documents.acknowledgement import ClaimAcknowledgement, ClaimStatus
from models.documents.claim import ClaimBatchDocument, ClaimDocument
from models.documents.party import Organization
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12.claims.writing_parties import write_organization_name, write_person_name
from revcycle.formats.x12.claims.writing_procedures import write_service_period
from revcycle.formats.x12.elements import identifier, write_amount, write_date, write_time
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.segments import Segment, composite, segment

RECEIVED = ClaimStatus("A1", "19", "PR")  # the batch was received by the payer
ACCEPTED_ACTION = "WQ"
REFUSED_ACTION = "U"

Pair = tuple[ClaimDocument, ClaimAcknowledgement]


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """How a level names its counts of claims accepted and refused."""

    accepted: str
    refused: str


RECEIVER_COUNTS = Qualifiers("90", "AA")
PROVIDER_COUNTS = Qualifiers("QA", "QC")


def write_answer(
    acks: Sequence[ClaimAcknowledgement], batch: ClaimBatchDocument, envelope: Envelope
) -> list[Segment]:
    """Write everything between ST and SE; see ``t277ca.write_claim_acknowledgements``."""
    if not acks:
        msg = "an acknowledgement of no claim is not written"
        raise RejectedError(msg)
    pairs = _pairs(acks, batch)
    return [
        *_header(batch, envelope),
        *_receiver(acks, pairs, batch, envelope),
        *_providers(pairs, envelope),
    ]


def _pairs(acks: Sequence[ClaimAcknowledgement], batch: ClaimBatchDocument) -> list[Pair]:
    if [ack.claim_control_number for ack in acks] == [""]:
        return []
    by_number = {ack.claim_control_number: ack for ack in acks}
    pairs = [
        (claim, by_number.pop(claim.control_number))
        for claim in batch.claims
        if claim.control_number in by_number
    ]
    if by_number:
        msg = f"{len(by_number)} acknowledgements name no claim of batch {batch.reference}"
        raise RejectedError(msg)
    return pairs


def _header(batch: ClaimBatchDocument, envelope: Envelope) -> Iterator[Segment]:
    day, time = write_date(envelope.created_at), write_time(envelope.created_at)
    reference = f"{envelope.control_number:09d}"
    yield segment("BHT", "0085", "08", reference, day, time, "TH")
    yield segment("HL", "1", "", "20", "1")
    source = identifier(batch.receiver_id, field="receiver", limit=80)
    yield write_organization_name("PR", batch.receiver_name, "46", source)
    yield segment("TRN", "1", reference)
    yield segment("DTP", "050", "D8", day)
    yield segment("DTP", "009", "D8", day)


def _receiver(
    acks: Sequence[ClaimAcknowledgement],
    pairs: list[Pair],
    batch: ClaimBatchDocument,
    envelope: Envelope,
) -> Iterator[Segment]:
    yield segment("HL", "2", "1", "21", "1" if pairs else "0")
    submitter = identifier(batch.submitter_id, field="submitter", limit=80)
    yield write_organization_name("41", batch.submitter.name, "46", submitter)
    yield segment("TRN", "2", identifier(batch.reference, field="batch reference", limit=50))
    statuses = (RECEIVED,) if pairs else acks[0].statuses
    charges = total(claim.charge_total for claim in batch.claims)
    for status in statuses:
        yield _status(status, charges, envelope.created_at.date(), is_accepted=bool(pairs))
    if pairs:
        yield from _totals(pairs, RECEIVER_COUNTS)


def _providers(pairs: list[Pair], envelope: Envelope) -> Iterator[Segment]:
    numbers = count(3)
    for provider, of_provider in groupby(pairs, lambda pair: pair[0].billing_provider):
        yield from _provider(provider, list(of_provider), numbers, envelope)


def _provider(
    provider: Organization, pairs: list[Pair], numbers: Iterator[int], envelope: Envelope
) -> Iterator[Segment]:
    number = next(numbers)
    yield segment("HL", str(number), "2", "19", "1")
    qualifier, code = ("XX", provider.npi) if provider.npi else ("FI", provider.tax_id)
    yield write_organization_name("85", provider.name, qualifier, code)
    yield segment("TRN", "1", "0")
    charges = total(claim.charge_total for claim, _ in pairs)
    yield _status(RECEIVED, charges, None, is_accepted=True)
    yield from _totals(pairs, PROVIDER_COUNTS)
    for claim, ack in pairs:
        yield segment("HL", str(next(numbers)), str(number), "PT")
        yield from _claim(claim, ack, envelope.created_at.date())


def _claim(claim: ClaimDocument, ack: ClaimAcknowledgement, today: date) -> Iterator[Segment]:
    yield write_person_name("QC", claim.patient, "MI", claim.subscriber.member_id)
    yield segment("TRN", "2", claim.control_number)
    charge = claim.charge_total if ack.charge is None else ack.charge
    for status in ack.statuses:
        yield _status(status, charge, ack.effective_on or today, is_accepted=ack.is_accepted)
    if ack.payer_claim_control_number:
        number = ack.payer_claim_control_number
        yield segment("REF", "1K", identifier(number, field="payer claim number", limit=50))
    first, last = claim.first_service_date, claim.last_service_date
    yield write_service_period(first, None if first == last else last)


def _status(status: ClaimStatus, charge: Money, day: date | None, *, is_accepted: bool) -> Segment:
    return segment(
        "STC",
        composite(status.category, status.code, status.entity),
        write_date(day) if day else "",
        ACCEPTED_ACTION if is_accepted else REFUSED_ACTION,
        write_amount(charge),
    )


def _totals(pairs: list[Pair], qualifiers: Qualifiers) -> Iterator[Segment]:
    """Write counts and amounts, each only where there is something to count."""
    sides = {
        is_accepted: [claim for claim, ack in pairs if ack.is_accepted is is_accepted]
        for is_accepted in (True, False)
    }
    for is_accepted, qualifier in ((True, qualifiers.accepted), (False, qualifiers.refused)):
        if sides[is_accepted]:
            yield segment("QTY", qualifier, str(len(sides[is_accepted])))
    for is_accepted, qualifier in ((True, "YU"), (False, "YY")):
        if sides[is_accepted]:
            charges = total(claim.charge_total for claim in sides[is_accepted])
            yield segment("AMT", qualifier, write_amount(charges))
