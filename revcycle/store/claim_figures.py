"""In which states claims stood at the end of each day, from their history."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.claim import ClaimState
from models.tables import Claim, StateChange
from models.values.money import Money
from revcycle.store.practice_days import Period, is_within, since, spans_of

NOUN: Final = "claim"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of a list. Its number leads to a patient: whoever shows it notes that."""

    client_id: UUID
    id: UUID
    control_number: str
    payer_rank: int
    state: ClaimState
    charge_total: Money
    file_by: date


def count_claims_by_day(
    session: Session, client_ids: Collection[UUID], period: Period
) -> dict[date, Counter[ClaimState]]:
    """Count claims by the state in which they stood when each day ended.

    It is told backwards: what stands now, without what entered a state later, and with what left
    it. So only the moves since the first day are read, however long the history is.
    """
    spans = [*period.each_day(), since(period.last + timedelta(days=1))]
    entered = _count_moves(session, client_ids, spans)
    standing = _count_now(session, client_ids)
    by_day: dict[date, Counter[ClaimState]] = {}
    for span in reversed(spans):
        by_day[span.first] = +standing
        standing.subtract(entered[span.first])
    return {day: by_day[day] for day in period.days}


def list_claims(
    session: Session,
    client_ids: Collection[UUID],
    state: ClaimState,
    day: date,
    *,
    after: UUID | None,
    limit: int,
) -> list[ClaimRow]:
    """List the claims that stood in a state when a day ended, the newest first."""
    moved = _moved_after(session, client_ids, state, day)
    stood = case((col(Claim.state) == state, 1), else_=0) - func.coalesce(moved.c.net, 0)
    columns = (
        col(Claim.control_number),
        col(Claim.payer_rank),
        col(Claim.state),
        col(Claim.charge_total),
        col(Claim.file_by),
    )
    statement: Select[*tuple[Any, ...]] = (
        select_columns(col(Claim.client_id), col(Claim.id), *columns)
        .join(
            moved,
            and_(moved.c.client_id == col(Claim.client_id), moved.c.subject_id == col(Claim.id)),
            isouter=True,
        )
        .where(col(Claim.client_id).in_(client_ids), stood == 1)
    )
    if after is not None:
        statement = statement.where(col(Claim.id) < after)
    rows = session.execute(statement.order_by(col(Claim.id).desc()).limit(limit))
    return [ClaimRow(row[0], row[1], row[2], row[3], ClaimState(row[4]), *row[5:]) for row in rows]


def _count_now(session: Session, client_ids: Collection[UUID]) -> Counter[ClaimState]:
    statement = (
        select_columns(col(Claim.state), func.count())
        .where(col(Claim.client_id).in_(client_ids))
        .group_by(col(Claim.state))
    )
    return Counter({ClaimState(state): count for state, count in session.execute(statement)})


def _count_moves(
    session: Session, client_ids: Collection[UUID], periods: Sequence[Period]
) -> defaultdict[date, Counter[ClaimState]]:
    """Count by first day how many claims more entered a state than left it."""
    spans = spans_of(session, client_ids, periods)
    moved = (spans.c.day, col(StateChange.from_state), col(StateChange.to_state))
    statement = (
        select_columns(*moved, func.count()).where(*_is_moved(spans, client_ids)).group_by(*moved)
    )
    entered: defaultdict[date, Counter[ClaimState]] = defaultdict(Counter)
    for day, left, reached, count in session.execute(statement):
        entered[date.fromisoformat(day)][ClaimState(reached)] += count
        if left:  # nothing, when the claim was made
            entered[date.fromisoformat(day)][ClaimState(left)] -= count
    return entered


def _moved_after(
    session: Session, client_ids: Collection[UUID], state: ClaimState, day: date
) -> Subquery:
    """Add up for each claim how often it entered a state after a day, less how often it left it."""
    spans = spans_of(session, client_ids, [since(day + timedelta(days=1))])
    change = StateChange
    net = case((col(change.to_state) == state, 1), else_=0) - case(
        (col(change.from_state) == state, 1), else_=0
    )
    return (
        select_columns(
            col(change.client_id).label("client_id"),
            col(change.subject_id).label("subject_id"),
            func.sum(net).label("net"),
        )
        .where(*_is_moved(spans, client_ids))
        .group_by(col(change.client_id), col(change.subject_id))
        .subquery()
    )


def _is_moved(spans: CTE, client_ids: Collection[UUID]) -> list[ColumnElement[bool]]:
    change = StateChange
    return [
        col(change.noun) == NOUN,
        *is_within(spans, col(change.client_id), col(change.at), client_ids),
    ]
