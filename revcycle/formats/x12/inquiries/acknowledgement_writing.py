"""The answer of a payer or clearinghouse to an 837 batch, as a 277CA document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    StatusDocument,
    StatusLevel,
    StatusReport,
    TracedStatus,
)
from models.documents.claim import ClaimBatchDocument, ClaimDocument
from models.documents.inquiry import (
    InquiryHeader,
    LevelKind,
    StatedAmount,
    StatedDate,
    StatedQuantity,
    Trace,
)
from models.documents.party import Organization, Reference
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12.elements import write_time
from revcycle.formats.x12.inquiries.parties_of import (
    named,
    organization_party,
    person_party,
    provider_party,
)
from revcycle.formats.x12.interchange import Envelope

RECEIVED = ClaimStatus("A1", "19", "PR")  # the batch was received by the payer
ACCEPTED_ACTION = "WQ"
REFUSED_ACTION = "U"
STATUS, ACKNOWLEDGEMENT = "08", "TH"  # BHT02, BHT06
RECEIVED_ON, PROCESSED_ON, SERVICE = "050", "009", "472"  # DTP01
TAX_ID = "FI"  # NM108

Pair = tuple[ClaimDocument, ClaimAcknowledgement]


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """How a level names its counts and amounts of claims accepted, or refused."""

    count: str  # QTY01
    amount: str  # AMT01


RECEIVER_TOTALS = {True: Qualifiers("90", "YU"), False: Qualifiers("AA", "YY")}
PROVIDER_TOTALS = {True: Qualifiers("QA", "YU"), False: Qualifiers("QC", "YY")}


def answer_document(
    acks: Sequence[ClaimAcknowledgement], batch: ClaimBatchDocument, envelope: Envelope
) -> StatusDocument:
    """Make the document; see ``t277ca.write_claim_acknowledgements``.

    Raises:
        RejectedError: there is nothing to say, or a claim is not of this batch.
    """
    if not acks:
        msg = "an acknowledgement of no claim is not written"
        raise RejectedError(msg)
    pairs = _pairs(acks, batch)
    reference, today = f"{envelope.control_number:09d}", envelope.created_at.date()
    dates = (StatedDate(RECEIVED_ON, today), StatedDate(PROCESSED_ON, today))
    payer = StatusLevel(
        LevelKind.PAYER,
        (organization_party("PR", batch.receiver_name, "46", batch.receiver_id),),
        traced=(TracedStatus(Trace("1", reference), dates=dates),),
        children=(_receiver(acks, pairs, batch, today),),
    )
    time = write_time(envelope.created_at)
    header = InquiryHeader(reference, STATUS, ACKNOWLEDGEMENT, today, time)
    return StatusDocument(header, (payer,))


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


def _receiver(
    acks: Sequence[ClaimAcknowledgement],
    pairs: Sequence[Pair],
    batch: ClaimBatchDocument,
    today: date,
) -> StatusLevel:
    statuses = (RECEIVED,) if pairs else acks[0].statuses
    charges = total(claim.charge_total for claim in batch.claims)
    reports = tuple(_report(one, charges, today, is_accepted=bool(pairs)) for one in statuses)
    runs = groupby(pairs, lambda pair: pair[0].billing_provider)
    return StatusLevel(
        LevelKind.RECEIVER,
        (organization_party("41", batch.submitter.name, "46", batch.submitter_id),),
        traced=(_with_totals(Trace("2", batch.reference), reports, pairs, RECEIVER_TOTALS),),
        children=tuple(_provider(provider, list(run), today) for provider, run in runs),
    )


def _provider(provider: Organization, pairs: Sequence[Pair], today: date) -> StatusLevel:
    known = provider
    if not (provider.npi or provider.other_identifier):
        known = replace(provider, other_identifier=Reference(TAX_ID, provider.tax_id))
    charges = total(claim.charge_total for claim, _ in pairs)
    reports = (_report(RECEIVED, charges, None, is_accepted=True),)
    return StatusLevel(
        LevelKind.PROVIDER,
        (provider_party("85", known),),
        traced=(_with_totals(Trace("1", "0"), reports, pairs, PROVIDER_TOTALS),),
        children=tuple(_patient(claim, ack, today) for claim, ack in pairs),
    )


def _patient(claim: ClaimDocument, ack: ClaimAcknowledgement, today: date) -> StatusLevel:
    patient = person_party("QC", claim.patient, claim.subscriber.member_id)
    charge = claim.charge_total if ack.charge is None else ack.charge
    day, is_accepted = ack.effective_on or today, ack.is_accepted
    reports = [_report(one, charge, day, is_accepted=is_accepted) for one in ack.statuses]
    first, last = claim.first_service_date, claim.last_service_date
    traced = TracedStatus(
        Trace("2", claim.control_number),
        reports=tuple(reports),
        references=tuple(_references(ack)),
        dates=(StatedDate(SERVICE, first, None if first == last else last),),
        lines=ack.lines,
    )
    return StatusLevel(
        LevelKind.PATIENT, (replace(named(patient), address=None),), traced=(traced,)
    )


def _references(ack: ClaimAcknowledgement) -> Iterator[Reference]:
    numbers = (
        ("1K", ack.payer_claim_control_number),
        ("D9", ack.clearinghouse_number),
        ("BLT", ack.bill_type),
    )
    for qualifier, number in numbers:
        if number:
            yield Reference(qualifier, number)


def _report(
    status: ClaimStatus, charge: Money, day: date | None, *, is_accepted: bool
) -> StatusReport:
    action = ACCEPTED_ACTION if is_accepted else REFUSED_ACTION
    return StatusReport((status,), day, action, charge)


def _with_totals(
    trace: Trace,
    reports: tuple[StatusReport, ...],
    pairs: Sequence[Pair],
    totals: dict[bool, Qualifiers],
) -> TracedStatus:
    """Add counts and amounts, each only where there is something to count."""
    quantities, amounts = [], []
    for is_accepted, qualifiers in totals.items():
        claims = [claim for claim, ack in pairs if ack.is_accepted is is_accepted]
        if claims:
            quantities.append(StatedQuantity(qualifiers.count, Decimal(len(claims))))
            charges = total(claim.charge_total for claim in claims)
            amounts.append(StatedAmount(qualifiers.amount, charges))
    return TracedStatus(trace, reports, quantities=tuple(quantities), amounts=tuple(amounts))
