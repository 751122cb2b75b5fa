"""Queries that show files: what each is, what became of it, and what is inside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.records import FileRef
from models.errors import NotFoundError
from models.states.file import InboundFileState, IntakeOutcome, OutboundFileState
from models.tables import (
    Acknowledgement,
    Claim,
    ClaimVersion,
    InboundFile,
    IntakeRecordRow,
    OutboundFile,
    PayerConnection,
    Remittance,
    RemittanceClaimRow,
    StateChange,
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file without its bytes.

    Attributes:
        partner: Where it came from or goes to: an intake source or a connection.
        size: In bytes.
        records: How many claims or questions an outbound file carries; None for an inbound one.
        at: When it was received or written.
    """

    ref: FileRef
    partner: str
    name: str
    number: int | None
    sha256: str
    size: int
    state: InboundFileState | OutboundFileState
    reason: str
    at: datetime
    sent_at: datetime | None
    records: int | None

    @property
    def noun(self) -> str:
        """The table it stands in."""
        return noun_of(self.ref)


@dataclass(frozen=True, slots=True, repr=False)
class IntakeRecordFacts:
    """What became of one record of an intake file."""

    ordinal: int
    position: str
    outcome: IntakeOutcome
    encounter_id: UUID | None
    rule_id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One thing that a partner said of a file or a claim of ours."""

    kind: str
    is_accepted: bool
    code: str
    received_at: datetime
    answer: FileRef
    about: FileRef | None
    claim_id: UUID | None
    claim_control_number: str


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a file's state."""

    at: datetime
    actor: str
    event: str
    state: str


def get_inbound_facts(session: Session, client_id: UUID, file_id: UUID) -> FileFacts:
    """Find one received file.

    Raises:
        NotFoundError: this practice has no such file.
    """
    row = session.execute(
        select_columns(
            *_of(InboundFile),
            col(InboundFile.source),
            col(InboundFile.reason),
            col(InboundFile.received_at),
        ).where(col(InboundFile.client_id) == client_id, col(InboundFile.id) == file_id)
    ).one_or_none()
    if row is None:
        raise _missing(file_id)
    return FileFacts(
        ref=FileRef(row.id, is_outbound=False, kind=row.kind),
        partner=row.source,
        name=row.name,
        number=None,
        sha256=row.sha256,
        size=row.size,
        state=InboundFileState(row.state),
        reason=row.reason,
        at=row.received_at,
        sent_at=None,
        records=None,
    )


def get_outbound_facts(session: Session, client_id: UUID, file_id: UUID) -> FileFacts:
    """Find one file that we wrote.

    Raises:
        NotFoundError: this practice has no such file.
    """
    row = session.execute(
        select_columns(
            *_of(OutboundFile),
            col(PayerConnection.key),
            col(OutboundFile.control_number),
            col(OutboundFile.created_at),
            col(OutboundFile.sent_at),
            col(OutboundFile.record_count),
        )
        .join(
            PayerConnection,
            (col(PayerConnection.client_id) == client_id)
            & (col(PayerConnection.id) == OutboundFile.connection_id),
        )
        .where(col(OutboundFile.client_id) == client_id, col(OutboundFile.id) == file_id)
    ).one_or_none()
    if row is None:
        raise _missing(file_id)
    return FileFacts(
        ref=FileRef(row.id, is_outbound=True, kind=row.kind),
        partner=row.key,
        name=row.name,
        number=row.control_number,
        sha256=row.sha256,
        size=row.size,
        state=OutboundFileState(row.state),
        reason="",
        at=row.created_at,
        sent_at=row.sent_at,
        records=row.record_count,
    )


def noun_of(file: FileRef) -> str:
    """Name the table that a file stands in, as the trail does."""
    return "outbound_file" if file.is_outbound else "inbound_file"


def load_content(session: Session, client_id: UUID, file: FileRef) -> bytes:
    """Load the bytes of a file that was found before."""
    table: Any = OutboundFile if file.is_outbound else InboundFile
    content: bytes = session.exec(
        select(table.content).where(table.client_id == client_id, table.id == file.id)
    ).one()
    return content


def list_moves(session: Session, client_id: UUID, file: FileRef) -> list[Move]:
    """List how a file came into its state, the latest first."""
    rows = session.exec(
        select(StateChange)
        .where(
            StateChange.client_id == client_id,
            StateChange.noun == noun_of(file),
            StateChange.subject_id == file.id,
        )
        .order_by(col(StateChange.at).desc(), col(StateChange.id).desc())
    )
    return [Move(row.at, row.actor, row.event, row.to_state) for row in rows]


