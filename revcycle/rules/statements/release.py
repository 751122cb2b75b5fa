"""The safety gate: what stands between a balance and a statement."""

from datetime import date

from models.documents.finding import Finding
from models.documents.statement import StatementAccount, StatementPolicy
from revcycle.rules.statements.delivery import check_delivery, check_stop
from revcycle.rules.statements.due import check_balance, check_timing


def check_draft(
    account: StatementAccount, *, policy: StatementPolicy, today: date
) -> tuple[Finding, ...]:
    """Report why no statement may be drafted for an account; nothing means it may.

    Reasons to wait (warnings) come alone: a person is asked to put right an address (errors) only
    when a statement would leave today.

    Source:
        The checks named in this package.
    """
    waits = (
        *check_balance(account, minimum=policy.minimum),
        *check_timing(account, cycle_days=policy.cycle_days, today=today),
        *check_stop(account),
    )
    return waits or check_delivery(account, today=today)


def check_release(
    account: StatementAccount, *, policy: StatementPolicy, today: date
) -> tuple[Finding, ...]:
    """Report why a drafted statement may not leave; its own period is not a reason.

    Source:
        The checks named in this package, asked again: payments may have come since the draft.
    """
    waits = (*check_balance(account, minimum=policy.minimum), *check_stop(account))
    return waits or check_delivery(account, today=today)
