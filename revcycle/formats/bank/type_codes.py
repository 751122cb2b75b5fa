"""What a BAI2 type code says of a line.

Source:
    ANSI X9.121 / BAI2 "Cash Management Balance Reporting": 100 to 399 are credits, 400 to 699 are
    debits; whole hundreds and the codes of totals belong to accounts, not to single movements.
"""

from typing import Final

from models.documents.deposit import BankLineKind

CREDITS: Final = range(100, 400)
DEBITS: Final = range(400, 700)
ELECTRONIC: Final = frozenset(
    {"142", "143", "145", "147", "155", "156", "164", "165", "166", "168", "169", "195", "206"}
)
CHECKS: Final = frozenset({"115", "116", "121", "122", "135", "136", "174", "175", "301"})
RETURNS: Final = frozenset({"555", "557", "558", "561"})
FEES: Final = frozenset({"661", "662", "698"})


def is_credit(code: str) -> bool | None:
    """Tell credits from debits; None for what is neither.

    Source:
        BAI2, uniform type codes.
    """
    if not (code.isascii() and code.isdigit() and len(code) == 3):  # noqa: PLR2004 - three digits
        return None
    if int(code) in CREDITS:
        return True
    return False if int(code) in DEBITS else None


def kind_of(code: str, *, has_trace: bool) -> BankLineKind:
    """Say what moved the money. A debit with a payer's trace took an earlier payment back.

    Source:
        BAI2, uniform type codes: 142 to 169 ACH, 195 wire, 115 and 116 lockbox, 174 and 301
        deposits over the counter, 555 to 561 returns, 661 and 698 charges of the bank.
    """
    if is_credit(code):
        if has_trace or code in ELECTRONIC:
            return BankLineKind.EFT
        return BankLineKind.CHECK if code in CHECKS else BankLineKind.OTHER
    if has_trace or code in RETURNS:
        return BankLineKind.RETURN
    return BankLineKind.FEE if code in FEES else BankLineKind.PAYMENT
