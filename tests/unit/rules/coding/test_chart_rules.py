"""The rules about the chart and the place of service."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.documents.coding import CodedService
from models.documents.coding_case import ChartFacts, CodingCase, NoteFacts
from models.documents.finding import Severity
from tests.unit.rules.coding.judged_cases import SERVICE_DATE, charted, judge

SIGNED = NoteFacts(SERVICE_DATE, is_signed=True)
UNSIGNED = NoteFacts(SERVICE_DATE, is_signed=False)
BLANK = NoteFacts(SERVICE_DATE, is_signed=True, is_empty=True)
LATER = NoteFacts(SERVICE_DATE + timedelta(days=3), is_signed=True)
UNDATED = NoteFacts(None, is_signed=True)


@pytest.mark.parametrize(
    ("case", "is_found"),
    [
        pytest.param(charted(SIGNED), False, id="signed"),
        pytest.param(charted(), True, id="no-note"),
        pytest.param(charted(BLANK), True, id="an-empty-note-is-none"),
        pytest.param(charted(UNSIGNED), True, id="unsigned"),
        pytest.param(charted(SIGNED, UNSIGNED), False, id="an-answer-by-telephone-beside-it"),
        pytest.param(replace(charted(), chart=ChartFacts()), False, id="nobody-looked"),
    ],
)
def test_there_is_a_signed_record(case: CodingCase, *, is_found: bool) -> None:
    found = judge("coding.medical_record", case)
    assert [one.severity for one in found] == [Severity.WARNING] * is_found


@pytest.mark.parametrize(
    ("case", "is_found"),
    [
        pytest.param(charted(SIGNED), False, id="on-the-day"),
        pytest.param(charted(LATER), True, id="three-days-later"),
        pytest.param(charted(LATER, SIGNED), False, id="one-of-two-on-the-day"),
        pytest.param(charted(UNDATED), False, id="a-note-without-a-day"),
        pytest.param(charted(), False, id="no-note-has-no-day"),
    ],
)
def test_a_note_is_of_the_date_of_service(case: CodingCase, *, is_found: bool) -> None:
    assert bool(judge("coding.note_date", case)) is is_found


def test_a_note_of_any_day_of_a_stay_is_of_the_service() -> None:
    case = charted(LATER)
    stay = replace(case, chart=replace(case.chart, last_day=LATER.written_on))
    assert judge("coding.note_date", case)
    assert not judge("coding.note_date", stay)


@pytest.mark.parametrize(
    ("place", "on", "is_found"),
    [
        pytest.param("11", SERVICE_DATE, False, id="an-office"),
        pytest.param("", SERVICE_DATE, False, id="intake-asks-for-a-missing-place"),
        pytest.param("97", SERVICE_DATE, True, id="no-place-of-cms"),
        pytest.param("27", date(2023, 9, 30), True, id="the-street-before-there-was-a-code"),
        pytest.param("27", date(2023, 10, 1), False, id="the-street-on-the-first-day"),
    ],
)
def test_the_place_is_in_force(place: str, on: date, *, is_found: bool) -> None:
    case = charted(place=place)
    dated = replace(case, coding=replace(case.coding, service_date=on))
    found = judge("coding.place_of_service", dated)
    assert [one.field for one in found] == ["place_of_service"] * is_found
    assert all(one.severity is Severity.ERROR for one in found)


@pytest.mark.parametrize(
    ("procedure", "place", "severity"),
    [
        pytest.param("99213", "11", None, id="an-office-visit-in-the-office"),
        pytest.param("99213", "22", None, id="an-outpatient-visit-in-the-hospital"),
        pytest.param("99213", "21", Severity.WARNING, id="an-office-visit-of-an-inpatient"),
        pytest.param("99213", "23", Severity.WARNING, id="an-office-visit-in-the-emergency-room"),
        pytest.param("99283", "23", None, id="an-emergency-visit"),
        pytest.param("99283", "11", Severity.ERROR, id="an-emergency-visit-in-the-office"),
        pytest.param("99223", "21", None, id="a-hospital-visit"),
        pytest.param("99223", "11", Severity.WARNING, id="a-hospital-visit-in-the-office"),
        pytest.param("99309", "11", Severity.WARNING, id="a-nursing-home-visit-in-the-office"),
        pytest.param("99348", "12", None, id="a-visit-at-home"),
        pytest.param("99348", "11", Severity.WARNING, id="a-visit-at-home-in-the-office"),
        pytest.param("20610", "23", None, id="no-visit"),
        pytest.param("99213", "", None, id="no-place"),
    ],
)
def test_a_visit_is_where_its_code_says(
    procedure: str, place: str, severity: Severity | None
) -> None:
    case = charted(place=place, services=(CodedService(procedure, (1,)),))
    found = [one.severity for one in judge("coding.place_and_visit", case)]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("place", "modifiers", "severity"),
    [
        pytest.param("10", (), Severity.INFO, id="telehealth-without-a-modifier"),
        pytest.param("10", ("95",), None, id="telehealth-with-its-modifier"),
        pytest.param("11", ("95",), Severity.WARNING, id="a-modifier-in-the-office"),
        pytest.param("11", (), None, id="a-visit-in-the-office"),
        pytest.param("", ("95",), None, id="no-place"),
    ],
)
def test_telehealth_is_said_by_place_and_modifier(
    place: str, modifiers: tuple[str, ...], severity: Severity | None
) -> None:
    case = charted(place=place, services=(CodedService("99213", (1,), modifiers),))
    found = [one.severity for one in judge("coding.telehealth", case)]
    assert found == ([severity] if severity else [])
