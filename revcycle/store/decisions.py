"""Queries that show what payers decided: claims of remittances with lines and adjustments."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.posting import PostingOutcome
from models.documents.records import FileRef
from models.tables import (
    InboundFile,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import Money
from revcycle.store.ledger import in_chunks


@dataclass(frozen=True, slots=True)
class Decision:
    """One claim of a remittance.

    Attributes:
        is_taken_back: Whether a later reversal took it back.
        claim_control_number: Our number as the payer repeats it.
    """

    id: UUID
    remittance_id: UUID
    ordinal: int
    claim_id: UUID | None
    claim_control_number: str
    payer_claim_control_number: str
    status: str
    charge: Money
    paid: Money
    remarks: str
    outcome: PostingOutcome
    payer_rank: int
    reverses_id: UUID | None
    is_taken_back: bool
    payer_name: str
    trace_number: str
    payment_date: date
    posted_at: datetime
    file: FileRef

    @property
    def stands(self) -> bool:
        """Whether it is what the payer says now."""
        return self.outcome is PostingOutcome.DECIDED and not self.is_taken_back


@dataclass(frozen=True, slots=True)
class SaidAdjustment:
    """Why the payer paid less, or more, than was charged."""

    group: str
    reason: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """One service as the payer judged it; ``ordinal`` 0 is what was said of the whole claim."""

    decision_id: UUID
    ordinal: int
    claim_line_id: UUID | None
    procedure_code: str
    charge: Money
    paid: Money
    allowed: Money | None
    remarks: str
    adjustments: tuple[SaidAdjustment, ...]


def list_decisions_of_claims(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[Decision]:
    """List all that payers said of claims, the latest first, with what was taken back."""
    return [
        _decision(row)
        for ids in in_chunks(claim_ids)
        for row in session.execute(
            _decisions(client_id)
            .where(col(RemittanceClaimRow.claim_id).in_(ids))
            .order_by(col(Remittance.posted_at).desc(), col(RemittanceClaimRow.id).desc())
        )
    ]


def list_decisions_of_remittance(
    session: Session, client_id: UUID, remittance_id: UUID, *, offset: int, limit: int
) -> list[Decision]:
    """List the claims of one payment in the payer's order, a page of them."""
    statement = (
        _decisions(client_id)
        .where(col(RemittanceClaimRow.remittance_id) == remittance_id)
        .order_by(col(RemittanceClaimRow.ordinal))
        .offset(offset)
        .limit(limit)
    )
    return [_decision(row) for row in session.execute(statement)]


def find_decision(session: Session, client_id: UUID, decision_id: UUID) -> Decision | None:
    """Find one claim of a remittance."""
    statement = _decisions(client_id).where(col(RemittanceClaimRow.id) == decision_id)
    row = session.execute(statement).one_or_none()
    return None if row is None else _decision(row)


def sum_decisions(
    session: Session, client_id: UUID, remittance_id: UUID
) -> tuple[int, Money | None, Money | None]:
    """Count the claims of a payment, and add up what was charged and paid; None without any."""
    statement = select_columns(
        func.count(), func.sum(RemittanceClaimRow.charge), func.sum(RemittanceClaimRow.paid)
    ).where(
        col(RemittanceClaimRow.client_id) == client_id,
        col(RemittanceClaimRow.remittance_id) == remittance_id,
    )
    count, charge, paid = session.execute(statement).one()
    return count, charge, paid


def list_decided_lines(
    session: Session, client_id: UUID, decision_ids: Collection[UUID]
) -> list[DecidedLine]:
    """List the lines of decisions with their adjustments, in the payer's order."""
    found: list[DecidedLine] = []
    for ids in in_chunks(decision_ids):
        lines = session.exec(
            select(RemittanceLineRow)
            .where(
                RemittanceLineRow.client_id == client_id,
                col(RemittanceLineRow.remittance_claim_id).in_(ids),
            )
            .order_by(col(RemittanceLineRow.remittance_claim_id), col(RemittanceLineRow.ordinal))
        ).all()
        said = _adjustments(session, client_id, [line.id for line in lines])
        found.extend(_line(line, said[line.id]) for line in lines)
    return found


def _adjustments(
    session: Session, client_id: UUID, line_ids: Collection[UUID]
) -> dict[UUID, list[SaidAdjustment]]:
    said: dict[UUID, list[SaidAdjustment]] = defaultdict(list)
    for ids in in_chunks(line_ids):
        for row in session.exec(
            select(RemittanceAdjustment)
            .where(
                RemittanceAdjustment.client_id == client_id,
                col(RemittanceAdjustment.remittance_line_id).in_(ids),
            )
            .order_by(col(RemittanceAdjustment.ordinal))
        ):
            said[row.remittance_line_id].append(SaidAdjustment(row.group, row.reason, row.amount))
    return said


def _decisions(client_id: UUID) -> Select[*tuple[Any, ...]]:
    reversing = aliased(RemittanceClaimRow)
    is_taken_back = exists().where(
        col(reversing.client_id) == client_id,
        col(reversing.reverses_id) == col(RemittanceClaimRow.id),
    )
    return (
        select_columns(
            RemittanceClaimRow,
            is_taken_back,
            Remittance,
            col(InboundFile.kind),
        )
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == col(RemittanceClaimRow.remittance_id)),
        )
        .join(
            InboundFile,
            (col(InboundFile.client_id) == client_id)
            & (col(InboundFile.id) == col(Remittance.inbound_file_id)),
        )
        .where(col(RemittanceClaimRow.client_id) == client_id)
    )


def _decision(row: Any) -> Decision:
    said, is_taken_back, remittance, kind = row
    return Decision(
        id=said.id,
        remittance_id=remittance.id,
        ordinal=said.ordinal,
        claim_id=said.claim_id,
        claim_control_number=said.claim_control_number,
        payer_claim_control_number=said.payer_claim_control_number,
        status=said.status,
        charge=said.charge,
        paid=said.paid,
        remarks=said.remarks,
        outcome=PostingOutcome(said.outcome),
        payer_rank=said.payer_rank,
        reverses_id=said.reverses_id,
        is_taken_back=bool(is_taken_back),
        payer_name=remittance.payer_name,
        trace_number=remittance.trace_number,
        payment_date=remittance.payment_date,
        posted_at=remittance.posted_at,
        file=FileRef(remittance.inbound_file_id, is_outbound=False, kind=kind),
    )


def _line(row: RemittanceLineRow, said: Collection[SaidAdjustment]) -> DecidedLine:
    return DecidedLine(
        decision_id=row.remittance_claim_id,
        ordinal=row.ordinal,
        claim_line_id=row.claim_line_id,
        procedure_code=row.procedure_code,
        charge=row.charge,
        paid=row.paid,
        allowed=row.allowed,
        remarks=row.remarks,
        adjustments=tuple(said),
    )
