"""book_remittance_line: the worked examples of the books, to the cent."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim import Adjustment
from models.documents.ledger import LedgerSubject
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.remittance_line import (
    BEYOND_BALANCE,
    CAPPED,
    PRIOR_PAYER_DIFFERS,
    AdjustmentShare,
    BookedLine,
    LineToBook,
    book_remittance_line,
)

PAID_ON = date(2026, 11, 18)
SUBJECT = LedgerSubject(charge_id=UUID(int=1))


def a_line(
    charge: int,
    paid: int,
    *adjustments: tuple[str, str, int],
    owed: int | None = None,
    rank: int = 1,
    next_receivable: Account = Account.AR_PATIENT,
) -> BookedLine:
    shares = tuple(
        AdjustmentShare(1, ordinal, Adjustment(group, reason, Money(amount)))
        for ordinal, (group, reason, amount) in enumerate(adjustments, start=1)
    )
    return book_remittance_line(
        LineToBook(
            source_key="remit:1:1:1",
            effective_date=PAID_ON,
            subject=SUBJECT,
            payer_rank=rank,
            next_receivable=next_receivable,
            owed=Money(charge if owed is None else owed),
            charge=Money(charge),
            paid=Money(paid),
            shares=shares,
        )
    )


def booked(line: BookedLine) -> dict[str, int]:
    sums: dict[str, int] = {}
    for posting in line.entry.postings:
        sums[posting.account] = sums.get(posting.account, 0) + posting.amount.cents
    return sums


def rules_of(line: BookedLine) -> list[str]:
    return [finding.rule_id for finding in line.findings]


def test_a_primary_payer_leaves_the_patients_share_to_the_secondary() -> None:
    line = a_line(
        50_000,
        30_000,
        ("CO", "45", 12_500),
        ("PR", "1", 7_500),
        next_receivable=Account.AR_INSURANCE_2,
    )
    assert booked(line) == {
        "REMIT_CLEARING": 30_000,
        "CONTRACTUAL": 12_500,
        "AR:INS2": 7_500,
        "AR:INS1": -50_000,
    }
    assert not line.findings


def test_a_secondary_payer_writes_off_only_what_is_new() -> None:
    line = a_line(50_000, 6_500, ("OA", "23", 42_500), ("CO", "45", 1_000), owed=7_500, rank=2)
    assert booked(line) == {"REMIT_CLEARING": 6_500, "CONTRACTUAL": 1_000, "AR:INS2": -7_500}
    assert not line.findings


def test_a_secondary_write_off_is_limited_to_what_is_left() -> None:
    line = a_line(50_000, 6_500, ("CO", "45", 43_500), owed=7_500, rank=2)
    assert booked(line) == {"REMIT_CLEARING": 6_500, "CONTRACTUAL": 1_000, "AR:INS2": -7_500}
    assert rules_of(line) == [CAPPED]


def test_a_forwarded_claim_is_not_written_off_twice() -> None:
    first = a_line(
        20_000,
        9_600,
        ("CO", "45", 8_000),
        ("PR", "2", 2_400),
        next_receivable=Account.AR_INSURANCE_2,
    )
    second = a_line(20_000, 2_400, ("OA", "23", 17_600), owed=2_400, rank=2)
    together = {
        account: booked(first).get(account, 0) + booked(second).get(account, 0)
        for account in Account
    }
    assert together[Account.AR_INSURANCE_1] == -20_000
    assert together[Account.AR_INSURANCE_2] == 0
    assert together[Account.CONTRACTUAL] == 8_000


def test_sequestration_has_its_own_account() -> None:
    line = a_line(10_000, 6_272, ("CO", "45", 2_000), ("CO", "253", 128), ("PR", "2", 1_600))
    assert booked(line)["SEQUESTRATION"] == 128


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        pytest.param("CO", "97", id="bundled"),
        pytest.param("CO", "29", id="filed-too-late"),
        pytest.param("CO", "999", id="unknown-contract-reason"),
        pytest.param("PI", "45", id="payer-initiated"),
        pytest.param("OA", "18", id="duplicate"),
        pytest.param("PR", "27", id="coverage-ended"),
        pytest.param("CO", "2", id="coinsurance-under-contract"),
    ],
)
def test_what_is_denied_is_kept_and_not_written_off(group: str, reason: str) -> None:
    line = a_line(15_000, 0, (group, reason, 15_000))
    assert booked(line) == {"AR:INS:DENIED": 15_000, "AR:INS1": -15_000}
    assert [share.adjustment.amount for share in line.denied] == [Money(15_000)]


def test_a_fee_cut_of_the_whole_charge_is_a_denial() -> None:
    assert booked(a_line(15_000, 0, ("CO", "45", 15_000)))["AR:INS:DENIED"] == 15_000


def test_a_fee_cut_that_a_prior_payer_explains_is_not_a_denial() -> None:
    line = a_line(15_000, 0, ("OA", "23", 12_000), ("CO", "45", 3_000), owed=3_000, rank=2)
    assert booked(line) == {"CONTRACTUAL": 3_000, "AR:INS2": -3_000}


def test_an_incentive_may_raise_the_payment_above_the_charge() -> None:
    line = a_line(10_000, 10_200, ("CO", "144", -200))
    assert booked(line) == {"REMIT_CLEARING": 10_200, "CONTRACTUAL": -200, "AR:INS1": -10_000}
    assert not line.findings


def test_what_is_paid_beyond_the_balance_is_owed_back() -> None:
    line = a_line(10_000, 8_000, ("CO", "45", 2_000), owed=5_000)
    assert booked(line) == {"REMIT_CLEARING": 8_000, "INS_CREDIT": -3_000, "AR:INS1": -5_000}
    assert rules_of(line) == [BEYOND_BALANCE, CAPPED]


def test_a_prior_payer_amount_unlike_our_books_is_reported() -> None:
    line = a_line(50_000, 6_000, ("OA", "23", 44_000), owed=7_500, rank=2)
    assert booked(line) == {"REMIT_CLEARING": 6_000, "AR:INS2": -6_000}
    assert rules_of(line) == [PRIOR_PAYER_DIFFERS]


amounts = st.integers(-20_000, 100_000)
adjustments = st.tuples(
    st.sampled_from(["CO", "PR", "OA", "PI"]),
    st.sampled_from(["1", "2", "23", "45", "97", "144", "253", "999"]),
    amounts,
)


@given(
    st.integers(0, 100_000),
    amounts,
    st.lists(adjustments, max_size=6),
    st.integers(0, 100_000),
    st.sampled_from([1, 2, 3]),
)
def test_whatever_a_payer_says_the_entry_balances_and_nobody_owes_less_than_nothing(
    charge: int, paid: int, said: list[tuple[str, str, int]], owed: int, rank: int
) -> None:
    line = a_line(charge, paid, *said, owed=owed, rank=rank)
    assert total(posting.amount for posting in line.entry.postings) == ZERO
    assert all(posting.amount for posting in line.entry.postings)
    assert Money(owed) - line.settled >= ZERO
    assert all(share.adjustment.amount > ZERO for share in line.denied)
    assert "23" not in {posting.reason for posting in line.entry.postings}


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=6), st.integers(0, 50_000))
def test_a_balanced_line_of_a_first_payer_takes_the_whole_charge(
    cuts: list[int], paid: int
) -> None:
    charge = sum(cuts) + paid
    line = a_line(charge, paid, *[("CO", "97", cut) for cut in cuts])
    assert line.settled == Money(charge)
    assert not line.findings
