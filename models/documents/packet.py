"""A packet: the papers that leave with an appeal, joined into one PDF."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.documents.claim import ClaimDocument
from models.documents.party import Organization
from models.documents.proof_of_filing import ProofOfFiling
from models.values.money import Money


class PacketPartKind(StrEnum):
    """What a packet can hold, in the order in which it lies."""

    LETTER = "letter"
    REMITTANCE = "remittance"  # what the payer decided, explained
    CLAIM_FORM = "claim_form"
    RECORDS = "records"  # files that people added
    PROOF = "proof"  # of timely filing


@dataclass(frozen=True, slots=True, repr=False)
class RemittanceLinePage:
    """One line of a decision as it is printed."""

    service: str
    charge: Money
    allowed: Money | None
    paid: Money
    adjustments: tuple[tuple[str, Money], ...]  # code in words, amount
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class RemittancePage:
    """What a payer decided on one claim, on one page."""

    practice: Organization
    payer_name: str
    trace_number: str
    paid_on: date
    patient_name: str
    claim_number: str
    payer_claim_number: str
    status: str
    charge: Money
    paid: Money
    lines: tuple[RemittanceLinePage, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PacketRecord:
    """A file that somebody added to a record."""

    id: UUID
    title: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class PacketSources:
    """Everything that a packet is made of; None where a part was not chosen or is not there."""

    practice: Organization
    payer_name: str
    payer_claim_number: str
    day: date
    letter: str
    letter_day: date
    remittance: RemittancePage | None
    claim: ClaimDocument | None
    records: tuple[PacketRecord, ...]
    proof: ProofOfFiling | None


@dataclass(frozen=True, slots=True, repr=False)
class PacketPart:
    """One part of a packet and where it lies."""

    kind: PacketPartKind
    title: str
    first_page: int  # the cover is page 1
    pages: int


@dataclass(frozen=True, slots=True, repr=False)
class Packet:
    """The joined PDF and what is in it."""

    parts: tuple[PacketPart, ...]
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class PacketPicture:
    """A packet that is kept, without its content."""

    id: UUID
    appeal_id: UUID
    parts: tuple[PacketPart, ...]
    sha256: str
    size: int
    made_at: datetime
    made_by: str
