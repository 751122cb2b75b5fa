"""A practice's file of authorizations, row by row."""

from datetime import date

import pytest

from models.documents.authorization import ToldAuthorization
from models.errors import RejectedError
from models.values.authorized import Counted
from revcycle.formats.csv.authorizations import AUTHORIZATION_COLUMNS, read_authorizations

HEADER = ",".join(AUTHORIZATION_COLUMNS)


def read(
    *rows: str, date_format: str = "%Y-%m-%d"
) -> tuple[tuple[ToldAuthorization, ...], list[tuple[str, str]]]:
    told, findings = read_authorizations("\r\n".join((HEADER, *rows)).encode(), date_format)
    return told, [(one.position, one.field) for one in findings]


def test_a_row_says_who_may_have_what_until_when() -> None:
    told, problems = read('MRN-1,Blue Heron,A-77,"97110,97140",12,,2026-11-01,2027-01-31')
    assert problems == []
    assert told == (
        ToldAuthorization(
            2,
            "MRN-1",
            "Blue Heron",
            "A-77",
            "97110,97140",
            Counted.VISITS,
            12,
            date(2026, 11, 1),
            date(2027, 1, 31),
        ),
    )


def test_units_and_days_of_the_practices_own_form_are_read() -> None:
    ((told,), _) = read("MRN-1,BHHP1,A-77,,,40,11/01/2026,", date_format="%m/%d/%Y")
    assert (told.counts, told.allowed, told.valid_from) == (Counted.UNITS, 40, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(",Blue Heron,A-77,,12,,,", "patient_number", id="whose"),
        pytest.param("MRN-1,,A-77,,12,,,", "payer", id="by-whom"),
        pytest.param("MRN-1,Blue Heron,,,12,,,", "authorization_number", id="no-number"),
        pytest.param(
            "MRN-1,Blue Heron,A\u00a077,,12,,,", "authorization_number", id="a-blank-of-a-browser"
        ),
        pytest.param("MRN-1,Blue Heron,A-77,,,,,", "visits", id="how-many"),
        pytest.param("MRN-1,Blue Heron,A-77,,12,40,,", "visits", id="visits-and-units"),
        pytest.param("MRN-1,Blue Heron,A-77,,twelve,,,", "visits", id="no-number-of-visits"),
        pytest.param("MRN-1,Blue Heron,A-77,,,-4,,", "units", id="fewer-than-none"),
        pytest.param("MRN-1,Blue Heron,A-77,,12,,soon,", "valid_from", id="no-day"),
        pytest.param(
            "MRN-1,Blue Heron,A-77,,12,,2026-11-02,2026-11-01", "valid_to", id="ends-before"
        ),
        pytest.param("MRN-1,Blue Heron", "", id="too-few-cells"),
    ],
)
def test_a_row_with_a_problem_is_left_out_and_named(row: str, field: str) -> None:
    told, problems = read(row, "MRN-2,Blue Heron,A-78,,12,,,")
    assert [one.number for one in told] == ["A-78"]
    assert problems == [("line 2", field)]


def test_a_file_with_other_headers_is_refused() -> None:
    with pytest.raises(RejectedError, match="column missing"):
        read_authorizations(b"patient_number,payer\nMRN-1,Blue Heron\n")
