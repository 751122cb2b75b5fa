"""read_encounters of CSV files."""

from datetime import date
from decimal import Decimal

import pytest

from models.documents.finding import Severity
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.csv.encounters import read_encounters

COLUMNS = {
    "encounter_number": "Visit",
    "patient_number": "Chart",
    "patient_last_name": "Last",
    "patient_first_name": "First",
    "patient_birth_date": "DOB",
    "patient_sex": "Sex",
    "service_date": "DOS",
    "procedure_code": "Code",
    "modifier_1": "Mod",
    "units": "Units",
    "charge": "Charge",
    "diagnosis_1": "Dx1",
    "diagnosis_2": "Dx2",
    "diagnosis_pointers": "Ptr",
    "primary_payer_name": "Payer",
    "primary_member_id": "Member",
    "note": "Note",
}
HEADER = ",".join(COLUMNS.values())
FIRST = "V1,C1,Mosswick,Elinda,03/04/1970,F,11/20/2026,99213,25,1,$125.00,I10,E11.9,A,Bluegate,BW1,"
SECOND = "V1,C1,Mosswick,Elinda,03/04/1970,F,11/20/2026,83036,,2,12.5,E11.9,,1,Bluegate,BW1,"


def a_file(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *rows)).encode()


def read(*rows: str) -> tuple:  # type: ignore[type-arg]  # records, unpacked by the tests
    return read_encounters(a_file(*rows), COLUMNS, "%m/%d/%Y")


def test_rows_with_the_same_encounter_number_are_one_encounter() -> None:
    other = FIRST.replace("V1,", "V2,", 1)
    first, second = read(FIRST, other, SECOND)
    assert (first.position, second.position) == ("line 2", "line 3")
    assert [service.code.code for service in first.encounter.procedures] == ["99213", "83036"]
    assert len(second.encounter.procedures) == 1


def test_a_row_says_everything_about_a_service() -> None:
    (record,) = read(FIRST, SECOND)
    encounter = record.encounter
    office, test = encounter.procedures
    assert record.findings == ()
    assert encounter.service_date == date(2026, 11, 20)
    assert encounter.patient.birth_date == date(1970, 3, 4)
    assert encounter.identifiers == (("MR", "C1"),)
    assert encounter.coverages[0].member_id == "BW1"
    assert office.modifiers == ("25",)
    assert office.charge == Money(12_500)
    assert (test.units, test.charge) == (Decimal(2), Money(1_250))


def test_pointers_of_a_row_become_places_in_the_encounters_list() -> None:
    (record,) = read(FIRST, SECOND)
    assert [code.code for code in record.encounter.diagnoses] == ["I10", "E119"]
    assert [one.diagnosis_pointers for one in record.encounter.procedures] == [(1,), (2,)]


def test_a_missing_column_is_refused_with_the_header_found() -> None:
    data = a_file(FIRST).replace(b"DOB", b"Born")
    with pytest.raises(RejectedError, match=r"column missing: DOB; .*Visit, Chart.*Born"):
        read_encounters(data, COLUMNS, "%m/%d/%Y")


def test_a_file_without_a_header_is_refused_without_showing_a_patient() -> None:
    with pytest.raises(RejectedError, match="no header") as refusal:
        read_encounters(FIRST.encode(), COLUMNS, "%m/%d/%Y")
    assert "Mosswick" not in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "no header", id="an-empty-file"),
        pytest.param(b"\xff\xfe\x00", "not utf-8", id="not-text"),
        pytest.param(HEADER.encode() + b'\r\nV1,"open', "near line 2", id="an-open-quote"),
    ],
)
def test_an_unreadable_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(RejectedError, match=words):
        read_encounters(data, COLUMNS, "%m/%d/%Y")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (FIRST.replace("11/20/2026", "2026-11-20"), "service_date"),
        (FIRST.replace("03/04/1970", "31/31/1970"), "patient_birth_date"),
        (FIRST.replace("$125.00", "125.005"), "charge"),
        (FIRST.replace("$125.00", "1e999999999"), "charge"),
        (FIRST.replace(",25,1,", ",25,none,"), "units"),
        (FIRST.replace(",25,1,", ",25,0,"), "units"),
        (FIRST.replace(",25,1,", ",25,10000000,"), "units"),
        (FIRST.replace(",A,", ",Z,"), "diagnosis_pointers"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_finding_with_its_line(wrong: str, field: str) -> None:
    good = FIRST.replace("V1,", "V9,", 1)
    first, second = read(good, wrong)
    (finding,) = second.findings
    assert (finding.severity, finding.field, finding.position) == (Severity.ERROR, field, "line 3")
    assert first.findings == ()


def test_a_row_that_is_too_short_stops_only_itself() -> None:
    broken, good = read("V7,C7,Fernmoor", FIRST)
    assert broken.encounter is None
    assert "3 cells" in broken.findings[0].message
    assert good.encounter.source_key == "V1"


def test_a_row_without_encounter_number_is_a_record_of_its_own() -> None:
    broken, good = read(FIRST.replace("V1,", ",", 1), SECOND)
    assert broken.encounter is None
    assert good.encounter is not None


def test_a_repeated_row_is_left_out_with_a_warning() -> None:
    (record,) = read(FIRST, FIRST)
    assert len(record.encounter.procedures) == 1
    assert [finding.severity for finding in record.findings] == [Severity.WARNING]


def test_rows_of_one_encounter_that_disagree_on_the_patient_are_an_error() -> None:
    (record,) = read(FIRST, SECOND.replace("Mosswick", "Fernmoor"))
    (finding,) = record.findings
    assert (finding.field, finding.position) == ("patient_last_name", "line 3")


def test_a_line_break_inside_a_note_does_not_move_the_line_numbers() -> None:
    note = 'V3,C1,Mosswick,Elinda,03/04/1970,F,11/20/2026,,,,,,,,Bluegate,BW1,"one\r\ntwo"'
    first, second = read(note, FIRST.replace("11/20/2026", "tomorrow"))
    assert first.encounter.notes[0].text == "one\r\ntwo"
    assert second.findings[0].position == "line 4"


def test_a_byte_order_mark_other_delimiters_and_windows_text_are_read() -> None:
    marked = read_encounters(b"\xef\xbb\xbf" + a_file(FIRST), COLUMNS, "%m/%d/%Y")
    windows = a_file(FIRST.replace("Elinda", "Élinda").replace(",", ";"))
    windows = windows.decode().replace(",", ";").encode("cp1252")
    (record,) = read_encounters(windows, COLUMNS, "%m/%d/%Y", delimiter=";", encoding="cp1252")
    assert len(marked) == 1
    assert record.encounter is not None
    assert record.encounter.patient.first_name == "Élinda"
