"""Queries that add variances up by payer, and list those that a sum is made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, case, func, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.variance import VarianceState
from models.tables import Claim, Payer, Variance
from models.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class PayerVariances:
    """What a payer paid below and above its contract, by what became of it.

    Attributes:
        recovered: Of the claims' shortfalls, what later decisions brought.
    """

    payer_key: str
    payer_name: str
    claims: int
    underpaid: Money
    overpaid: Money
    disputed: Money
    recovered: Money
    given_up: Money


@dataclass(frozen=True, slots=True)
class VarianceFilter:
    """Which variances a list shows: by the day they were found, and what else is said."""

    first: date
    last: date
    payer_key: str = ""
    states: Collection[VarianceState] = ()
    is_over: bool | None = None


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """One variance of a list; no patient is named."""

    id: UUID
    claim_id: UUID
    control_number: str
    payer_name: str
    state: VarianceState
    reason: str
    expected: Money
    allowed: Money
    shortfall: Money
    recovered: Money
    opened_on: date


def sum_by_payer(
    session: Session, client_id: UUID, first: date, last: date
) -> list[PayerVariances]:
    """Add up the variances found in a period, payer by payer, the largest shortfall first."""
    shortfall, recovered = col(Variance.first_shortfall), col(Variance.recovered)
    state = col(Variance.state)
    statement = (
        select_columns(
            col(Payer.key),
            col(Payer.name),
            func.count(),
            _sum(shortfall, shortfall > ZERO),
            _sum(-shortfall, shortfall < ZERO),
            _sum(shortfall - recovered, (state == VarianceState.DISPUTED) & (shortfall > ZERO)),
            _sum(recovered, shortfall > ZERO),
            _sum(
                shortfall - recovered,
                state.in_([VarianceState.ACCEPTED, VarianceState.WRITTEN_OFF]) & (shortfall > ZERO),
            ),
        )
        .select_from(Variance)
        .join(Claim, _same(Claim, client_id, Variance.claim_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .where(col(Variance.client_id) == client_id, col(Variance.opened_on).between(first, last))
        .group_by(col(Payer.key), col(Payer.name))
    )
    found = [
        PayerVariances(key, name, count, *(Money(int(cents)) for cents in sums))
        for key, name, count, *sums in session.execute(statement)
    ]
    return sorted(found, key=lambda one: (-one.underpaid.cents, one.payer_name))


def list_variances(
    session: Session, client_id: UUID, wanted: VarianceFilter, *, offset: int, limit: int
) -> list[VarianceRow]:
    """List variances, the latest first, a page of them."""
    statement = (
        select_columns(Variance, col(Claim.control_number), col(Payer.name))
        .select_from(Variance)
        .join(Claim, _same(Claim, client_id, Variance.claim_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
    )
    ordered = _filtered(statement, client_id, wanted).order_by(
        col(Variance.opened_on).desc(), col(Variance.id).desc()
    )
    return [_row(row) for row in session.execute(ordered.offset(offset).limit(limit))]


def count_variances(session: Session, client_id: UUID, wanted: VarianceFilter) -> int:
    """Count the variances of a list."""
    statement = (
        select_columns(func.count())
        .select_from(Variance)
        .join(Claim, _same(Claim, client_id, Variance.claim_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
    )
    return int(session.execute(_filtered(statement, client_id, wanted)).scalar_one())


def _filtered(
    statement: Select[*tuple[Any, ...]], client_id: UUID, wanted: VarianceFilter
) -> Select[*tuple[Any, ...]]:
    statement = statement.where(
        col(Variance.client_id) == client_id,
        col(Variance.opened_on).between(wanted.first, wanted.last),
    )
    if wanted.payer_key:
        statement = statement.where(col(Payer.key) == wanted.payer_key)
    if wanted.states:
        statement = statement.where(col(Variance.state).in_(wanted.states))
    if wanted.is_over is not None:
        shortfall = col(Variance.first_shortfall)
        statement = statement.where(shortfall < ZERO if wanted.is_over else shortfall > ZERO)
    return statement


def _row(row: Any) -> VarianceRow:
    variance, control_number, payer_name = row
    return VarianceRow(
        variance.id,
        variance.claim_id,
        control_number,
        payer_name,
        VarianceState(variance.state),
        variance.reason,
        variance.expected,
        variance.allowed,
        variance.first_shortfall,
        variance.recovered,
        variance.opened_on,
    )


def _sum(amount: Any, condition: Any) -> Any:
    """Add up cents under a condition, as a plain number."""
    cents = case((condition, type_coerce(amount, BigInteger)), else_=0)
    return func.coalesce(func.sum(cents), 0)


def _same(table: Any, client_id: UUID, column: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == col(column))
