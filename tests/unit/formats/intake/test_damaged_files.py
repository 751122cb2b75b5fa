"""Damaged files are refused or read in part; they never crash a reader."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.encounter import IntakeRecord
from models.errors import RejectedError
from revcycle.formats.csv.encounters import read_encounters as read_csv
from revcycle.formats.fhir.encounters import read_encounters as read_fhir
from revcycle.formats.hl7v2.encounters import read_encounters as read_hl7v2

COLUMNS = {"encounter_number": "Visit", "service_date": "Day", "units": "Units"}
WHOLE = {
    "fhir": b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", '
    b'"id": "p"}}, {"resource": {"resourceType": "Encounter", "id": "e", "subject": '
    b'{"reference": "Patient/p"}, "period": {"start": "2026-11-20"}}}]}',
    "hl7v2": b"MSH|^~\\&|EHR||||||DFT^P03|1\rPID|1||P1^^^^MR||Moss^Elinda||19700304|F\r"
    b"PV1|1|O\rFT1|1|||20261120||CG|99213|||2|100&USD||||||||I10~E11.9\r",
    "csv": b"Visit,Day,Units\r\nV1,2026-11-20,1\r\nV2,2026-11-20,2\r\n",
}
READERS: dict[str, Callable[[bytes], tuple[IntakeRecord, ...]]] = {
    "fhir": read_fhir,
    "hl7v2": read_hl7v2,
    "csv": lambda data: read_csv(data, COLUMNS, "%Y-%m-%d"),
}
cuts = st.tuples(st.integers(0, 400), st.integers(0, 20), st.binary(max_size=8))


@pytest.mark.parametrize("name", sorted(READERS))
@given(damage=st.lists(cuts, max_size=4))
def test_a_damaged_file_is_refused_or_every_record_has_a_verdict(
    name: str, damage: list[tuple[int, int, bytes]]
) -> None:
    data = WHOLE[name]
    for start, length, replacement in damage:
        data = data[:start] + replacement + data[start + length :]
    with suppress(RejectedError):
        records = READERS[name](data)
        assert [one.ordinal for one in records] == list(range(1, len(records) + 1))
        assert all(one.encounter is not None or one.findings for one in records)


@pytest.mark.parametrize("name", sorted(READERS))
@given(data=st.binary(max_size=200))
def test_noise_is_refused_or_read_as_records(name: str, data: bytes) -> None:
    with suppress(RejectedError):
        assert all(one.encounter is not None or one.findings for one in READERS[name](data))


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_whole_file_is_readable(name: str) -> None:
    records = READERS[name](WHOLE[name])
    assert all(record.encounter is not None for record in records)
