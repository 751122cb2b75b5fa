"""What the partner of the invented practice answers to its claims."""

from datetime import UTC, datetime

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    FunctionalAcknowledgement,
    TransactionAcknowledgement,
)
from models.tables import OutboundFile
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t277ca import write_claim_acknowledgements
from revcycle.formats.x12.t837p import read_batches
from revcycle.formats.x12.t999 import write_functional_acknowledgement

ANSWERED_AT = datetime(2026, 11, 21, tzinfo=UTC)


def envelope(number: int) -> Envelope:
    """Who answers."""
    return Envelope("ZZ", "PARTNER", "ZZ", "DEMO", number, ANSWERED_AT)


def passed(file: OutboundFile, number: int = 1) -> bytes:
    """A 999 that passes a file."""
    transaction = TransactionAcknowledgement("837", "0001", "A")
    group = f"{file.control_number}"
    ack = FunctionalAcknowledgement("HC", group, "005010X222A1", "A", 1, 1, 1, (transaction,))
    return write_functional_acknowledgement(ack, envelope(number))


def judged(file: OutboundFile, status: ClaimStatus, number: int = 2) -> bytes:
    """A 277CA that says the same of every claim of a file."""
    (batch,), _ = read_batches(file.content)
    acks = [
        ClaimAcknowledgement(
            claim.control_number,
            (status,),
            is_accepted=not status.is_refusal,
            charge=claim.charge_total,
            payer_claim_control_number="" if status.is_refusal else "ICN77",
        )
        for claim in batch.claims
    ]
    return write_claim_acknowledgements(acks, batch, envelope(number))
