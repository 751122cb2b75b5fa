"""What a practice says of its account, as operations need it."""

from dataclasses import dataclass

from models.documents.client_config import BankSection, ClientConfig
from models.errors import RejectedError
from revcycle.formats.bank.reading import BankForm
from revcycle.formats.bank.statement_csv import CsvForm
from revcycle.rules.deposits.matching import MatchTerms


@dataclass(frozen=True, slots=True)
class DepositPolicy:
    """How the bank writes, and when a deposit may be matched.

    Attributes:
        wait_days: Business days after which a missing half becomes work.
    """

    form: BankForm
    terms: MatchTerms
    wait_days: int


def deposit_policy(config: ClientConfig) -> DepositPolicy:
    """Read the policy of a practice.

    Raises:
        RejectedError: its client file says nothing of an account.
    """
    if config.bank is None:
        msg = f"the client file of {config.key} has no [bank] table: which account is it?"
        raise RejectedError(msg)
    return _policy_of(config.bank)


def find_deposit_policy(config: ClientConfig) -> DepositPolicy | None:
    """Read the policy of a practice; None where nobody watches deposits."""
    return _policy_of(config.bank) if config.bank else None


def _policy_of(bank: BankSection) -> DepositPolicy:
    form = CsvForm(bank.columns, bank.date_format, bank.delimiter)
    return DepositPolicy(
        BankForm(bank.account, bank.format, form),
        MatchTerms(bank.window_days, bank.match_by_name),
        bank.wait_days,
    )
