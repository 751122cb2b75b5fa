"""Editions of code lists in the database: what is searched and looked up follows them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from models.documents.coding_case import PolicyFacts
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.billing_codes import CodeSystem
from models.values.diagnosis_notes import DiagnosisNoteKind
from models.values.reference import ReferenceKind
from revcycle.operations.coding.find_codes import find_codes
from revcycle.operations.reference.import_edition import import_edition
from revcycle.operations.reference.rollback_edition import restore_edition, rollback_edition
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.store import billing_codes, code_lists, coverage_policies, diagnosis_notes
from revcycle.store.reference_editions import find_editions
from revcycle.store.session import reading, transaction
from tests.conftest import NOON
from tests.unit.reference.tabular_list import TABULAR
from tests.unit.reference.test_code_files import TEXT
from tests.unit.reference.test_code_list_files import POLICIES, order_line

ACT = StaffAct("command:refdata:tester", NOON)
BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 1)
FY2026 = "\n".join(
    [
        order_line(1, "E11", "0", "Sugar sickness"),
        order_line(2, "E1121", "1", "Sugar sickness with nephropathy"),
        order_line(3, "I428", "1", "Other weak heart"),
    ]
)
FY2027 = "\n".join(
    [
        order_line(1, "E11", "0", "Sugar sickness"),
        order_line(2, "E1121", "1", "Sugar sickness with kidneys"),
        order_line(3, "I428", "0", "Other weak heart"),
        order_line(4, "I4289", "1", "Other weak heart of another kind"),
    ]
)


def bring_in(url: str, folder: Path, kind: ReferenceKind, name: str, content: str | bytes) -> int:
    """Import a file; return the number of its edition."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    edition, _ = read_edition(kind, READERS[kind], [path])
    with transaction(url) as session:
        return import_edition(session, ACT, edition, attested_by="Ada").number


@pytest.fixture
def two_years(either_database_url: str, tmp_path: Path) -> str:
    for year, content in ((2026, FY2026), (2027, FY2027)):
        bring_in(
            either_database_url,
            tmp_path,
            ReferenceKind.ICD10CM,
            f"icd10cm-order-{year}.txt",
            content,
        )
    return either_database_url


def found(url: str, typed: str, on: date) -> list[tuple[str, str, bool]]:
    with reading(url) as session:
        codes = find_codes(session, [CodeSystem.ICD10CM], typed, on)
        return [(code.code, code.title, code.may_be_billed(on)) for code in codes]


def test_a_search_finds_the_title_of_the_date_of_service(two_years: str) -> None:
    with_kidneys = ("E1121", "Sugar sickness with kidneys", True)
    with_nephropathy = ("E1121", "Sugar sickness with nephropathy", True)
    assert with_nephropathy in found(two_years, "sugar", BEFORE)
    assert with_kidneys in found(two_years, "sugar", AFTER)


def test_a_title_beside_a_code_is_that_of_the_date_of_service(two_years: str) -> None:
    def title(on: date | None) -> str:
        with reading(two_years) as session:
            return billing_codes.list_titles(session, CodeSystem.ICD10CM, ["E1121"], on)["E1121"]

    assert title(BEFORE) == "Sugar sickness with nephropathy"
    assert title(AFTER) == title(None) == "Sugar sickness with kidneys"


def test_a_code_that_became_a_heading_may_be_billed_up_to_its_last_day(two_years: str) -> None:
    assert ("I428", "Other weak heart", True) in found(two_years, "I42", BEFORE)
    assert found(two_years, "I42", AFTER)[0] == (
        "I4289",
        "Other weak heart of another kind",
        True,
    )


def test_a_rollback_brings_the_edition_before_back_into_the_search(two_years: str) -> None:
    with transaction(two_years) as session:
        rollback_edition(session, ACT, ReferenceKind.ICD10CM)
    assert found(two_years, "I42", AFTER) == [("I428", "Other weak heart", True)]
    with transaction(two_years) as session:
        restore_edition(session, ACT, ReferenceKind.ICD10CM)
    assert found(two_years, "I42", AFTER)[0][0] == "I4289"


def test_without_any_edition_in_use_nothing_is_found(two_years: str) -> None:
    with transaction(two_years) as session:
        for name in ("FY2026", "FY2027"):
            rollback_edition(session, ACT, ReferenceKind.ICD10CM, name)
    assert found(two_years, "E11", AFTER) == []


def test_other_words_of_the_notes_find_a_code(two_years: str, tmp_path: Path) -> None:
    assert found(two_years, "sweet blood", AFTER) == []
    bring_in(two_years, tmp_path, ReferenceKind.ICD10CM_NOTES, "icd10cm-tabular-2027.xml", TABULAR)
    assert [code for code, *_ in found(two_years, "sweet blo", AFTER)] == ["E1121", "E11"]


