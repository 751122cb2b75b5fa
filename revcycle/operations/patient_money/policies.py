"""What the client file says about patients' money, as operations take it."""

from models.documents.client_config import ClientConfig, PaymentsSection, RefundsSection
from models.documents.patient_money import RefundPolicy, SmallBalancePolicy
from models.values.money import Money


def refund_policy(config: ClientConfig | None) -> RefundPolicy:
    """Say when two persons are needed and how soon credits go back."""
    section = RefundsSection() if config is None else config.refunds
    return RefundPolicy(Money.parse(section.limit), section.return_days)


def returned_fee(config: ClientConfig | None) -> Money:
    """Say what a returned payment costs."""
    section = PaymentsSection() if config is None else config.payments
    return Money.parse(section.returned_fee)


def small_balance_policies(config: ClientConfig) -> list[SmallBalancePolicy]:
    """List the practice's rules for small balances."""
    return [
        SmallBalancePolicy(one.since, Money.parse(one.up_to), one.after_days)
        for one in config.small_balances
    ]
