"""Queries on single claims of remittances: reading one, giving it to a claim of ours, taking it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.documents.posting import MatchedClaim, PostingOutcome
from models.errors import NotFoundError
from models.states.refund import STANDING_REFUND_STATES
from models.tables import (
    Refund,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class RemittanceClaimFacts:
    """One claim of a remittance as it is stored; the payer's full text is in the file.

    Attributes:
        file_ordinal: Which payment of its file.
        is_taken_back: The payer reversed the decision, or a person undid the reversal's match.
        is_given_back: A refund of its money is asked for or paid.
    """

    id: UUID
    remittance_id: UUID
    inbound_file_id: UUID
    file_ordinal: int
    ordinal: int
    claim_id: UUID | None
    outcome: PostingOutcome
    rank: int
    payer_name: str
    payer_id: str
    paid: Money
    is_taken_back: bool
    is_given_back: bool


def get_remittance_claim(
    session: Session, client_id: UUID, remittance_claim_id: UUID
) -> RemittanceClaimFacts:
    """Load and lock one claim of a remittance.

    Raises:
        NotFoundError: this practice has no such claim of a remittance.
    """
    found = session.exec(
        select(RemittanceClaimRow, Remittance)
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
        )
        .where(
            RemittanceClaimRow.client_id == client_id,
            RemittanceClaimRow.id == remittance_claim_id,
        )
        .with_for_update(of=RemittanceClaimRow)
    ).one_or_none()
    if found is None:
        msg = f"no remittance claim {remittance_claim_id}"
        raise NotFoundError(msg)
    row, remittance = found
    return RemittanceClaimFacts(
        id=row.id,
        remittance_id=row.remittance_id,
        inbound_file_id=remittance.inbound_file_id,
        file_ordinal=remittance.ordinal,
        ordinal=row.ordinal,
        claim_id=row.claim_id,
        outcome=PostingOutcome(row.outcome),
        rank=row.payer_rank,
        payer_name=remittance.payer_name,
        payer_id=remittance.payer_id,
        paid=row.paid,
        is_taken_back=_is_taken_back(session, client_id, row.id),
        is_given_back=_is_given_back(session, client_id, row.id),
    )


def adjustment_ids(
    session: Session, client_id: UUID, remittance_claim_id: UUID
) -> dict[tuple[int, int], UUID]:
    """Map the places of a claim's adjustments, line (0: the claim) and order, to their ids."""
    rows = session.exec(
        select(RemittanceLineRow.ordinal, RemittanceAdjustment.ordinal, RemittanceAdjustment.id)
        .join(
            RemittanceAdjustment,
            (col(RemittanceAdjustment.client_id) == client_id)
            & (col(RemittanceAdjustment.remittance_line_id) == RemittanceLineRow.id),
        )
        .where(
            RemittanceLineRow.client_id == client_id,
            RemittanceLineRow.remittance_claim_id == remittance_claim_id,
        )
    )
    return {(line, ordinal): adjustment_id for line, ordinal, adjustment_id in rows}


def give_to_claim(
    session: Session,
    client_id: UUID,
    match: MatchedClaim,
    *,
    outcome: PostingOutcome,
    reverses_id: UUID | None = None,
) -> None:
    """Write down whose a claim of a remittance is, line by line, and what became of it."""
    claim = match.claim
    _change_claim(
        session,
        client_id,
        match.remittance_claim_id,
        claim_id=claim.claim_id if claim else None,
        outcome=outcome,
        payer_rank=match.rank,
        reverses_id=reverses_id,
    )
    lines = [line.claim_line_id if line else None for line in match.lines]
    _change_lines(session, client_id, match.remittance_claim_id, lines)


def take_from_claim(session: Session, client_id: UUID, facts: RemittanceClaimFacts) -> None:
    """Write down that nobody knows whose a claim of a remittance is, and its money waits."""
    _change_claim(
        session,
        client_id,
        facts.id,
        claim_id=None,
        outcome=PostingOutcome.UNAPPLIED,
        payer_rank=1,
        reverses_id=None,
    )
    session.execute(
        update(RemittanceLineRow)
        .where(
            col(RemittanceLineRow.client_id) == client_id,
            col(RemittanceLineRow.remittance_claim_id) == facts.id,
        )
        .values(claim_line_id=None)
    )


def _is_taken_back(session: Session, client_id: UUID, remittance_claim_id: UUID) -> bool:
    statement = select(RemittanceClaimRow.id).where(
        RemittanceClaimRow.client_id == client_id,
        RemittanceClaimRow.reverses_id == remittance_claim_id,
    )
    return session.exec(statement).first() is not None


def _is_given_back(session: Session, client_id: UUID, remittance_claim_id: UUID) -> bool:
    statement = select(Refund.id).where(
        Refund.client_id == client_id,
        Refund.remittance_claim_id == remittance_claim_id,
        col(Refund.state).in_(STANDING_REFUND_STATES),
    )
    return session.exec(statement).first() is not None


def _change_claim(
    session: Session, client_id: UUID, remittance_claim_id: UUID, **values: object
) -> None:
    session.execute(
        update(RemittanceClaimRow)
        .where(
            col(RemittanceClaimRow.client_id) == client_id,
            col(RemittanceClaimRow.id) == remittance_claim_id,
        )
        .values(**values)
    )


def _change_lines(
    session: Session,
    client_id: UUID,
    remittance_claim_id: UUID,
    claim_line_ids: Sequence[UUID | None],
) -> None:
    for ordinal, claim_line_id in enumerate(claim_line_ids, start=1):
        session.execute(
            update(RemittanceLineRow)
            .where(
                col(RemittanceLineRow.client_id) == client_id,
                col(RemittanceLineRow.remittance_claim_id) == remittance_claim_id,
                col(RemittanceLineRow.ordinal) == ordinal,
            )
            .values(claim_line_id=claim_line_id)
        )
