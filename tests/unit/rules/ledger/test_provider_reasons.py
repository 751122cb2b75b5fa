"""Where the money goes that payers move outside claims."""

from pathlib import Path

import pytest

from models.values.accounts import Account
from revcycle.rules.ledger.provider_adjustments import provider_adjustment_account
from revcycle.rules.ledger.provider_reasons import PROVIDER_REASONS, provider_reason

# Element 426 as the 835 allows it.
CODES = [
    "50",
    "51",
    "72",
    "90",
    "AH",
    "AM",
    "AP",
    "B2",
    "B3",
    "BD",
    "BN",
    "C5",
    "CR",
    "CS",
    "CT",
    "CV",
    "CW",
    "DM",
    "E3",
    "FB",
    "FC",
    "GO",
    "HM",
    "IP",
    "IR",
    "IS",
    "J1",
    "L3",
    "L6",
    "LE",
    "LS",
    "OA",
    "OB",
    "PI",
    "PL",
    "RA",
    "RE",
    "SL",
    "TL",
    "WO",
    "WU",
]
PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "money-and-ledger.md"


def test_every_reason_that_a_payer_may_send_is_known() -> None:
    assert sorted(PROVIDER_REASONS) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_page_about_money_says_where_each_reason_is_booked(code: str) -> None:
    reason = PROVIDER_REASONS[code]
    row = f"| {code} | {reason.words} | `{reason.account}` |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_a_reason_nobody_knows_waits_for_a_person() -> None:
    assert provider_adjustment_account("ZZ") is Account.SUSPENSE
    assert provider_reason("ZZ").words


@pytest.mark.parametrize(
    ("code", "account"),
    [
        ("WO", Account.RECOUPMENT_DUE),
        ("FB", Account.FORWARD_BALANCE),
        ("L6", Account.INTEREST_INCOME),
        ("72", Account.REFUND_CLEARING),
        ("CT", Account.CAPITATION_INCOME),
        ("PI", Account.PAYER_ADVANCE),
        ("50", Account.PENALTY),
        ("BN", Account.PAYER_INCOME),
        ("IR", Account.WITHHOLD),
        ("CS", Account.SUSPENSE),
    ],
)
def test_each_kind_of_money_has_its_own_account(code: str, account: Account) -> None:
    assert provider_adjustment_account(code) is account
