"""Do the receipts we hold prove that the payer has the claim?"""

from collections.abc import Iterable
from typing import Protocol

TAKEN_BY_PAYER = "A2"  # 277CA category: the payer will decide; A1 is a clearinghouse's receipt


class Receipt(Protocol):
    """One acknowledgement of a claim or of its file."""

    @property
    def kind(self) -> str:
        """TA1, 999 or 277CA."""
        ...

    @property
    def is_accepted(self) -> bool:
        """Whether it accepts."""
        ...

    @property
    def code(self) -> str:
        """Of a 277CA category and status, such as ``A2:20``."""
        ...


def is_payer_receipt(receipts: Iterable[Receipt]) -> bool:
    """Tell whether the payer itself said that it took the claim.

    A TA1 or a 999 shows only that a file could be read, and a 277CA of category A1 comes from a
    clearinghouse: neither holds against a payer that denies for late filing.

    Source:
        ASC X12N/005010X214 (277CA), STC01-1 A2; payers' rules on proof of timely filing ask for
        their own acceptance report.
    """
    return any(
        one.kind == "277CA" and one.is_accepted and one.code.split(":")[0] == TAKEN_BY_PAYER
        for one in receipts
    )


def is_partner_receipt(receipts: Iterable[Receipt]) -> bool:
    """Tell whether a partner passed the file and the claim: a 999 and any 277CA that accepts.

    It counts only for a partner whose contract says so (``proof_of_receipt`` in the client file).
    """
    kinds = {one.kind for one in receipts if one.is_accepted}
    return {"999", "277CA"} <= kinds
