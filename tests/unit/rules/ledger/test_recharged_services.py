"""recharge_entries and find_new_charge: what a recoded chart does to prices and books."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.ledger import BookedEntry, EntryDraft, EntryKind
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.charges import ChargeToBook, charge_entries, recharge_entries
from revcycle.rules.submission.fee import ClaimedService, find_new_charge

DAY, NEW_DAY = date(2026, 10, 30), date(2026, 11, 2)
CHARGE_ID, PATIENT_ID = new_id(), new_id()
FEES = {"99213": Money(12_500), "99213-25": Money(13_000), "85025": Money(3_000)}


def a_charge(cents: int, day: date = DAY) -> ChargeToBook:
    return ChargeToBook(CHARGE_ID, PATIENT_ID, Money(cents), day)


def booked(cents: int) -> list[BookedEntry]:
    """What stands after the first booking."""
    (draft,) = charge_entries([a_charge(cents)])
    return [stands(draft)] if draft.postings else []


def stands(draft: EntryDraft) -> BookedEntry:
    return BookedEntry(new_id(), draft.kind, draft.source_key, draft.postings)


def charged(drafts: list[EntryDraft]) -> Money:
    return -total(
        one.amount for draft in drafts for one in draft.postings if one.account is Account.CHARGES
    )


def test_the_same_price_moves_nothing() -> None:
    assert recharge_entries(a_charge(12_500), booked(12_500), booked_times=1, booked_on=DAY) == ()


def test_a_new_price_is_a_reversal_and_a_new_entry_with_a_new_key() -> None:
    (first,) = booked(12_500)
    back, anew = recharge_entries(a_charge(9_000, NEW_DAY), [first], booked_times=1, booked_on=DAY)
    assert (back.kind, back.reverses_id) == (EntryKind.REVERSAL, first.id)
    assert [one.amount for one in back.postings] == [-one.amount for one in first.postings]
    assert (back.effective_date, anew.effective_date) == (DAY, NEW_DAY)
    assert back.source_key == f"reversal:charge:{CHARGE_ID}"
    assert anew.source_key == f"charge:{CHARGE_ID}:1"
    assert charged([anew]) == Money(9_000)


def test_a_service_that_is_not_coded_any_more_is_only_taken_back() -> None:
    back, anew = recharge_entries(a_charge(0), booked(12_500), booked_times=1, booked_on=DAY)
    assert charged([back]) == Money(-12_500)
    assert anew.postings == ()  # an entry without postings is not written


def test_a_service_that_is_new_is_booked_as_any_charge() -> None:
    (anew,) = recharge_entries(a_charge(3_000), [], booked_times=0, booked_on=DAY)
    assert anew.source_key == f"charge:{CHARGE_ID}"


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=8))
def test_however_often_a_chart_comes_back_the_books_hold_its_last_price(cents: list[int]) -> None:
    standing: list[BookedEntry] = []
    drafts: list[EntryDraft] = []
    times = 0
    for amount in cents:
        made = recharge_entries(a_charge(amount), standing, booked_times=times, booked_on=DAY)
        drafts += made
        if made:
            new = [one for one in made if one.kind is EntryKind.CHARGE and one.postings]
            times += len(new)
            standing = [stands(one) for one in new]
    assert charged(drafts) == Money(cents[-1])
    keys = [one.source_key for one in drafts if one.postings]
    assert len(set(keys)) == len(keys)
    assert total(one.amount for draft in drafts for one in draft.postings) == ZERO


@pytest.mark.parametrize(
    ("code", "modifiers", "units", "cents"),
    [
        pytest.param("99213", (), 1, 11_100, id="unchanged-keeps-what-the-practice-charged"),
        pytest.param("99213", ("25",), 1, 13_000, id="another-modifier-takes-its-own-fee"),
        pytest.param("A9999", ("59",), 1, 700, id="another-modifier-without-a-fee-keeps-the-price"),
        pytest.param("99213", (), 2, 25_000, id="other-units-take-the-fee"),
        pytest.param("A9999", (), 2, None, id="other-units-without-a-fee-have-no-price"),
        pytest.param("85025", (), 1, 3_000, id="another-code-takes-its-fee"),
        pytest.param("A8888", (), 1, None, id="another-code-without-a-fee-has-no-price"),
    ],
)
def test_what_a_service_costs_that_was_coded_anew(
    code: str, modifiers: tuple[str, ...], units: int, cents: int | None
) -> None:
    claimed = [
        ClaimedService("99213", (), Decimal("1.000"), Money(11_100)),
        ClaimedService("A9999", (), Decimal(1), Money(700)),
    ]
    price = find_new_charge(code, modifiers, Decimal(units), claimed=claimed, fees=FEES)
    assert price == (None if cents is None else Money(cents))
