"""Files of codes that users load: CMS's HCPCS file, and a CPT list of their own."""

from datetime import date

import pytest

from models.errors import RejectedError
from revcycle.reference.cpt_file import read_cpt_file
from revcycle.reference.hcpcs_file import COLUMNS, read_hcpcs_file
from revcycle.reference.icd10 import KNOWN_FROM
from revcycle.reference.icd10_code_list import list_icd10_code_documents
from revcycle.reference.priced_codes import list_priced_codes

RECORD_LENGTH = 320


def a_line(
    code: str, kind: str, text: str, *, added_on: str = "20110101", ends_on: str = ""
) -> str:
    """Write a line of CMS's record layout."""
    begin = f"{code:<5}00100{kind}{text:<80}".ljust(268)
    return f"{begin}{added_on:<8}{'':8}{ends_on:<8}".ljust(RECORD_LENGTH)


LINES = (
    "***Disclaimers",
    a_line("   AA", "7", "A modifier"),
    a_line("   AA", "8", "and more of it", added_on=""),
    a_line("G0438", "3", "Annual wellness visit; includes a plan of service"),
    a_line("G0438", "4", "(pps), initial visit", added_on=""),
    a_line("A4253", "3", "Test strips", ends_on="20251231"),
    a_line("D0120", "3", "A dental code"),
)
TEXT = "\r\n".join(LINES).encode("cp1252")
TABLE = "\r\n".join(
    [
        "HCPCS October 2026,,,,",
        ",".join(COLUMNS),
        '   AA,7,"A modifier",19840101,',
        'G0438,3,"Annual wellness visit; includes a plan of service",20110101,',
        'G0438,4,"(pps), initial visit",,',
        "A4253,3,Test strips,20110101,20251231",
    ]
).encode()


@pytest.mark.parametrize("content", [TEXT, TABLE], ids=["text-of-320-columns", "table-as-csv"])
def test_both_forms_of_the_file_give_procedures_with_their_whole_text(content: bytes) -> None:
    strips, wellness = read_hcpcs_file(content)
    assert (strips.code, strips.valid_to) == ("A4253", date(2025, 12, 31))
    assert wellness.code == "G0438"
    assert wellness.title == (
        "Annual wellness visit; includes a plan of service (pps), initial visit"
    )
    assert (wellness.valid_from, wellness.valid_to) == (date(2011, 1, 1), None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff" * 5_000, id="no-text"),
        pytest.param(LINES[1].encode(), id="modifiers-only"),
        pytest.param(b"HCPC,RECID,LONG DESCRIPTION\r\nG0438,3,x", id="columns-are-missing"),
        pytest.param(
            a_line("G0438", "3", "A visit", added_on="2011").encode(), id="a-date-that-is-none"
        ),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(RejectedError):
        read_hcpcs_file(content)


def test_a_licensed_list_is_read() -> None:
    content = (
        "\ufeffcode,words,valid_from,valid_to\n99213,our own words,,\n0001t,soon,2026-01-01,\n"
    )
    soon, visit = read_cpt_file(content.encode())
    assert (soon.code, soon.valid_from) == ("0001T", date(2026, 1, 1))
    assert (visit.title, visit.valid_from, visit.valid_to) == ("our own words", KNOWN_FROM, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("number,text\n", "code and words", id="other-columns"),
        pytest.param("code,words\nE11.9,x\n", "line 2", id="no-procedure"),
        pytest.param("code,words\n99213,\n", "line 2", id="no-words"),
        pytest.param("code,words\n99213\n", "line 2", id="a-short-line"),
        pytest.param("code,words,valid_to\n99213,x,soon\n", "line 2", id="no-date"),
        pytest.param("code,words\n99213,\x96\n", "UTF-8", id="another-encoding"),
    ],
)
def test_a_licensed_list_that_cannot_be_read_names_the_line(content: str, reason: str) -> None:
    with pytest.raises(RejectedError, match=reason):
        read_cpt_file(content.encode("latin-1"))


def test_codes_without_a_title_and_headings_are_listed_too() -> None:
    codes = list_icd10_code_documents({"E119": "Type 2 diabetes", "E11": "Diabetes, heading"})
    assert [code.code for code in codes[:2]] == ["E119", "E11"]
    assert [code.is_billable for code in codes[:2]] == [True, False]
    ended = next(code for code in codes if code.code == "I428")
    assert (ended.title, ended.valid_to) == ("", date(2026, 9, 30))


def test_a_priced_procedure_is_known_by_its_number() -> None:
    (ours, bare) = list_priced_codes({"99213", "70551"}, {"99213": "visit"})[::-1]
    assert ours.title == "visit"
    assert (bare.code, bare.title) == ("70551", "")
