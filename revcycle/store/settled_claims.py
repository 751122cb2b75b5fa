"""Queries on claims nobody expects anything of any more, and on their payers."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.states.claim import ClaimState
from models.tables import Claim, ClaimLine, Posting
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money
from revcycle.store.ledger import in_chunks

DECIDED = (ClaimState.PAID, ClaimState.DENIED)


def decided_claim_ranks(
    session: Session, client_id: UUID, *, limit: int, after: UUID | None = None
) -> dict[UUID, int]:
    """List paid and denied claims with their payer's rank, by id, one page at a time."""
    statement = select(Claim.id, Claim.payer_rank).where(
        Claim.client_id == client_id, col(Claim.state).in_(DECIDED)
    )
    if after is not None:
        statement = statement.where(col(Claim.id) > after)
    return dict(session.exec(statement.order_by(col(Claim.id)).limit(limit)).all())


def insurance_balances(
    session: Session, client_id: UUID, ranks: dict[UUID, int]
) -> dict[UUID, Money]:
    """Add up what each claim's payer still holds, denied amounts included; zero is left out."""
    balances: dict[UUID, Money] = {}
    for ids in in_chunks(ranks):
        for claim_id, account, amount in session.execute(_open_amounts(client_id, ids)):
            if Account(account) in {Account.AR_DENIED, receivable_of(ranks[claim_id])}:
                balances[claim_id] = balances.get(claim_id, ZERO) + amount
    return {claim_id: balance for claim_id, balance in balances.items() if balance}


def _open_amounts(client_id: UUID, claim_ids: Collection[UUID]) -> Select[UUID, Account, Money]:
    return (
        select_columns(col(ClaimLine.claim_id), col(Posting.account), func.sum(Posting.amount))
        .join(
            Posting,
            (col(Posting.client_id) == client_id) & (col(Posting.charge_id) == ClaimLine.charge_id),
        )
        .where(col(ClaimLine.client_id) == client_id, col(ClaimLine.claim_id).in_(claim_ids))
        .group_by(col(ClaimLine.claim_id), col(Posting.account))
    )
