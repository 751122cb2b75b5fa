"""The sweeps of money in small: every case at least once, compared to the cent."""

import random
import shutil
from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest

from models.values.money import Money
from revcycle.sandbox.meaning import WHOLE_CLAIM, LineMeaning
from tests.sweeps.books_and_payer import compare, unlike_claims, unlike_sums
from tests.sweeps.invented_visits import invented_visits, marked_visits
from tests.sweeps.orders import Ending, Prepared, play, prepare

CLAIMS = 150
SEED = 1
ORDERS = 25
FIRST, SECOND = UUID(int=1), UUID(int=2)
CHARGES = {"C-1": (FIRST, SECOND)}


def booked(paid: int, patient: int) -> dict[str, Money]:
    nothing = dict.fromkeys(("contractual", "sequestered", "denied"), Money(0))
    return {"paid": Money(paid), "patient": Money(patient), **nothing}


def test_our_books_say_what_the_payer_says_in_every_case(
    migrated_database: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copy(migrated_database, tmp_path / "books.sqlite3"))
    marked = list(marked_visits())
    visits = [*marked, *invented_visits(CLAIMS - len(marked), len(marked))]
    found = compare(tmp_path / "payer", database, visits, SEED)
    assert found.differences == ()
    assert found.missing == ()


def test_a_cent_on_the_wrong_line_is_a_difference() -> None:
    told = {("C-1", "P"): {1: LineMeaning(1, Money(500)), 2: LineMeaning(2, Money(300))}}
    ours = {(FIRST, "P"): booked(501, 0), (SECOND, "P"): booked(299, 0)}
    assert list(unlike_claims(told, ours, CHARGES)) == [
        "paid of C-1 line 1 by P: 5.00 said, 5.01 booked",
        "paid of C-1 line 2 by P: 3.00 said, 2.99 booked",
    ]


def test_lines_that_a_payer_merged_are_compared_together() -> None:
    told = {("C-1", "P"): {WHOLE_CLAIM: LineMeaning(WHOLE_CLAIM, Money(800))}}
    ours = {(FIRST, "P"): booked(501, 0), (SECOND, "P"): booked(299, 0)}
    assert list(unlike_claims(told, ours, CHARGES)) == []


def test_what_no_payer_said_is_a_difference() -> None:
    ours = {(FIRST, "P"): booked(0, 1)}
    assert list(unlike_claims({}, ours, CHARGES)) == [f"charge {FIRST} by P: booked, never said"]
    sums = {("WO", "1:R"): Money(1)}
    assert list(unlike_sums("sub-ledger", {}, sums)) == [
        "sub-ledger WO 1:R: 0.00 said, 0.01 booked"
    ]


@pytest.fixture(scope="module")
def prepared(
    migrated_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Prepared, Ending]]:
    """Claims of every case at the payer, and where the books end in the payer's own order."""
    folder = tmp_path_factory.mktemp("orders")
    database = Path(shutil.copy(migrated_database, folder / "books.sqlite3"))
    found = prepare(folder / "payer", database, SEED)
    yield found, play(found, folder / "expected.sqlite3", None)
    found.practice.close()


@pytest.mark.parametrize("number", range(ORDERS))
def test_books_end_alike_in_whatever_order_files_come(
    prepared: tuple[Prepared, Ending], tmp_path: Path, number: int
) -> None:
    found, expected = prepared
    chance = random.Random(f"{SEED}-{number}")  # noqa: S311 - repeatable, not secret
    ending = play(found, tmp_path / "books.sqlite3", chance)
    assert expected.unlike(ending) == ()
    assert ending.violations == ()
    assert not [key for key in ending.references if key[0] == "UNAPPLIED"]
