"""Every record of public sample files is accounted for."""

from pathlib import Path

import orjson
import pytest

from models.errors import RejectedError
from revcycle.formats.fhir.encounters import read_encounters as read_fhir
from revcycle.formats.hl7v2.encounters import MESSAGE_TYPES
from revcycle.formats.hl7v2.encounters import read_encounters as read_hl7v2

SAMPLES = Path(__file__).resolve().parents[4] / "../shared/data"
SYNTHEA = ("synthea_r4_2019_2021", "pysynthea_r4_2026")


def a_folder(name: str) -> list[Path]:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the sample folder {name} is not beside the checkout")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("folder", SYNTHEA)
def test_every_encounter_of_a_synthea_bundle_is_one_record(folder: str) -> None:
    for path in a_folder(folder):
        data = path.read_bytes()
        kinds = [entry["resource"]["resourceType"] for entry in orjson.loads(data)["entry"]]
        records = read_fhir(data)
        assert len(records) == kinds.count("Encounter"), path.name
        assert all(record.encounter and record.encounter.coverages for record in records)


def test_notes_and_coverages_of_new_synthea_bundles_are_read() -> None:
    for path in a_folder("pysynthea_r4_2026"):
        records = read_fhir(path.read_bytes())
        encounters = [record.encounter for record in records if record.encounter]
        assert all(encounter.notes for encounter in encounters), path.name
        assert all(encounter.rendering_provider for encounter in encounters), path.name


def test_blue_button_files_hold_no_encounter_and_are_refused() -> None:
    for path in a_folder("bluebutton_synthetic"):
        with pytest.raises(RejectedError, match="no Encounter"):
            read_fhir(path.read_bytes())


def test_every_hl7_message_is_a_record_and_only_allowed_types_are_read() -> None:
    for path in a_folder("hl7v2_ms"):
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        headers = [line for line in data.splitlines() if line.startswith(b"MSH|")]
        records = read_hl7v2(data)
        assert len(records) == len(headers), path.name
        for header, record in zip(headers, records, strict=True):
            kind = "^".join(header.decode().split("|")[8].split("^")[:2])
            assert (record.encounter is not None) == (kind in MESSAGE_TYPES), path.name


def test_the_sample_charge_message_is_read_with_its_traps() -> None:
    (path,) = [path for path in a_folder("hl7v2_ms") if path.name == "DFT-P03-01.hl7"]
    (record,) = read_hl7v2(path.read_bytes())
    assert record.encounter is not None
    assert [str(service.charge) for service in record.encounter.procedures] == ["100.00", "120.00"]
    assert [service.diagnosis_pointers for service in record.encounter.procedures] == [
        (1, 2),
        (1,),
    ]
