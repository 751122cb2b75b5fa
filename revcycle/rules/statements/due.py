"""Is there anything to ask for, and is it time to ask?"""

from datetime import date, timedelta
from typing import Final

from models.documents.finding import Finding, Severity
from models.documents.statement import StatementAccount
from models.values.money import ZERO, Money

NOTHING_DUE: Final = "statements.nothing_due"
BELOW_MINIMUM: Final = "statements.below_minimum"
SAME_PERIOD: Final = "statements.same_period"
CYCLE_NOT_OVER: Final = "statements.cycle_not_over"


def statement_period(today: date) -> str:
    """Name the period of a statement: the calendar month, such as ``2026-11``."""
    return f"{today:%Y-%m}"


def check_balance(account: StatementAccount, *, minimum: Money) -> tuple[Finding, ...]:
    """Report an account that owes nothing, or less than is worth a statement. Both wait.

    Source:
        The practice's own policy for the minimum; nobody is billed for nothing or for a credit.
    """
    if account.balance <= ZERO:
        return (_wait(NOTHING_DUE, "balance", "nothing is owed after insurance"),)
    if account.balance < minimum:
        return (_wait(BELOW_MINIMUM, "balance", f"less than {minimum} is owed"),)
    return ()


def check_timing(account: StatementAccount, *, cycle_days: int, today: date) -> tuple[Finding, ...]:
    """Report an account that had its statement of this period, or had one too recently.

    With a cycle of 30 days, the thirtieth day after a statement is the first on which another may
    be made.

    Source:
        The practice's own policy; one statement per account and period.
    """
    period = statement_period(today)
    if period in account.periods:
        return (_wait(SAME_PERIOD, "period", f"the statement of {period} was made"),)
    last = account.last_statement_date
    if last is not None and today < last + timedelta(days=cycle_days):
        return (_wait(CYCLE_NOT_OVER, "statement_date", f"the last statement is of {last}"),)
    return ()


def _wait(rule_id: str, field: str, message: str) -> Finding:
    return Finding(rule_id, Severity.WARNING, field, message)
