"""Queries on what was given up of what payers refused, or never judged."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col

from models.documents.write_off import GivenUp
from models.states.denial import DenialState
from models.tables import Claim, Denial, LedgerEntry, Payer, Posting, StateChange
from models.values.accounts import Account
from models.values.money import ZERO


def written_off_denials(
    session: Session, client_id: UUID, *, since: datetime, until: datetime
) -> list[GivenUp]:
    """List denials that were written off from one instant until before another."""
    rows = session.execute(
        select_columns(
            col(Denial.id),
            col(Denial.claim_id),
            col(Denial.cause_party),
            col(Denial.write_off_reason),
            col(Denial.amount),
            func.max(StateChange.at),
            col(Claim.control_number),
            col(Payer.key),
        )
        .join(
            StateChange,
            (col(StateChange.client_id) == client_id)
            & (col(StateChange.noun) == "denial")
            & (col(StateChange.subject_id) == Denial.id)
            & (col(StateChange.to_state) == DenialState.WRITTEN_OFF),
        )
        .join(Claim, _own(Claim, client_id, Denial.claim_id))
        .join(Payer, _own(Payer, client_id, Claim.payer_id))
        .where(
            col(Denial.client_id) == client_id,
            col(Denial.state) == DenialState.WRITTEN_OFF,
            col(StateChange.at) >= since,
            col(StateChange.at) < until,
        )
        .group_by(
            col(Denial.id),
            col(Denial.claim_id),
            col(Denial.cause_party),
            col(Denial.write_off_reason),
            col(Denial.amount),
            col(Claim.control_number),
            col(Payer.key),
        )
        .order_by(col(Denial.id))
    )
    return [GivenUp(*row) for row in rows]


def written_off_claims(
    session: Session, client_id: UUID, *, since: datetime, until: datetime
) -> list[GivenUp]:
    """List claims that were given up before a payer judged them, the same way."""
    rows = session.execute(
        select_columns(
            col(Claim.id),
            col(Claim.id),
            col(Claim.cause_party),
            col(Claim.write_off_reason),
            func.sum(Posting.amount),
            func.max(LedgerEntry.posted_at),
            col(Claim.control_number),
            col(Payer.key),
        )
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.claim_id) == Claim.id)
            & (col(Posting.account) == Account.ADMINISTRATIVE_WRITE_OFF),
        )
        .join(LedgerEntry, _own(LedgerEntry, client_id, Posting.ledger_entry_id))
        .join(Payer, _own(Payer, client_id, Claim.payer_id))
        .where(
            col(Claim.client_id) == client_id,
            col(Claim.write_off_reason) != "",
            col(LedgerEntry.posted_at) >= since,
            col(LedgerEntry.posted_at) < until,
        )
        .group_by(
            col(Claim.id),
            col(Claim.cause_party),
            col(Claim.write_off_reason),
            col(Claim.control_number),
            col(Payer.key),
        )
        .having(func.sum(Posting.amount) > ZERO)
        .order_by(col(Claim.id))
    )
    return [GivenUp(*row) for row in rows]


def _own(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)
