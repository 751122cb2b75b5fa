"""CDC's tabular list as XML."""

import importlib.util
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from models.documents.reference import EditionToImport
from models.errors import RejectedError
from models.values.diagnosis_notes import DiagnosisNoteKind
from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.files import gather_files
from revcycle.reference.imports.icd10cm_tabular import ICD10CM_NOTES, count_misses
from tests.unit.reference.tabular_list import TABULAR


def edition_of(
    folder: Path, content: str, name: str = "icd10cm-tabular-2027.xml"
) -> EditionToImport:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_edition(ReferenceKind.ICD10CM_NOTES, ICD10CM_NOTES, [path])[0]


def test_the_name_of_the_file_says_the_fiscal_year(tmp_path: Path) -> None:
    facts = edition_of(tmp_path, TABULAR).facts
    assert (facts.name, facts.effective_from) == ("FY2027", date(2026, 10, 1))


def test_an_update_of_april_begins_in_april(tmp_path: Path) -> None:
    facts = edition_of(tmp_path, TABULAR, "icd10c-tabular-April-1-2026.xml").facts
    assert (facts.name, facts.effective_from) == ("FY2026 April", date(2026, 4, 1))


@pytest.mark.parametrize(
    ("place", "kind", "text", "codes"),
    [
        pytest.param("4", "excludes1", "of newborns (P70-P74)", "P70-P74", id="at-a-chapter"),
        pytest.param("E11", "excludes1", "gestational (O24.4-)", "O244", id="excludes1-apart"),
        pytest.param(
            "E11", "use_additional", "code to tell:; insulin (Z79.4)", "Z794", id="one-instruction"
        ),
        pytest.param(
            "E08", "code_first", "the cause, such as:; ache (R52)", "R52", id="causes-together"
        ),
        pytest.param("E1121", "excludes2", "other (N08)", "N08", id="at-a-code"),
        pytest.param("E11", "inclusion_term", "sweet blood NOS", "", id="other-words"),
        pytest.param("S52", "seventh_character", "late effect", "S", id="seventh-characters"),
        pytest.param("E11", "part_of", "", "E08-E13 4", id="where-a-category-stands"),
        pytest.param("T07", "part_of", "", "19", id="a-block-of-one-category"),
    ],
)
def test_notes_are_read_where_they_stand(
    tmp_path: Path, place: str, kind: str, text: str, codes: str
) -> None:
    rows = [(row[0], row[2], *row[3:]) for row in edition_of(tmp_path, TABULAR).rows]
    assert (place, kind, text, codes) in rows


def test_the_notes_of_a_place_are_numbered(tmp_path: Path) -> None:
    rows = list(edition_of(tmp_path, TABULAR).rows)
    assert len({row[:2] for row in rows}) == len(rows)


def test_a_broken_file_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="line 3, column"):
        list(edition_of(tmp_path, TABULAR.replace("</desc>", "</dsc>", 1)).rows)


def test_the_list_that_ships_names_hardly_a_code_that_it_lacks() -> None:
    found = importlib.util.find_spec("simple_icd_10_cm")
    assert found is not None
    assert found.submodule_search_locations is not None
    folder = Path(found.submodule_search_locations[0]) / "data"
    (file,), _ = gather_files([folder], ICD10CM_NOTES.members, ICD10CM_NOTES.suffixes)
    assert count_misses(file) == Counter({"B12": 7, "G31.90": 1})  # a vitamin, and a slip of CDC's
    edition, _ = read_edition(ReferenceKind.ICD10CM_NOTES, ICD10CM_NOTES, [folder])
    kinds = Counter(row[2] for row in edition.rows)
    assert kinds[DiagnosisNoteKind.EXCLUDES1] == 5_407
    assert kinds[DiagnosisNoteKind.INCLUSION_TERM] == 12_574
    assert kinds[DiagnosisNoteKind.PART_OF] == 1_918
