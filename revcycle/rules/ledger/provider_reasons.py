"""What the reasons of provider adjustments (PLB) mean, in our words, and where they are booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.values.accounts import Account


@dataclass(frozen=True, slots=True)
class ProviderReason:
    """One reason of a PLB pair.

    Attributes:
        words: What it is, in our words, for a page.
        account: Where it is booked; suspense where only a person can tell.
    """

    words: str
    account: Account


_RECOVERED: Final = Account.RECOUPMENT_DUE
_INCOME: Final = Account.PAYER_INCOME
_ADVANCE: Final = Account.PAYER_ADVANCE
_ASK: Final = Account.SUSPENSE

# Source: data element 426 as the 835 (005010X221A1) allows it in PLB03-1; the words are ours.
PROVIDER_REASONS: Final[Mapping[str, ProviderReason]] = MappingProxyType(
    {
        "50": ProviderReason("charged for being late", Account.PENALTY),
        "51": ProviderReason("interest charged to the practice", Account.PENALTY),
        "72": ProviderReason("a refund of ours, acknowledged", Account.REFUND_CLEARING),
        "90": ProviderReason("a discount for paying early", _INCOME),
        "AH": ProviderReason("a fee for starting a loan", Account.PENALTY),
        "AM": ProviderReason("paid to a lender of the practice", Account.WITHHOLD),
        "AP": ProviderReason("benefits paid ahead", _ADVANCE),
        "B2": ProviderReason("a rebate", _INCOME),
        "B3": ProviderReason("an allowance for what was recovered", _ASK),
        "BD": ProviderReason("paid for bad debt", _INCOME),
        "BN": ProviderReason("a bonus", _INCOME),
        "C5": ProviderReason("a temporary allowance", _ADVANCE),
        "CR": ProviderReason("interest on payment per person", Account.CAPITATION_INCOME),
        "CS": ProviderReason("an adjustment without a closer reason", _ASK),
        "CT": ProviderReason("payment per person, not per service", Account.CAPITATION_INCOME),
        "CV": ProviderReason("passed through for capital", _INCOME),
        "CW": ProviderReason("passed through for nurse anesthetists", _INCOME),
        "DM": ProviderReason("passed through for teaching", _INCOME),
        "E3": ProviderReason("withheld by contract", Account.WITHHOLD),
        "FB": ProviderReason("a balance moved from or to another payment", Account.FORWARD_BALANCE),
        "FC": ProviderReason("a share of a fund", _INCOME),
        "GO": ProviderReason("passed through for training graduates", _INCOME),
        "HM": ProviderReason("a supplement for clotting factors", _INCOME),
        "IP": ProviderReason("an incentive", _INCOME),
        "IR": ProviderReason("withheld for the tax office", Account.WITHHOLD),
        "IS": ProviderReason("an interim settlement", _ADVANCE),
        "J1": ProviderReason("what the payer does not reimburse", _ASK),
        "L3": ProviderReason("a penalty", Account.PENALTY),
        "L6": ProviderReason("interest that the payer owed", Account.INTEREST_INCOME),
        "LE": ProviderReason("taken for a levy", Account.WITHHOLD),
        "LS": ProviderReason("a lump sum", _ADVANCE),
        "OA": ProviderReason("passed through for obtaining organs", _INCOME),
        "OB": ProviderReason("taken for what an affiliate owes", _ASK),
        "PI": ProviderReason("a periodic payment ahead of claims", _ADVANCE),
        "PL": ProviderReason("the final settlement of payments ahead", _ADVANCE),
        "RA": ProviderReason("a change that works backwards", _ASK),
        "RE": ProviderReason("a return on equity", _INCOME),
        "SL": ProviderReason("taken for a student loan", Account.WITHHOLD),
        "TL": ProviderReason("taken back, for somebody else is liable", _RECOVERED),
        "WO": ProviderReason("an overpayment taken back", _RECOVERED),
        "WU": ProviderReason("taken back without saying what for", _RECOVERED),
    }
)
_UNKNOWN: Final = ProviderReason("a reason that we do not know", _ASK)


def provider_reason(code: str) -> ProviderReason:
    """Return what a PLB reason means; one that nobody knows goes to suspense and to a person.

    Source:
        ASC X12 005010X221A1 (835), PLB03-1.
    """
    return PROVIDER_REASONS.get(code, _UNKNOWN)
