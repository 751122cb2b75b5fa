"""Queries that list what the figures of posting count: payments, and claims with their lines."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, true
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col

from models.tables import Remittance, RemittanceClaimRow
from models.values.money import ZERO, Money
from revcycle.store.posting_figures import in_period, lines_per_claim, was_asked


class Touched(StrEnum):
    """Which claims: all, those about which nobody was asked, or the others."""

    ALL = "all"
    UNTOUCHED = "untouched"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class PaymentsWanted:
    """Which payments: of a period, both days included, and of one payer if one is named."""

    since: date
    until: date
    payer_name: str = ""


@dataclass(frozen=True, slots=True)
class CountedClaim:
    """A claim of a payment as the figures count it.

    Attributes:
        claim_id: Ours; None while nobody knows whose it is.
        lines: As many as it has; one where it was judged as a whole.
        asked: Whether a person was asked about it.
    """

    id: UUID
    ordinal: int
    claim_id: UUID | None
    remittance_id: UUID
    payer_name: str
    payment_date: date
    trace_number: str
    paid: Money
    lines: int
    asked: bool


@dataclass(frozen=True, slots=True)
class CountedPayment:
    """A payment as the figures count it."""

    id: UUID
    payer_name: str
    payment_date: date
    trace_number: str
    amount: Money
    claims: int


@dataclass(frozen=True, slots=True)
class CountedSum:
    """What a whole list comes to, over all its pages."""

    rows: int
    lines: int
    money: Money


def list_claims(
    session: Session,
    client_id: UUID,
    wanted: PaymentsWanted,
    touched: Touched,
    *,
    after: UUID | None,
    limit: int,
) -> list[CountedClaim]:
    """List the claims behind a count of claims or lines, in the order in which they came."""
    lines = lines_per_claim(client_id)
    statement = (
        _claims(
            client_id,
            wanted,
            touched,
            lines,
            col(RemittanceClaimRow.id),
            col(RemittanceClaimRow.ordinal),
            col(RemittanceClaimRow.claim_id),
            col(Remittance.id),
            col(Remittance.payer_name),
            col(Remittance.payment_date),
            col(Remittance.trace_number),
            col(RemittanceClaimRow.paid),
            func.coalesce(lines.c.lines, 0),
            case((was_asked(client_id), true()), else_=false()),
        )
        .where(true() if after is None else col(RemittanceClaimRow.id) > after)
        .order_by(col(RemittanceClaimRow.id))
        .limit(limit)
    )
    return [CountedClaim(*row) for row in session.execute(statement)]


def sum_claims(
    session: Session, client_id: UUID, wanted: PaymentsWanted, touched: Touched
) -> CountedSum:
    """Count the claims of a list and their lines, and add up what was paid."""
    lines = lines_per_claim(client_id)
    counts = (
        func.count(),
        func.coalesce(func.sum(lines.c.lines), 0),
        func.sum(RemittanceClaimRow.paid),
    )
    statement = _claims(client_id, wanted, touched, lines, *counts)
    rows, all_lines, money = session.execute(statement).one()
    return CountedSum(rows, all_lines, money or ZERO)


def list_payments(
    session: Session,
    client_id: UUID,
    wanted: PaymentsWanted,
    *,
    after: UUID | None,
    limit: int,
) -> list[CountedPayment]:
    """List the payments behind a count, in the order in which they came."""
    claims = (
        select_columns(func.count())
        .where(
            col(RemittanceClaimRow.client_id) == client_id,
            col(RemittanceClaimRow.remittance_id) == Remittance.id,
        )
        .scalar_subquery()
    )
    statement = (
        select_columns(
            col(Remittance.id),
            col(Remittance.payer_name),
            col(Remittance.payment_date),
            col(Remittance.trace_number),
            col(Remittance.amount),
            claims,
        )
        .where(_wanted(client_id, wanted))
        .where(true() if after is None else col(Remittance.id) > after)
        .order_by(col(Remittance.id))
        .limit(limit)
    )
    return [CountedPayment(*row) for row in session.execute(statement)]


def sum_payments(session: Session, client_id: UUID, wanted: PaymentsWanted) -> CountedSum:
    """Count the payments of a list, and add them up."""
    rows, money = session.execute(
        select_columns(func.count(), func.sum(Remittance.amount)).where(_wanted(client_id, wanted))
    ).one()
    return CountedSum(rows, 0, money or ZERO)


def _claims(
    client_id: UUID, wanted: PaymentsWanted, touched: Touched, lines: Any, *columns: Any
) -> Select[*tuple[Any, ...]]:
    asked = was_asked(client_id)
    chosen = {Touched.ALL: true(), Touched.ASKED: asked, Touched.UNTOUCHED: not_(asked)}
    return (
        select_columns(*columns)
        .select_from(RemittanceClaimRow)
        .join(
            Remittance,
            and_(
                col(Remittance.client_id) == client_id,
                col(Remittance.id) == RemittanceClaimRow.remittance_id,
            ),
        )
        .outerjoin(lines, lines.c.claim_id == RemittanceClaimRow.id)
        .where(
            col(RemittanceClaimRow.client_id) == client_id,
            _wanted(client_id, wanted),
            chosen[touched],
        )
    )


def _wanted(client_id: UUID, wanted: PaymentsWanted) -> ColumnElement[bool]:
    period = in_period(client_id, wanted.since, wanted.until)
    if not wanted.payer_name:
        return period
    return and_(period, col(Remittance.payer_name) == wanted.payer_name)
