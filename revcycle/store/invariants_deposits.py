"""Queries that count what must always hold of money at the bank. They return ids, never people."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.deposit import cash_reference
from models.states.bank_line import BankLineState
from models.tables import BankLine, DepositMatch, Posting, Remittance
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.store.invariants_money import Violations


def clearing_unlike_deposits(session: Session, client_id: UUID) -> Violations:
    """Remittances whose clearing account is not their payment less the deposits matched with it.

    So it stands at zero exactly when deposits of an equal amount are matched.
    """
    standing = _sums(
        session.execute(
            select_columns(col(Posting.remittance_id), func.sum(Posting.amount))
            .where(
                col(Posting.client_id) == client_id,
                col(Posting.account) == Account.REMITTANCE_CLEARING,
            )
            .group_by(col(Posting.remittance_id))
        )
    )
    matched = _matched(session, client_id, by_line=False)
    payments = session.exec(select(Remittance).where(Remittance.client_id == client_id)).all()
    wrong = [
        str(row.id)
        for row in payments
        if standing.get(row.id, ZERO) != row.amount - matched.get(row.id, ZERO)
    ]
    return len(payments), tuple(sorted(wrong))


def bank_lines_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Lines whose state says another thing than their matches and the books.

    An open line is whole in unidentified cash, a matched one whole in its matches, and what was
    set aside or went back stands nowhere.
    """
    cash = _cash(session, client_id)
    matched = _matched(session, client_id, by_line=True)
    rows = session.exec(select(BankLine).where(BankLine.client_id == client_id)).all()
    wrong = [
        str(row.id)
        for row in rows
        if cash.get(cash_reference(row.id), ZERO) != _expected_cash(row)
        or matched.get(row.id, ZERO) != _expected_match(row)
    ]
    return len(rows), tuple(sorted(wrong))


def _expected_cash(row: BankLine) -> Money:
    return -row.amount if row.state == BankLineState.UNMATCHED else ZERO


def _expected_match(row: BankLine) -> Money:
    return row.amount if row.state == BankLineState.MATCHED else ZERO


def _cash(session: Session, client_id: UUID) -> dict[str, Money]:
    statement = (
        select_columns(col(Posting.reference), func.sum(Posting.amount))
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account) == Account.UNIDENTIFIED_CASH,
        )
        .group_by(col(Posting.reference))
    )
    return {reference: amount or ZERO for reference, amount in session.execute(statement)}


def _matched(session: Session, client_id: UUID, *, by_line: bool) -> dict[UUID, Money]:
    key = col(DepositMatch.bank_line_id) if by_line else col(DepositMatch.remittance_id)
    return _sums(
        session.execute(
            select_columns(key, func.sum(DepositMatch.amount))
            .where(col(DepositMatch.client_id) == client_id, col(DepositMatch.undone_at).is_(None))
            .group_by(key)
        )
    )


def _sums(rows: Iterable[tuple[UUID | None, Money]]) -> dict[UUID, Money]:
    return {key: amount for key, amount in rows if key is not None}
