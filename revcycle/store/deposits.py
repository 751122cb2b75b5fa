"""Queries on money at the bank: lines of its statements and what explains them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, tuple_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.deposit import (
    BankLineKind,
    DepositPair,
    DepositWay,
    OpenDeposit,
    OpenRemittance,
)
from models.errors import NotFoundError
from models.states.bank_line import BankLineState
from models.tables import BankLine, DepositMatch, Remittance
from models.values.identifiers import new_id
from models.values.money import ZERO, Money
from revcycle.store.ledger import in_chunks


def known_keys(session: Session, client_id: UUID, keys: Collection[str]) -> frozenset[str]:
    """Tell which lines we have already, by their natural keys."""
    found: set[str] = set()
    for chunk in in_chunks(keys):
        found.update(
            session.exec(
                select(BankLine.natural_key).where(
                    BankLine.client_id == client_id, col(BankLine.natural_key).in_(chunk)
                )
            )
        )
    return frozenset(found)


def first_bank_day(session: Session, client_id: UUID) -> date | None:
    """Return the day of the oldest line; None while no statement ever came."""
    return session.exec(
        select(func.min(BankLine.posted_on)).where(BankLine.client_id == client_id)
    ).one()


def open_deposits(session: Session, client_id: UUID) -> list[OpenDeposit]:
    """List the lines that nothing explains, oldest first."""
    rows = session.exec(
        select(BankLine)
        .where(BankLine.client_id == client_id, BankLine.state == BankLineState.UNMATCHED)
        .order_by(col(BankLine.posted_on), col(BankLine.id))
    )
    return [as_open_deposit(row) for row in rows]


def as_open_deposit(row: BankLine) -> OpenDeposit:
    """Picture a line as rules see it."""
    return OpenDeposit(
        row.id,
        row.posted_on,
        row.amount,
        BankLineKind(row.kind),
        row.trace_number,
        row.payer_trace_id,
        row.check_number,
        row.text,
    )


def open_remittances(
    session: Session,
    client_id: UUID,
    *,
    since: date | None = None,
    ids: Collection[UUID] | None = None,
) -> list[OpenRemittance]:
    """List remittances whose money has not come, or not all of it; oldest first.

    Args:
        session: The open transaction.
        client_id: The practice.
        since: Leave out payments dated before.
        ids: Only these.
    """
    explained = _sums(client_id).subquery()
    came = explained.c.amount
    statement = (
        select_columns(Remittance, came)
        .outerjoin(explained, explained.c.remittance_id == col(Remittance.id))
        .where(
            col(Remittance.client_id) == client_id,
            col(Remittance.amount) != ZERO,
            or_(came.is_(None), came != col(Remittance.amount)),
        )
        .order_by(col(Remittance.payment_date), col(Remittance.id))
    )
    if since is not None:
        statement = statement.where(col(Remittance.payment_date) >= since)
    if ids is not None:
        statement = statement.where(col(Remittance.id).in_(ids))
    return [_open_remittance(row, amount) for row, amount in session.execute(statement)]


def lock_bank_lines(session: Session, client_id: UUID, ids: Collection[UUID]) -> list[BankLine]:
    """Load lines in the order of their days and keep other runs from them.

    Raises:
        NotFoundError: this practice has not all of them.
    """
    rows = session.exec(
        select(BankLine)
        .where(BankLine.client_id == client_id, col(BankLine.id).in_(ids))
        .order_by(col(BankLine.posted_on), col(BankLine.id))
        .with_for_update()
    ).all()
    if len(rows) != len(set(ids)):
        msg = "no such line of a bank statement"
        raise NotFoundError(msg)
    return list(rows)


def lock_remittances(session: Session, client_id: UUID, ids: Collection[UUID]) -> None:
    """Keep other runs from remittances.

    Raises:
        NotFoundError: this practice has not all of them.
    """
    rows = session.exec(
        select(Remittance.id)
        .where(Remittance.client_id == client_id, col(Remittance.id).in_(ids))
        .order_by(col(Remittance.id))
        .with_for_update()
    ).all()
    if len(rows) != len(set(ids)):
        msg = "no such remittance"
        raise NotFoundError(msg)


def insert_matches(
    session: Session, client_id: UUID, act: Act, pairs: Sequence[DepositPair]
) -> list[tuple[UUID, DepositPair]]:
    """Store matches and return their ids beside them."""
    made = [(new_id(), pair) for pair in pairs]
    for match_id, pair in made:
        session.add(
            DepositMatch(
                client_id=client_id,
                id=match_id,
                bank_line_id=pair.bank_line_id,
                remittance_id=pair.remittance_id,
                amount=pair.amount,
                way=pair.way,
                matched_at=act.at,
                matched_by=act.actor,
            )
        )
    return made


def standing_matches(
    session: Session, client_id: UUID, bank_line_ids: Collection[UUID]
) -> list[DepositMatch]:
    """List what lines are matched with now."""
    return list(
        session.exec(
            select(DepositMatch)
            .where(
                DepositMatch.client_id == client_id,
                col(DepositMatch.bank_line_id).in_(bank_line_ids),
                col(DepositMatch.undone_at).is_(None),
            )
            .order_by(col(DepositMatch.id))
        )
    )


@dataclass(frozen=True, slots=True, repr=False)
class BankLineFacts:
    """A line as pages and the command line show it."""

    id: UUID
    posted_on: date
    amount: Money
    kind: BankLineKind
    account: str
    type_code: str
    trace_number: str
    payer_trace_id: str
    check_number: str
    reference: str
    text: str
    state: BankLineState
    reason: str
    counterpart_id: UUID | None
    inbound_file_id: UUID


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """A match of a line, standing or undone, with the remittance it names."""

    remittance_id: UUID
    payer_name: str
    trace_number: str
    payment_date: date
    amount: Money
    way: DepositWay
    matched_at: datetime
    matched_by: str
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class StateTotal:
    """How many lines stand in a state, and what they bring together."""

    count: int
    amount: Money


def list_bank_lines(
    session: Session,
    client_id: UUID,
    state: BankLineState | None,
    *,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> list[BankLineFacts]:
    """List a page of lines, the newest first.

    Args:
        session: The open transaction.
        client_id: The practice.
        state: Only of this state.
        after: Day and id of the last line of the page before.
        limit: How many at most.
    """
    statement = select(BankLine).where(BankLine.client_id == client_id)
    if state is not None:
        statement = statement.where(BankLine.state == state)
    if after is not None:
        statement = statement.where(_is_before(after))
    statement = statement.order_by(col(BankLine.posted_on).desc(), col(BankLine.id).desc())
    return [bank_line_facts(row) for row in session.exec(statement.limit(limit))]


def get_bank_line(session: Session, client_id: UUID, bank_line_id: UUID) -> BankLineFacts:
    """Read one line.

    Raises:
        NotFoundError: this practice has no such line.
    """
    row = session.exec(
        select(BankLine).where(BankLine.client_id == client_id, BankLine.id == bank_line_id)
    ).one_or_none()
    if row is None:
        msg = f"no bank line {bank_line_id}"
        raise NotFoundError(msg)
    return bank_line_facts(row)


def bank_line_facts(row: BankLine) -> BankLineFacts:
    """Picture a row."""
    return BankLineFacts(
        id=row.id,
        posted_on=row.posted_on,
        amount=row.amount,
        kind=BankLineKind(row.kind),
        account=row.account,
        type_code=row.type_code,
        trace_number=row.trace_number,
        payer_trace_id=row.payer_trace_id,
        check_number=row.check_number,
        reference=row.reference,
        text=row.text,
        state=BankLineState(row.state),
        reason=row.reason,
        counterpart_id=row.counterpart_id,
        inbound_file_id=row.inbound_file_id,
    )


def count_bank_lines(session: Session, client_id: UUID) -> dict[BankLineState, StateTotal]:
    """Count and add up the lines of each state; states without lines are left out."""
    statement = (
        select_columns(col(BankLine.state), func.count(), func.sum(BankLine.amount))
        .where(col(BankLine.client_id) == client_id)
        .group_by(col(BankLine.state))
    )
    return {
        BankLineState(state): StateTotal(count, amount)
        for state, count, amount in session.execute(statement)
    }


def matches_of_line(session: Session, client_id: UUID, bank_line_id: UUID) -> list[MatchFacts]:
    """List what a line is, and was, matched with; oldest first."""
    statement = (
        select(DepositMatch, Remittance)
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == DepositMatch.remittance_id),
        )
        .where(DepositMatch.client_id == client_id, DepositMatch.bank_line_id == bank_line_id)
        .order_by(col(DepositMatch.matched_at), col(DepositMatch.id))
    )
    return [_match_facts(match, remittance) for match, remittance in session.exec(statement)]


def lines_of_remittance(
    session: Session, client_id: UUID, remittance_id: UUID
) -> list[tuple[UUID, Money]]:
    """List the lines, with their shares, that pay a remittance now."""
    statement = select_columns(col(DepositMatch.bank_line_id), col(DepositMatch.amount)).where(
        col(DepositMatch.client_id) == client_id,
        col(DepositMatch.remittance_id) == remittance_id,
        col(DepositMatch.undone_at).is_(None),
    )
    return [(line_id, amount) for line_id, amount in session.execute(statement)]


def debits_like(session: Session, client_id: UUID, amount: Money) -> list[BankLineFacts]:
    """List open lines that are exactly the opposite of an amount."""
    rows = session.exec(
        select(BankLine)
        .where(
            BankLine.client_id == client_id,
            BankLine.state == BankLineState.UNMATCHED,
            BankLine.amount == -amount,
        )
        .order_by(col(BankLine.posted_on), col(BankLine.id))
        .limit(20)
    )
    return [bank_line_facts(row) for row in rows]


def _is_before(after: tuple[date, UUID]) -> ColumnElement[bool]:
    return tuple_(col(BankLine.posted_on), col(BankLine.id)) < after


def _sums(client_id: UUID) -> Select[UUID, Money]:
    return (
        select_columns(
            col(DepositMatch.remittance_id), func.sum(DepositMatch.amount).label("amount")
        )
        .where(col(DepositMatch.client_id) == client_id, col(DepositMatch.undone_at).is_(None))
        .group_by(col(DepositMatch.remittance_id))
    )


def _open_remittance(row: Remittance, came: Money | None) -> OpenRemittance:
    return OpenRemittance(
        row.id,
        row.payment_date,
        row.amount - (came or ZERO),
        row.method,
        row.trace_number,
        row.payer_trace_id,
        row.payer_name,
    )


def _match_facts(match: DepositMatch, remittance: Remittance) -> MatchFacts:
    return MatchFacts(
        remittance.id,
        remittance.payer_name,
        remittance.trace_number,
        remittance.payment_date,
        match.amount,
        DepositWay(match.way),
        match.matched_at,
        match.matched_by,
        match.undone_at,
        match.undone_by,
    )
