"""What the client file says of the office's working days and hours."""

from datetime import date
from pathlib import Path

import pytest

from models.documents.office_hours import OfficeHours, read_hours
from models.documents.office_section import OfficeSection
from revcycle.client_config import read_client_config
from tests.unit.client_config.client_file_copies import errors_of, written

MONDAY = 'monday = "08:00-17:00"'
SATURDAY = 'saturday = "closed"'


@pytest.mark.parametrize(
    ("new", "says"),
    [
        pytest.param('monday = "8-17"', "hours such as", id="not-as-hours-are-written"),
        pytest.param('monday = "17:00-08:00"', "opens before it closes", id="closes-first"),
        pytest.param('monday = "08:00-24:30"', "hours such as", id="no-such-time"),
        pytest.param('montag = "08:00-17:00"', "is not known here", id="no-such-day"),
    ],
)
def test_hours_that_nobody_can_keep_are_refused(tmp_path: Path, new: str, says: str) -> None:
    found = errors_of(written(tmp_path, (MONDAY, new)))
    assert [says in finding.message for finding in found] == [True]
    assert (found[0].field or "").startswith("office.hours")


def test_an_office_that_never_opens_is_refused(tmp_path: Path) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    closed = [(f'{day} = "08:00-17:00"', f'{day} = "closed"') for day in days]
    (found,) = errors_of(written(tmp_path, *closed))
    assert "one day of the week" in found.message


def test_a_saturday_and_own_days_off_are_read(tmp_path: Path) -> None:
    office = read_client_config(
        written(tmp_path, (SATURDAY, 'saturday = "09:00-12:30"'))
    ).office.to_document("America/Chicago")
    assert office.week[5] == (540, 750)
    assert office.closed_on == {date(2026, 12, 24)}


def test_a_file_without_an_office_has_the_usual_week() -> None:
    usual = OfficeSection().to_document("UTC")
    assert usual == OfficeHours("UTC")
    assert (usual.week[0], usual.week[5]) == (read_hours("08:00-17:00"), None)
