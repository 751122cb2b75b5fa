"""What the books say of charges, in the figures that people ask for.

Source:
    Double entry: all postings about a charge sum to zero, so what is owed is exactly what was
    charged less what was paid, reduced, written off and moved elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from models.values.accounts import INSURANCE_RECEIVABLES, RECEIVABLES, WRITE_OFFS, Account
from models.values.money import ZERO, Money, total

PAID_BY_PAYERS: Final = (
    Account.REMITTANCE_CLEARING,
    Account.INSURANCE_CREDIT,  # what a payer paid beyond what it owed
    Account.RECOUPMENT_DUE,
)
PAID_BY_PATIENT: Final = (Account.BANK, Account.PATIENT_CREDIT)
REDUCED: Final = (Account.CONTRACTUAL, Account.SEQUESTRATION)


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of postings, each with the sign that a person expects.

    Attributes:
        reduced: What contracts and law took off.
        moved: What stands in any other account; zero in ordinary books.
    """

    charged: Money
    paid_by_payers: Money
    paid_by_patient: Money
    reduced: Money
    written_off: Money
    moved: Money
    owed_by_payers: Money
    denied: Money
    owed_by_patient: Money

    @property
    def paid(self) -> Money:
        """What payers and the patient paid."""
        return self.paid_by_payers + self.paid_by_patient

    @property
    def balance(self) -> Money:
        """What is still owed by anybody."""
        return self.owed_by_payers + self.denied + self.owed_by_patient

    @property
    def explained(self) -> Money:
        """What should be owed: charged less all that happened since."""
        gone = (self.paid_by_payers, self.paid_by_patient, self.reduced, self.written_off)
        return self.charged - total(gone) - self.moved

    @property
    def is_level(self) -> bool:
        """Whether the formula holds, as it must."""
        return self.balance == self.explained


def figures_of(sums: Mapping[Account, Money]) -> Figures:
    """Turn sums of accounts into figures.

    Source:
        The chart of accounts; a debit is positive.
    """

    def add(accounts: Iterable[Account]) -> Money:
        return total(sums.get(account, ZERO) for account in accounts)

    named = (
        Account.CHARGES,
        *PAID_BY_PAYERS,
        *PAID_BY_PATIENT,
        *REDUCED,
        *WRITE_OFFS,
        *RECEIVABLES,
    )
    return Figures(
        charged=-add([Account.CHARGES]),
        paid_by_payers=add(PAID_BY_PAYERS),
        paid_by_patient=add(PAID_BY_PATIENT),
        reduced=add(REDUCED),
        written_off=add(WRITE_OFFS),
        moved=add(account for account in sums if account not in named),
        owed_by_payers=add(INSURANCE_RECEIVABLES),
        denied=add([Account.AR_DENIED]),
        owed_by_patient=add([Account.AR_PATIENT]),
    )


def add_by_account(lines: Iterable[tuple[Account, Money]]) -> dict[Account, Money]:
    """Add up postings by account; accounts at zero stay, because something happened in them.

    Source:
        Double entry.
    """
    sums: dict[Account, Money] = {}
    for account, amount in lines:
        sums[account] = sums.get(account, ZERO) + amount
    return sums
