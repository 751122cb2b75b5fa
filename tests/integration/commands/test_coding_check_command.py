"""``revcycle coding check``: the rules of coding from the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from models.errors import NotFoundError, RejectedError
from models.tables import AuditEvent, Encounter, Patient
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.pages.denial_office import KEY, DenialOffice, open_office
from workbench.commands.coding import coding_app

CONFIGS = Path(__file__).parents[3] / "client_configs"
GOOD: dict[str, Any] = {
    "service_date": "2026-11-18",
    "diagnoses": ["E11.65", "I10"],
    "services": [{"procedure": "99213", "pointers": "1 2"}],
    "place_of_service": "11",
}
BAD = GOOD | {"diagnoses": ["W18.30XA", "S52.521"]}


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> DenialOffice:
    """A practice with a client file of its own, on a machine whose database is the test's."""
    shutil.copytree(CONFIGS / KEY, tmp_path / "configs" / KEY)
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "configs"))
    settings.cache_clear()
    return open_office(database_url)


def coding(*arguments: str) -> Result:
    """Run the command."""
    done = CliRunner().invoke(coding_app, arguments)
    settings.cache_clear()
    return done


def check(*arguments: str) -> Result:
    return coding("check", *arguments, "--client", KEY)


@pytest.fixture
def coded(office: DenialOffice) -> Encounter:
    office.office.bill(15_000)
    with transaction(office.url, office.client_id) as session:
        return session.exec(select(Encounter)).one()


def a_file(folder: Path, content: dict[str, Any]) -> str:
    path = folder / "coding.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_an_encounter_is_judged_by_number_or_id_and_somebody_looked(
    office: DenialOffice, coded: Encounter
) -> None:
    by_number = check(coded.source_key, "--json")
    by_id = check(str(coded.id), "--json")
    findings = json.loads(by_number.stdout)["findings"]
    assert findings == json.loads(by_id.stdout)["findings"]
    assert all(one["rule"].startswith("coding.") and one["fix"] for one in findings)
    with transaction(office.url, office.client_id) as session:
        actions = session.exec(
            select(AuditEvent.action).where(AuditEvent.subject_id == coded.id)
        ).all()
        patient = session.exec(select(Patient)).one()
    assert list(actions).count("check_coding") == 2
    assert patient.last_name not in by_number.stdout


@pytest.mark.usefixtures("office")
def test_codes_from_outside_are_judged_without_an_encounter(tmp_path: Path) -> None:
    done = check("--file", a_file(tmp_path, GOOD))
    assert done.exit_code == 0, done.output


@pytest.mark.usefixtures("office")
def test_an_error_in_codes_from_outside_exits_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = check("--file", a_file(tmp_path, BAD), "--json")
    found = {one["rule"]: one for one in json.loads(done.stdout)["findings"]}
    assert done.exit_code == 1
    assert found["coding.external_cause_first"]["field"] == "diagnoses[1]"
    assert "A, D, G" in found["coding.seventh_character"]["message"]
    assert found["coding.seventh_character"]["fix"]


def test_codes_from_outside_are_judged_for_an_encounter(coded: Encounter, tmp_path: Path) -> None:
    wanted = BAD | {"service_date": str(coded.service_date)}
    done = check(coded.source_key, "--file", a_file(tmp_path, wanted))
    assert done.exit_code == 1
    assert "coding.external_cause_first" in done.output
    assert "coding.medical_record" in done.output


def test_a_file_of_another_date_than_the_encounter_is_refused(
    coded: Encounter, tmp_path: Path
) -> None:
    other = GOOD | {"service_date": "2025-01-02"}
    done = check(coded.source_key, "--file", a_file(tmp_path, other))
    assert isinstance(done.exception, RejectedError)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(GOOD | {"service_date": "soon"}, "service_date", id="no-date"),
        pytest.param(GOOD | {"patient_name": "Vandermolen"}, "patient_name", id="an-unknown-key"),
        pytest.param({"diagnoses": []}, "service_date", id="a-missing-key"),
        pytest.param(GOOD | {"services": [{}]}, "services.0.procedure", id="a-service-of-nothing"),
    ],
)
def test_a_wrong_file_is_refused_by_the_place_and_without_its_text(
    content: dict[str, Any], words: str, tmp_path: Path
) -> None:
    done = check("--file", a_file(tmp_path, content))
    assert isinstance(done.exception, RejectedError)
    assert words in str(done.exception)
    assert "Vandermolen" not in str(done.exception)


@pytest.mark.usefixtures("office")
def test_an_encounter_of_nobody_is_not_found() -> None:
    assert isinstance(check("no-such-visit").exception, NotFoundError)


@pytest.mark.usefixtures("office")
def test_nothing_to_judge_is_said() -> None:
    assert isinstance(check().exception, RejectedError)
