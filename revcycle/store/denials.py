"""Queries on denials."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.playbook import NewDenial
from models.errors import NotFoundError
from models.states.denial import UNRESOLVED_DENIAL_STATES, DenialState
from models.tables import (
    Claim,
    Denial,
    Encounter,
    Payer,
    RemittanceAdjustment,
    RemittanceLineRow,
)
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.store.ledger import in_chunks
from revcycle.store.state_changes import record_creations

REMARKS_LENGTH = 200


def insert_denials(
    session: Session, client_id: UUID, act: Act, denials: Sequence[NewDenial]
) -> list[UUID]:
    """Add denials, open; return their ids in order."""
    ids = [new_id() for _ in denials]
    rows = [_row(client_id, *one) for one in zip(ids, denials, strict=True)]
    record_creations(session, client_id, act, Denial, rows)
    return ids


def lock_denial(session: Session, client_id: UUID, denial_id: UUID) -> Denial:
    """Load one denial and keep other runs from it.

    Raises:
        NotFoundError: this client has no such denial.
    """
    row = session.exec(
        select(Denial)
        .where(Denial.client_id == client_id, Denial.id == denial_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no denial {denial_id}"
        raise NotFoundError(msg)
    return row


def list_open_denials_due(session: Session, client_id: UUID, *, until: date) -> Sequence[Denial]:
    """List open denials whose due date is on or before a day."""
    return session.exec(
        select(Denial)
        .where(
            Denial.client_id == client_id,
            Denial.state == DenialState.OPEN,
            Denial.due_on <= until,
        )
        .order_by(col(Denial.due_on), col(Denial.id))
    ).all()


@dataclass(frozen=True, slots=True)
class DenialFilter:
    """Which denials are asked for; an empty text asks for all."""

    state: DenialState | None = None
    payer_key: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class DenialLine:
    """A denial as a list shows it: ids, codes and amounts, nothing of a patient."""

    id: UUID
    claim_id: UUID
    payer_key: str
    group: str
    reason: str
    remarks: str
    category: str
    state: DenialState
    amount: Money
    expected_value: Money | None
    due_on: date
    first_action: str
    play_id: str


def list_denials(
    session: Session,
    client_id: UUID,
    chosen: DenialFilter,
    *,
    limit: int = 50,
    offset: int = 0,
) -> list[DenialLine]:
    """List denials, worth most first, then by due date; one page at a time."""
    statement = (
        select(Denial, Payer.key)
        .join(Claim, (col(Claim.client_id) == client_id) & (col(Claim.id) == Denial.claim_id))
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == Claim.payer_id))
        .where(Denial.client_id == client_id)
    )
    if chosen.state is not None:
        statement = statement.where(Denial.state == chosen.state)
    if chosen.payer_key:
        statement = statement.where(Payer.key == chosen.payer_key)
    if chosen.category:
        statement = statement.where(Denial.category == chosen.category)
    worth = func.coalesce(Denial.expected_value, Denial.amount)
    statement = statement.order_by(worth.desc(), col(Denial.due_on), col(Denial.id))
    rows = session.exec(statement.limit(limit).offset(offset))
    return [_line(row, key) for row, key in rows]


def denials_of_claims(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[Denial]:
    """Load all denials of claims, whatever their state, and keep other runs from them."""
    return [
        row
        for ids in in_chunks(claim_ids)
        for row in session.exec(
            select(Denial)
            .where(Denial.client_id == client_id, col(Denial.claim_id).in_(ids))
            .order_by(col(Denial.id))
            .with_for_update()
        )
    ]


def denials_of_decisions(
    session: Session, client_id: UUID, remittance_claim_ids: Collection[UUID]
) -> list[Denial]:
    """Load the denials that came from these claims of remittances."""
    return [
        row
        for ids in in_chunks(remittance_claim_ids)
        for row in session.exec(
            select(Denial)
            .join(
                RemittanceAdjustment,
                (col(RemittanceAdjustment.client_id) == client_id)
                & (col(RemittanceAdjustment.id) == Denial.remittance_adjustment_id),
            )
            .join(
                RemittanceLineRow,
                (col(RemittanceLineRow.client_id) == client_id)
                & (col(RemittanceLineRow.id) == RemittanceAdjustment.remittance_line_id),
            )
            .where(
                Denial.client_id == client_id,
                col(RemittanceLineRow.remittance_claim_id).in_(ids),
            )
            .order_by(col(Denial.id))
            .with_for_update(of=Denial)
        )
    ]


def claims_with_unresolved_denials(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Tell which claims have a denial that somebody still has to work."""
    return frozenset(
        claim_id
        for ids in in_chunks(claim_ids)
        for claim_id in session.exec(
            select(Denial.claim_id).where(
                Denial.client_id == client_id,
                col(Denial.claim_id).in_(ids),
                col(Denial.state).in_(UNRESOLVED_DENIAL_STATES),
            )
        )
    )


def patient_of_claim(session: Session, client_id: UUID, claim_id: UUID) -> UUID | None:
    """Return the patient of a claim's encounter.

    Raises:
        NotFoundError: this client has no such claim.
    """
    statement = (
        select(Encounter.patient_id)
        .join(
            Claim,
            (col(Claim.client_id) == client_id) & (col(Claim.encounter_id) == Encounter.id),
        )
        .where(Encounter.client_id == client_id, Claim.id == claim_id)
    )
    found = session.exec(statement).all()
    if not found:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    return found[0]


def _line(row: Denial, payer_key: str) -> DenialLine:
    return DenialLine(
        row.id,
        row.claim_id,
        payer_key,
        row.group,
        row.reason,
        row.remarks,
        row.category,
        DenialState(row.state),
        row.amount,
        row.expected_value,
        row.due_on,
        row.first_action,
        row.play_id,
    )


def _row(client_id: UUID, denial_id: UUID, denial: NewDenial) -> dict[str, object]:
    return {
        "client_id": client_id,
        "id": denial_id,
        "claim_id": denial.claim_id,
        "charge_id": denial.charge_id,
        "remittance_adjustment_id": denial.remittance_adjustment_id,
        "group": denial.group,
        "reason": denial.reason,
        "remarks": ":".join(dict.fromkeys(denial.remarks))[:REMARKS_LENGTH],
        "amount": denial.amount,
        "category": denial.play.category,
        "first_action": denial.play.first_action,
        "due_on": denial.due_on,
        "state": DenialState.OPEN,
        "play_id": denial.play.id,
    }
