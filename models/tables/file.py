"""The bytes we received and sent, what each intake record became, and acknowledgements."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from models.states.file import InboundFileState, IntakeOutcome, OutboundFileState
from models.tables.columns import belongs_to, one_of
from models.tables.owned import Owned


class InboundFile(Owned, table=True):
    """Bytes we received, kept unchanged. The same bytes are stored once."""

    __tablename__ = "inbound_file"
    __table_args__ = (
        UniqueConstraint("client_id", "sha256"),
        Index(None, "client_id", "name"),
        CheckConstraint(one_of("state", InboundFileState), name="state_known"),
    )

    source: str = Field(max_length=80)  # intake source or connection key
    kind: str = Field(max_length=20)  # FHIR, HL7V2, CSV, 271, 999, 277CA, 835, TA1 ...
    name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    content: bytes
    received_at: datetime
    state: InboundFileState = Field(default=InboundFileState.RECEIVED, sa_type=String(20))
    reason: str = Field(default="", max_length=200)  # why in quarantine; coded, no PHI


class ReceivedInterchange(Owned, table=True):
    """An interchange of a remittance file that was posted: a sender uses its number once."""

    __tablename__ = "received_interchange"
    __table_args__ = (
        UniqueConstraint("client_id", "sender_id", "control_number"),
        belongs_to("inbound_file"),
    )

    sender_id: str = Field(max_length=15)  # ISA06
    control_number: int  # ISA13
    inbound_file_id: UUID


class IntakeRecordRow(Owned, table=True):
    """What became of one record of an intake file: exactly one outcome."""

    __tablename__ = "intake_record"
    __table_args__ = (
        UniqueConstraint("client_id", "inbound_file_id", "ordinal"),
        CheckConstraint(one_of("outcome", IntakeOutcome), name="outcome_known"),
        belongs_to("inbound_file"),
        belongs_to("encounter"),
    )

    inbound_file_id: UUID
    ordinal: int
    position: str = Field(max_length=40)
    outcome: IntakeOutcome = Field(sa_type=String(20))
    encounter_id: UUID | None = None  # the encounter made, or the one this repeats
    rule_id: str = Field(default="", max_length=60)
    field: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=400)  # for the page; may hold PHI


class OutboundFile(Owned, table=True):
    """Bytes to send: the outbox. Its content is written once and never changes."""

    __tablename__ = "outbound_file"
    __table_args__ = (
        UniqueConstraint("client_id", "connection_id", "control_number"),
        UniqueConstraint("client_id", "connection_id", "name"),
        CheckConstraint(one_of("state", OutboundFileState), name="state_known"),
        belongs_to("payer_connection", "connection_id"),
        Index(None, "client_id", "state"),
        Index(None, "client_id", "name"),
        Index(None, "client_id", "control_number"),
    )

    connection_id: UUID
    kind: str = Field(max_length=20)  # 270, 837P, 837I, 276
    name: str = Field(max_length=200)
    control_number: int  # ISA13 and GS06
    sha256: str = Field(max_length=64)
    content: bytes
    record_count: int  # claims or inquiries inside
    state: OutboundFileState = Field(default=OutboundFileState.READY, sa_type=String(20))
    created_at: datetime
    sent_at: datetime | None = None


class Acknowledgement(Owned, table=True):
    """One thing a partner said about a file or a claim we sent. Each applies once."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        UniqueConstraint("client_id", "inbound_file_id", "ordinal"),
        belongs_to("inbound_file"),
        belongs_to("outbound_file"),
        belongs_to("claim"),
        Index(None, "client_id", "outbound_file_id"),
    )

    inbound_file_id: UUID
    ordinal: int  # within the file
    kind: str = Field(max_length=10)  # TA1, 999, 277CA
    is_accepted: bool
    code: str = Field(max_length=20)  # TA105, IK501, or category:status of the STC
    outbound_file_id: UUID | None = None
    claim_id: UUID | None = Field(default=None, index=True)
    payer_claim_control_number: str = Field(default="", max_length=50)
