"""What must always hold of statements and of the mails that carry them."""

from uuid import UUID

from sqlmodel import Session

from models.documents.invariant import InvariantResult
from models.values.money import ZERO
from revcycle.store import statement_checks as checks


def check_statements(session: Session, client_id: UUID) -> tuple[InvariantResult, ...]:
    """Evaluate every check of this module."""
    return (
        check_one_statement_per_period(session, client_id),
        check_balances_are_the_books(session, client_id),
        check_released_statements_have_one_mail(session, client_id),
        check_mails_leave_once(session, client_id),
    )


def check_one_statement_per_period(session: Session, client_id: UUID) -> InvariantResult:
    """I-S1: an account has at most one statement a period; a cancelled one never left."""
    return InvariantResult(
        id="I-S1",
        description="at most one statement per account and period",
        checked=checks.count_statements(session, client_id),
        violations=tuple(checks.list_repeated_periods(session, client_id)),
    )


def check_balances_are_the_books(session: Session, client_id: UUID) -> InvariantResult:
    """I-S2: a statement asks for more than zero, for its lines, and for what the books said."""
    totals = checks.list_totals(session, client_id)
    wrong = {
        statement_id
        for statement_id, balance, line_sum in totals
        if balance <= ZERO or balance != line_sum
    }
    wrong |= {
        line.statement_id
        for line in checks.list_line_balances(session, client_id)
        if line.drafted != line.booked
    }
    return InvariantResult(
        id="I-S2",
        description="a statement's balance is above zero and equals the books at its draft",
        checked=len(totals),
        violations=tuple(sorted(str(statement_id) for statement_id in wrong)),
    )


def check_released_statements_have_one_mail(session: Session, client_id: UUID) -> InvariantResult:
    """A released statement has exactly one mail; a drafted or cancelled one has none."""
    return InvariantResult(
        id="I-S2b",
        description="a released statement has exactly one mail, any other has none",
        checked=checks.count_statements(session, client_id),
        violations=tuple(map(str, checks.list_released_without_message(session, client_id))),
    )


def check_mails_leave_once(session: Session, client_id: UUID) -> InvariantResult:
    """I-S5: no mail is handed over again after the server took it, and its record agrees."""
    wrong = {
        *checks.list_taken_after_receipt(session, client_id),
        *checks.list_sent_without_receipt(session, client_id),
    }
    return InvariantResult(
        id="I-S5",
        description="no mail is sent again after the server took it over",
        checked=checks.count_messages(session, client_id),
        violations=tuple(sorted(map(str, wrong))),
    )