def list_record_facts(
    session: Session, client_id: UUID, file_id: UUID, *, offset: int, limit: int
) -> list[IntakeRecordFacts]:
    """List what became of the records of an intake file in their order, a page of them."""
    rows = session.exec(
        select(IntakeRecordRow)
        .where(IntakeRecordRow.client_id == client_id, IntakeRecordRow.inbound_file_id == file_id)
        .order_by(col(IntakeRecordRow.ordinal))
        .offset(offset)
        .limit(limit)
    )
    return [
        IntakeRecordFacts(
            row.ordinal,
            row.position,
            IntakeOutcome(row.outcome),
            row.encounter_id,
            row.rule_id,
            row.field,
            row.reason,
        )
        for row in rows
    ]


def count_records(session: Session, client_id: UUID, file_id: UUID) -> dict[IntakeOutcome, int]:
    """Count the records of an intake file by what became of them."""
    return count_records_of_files(session, client_id, [file_id]).get(file_id, {})


def count_records_of_files(
    session: Session, client_id: UUID, file_ids: Collection[UUID]
) -> dict[UUID, dict[IntakeOutcome, int]]:
    """Count the records of intake files by what became of them; files without any are left out."""
    rows = session.execute(
        select_columns(
            col(IntakeRecordRow.inbound_file_id), col(IntakeRecordRow.outcome), func.count()
        )
        .where(
            col(IntakeRecordRow.client_id) == client_id,
            col(IntakeRecordRow.inbound_file_id).in_(file_ids),
        )
        .group_by(col(IntakeRecordRow.inbound_file_id), col(IntakeRecordRow.outcome))
    )
    found: dict[UUID, dict[IntakeOutcome, int]] = {}
    for file_id, outcome, count in rows:
        found.setdefault(file_id, {})[IntakeOutcome(outcome)] = count
    return found


def list_answers_in(
    session: Session, client_id: UUID, inbound_file_id: UUID, *, limit: int
) -> list[AnswerFacts]:
    """List what one received file says of files and claims of ours, in its order."""
    return _answers(
        session, client_id, col(Acknowledgement.inbound_file_id) == inbound_file_id, limit
    )


def list_answers_about(
    session: Session, client_id: UUID, outbound_file_id: UUID, *, limit: int
) -> list[AnswerFacts]:
    """List what partners said of a file that we sent and of the claims in it."""
    return _answers(
        session, client_id, col(Acknowledgement.outbound_file_id) == outbound_file_id, limit
    )


def find_number_in_file(
    session: Session, client_id: UUID, file: FileRef, claim_id: UUID
) -> str | None:
    """Find the number by which a file names a claim: to explain that part of it only."""
    if file.is_outbound:
        return session.exec(
            select(ClaimVersion.control_number).where(
                ClaimVersion.client_id == client_id,
                ClaimVersion.outbound_file_id == file.id,
                ClaimVersion.claim_id == claim_id,
            )
        ).first()
    return session.exec(
        select(RemittanceClaimRow.claim_control_number)
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
        )
        .where(
            RemittanceClaimRow.client_id == client_id,
            Remittance.inbound_file_id == file.id,
            RemittanceClaimRow.claim_id == claim_id,
        )
    ).first()


def _answers(
    session: Session, client_id: UUID, condition: ColumnElement[bool], limit: int
) -> list[AnswerFacts]:
    rows = session.execute(
        _answer_columns(client_id)
        .where(condition)
        .order_by(col(InboundFile.received_at), col(Acknowledgement.ordinal))
        .limit(limit)
    )
    return [
        AnswerFacts(
            kind=said.kind,
            is_accepted=said.is_accepted,
            code=said.code,
            received_at=received_at,
            answer=FileRef(said.inbound_file_id, is_outbound=False, kind=said.kind),
            about=_about(said.outbound_file_id, kind),
            claim_id=said.claim_id,
            claim_control_number=number or "",
        )
        for said, received_at, kind, number in rows
    ]


def _answer_columns(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            Acknowledgement,
            col(InboundFile.received_at),
            col(OutboundFile.kind),
            col(Claim.control_number),
        )
        .join(InboundFile, _same(InboundFile, client_id, Acknowledgement.inbound_file_id))
        .outerjoin(OutboundFile, _same(OutboundFile, client_id, Acknowledgement.outbound_file_id))
        .outerjoin(Claim, _same(Claim, client_id, Acknowledgement.claim_id))
        .where(col(Acknowledgement.client_id) == client_id)
    )


def _about(file_id: UUID | None, kind: str | None) -> FileRef | None:
    return None if file_id is None else FileRef(file_id, is_outbound=True, kind=kind or "")


def _of(table: Any) -> tuple[Any, ...]:
    size = func.length(col(table.content)).label("size")
    return (
        col(table.id),
        col(table.kind),
        col(table.name),
        col(table.sha256),
        size,
        col(table.state),
    )


def _missing(file_id: UUID) -> NotFoundError:
    return NotFoundError(f"no file {file_id}")


def _same(table: Any, client_id: UUID, column: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == col(column))
