"""An edition comes whole or not at all, is never imported twice, and can be taken back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import NotFoundError, RejectedError
from models.tables import PtpPair, ReferenceEdition
from models.values.reference import EditionState, Licence, ReferenceKind
from revcycle.operations.reference.import_edition import find_imported, import_edition
from revcycle.operations.reference.rollback_edition import restore_edition, rollback_edition
from revcycle.store.imported_editions import list_editions
from revcycle.store.ptp_pairs import find_pair
from revcycle.store.reference_editions import find_editions
from revcycle.store.session import reading, transaction
from tests.cms_files import a_pair
from tests.integration.reference.editions import (
    ACT,
    AUTUMN,
    PAIRS,
    SUMMER,
    broken_after,
    content,
    file_of_pairs,
    imported,
    trail,
)

SINCE = date(2020, 1, 1)
ROWS: list[ReferenceRow] = [(f"A{n:04}", "B0001", SINCE, None, 1) for n in range(50)]


def answering(database_url: str, on: date) -> int | None:
    with reading(database_url) as session:
        return find_editions(session, [PAIRS], on).get(PAIRS)


def stored(database_url: str) -> tuple[int, int]:
    with reading(database_url) as session:
        tables = (ReferenceEdition, PtpPair)
        editions, pairs = (session.exec(select(func.count()).select_from(t)).one() for t in tables)
        return editions, pairs


def test_an_edition_says_what_it_is_and_who_brought_it(either_database_url: str) -> None:
    edition = imported(either_database_url, ROWS)
    assert (edition.name, edition.row_count, edition.state) == ("v322r0", 50, EditionState.IN_USE)
    assert (edition.licence, edition.attested_by) == (Licence.AMA, "Ann Example")
    assert (edition.imported_at, edition.imported_by) == (ACT.at, ACT.actor)
    assert stored(either_database_url) == (1, 50)
    assert trail(either_database_url) == [
        ("import_reference:ptp_practitioner", f"{edition.number}: 50 rows")
    ]


def test_a_licensed_list_needs_somebody_who_attests(database_url: str) -> None:
    with pytest.raises(RejectedError, match="attest"), transaction(database_url) as session:
        import_edition(session, ACT, content(ROWS), attested_by=" ")
    own = replace(content(ROWS), licence=Licence.OWN)
    with transaction(database_url) as session:
        assert import_edition(session, ACT, own).row_count == 50


def test_a_crash_in_the_middle_leaves_nothing(either_database_url: str) -> None:
    many: list[ReferenceRow] = [
        (f"{n:05}", f"{m:05}", SINCE, None, 1) for n in range(300) for m in range(100)
    ]
    with pytest.raises(KeyboardInterrupt):
        imported(either_database_url, broken_after(many, 25_000))
    assert stored(either_database_url) == (0, 0)
    assert imported(either_database_url, many).row_count == 30_000


def test_one_wrong_line_refuses_the_whole_file(database_url: str, tmp_path: Path) -> None:
    wrong = file_of_pairs(tmp_path, a_pair(), a_pair("A0002", indicator="7"))
    with pytest.raises(RejectedError, match="line 8"), transaction(database_url) as session:
        import_edition(session, ACT, wrong, attested_by="Ann Example")
    assert stored(database_url) == (0, 0)


def test_a_pair_that_stands_twice_apart_refuses_the_file(either_database_url: str) -> None:
    with pytest.raises(RejectedError, match="stands twice"):
        imported(either_database_url, [*ROWS, ROWS[0]])
    assert stored(either_database_url) == (0, 0)


def test_an_empty_file_is_refused(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="no row"), transaction(database_url) as session:
        import_edition(session, ACT, file_of_pairs(tmp_path), attested_by="Ann Example")
    assert stored(database_url) == (0, 0)


def test_the_same_file_twice_is_one_edition(database_url: str, tmp_path: Path) -> None:
    first = file_of_pairs(tmp_path, a_pair())
    with transaction(database_url) as session:
        assert find_imported(session, ACT, first) is None
        edition = import_edition(session, ACT, first, attested_by="Ann Example")
    with transaction(database_url) as session:
        again = find_imported(session, ACT, file_of_pairs(tmp_path, a_pair()))
    assert again is not None
    assert (again.edition, again.is_restored) == (edition, False)
    assert len(trail(database_url)) == 1


def test_the_same_file_from_another_day_on_is_refused_while_it_is_in_use(
    database_url: str,
) -> None:
    edition = imported(database_url, ROWS)
    other = content(ROWS, EditionFacts("v322r0", date(2026, 1, 1)), sha256=edition.sha256)
    with pytest.raises(RejectedError, match="already in use"), transaction(database_url) as session:
        find_imported(session, ACT, other)
    with transaction(database_url) as session:
        rollback_edition(session, ACT, PAIRS)
    with transaction(database_url) as session:
        assert find_imported(session, ACT, other) is None


def test_importing_again_what_was_rolled_back_restores_it(database_url: str) -> None:
    edition = imported(database_url, ROWS)
    with transaction(database_url) as session:
        rollback_edition(session, ACT, PAIRS)
    assert answering(database_url, SUMMER.effective_from) is None
    with transaction(database_url) as session:
        again = find_imported(session, ACT, content(ROWS, sha256=edition.sha256))
    assert again is not None
    assert again.is_restored
    assert answering(database_url, SUMMER.effective_from) == edition.number
    assert stored(database_url) == (1, 50)


def test_the_next_quarter_answers_from_its_first_day_on(either_database_url: str) -> None:
    summer = imported(either_database_url, ROWS)
    autumn = imported(either_database_url, ROWS[1:], AUTUMN)
    asked = [date(2025, 1, 1), SUMMER.effective_from, date(2026, 9, 30), AUTUMN.effective_from]
    found = [answering(either_database_url, day) for day in asked]
    assert found == [summer.number, summer.number, summer.number, autumn.number]
    with reading(either_database_url) as session:
        for edition, is_there in ((summer, True), (autumn, False)):
            pair = find_pair(session, edition.number, "A0000", "B0001", AUTUMN.effective_from)
            assert (pair is not None) is is_there, "what the next quarter drops has expired"


def test_rolling_back_restores_the_answers_of_the_edition_before(database_url: str) -> None:
    summer, autumn = imported(database_url, ROWS), imported(database_url, ROWS[1:], AUTUMN)
    day = date(2026, 11, 2)
    with transaction(database_url) as session:
        assert rollback_edition(session, ACT, PAIRS) is not None
    assert answering(database_url, day) == summer.number
    with transaction(database_url) as session:
        assert rollback_edition(session, ACT, PAIRS) is None, "twice takes back one edition"
    assert answering(database_url, day) == summer.number
    with transaction(database_url) as session:
        assert restore_edition(session, ACT, PAIRS) is not None
    assert answering(database_url, day) == autumn.number
    with reading(database_url) as session:
        assert [one.name for one in list_editions(session, PAIRS)] == ["v323r0", "v322r0"]
    assert [action for action, _ in trail(database_url)][2:] == [
        "roll_back_reference:ptp_practitioner",
        "restore_reference:ptp_practitioner",
    ]


def test_an_edition_is_named_by_name_or_by_number(database_url: str) -> None:
    imported(database_url, ROWS)
    corrected = imported(database_url, ROWS[1:])
    with pytest.raises(RejectedError, match="number"), transaction(database_url) as session:
        rollback_edition(session, ACT, PAIRS, "v322r0")
    with transaction(database_url) as session:
        moved = rollback_edition(session, ACT, PAIRS, str(corrected.number))
    assert moved is not None
    with transaction(database_url) as session:
        moved = rollback_edition(session, ACT, PAIRS, "v322r0")
    assert moved is not None, "one of that name is left in use"


def test_there_must_be_something_to_roll_back(database_url: str) -> None:
    with pytest.raises(NotFoundError, match="nothing"), transaction(database_url) as session:
        rollback_edition(session, ACT, ReferenceKind.MPFS)
    imported(database_url, ROWS)
    with pytest.raises(NotFoundError, match="no edition"), transaction(database_url) as session:
        rollback_edition(session, ACT, PAIRS, "v1")


def test_of_two_editions_with_the_same_first_day_the_last_import_answers(
    database_url: str,
) -> None:
    imported(database_url, ROWS)
    corrected = imported(database_url, ROWS[1:])
    assert answering(database_url, SUMMER.effective_from) == corrected.number
