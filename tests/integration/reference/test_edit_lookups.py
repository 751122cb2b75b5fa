"""What is asked of edits and prices: pairs, limits, add-on codes, relative values."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.documents.reference import (
    AddOnDocument,
    CodesOfDay,
    PtpEdit,
    ReferenceRow,
    UnitLimitDocument,
)
from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.store.procedure_limits import list_add_ons, list_unit_limits
from revcycle.store.ptp_pairs import find_pair, list_pairs, list_pairs_of_days
from revcycle.store.relative_values import find_locality, list_relative_values
from revcycle.store.session import reading
from tests.cms_files import EXCERPTS, needs_excerpts
from tests.integration.reference.editions import PAIRS, imported

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)
PAIR: ReferenceRow = ("A0001", "A0002", FIRST, LAST, 1)
OPEN: ReferenceRow = ("A0003", "A0001", FIRST, None, 0)
NEVER: ReferenceRow = ("A0002", "A0003", FIRST, FIRST, 9)


@pytest.mark.parametrize(
    ("on", "count"),
    [
        pytest.param(FIRST - DAY, 0, id="the-day-before-it-begins"),
        pytest.param(FIRST, 1, id="its-first-day"),
        pytest.param(LAST, 1, id="its-last-day-is-in-force"),
        pytest.param(LAST + DAY, 0, id="the-day-after-is-not"),
    ],
)
def test_a_pair_is_in_force_on_its_first_and_last_day(
    either_database_url: str, on: date, count: int
) -> None:
    edition = imported(either_database_url, [PAIR]).number
    expected = [PtpEdit("A0001", "A0002", FIRST, LAST, 1)] * count
    with reading(either_database_url) as session:
        found = find_pair(session, edition, "A0001", "A0002", on)
        listed = list_pairs(session, edition, ["A0001", "A0002"], on)
    assert ([found] if found else []) == expected
    assert list(listed) == expected


def test_a_pair_has_an_order_and_an_edition(database_url: str) -> None:
    edition = imported(database_url, [PAIR]).number
    with reading(database_url) as session:
        assert find_pair(session, edition, "A0002", "A0001", FIRST) is None
        assert find_pair(session, edition + 1, "A0001", "A0002", FIRST) is None


def test_indicator_nine_was_never_in_force(either_database_url: str) -> None:
    edition = imported(either_database_url, [NEVER]).number
    with reading(either_database_url) as session:
        assert find_pair(session, edition, "A0002", "A0003", FIRST) is None
        assert list_pairs(session, edition, ["A0002", "A0003"], FIRST) == ()


def test_a_pair_that_came_back_answers_with_the_period_of_the_day(database_url: str) -> None:
    again: ReferenceRow = ("A0001", "A0002", date(2026, 4, 1), None, 0)
    edition = imported(database_url, [PAIR, again]).number
    with reading(database_url) as session:
        found = [
            find_pair(session, edition, "A0001", "A0002", on)
            for on in (LAST, date(2026, 1, 1), date(2026, 4, 1))
        ]
    assert [one and one.indicator for one in found] == [1, None, 0]


def test_many_encounters_are_answered_at_once(either_database_url: str) -> None:
    edition = imported(either_database_url, [PAIR, NEVER, OPEN]).number
    every = frozenset({"A0001", "A0002", "A0003", "A0009"})
    asked = [
        CodesOfDay(edition, FIRST, every),
        CodesOfDay(edition, LAST + DAY, every),
        CodesOfDay(edition, FIRST, frozenset({"A0001"})),
        CodesOfDay(edition + 1, FIRST, every),
    ]
    with reading(either_database_url) as session:
        found = list_pairs_of_days(session, asked)
    said = [[(edit.column_one, edit.column_two) for edit in found[one]] for one in asked]
    assert said == [[("A0001", "A0002"), ("A0003", "A0001")], [("A0003", "A0001")], [], []]


def test_limits_of_units_are_listed_by_code(either_database_url: str) -> None:
    rows: Sequence[ReferenceRow] = [("A0001", 2, 2, "why"), ("A0002", 0, 1, "")]
    edition = imported(either_database_url, rows, kind=ReferenceKind.MUE_PRACTITIONER).number
    with reading(either_database_url) as session:
        found = list_unit_limits(session, edition, ["A0001", "A0009"])
    assert found == {"A0001": UnitLimitDocument("A0001", 2, 2, "why")}


def test_an_add_on_code_names_the_primaries_of_the_day(either_database_url: str) -> None:
    rows: Sequence[ReferenceRow] = [
        ("A0001", "A0002", FIRST, None, 1),
        ("A0001", "A0003", FIRST, LAST, 1),
        ("A0004", "", FIRST, None, 2),
        ("A0005", "", FIRST, None, 2),
        ("A0005", "A0002", FIRST, None, 1),
    ]
    edition = imported(either_database_url, rows, kind=ReferenceKind.ADD_ON).number
    codes = ["A0001", "A0002", "A0004", "A0005"]
    with reading(either_database_url) as session:
        on_last, after, before = (
            list_add_ons(session, edition, codes, on) for on in (LAST, LAST + DAY, FIRST - DAY)
        )
    assert on_last["A0001"] == AddOnDocument("A0001", 1, frozenset({"A0002", "A0003"}))
    assert after == {
        "A0001": AddOnDocument("A0001", 1, frozenset({"A0002"})),
        "A0004": AddOnDocument("A0004", 2, frozenset()),
        "A0005": AddOnDocument("A0005", 3, frozenset({"A0002"})),
    }
    assert before == {}


def test_relative_values_come_back_exact(either_database_url: str) -> None:
    values = tuple(map(Decimal, ("1.30", "0.50", "1.11", "0.10", "33.4009")))
    row: ReferenceRow = ("A0001", "26", "A", *values, "000", "2", "1", "0", "0")
    edition = imported(either_database_url, [row], kind=ReferenceKind.MPFS).number
    with reading(either_database_url) as session:
        (found,) = list_relative_values(session, edition, ["A0001", "A0002"])
    assert (found.work, found.conversion_factor) == (Decimal("1.30"), Decimal("33.4009"))
    assert (found.practice_facility, found.practice_office) == (Decimal("0.50"), Decimal("1.11"))


def test_a_locality_is_named_with_its_contractor_unless_it_is_the_only_one(
    either_database_url: str,
) -> None:
    indices = (Decimal("1.000"), Decimal("0.961"), Decimal("1.210"))
    rows: Sequence[ReferenceRow] = [
        ("01234", "05", "XX", "NORTH", *indices),
        ("01234", "06", "XX", "SOUTH", *indices),
        ("09876", "06", "YY", "EAST", *indices),
    ]
    edition = imported(either_database_url, rows, kind=ReferenceKind.GPCI).number
    with reading(either_database_url) as session:
        found = [
            find_locality(session, edition, number)
            for number in ("0123405", "0123406", "05", "06", "0987605")
        ]
    names = [one and one.name for one in found]
    assert names == ["NORTH", "SOUTH", "NORTH", None, None]


@needs_excerpts
def test_the_published_pairs_behave_at_their_edges(database_url: str) -> None:
    (path,) = EXCERPTS.glob("ccipra*")
    content, _ = read_edition(PAIRS, READERS[PAIRS], [path])
    rows = list(content.rows)
    edition = imported(database_url, rows).number
    with reading(database_url) as session:
        for one, two, first, last, indicator in rows:
            assert isinstance(one, str)
            assert isinstance(two, str)
            assert isinstance(first, date)
            assert isinstance(last, date | None)
            on_first = find_pair(session, edition, one, two, first)
            assert (on_first is not None) is (indicator != 9)
            assert find_pair(session, edition, one, two, first - DAY) is None
            if last is not None:
                assert (find_pair(session, edition, one, two, last) is not None) is (indicator != 9)
                assert find_pair(session, edition, one, two, last + DAY) is None
