"""What payers deny again and again."""

from dataclasses import dataclass

from models.values.money import Money


@dataclass(frozen=True, slots=True)
class DenialPattern:
    """What one payer denied of one procedure for one reason.

    Attributes:
        reason: The CARC.
        remark: The first RARC; empty where the payer gave none.
        claims: How many claims it struck.
    """

    payer_key: str
    group: str
    reason: str
    remark: str
    procedure_code: str
    denials: int
    claims: int
    amount: Money
