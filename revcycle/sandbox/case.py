"""The names of what may happen to a claim beyond being paid, denied or refused."""

from enum import StrEnum


class Case(StrEnum):
    """What payers do, each for once; the rule file says how often."""

    # How a first payer writes what it decided.
    ZERO_PAID = "zero_paid"
    CLAIM_LEVEL = "claim_level"
    CHANGED_CODE = "changed_code"
    SPLIT_LINE = "split_line"
    MERGED_LINES = "merged_lines"
    NO_MODIFIERS = "no_modifiers"
    NUMBER_LOST = "number_lost"
    CORRECTED_INSURED = "corrected_insured"
    PREDICTED = "predicted"  # CLP02 25, and later the decision
    NOT_OURS = "not_ours"  # CLP02 23
    # Decisions taken back.
    REVERSED_TOGETHER = "reversed_together"  # reversal and correction in one file
    REVERSED_APART = "reversed_apart"
    CORRECTED_FIRST = "corrected_first"  # the correction comes before the reversal
    REVERSED_FIRST = "reversed_first"  # the reversal comes before what it takes back
    REVERSED_ONLY = "reversed_only"
    TAKEN_WITH_REVERSAL = "taken_with_reversal"  # announced by WO, and taken later
    TAKEN_WITHOUT_REVERSAL = "taken_without_reversal"
    # Money outside claims.
    FORWARDED_BALANCE = "forwarded_balance"
    REFUND_ACKNOWLEDGED = "refund_acknowledged"
    INTEREST = "interest"
    UNEXPLAINED = "unexplained"
    NOT_REIMBURSED = "not_reimbursed"
    TAX_WITHHELD = "tax_withheld"
    LEVY = "levy"
    WITHHOLDING = "withholding"
    LATE_CHARGE = "late_charge"
    CAPITATION = "capitation"
    # Later payers.
    REPEATS_DIFFERENCE = "repeats_difference"  # its CO-45 holds what the first payer settled
    CUTS_MORE = "cuts_more"
    LEAVES_SHARE = "leaves_share"