def test_a_broken_file_leaves_the_search_as_it_was(two_years: str, tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="line 2"):
        bring_in(
            two_years,
            tmp_path,
            ReferenceKind.ICD10CM,
            "icd10cm-order-2028.txt",
            order_line(1, "Z99", "0", "x") + "\nnothing\n",
        )
    assert found(two_years, "Z99", AFTER) == []
    assert found(two_years, "E1121", AFTER) != []


def test_modifiers_are_kept_and_not_found_among_procedures(
    database_url: str, tmp_path: Path
) -> None:
    number = bring_in(database_url, tmp_path, ReferenceKind.HCPCS, "HCPC2026_OCT_ANWEB.txt", TEXT)
    with reading(database_url) as session:
        assert billing_codes.count_codes(session) == {CodeSystem.HCPCS: 2}
        periods = code_lists.list_periods(session, [number], ["AA", "A4253", "X9999"])
        titles = code_lists.list_titles(session, [number], ["AA"], AFTER)
    assert periods["A4253"] == ((date(2011, 1, 1), date(2025, 12, 31)),)
    assert periods.keys() == {"AA", "A4253"}
    assert titles == {"AA": "A modifier and more of it"}


def test_titles_are_those_of_the_edition_that_answers(two_years: str) -> None:
    kind = ReferenceKind.ICD10CM
    with reading(two_years) as session:
        old = find_editions(session, [kind], BEFORE)[kind]
        new = find_editions(session, [kind], AFTER)[kind]
        assert code_lists.list_titles(session, [old], ["I428", "Z1"], BEFORE) == {
            "I428": "Other weak heart"
        }
        assert code_lists.count_in_force(session, old, BEFORE) == 2
        assert code_lists.list_periods(session, [new], ["I428"]) == {}


@pytest.fixture
def notes(either_database_url: str, tmp_path: Path) -> tuple[str, int]:
    """A database with notes, and the number of their edition."""
    number = bring_in(
        either_database_url,
        tmp_path,
        ReferenceKind.ICD10CM_NOTES,
        "icd10cm-tabular-2027.xml",
        TABULAR,
    )
    return either_database_url, number


def test_a_note_above_a_code_holds_for_it_the_nearest_first(notes: tuple[str, int]) -> None:
    url, number = notes
    with reading(url) as session:
        held = diagnosis_notes.list_notes(session, number, ["E1121", "E08", "S529XXA", "Z999"])
    assert [(note.at, note.kind) for note in held["E1121"]] == [
        ("E1121", "excludes2"),
        ("E11", "excludes1"),
        ("E11", "excludes1"),
        ("E11", "use_additional"),
        ("4", "excludes1"),
    ]
    assert held["E1121"][1].codes == ("E08",)
    assert [(note.at, note.kind) for note in held["E08"]] == [
        ("E08", "code_first"),
        ("4", "excludes1"),
    ]
    assert "Z999" not in held


def test_other_kinds_of_notes_are_listed_when_asked(notes: tuple[str, int]) -> None:
    url, number = notes
    with reading(url) as session:
        held = diagnosis_notes.list_notes(
            session, number, ["E1121"], (DiagnosisNoteKind.INCLUSION_TERM,)
        )
        assert diagnosis_notes.list_terms(session, number) == {"E11": ("sweet blood NOS",)}
    assert [note.text for note in held["E1121"]] == ["sweet blood NOS"]


def test_the_nearest_definition_of_seventh_characters_holds(notes: tuple[str, int]) -> None:
    url, number = notes
    with reading(url) as session:
        held = diagnosis_notes.list_seventh_characters(
            session, number, ["S525XXA", "S529XXS", "E1121"]
        )
    assert held == {
        "S525XXA": {"A": "first time, low"},
        "S529XXS": {"A": "first time", "S": "late effect"},
    }


def test_policies_of_a_payer_and_of_all_are_listed_by_procedure(
    either_database_url: str, tmp_path: Path
) -> None:
    number = bring_in(
        either_database_url, tmp_path, ReferenceKind.COVERAGE_POLICY, "policies.csv", POLICIES
    )
    with reading(either_database_url) as session:

        def listed(payer: str, on: date) -> Mapping[str, tuple[PolicyFacts, ...]]:
            return coverage_policies.list_policies(
                session, number, payer, ["82306", "97110", "99213"], on
            )

        assert listed("other", AFTER) == {
            "82306": (
                PolicyFacts(
                    "L1",
                    (("E559", "E559"), ("M80", "M81")),
                    (("Z0000", "Z0000"),),
                    source="invented",
                ),
            )
        }
        visits = PolicyFacts("L2", (), visits_a_year=20, source="invented")
        assert listed("big_plan", date(2025, 12, 31)) == {"97110": (visits,)}
        assert listed("big_plan", date(2026, 12, 31)).keys() == {"82306", "97110"}
        assert "97110" not in listed("big_plan", date(2027, 1, 1))
