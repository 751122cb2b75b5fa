"""Queries on what is owed by age, by who owes it, and the charges behind each sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.books import AgeBucket, AgedCharge, AgedSum
from models.states.denial import UNRESOLVED_DENIAL_STATES
from models.tables import Charge, Claim, Denial, LedgerEntry, Payer, Posting
from models.values.accounts import INSURANCE_RECEIVABLES, RECEIVABLES, Account
from models.values.money import ZERO

NO_RANK: Final = 0
QUESTIONS_KEPT: Final = 32  # every look at the books asks for ages; building it costs most of that


@dataclass(frozen=True, slots=True)
class AgeingWanted:
    """What is asked of the receivables.

    Attributes:
        starts: The earliest date of service of each bucket, the youngest bucket first.
        booked_until: Only what takes effect up to this day; None: all that is booked.
        account, payer_key, bucket: Only these; None: all. An empty payer is no payer.
    """

    starts: tuple[tuple[AgeBucket, date], ...]
    booked_until: date | None = None
    account: Account | None = None
    payer_key: str | None = None
    bucket: AgeBucket | None = None


@dataclass(frozen=True, slots=True)
class AgedPlace:
    """Where a page of charges ended."""

    charge_id: UUID
    account: Account


def sum_by_age(session: Session, client_id: UUID, wanted: AgeingWanted) -> list[AgedSum]:
    """Add up receivables by account, payer and age; the sums are all of A/R."""
    return [
        AgedSum(Account(row[0]), row[1] or "", row[2] or "", AgeBucket(row[3]), row[4], row[5])
        for row in session.execute(_sums_by_age(client_id, wanted))
    ]


@lru_cache(QUESTIONS_KEPT)
def _sums_by_age(client_id: UUID, wanted: AgeingWanted) -> Select[*tuple[Any, ...]]:
    rows = _aged(client_id, wanted).subquery("aged")
    keys = (rows.c.account, rows.c.payer_key, rows.c.payer_name, rows.c.bucket)
    return (
        select_columns(*keys, func.sum(rows.c.amount), func.count()).group_by(*keys).order_by(*keys)
    )


def list_aged_charges(
    session: Session,
    client_id: UUID,
    wanted: AgeingWanted,
    *,
    after: AgedPlace | None,
    limit: int,
) -> list[AgedCharge]:
    """List the receivables behind sums, in the order in which their charges came."""
    rows = _aged(client_id, wanted).subquery("aged")
    statement = select_columns(rows).order_by(rows.c.charge_id, rows.c.account).limit(limit)
    if after is not None:
        statement = statement.where(
            or_(
                rows.c.charge_id > after.charge_id,
                and_(rows.c.charge_id == after.charge_id, rows.c.account > after.account),
            )
        )
    return [_charge(row) for row in session.execute(statement)]


def _charge(row: Any) -> AgedCharge:
    return AgedCharge(
        charge_id=row.charge_id,
        encounter_id=row.encounter_id,
        claim_id=row.claim_id,
        procedure_code=row.procedure_code or "",
        service_date=row.service_date,
        account=Account(row.account),
        payer_key=row.payer_key or "",
        payer_name=row.payer_name or "",
        bucket=AgeBucket(row.bucket),
        amount=row.amount,
    )


def _aged(client_id: UUID, wanted: AgeingWanted) -> Select[*tuple[Any, ...]]:
    """Ask for every receivable that is not zero with its charge, its payer and its age."""
    open_sums = _open_sums(client_id, wanted)
    denied = _denied_ranks(client_id)
    bucket = _bucket(open_sums, wanted.starts)
    statement = (
        select_columns(
            open_sums.c.charge_id,
            open_sums.c.account,
            open_sums.c.amount,
            col(Charge.encounter_id),
            col(Charge.procedure_code),
            col(Charge.service_date),
            col(Claim.id).label("claim_id"),
            col(Payer.key).label("payer_key"),
            col(Payer.name).label("payer_name"),
            bucket.label("bucket"),
        )
        .select_from(open_sums)
        .outerjoin(Charge, _same(client_id, Charge, open_sums.c.charge_id))
        .outerjoin(denied, denied.c.charge_id == open_sums.c.charge_id)
        .outerjoin(
            Claim,
            (col(Claim.client_id) == client_id)
            & (col(Claim.encounter_id) == col(Charge.encounter_id))
            & (col(Claim.payer_rank) == _rank(open_sums, denied)),
        )
        .outerjoin(Payer, _same(client_id, Payer, col(Claim.payer_id)))
    )
    return statement.where(*_filters(wanted, open_sums, bucket))


def _open_sums(client_id: UUID, wanted: AgeingWanted) -> Subquery:
    amount = func.sum(Posting.amount)
    statement = select_columns(
        col(Posting.charge_id), col(Posting.account), amount.label("amount")
    ).where(col(Posting.client_id) == client_id, col(Posting.account).in_(RECEIVABLES))
    if wanted.booked_until is not None:
        statement = statement.join(
            LedgerEntry, _same(client_id, LedgerEntry, col(Posting.ledger_entry_id))
        ).where(col(LedgerEntry.effective_date) <= wanted.booked_until)
    return (
        statement.group_by(col(Posting.charge_id), col(Posting.account))
        .having(amount != ZERO)
        .subquery("open_sums")
    )


def _denied_ranks(client_id: UUID) -> Subquery:
    """Say of every charge which payer's denial stands on it; of two, the later payer's."""
    return (
        select_columns(col(Denial.charge_id), func.max(Claim.payer_rank).label("rank"))
        .join(Claim, _same(client_id, Claim, col(Denial.claim_id)))
        .where(col(Denial.client_id) == client_id, col(Denial.state).in_(UNRESOLVED_DENIAL_STATES))
        .group_by(col(Denial.charge_id))
        .subquery("denied")
    )


def _rank(open_sums: Subquery, denied: Subquery) -> ColumnElement[int]:
    """Which payer in line owes it; nobody's rank where the patient does."""
    ranks = [
        (open_sums.c.account == account, rank)
        for rank, account in enumerate(INSURANCE_RECEIVABLES, start=1)
    ]
    is_denied = open_sums.c.account == Account.AR_DENIED
    return case(*ranks, (is_denied, denied.c.rank), else_=NO_RANK)


def _bucket(open_sums: Subquery, starts: Iterable[tuple[AgeBucket, date]]) -> ColumnElement[str]:
    dated = [(col(Charge.service_date) >= earliest, str(bucket)) for bucket, earliest in starts]
    return case(
        (open_sums.c.amount < ZERO, str(AgeBucket.BELOW_ZERO)),
        (col(Charge.service_date).is_(None), str(AgeBucket.UNDATED)),
        *dated,
        else_=str(AgeBucket.OLDER),
    )


def _filters(
    wanted: AgeingWanted, open_sums: Subquery, bucket: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.account is not None:
        filters.append(open_sums.c.account == wanted.account)
    if wanted.payer_key is not None:
        key = col(Payer.key)
        filters.append(key == wanted.payer_key if wanted.payer_key else key.is_(None))
    if wanted.bucket is not None:
        filters.append(bucket == str(wanted.bucket))
    return filters


def _same(client_id: UUID, table: Any, column: Any) -> ColumnElement[bool]:
    """Join on the id within the practice."""
    return and_(col(table.client_id) == client_id, col(table.id) == column)
