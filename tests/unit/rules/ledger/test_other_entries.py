"""Charges, transfers, write-offs, provider adjustments, credits, patient payments, reversals."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.ledger import (
    BookedEntry,
    EntryDraft,
    EntryKind,
    LedgerSubject,
    PatientDue,
    PostingDraft,
    ReceivableLevel,
)
from models.documents.remittance import ProviderAdjustment
from models.errors import RejectedError
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.charges import ChargeToBook, charge_change_entry, charge_entries
from revcycle.rules.ledger.credit import credit_entry
from revcycle.rules.ledger.movements import bank_deposit_entry, unapplied_entry, write_off_entry
from revcycle.rules.ledger.patient_payment import patient_payment
from revcycle.rules.ledger.provider_adjustments import provider_adjustment_entry
from revcycle.rules.ledger.reversal import reversal_of

DAY = date(2026, 11, 18)
CHARGE, PATIENT, REMITTANCE = UUID(int=1), UUID(int=2), UUID(int=3)
SUBJECT = LedgerSubject(patient_id=PATIENT, charge_id=CHARGE)
cents = st.integers(-(10**9), 10**9)


def booked(*entries: EntryDraft) -> dict[str, int]:
    sums: dict[str, int] = {}
    for entry in entries:
        for posting in entry.postings:
            sums[posting.account] = sums.get(posting.account, 0) + posting.amount.cents
    return sums


def a_plb(reason: str, amount: int) -> EntryDraft:
    return provider_adjustment_entry(
        ProviderAdjustment("1234567893", date(2026, 12, 31), reason, "FCN1", Money(amount)),
        remittance_id=REMITTANCE,
        ordinal=1,
        payer_trace_id="1999999999",
        effective_date=DAY,
    )


@pytest.mark.parametrize(
    ("rank", "account"),
    [
        pytest.param(1, "AR:INS1", id="first-payer"),
        pytest.param(2, "AR:INS2", id="second-payer"),
        pytest.param(None, "AR:PAT", id="self-pay"),
    ],
)
def test_a_charge_is_owed_by_whoever_is_asked_first(rank: int | None, account: str) -> None:
    (entry,) = charge_entries([ChargeToBook(CHARGE, PATIENT, Money(15_000), DAY, rank)])
    assert booked(entry) == {account: 15_000, "CHARGES": -15_000}
    assert entry.source_key == f"charge:{CHARGE}"


def test_a_free_service_books_nothing() -> None:
    (entry,) = charge_entries([ChargeToBook(CHARGE, PATIENT, ZERO, DAY)])
    assert not entry.postings


def test_a_corrected_price_books_the_difference() -> None:
    charge = ChargeToBook(CHARGE, PATIENT, Money(12_000), DAY)
    entry = charge_change_entry("charge:1:again", charge, Money(15_000))
    assert booked(entry) == {"AR:INS1": -3_000, "CHARGES": 3_000}


def test_a_remittance_with_recovery_and_interest_clears_with_its_deposit() -> None:
    claims = unapplied_entry("remit:1", DAY, LedgerSubject(), Money(100_000), reference="")
    plbs = (a_plb("WO", 12_000), a_plb("L6", -250))
    cleared = booked(claims, *plbs)
    assert cleared["REMIT_CLEARING"] == 88_250
    assert cleared["RECOUP_DUE"] == 12_000
    assert cleared["INTEREST_INC"] == -250
    deposit = bank_deposit_entry("deposit:1", DAY, LedgerSubject(), Money(88_250))
    assert booked(claims, *plbs, deposit)["REMIT_CLEARING"] == 0


@pytest.mark.parametrize(
    ("reason", "account"),
    [
        pytest.param("WO", "RECOUP_DUE", id="recovery"),
        pytest.param("FB", "FORWARD_BAL", id="forward-balance"),
        pytest.param("72", "REFUND_CLEARING", id="refund"),
        pytest.param("LE", "WITHHOLD", id="levy"),
        pytest.param("CS", "SUSPENSE", id="adjustment-nobody-explains"),
    ],
)
def test_each_provider_adjustment_has_its_account(reason: str, account: str) -> None:
    assert booked(a_plb(reason, 500)) == {account: 500, "REMIT_CLEARING": -500}


def test_a_write_off_is_at_most_the_balance() -> None:
    with pytest.raises(RejectedError):
        write_off_entry(
            "w", DAY, SUBJECT, Money(101), balance=Money(100), from_account=Account.AR_DENIED
        )


def test_a_write_off_goes_to_an_account_for_write_offs_only() -> None:
    with pytest.raises(RejectedError):
        write_off_entry(
            "w",
            DAY,
            SUBJECT,
            Money(1),
            balance=Money(1),
            from_account=Account.AR_DENIED,
            to_account=Account.CONTRACTUAL,
        )


def test_a_patient_pays_charges_in_order_and_keeps_the_rest_as_credit() -> None:
    dues = [PatientDue(UUID(int=10), Money(3_000)), PatientDue(UUID(int=11), Money(1_000))]
    entry = patient_payment("p", DAY, PATIENT, Money(5_000), dues)
    assert booked(entry) == {"BANK": 5_000, "AR:PAT": -4_000, "PATIENT_CREDIT": -1_000}
    paid = [
        (posting.subject.charge_id, posting.amount.cents)
        for posting in entry.postings
        if posting.account is Account.AR_PATIENT
    ]
    assert paid == [(UUID(int=10), -3_000), (UUID(int=11), -1_000)]


def test_a_payment_of_nothing_is_refused() -> None:
    with pytest.raises(RejectedError):
        patient_payment("p", DAY, PATIENT, ZERO, [])


@given(st.integers(1, 10**6), st.lists(st.integers(0, 10**5), max_size=8))
def test_a_patient_payment_never_pays_more_than_is_due(amount: int, dues: list[int]) -> None:
    due = [PatientDue(UUID(int=index), Money(value)) for index, value in enumerate(dues)]
    entry = patient_payment("p", DAY, PATIENT, Money(amount), due)
    assert -booked(entry).get("AR:PAT", 0) == min(amount, sum(dues))
    assert booked(entry)["BANK"] == amount


@pytest.mark.parametrize(
    ("balance", "credit", "expected"),
    [
        pytest.param(-2_500, 0, (0, 2_500), id="below-zero-becomes-a-credit"),
        pytest.param(3_500, 2_500, (1_000, 0), id="a-credit-is-used-first"),
        pytest.param(1_000, 2_500, (0, 1_500), id="a-credit-is-used-in-part"),
        pytest.param(700, 0, (700, 0), id="an-open-balance-stays"),
        pytest.param(0, -500, (500, 0), id="a-credit-that-was-taken-back-is-owed-again"),
    ],
)
def test_a_receivable_and_its_credit_are_levelled(
    balance: int, credit: int, expected: tuple[int, int]
) -> None:
    level = ReceivableLevel(CHARGE, PATIENT, Account.AR_PATIENT, Money(balance), Money(credit))
    moved = booked(credit_entry(level, cause="remit", effective_date=DAY))
    after = (balance + moved.get("AR:PAT", 0), credit - moved.get("PATIENT_CREDIT", 0))
    assert after == expected


@given(st.lists(cents.filter(bool), min_size=1, max_size=8))
def test_a_reversal_and_its_entry_are_nothing_together(amounts: list[int]) -> None:
    rest = -sum(amounts)
    postings = tuple(
        PostingDraft(Account.AR_INSURANCE_1, Money(amount), SUBJECT) for amount in amounts
    ) + ((PostingDraft(Account.CHARGES, Money(rest), SUBJECT),) if rest else ())
    entry = BookedEntry(UUID(int=9), EntryKind.REMITTANCE_LINE, "remit:1:1:1", postings)
    reversal = reversal_of(entry, effective_date=DAY)
    assert [one.amount for one in reversal.postings] == [-one.amount for one in postings]
    assert reversal.reverses_id == entry.id


def test_a_reversal_moves_the_money_of_the_remittance_that_brings_it() -> None:
    subject = LedgerSubject(charge_id=CHARGE, remittance_id=REMITTANCE)
    original = unapplied_entry("remit:1:1:0", DAY, subject, Money(500), reference="x")
    entry = BookedEntry(UUID(int=9), original.kind, original.source_key, original.postings)
    later = UUID(int=77)
    reversal = reversal_of(entry, effective_date=DAY, remittance_id=later)
    assert {posting.subject.remittance_id for posting in reversal.postings} == {later}


def test_an_entry_that_does_not_balance_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        EntryDraft.of(EntryKind.CHARGE, "k", DAY, [PostingDraft(Account.BANK, Money(1))])


@given(cents, cents)
def test_every_movement_sums_to_zero(amount: int, plb: int) -> None:
    for entry in (
        unapplied_entry("a", DAY, SUBJECT, Money(amount), reference=""),
        bank_deposit_entry("b", DAY, SUBJECT, Money(amount)),
        a_plb("WO", plb),
    ):
        assert total(posting.amount for posting in entry.postings) == ZERO
