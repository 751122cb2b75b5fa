"""The chart of accounts of a practice's books.

Source:
    Double-entry practice for patient receivables: what is owed stands in one receivable account
    per who owes it now; every reason for not collecting has an account of its own.
"""

from enum import StrEnum
from typing import Final


class Account(StrEnum):
    """One account. A debit is positive."""

    AR_INSURANCE_1 = "AR:INS1"
    AR_INSURANCE_2 = "AR:INS2"
    AR_INSURANCE_3 = "AR:INS3"
    AR_DENIED = "AR:INS:DENIED"  # denied, not written off: a person works on it
    AR_PATIENT = "AR:PAT"
    REMITTANCE_CLEARING = "REMIT_CLEARING"  # explained by a remittance, not yet seen at the bank
    BANK = "BANK"
    UNAPPLIED = "UNAPPLIED"  # money whose owner is not known
    CHARGES = "CHARGES"
    CONTRACTUAL = "CONTRACTUAL"
    SEQUESTRATION = "SEQUESTRATION"
    CHARITY = "CHARITY"
    ADMINISTRATIVE_WRITE_OFF = "ADMIN_WO"
    SMALL_BALANCE = "SMALL_BAL"
    BAD_DEBT = "BAD_DEBT"
    PATIENT_CREDIT = "PATIENT_CREDIT"
    INSURANCE_CREDIT = "INS_CREDIT"
    RECOUPMENT_DUE = "RECOUP_DUE"  # PLB WO
    FORWARD_BALANCE = "FORWARD_BAL"  # PLB FB
    REFUND_CLEARING = "REFUND_CLEARING"  # PLB 72
    INTEREST_INCOME = "INTEREST_INC"  # PLB L6
    WITHHOLD = "WITHHOLD"  # PLB E3, IR, LE
    CAPITATION_INCOME = "CAPITATION_INC"  # PLB CT, CR: paid per person, not per service
    PAYER_INCOME = "PAYER_INCOME"  # bonus, incentive, pass-through: not for a service
    PENALTY = "PENALTY"  # PLB 50, L3: charged to the practice for its own delay
    PAYER_ADVANCE = "PAYER_ADVANCE"  # paid ahead of claims, to be earned or returned
    FEE_INCOME = "FEE_INC"  # charged to a patient whose payment came back
    UNIDENTIFIED_CASH = "UNIDENTIFIED_CASH"  # at the bank, and nobody knows from whom
    SUSPENSE = "SUSPENSE"  # a PLB nobody has explained yet


INSURANCE_RECEIVABLES: Final = (
    Account.AR_INSURANCE_1,
    Account.AR_INSURANCE_2,
    Account.AR_INSURANCE_3,
)
RECEIVABLES: Final = (*INSURANCE_RECEIVABLES, Account.AR_DENIED, Account.AR_PATIENT)
WRITE_OFFS: Final = (
    Account.ADMINISTRATIVE_WRITE_OFF,
    Account.CHARITY,
    Account.SMALL_BALANCE,
    Account.BAD_DEBT,
)


def receivable_of(payer_rank: int) -> Account:
    """Return the receivable of the payer who is first, second or third in line."""
    return INSURANCE_RECEIVABLES[payer_rank - 1]
