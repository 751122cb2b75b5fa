"""A held claim, through the tasks of a cycle: back to the coder, and out to the payer once."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.act import Act
from models.documents.client_config import ResendPolicy
from revcycle.connectors import clock
from revcycle.operations.submission.send_back_to_coder import send_back_to_coder
from revcycle.settings import settings
from revcycle.store.session import engine_for
from tasks.runtime import client_id_of, client_transaction, config_of
from tests.crash import clinic


@pytest.fixture
def home(
    tmp_path: Path, migrated_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Path]:
    """A practice whose charts are coded and verified; of one patient the birth date is missing."""
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path))
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "client_configs"))
    forget()
    clinic.found_clinic(tmp_path, migrated_database, ResendPolicy.IDENTICAL)
    clinic.open_for_business()
    clinic.take_in()
    clinic.hear()
    clinic.code()
    yield tmp_path
    engine_for(settings().database).dispose()
    forget()


def forget() -> None:
    """Let the tasks read settings, client file and practice anew."""
    for kept in (settings, config_of, client_id_of):
        kept.cache_clear()


def change(home: Path, statement: str, *values: str) -> None:
    """Let the world change beside the tasks."""
    with closing(sqlite3.connect(home / "revcycle.sqlite3")) as database:
        database.execute(statement, values)
        database.commit()


STATES = """
    SELECT claim.id, claim.state, count(claim_version.id) FROM claim
    JOIN encounter ON encounter.id = claim.encounter_id
    LEFT JOIN claim_version ON claim_version.claim_id = claim.id
    WHERE encounter.patient_id = ? GROUP BY claim.id
"""


def claims_of(home: Path, patient_id: str) -> list[tuple[str, str, int]]:
    """List the claims of a patient's visits: id, state, and how often each was sent."""
    with closing(sqlite3.connect(home / "revcycle.sqlite3")) as database:
        return database.execute(STATES, (patient_id,)).fetchall()


def test_a_held_claim_is_recoded_and_leaves_once(home: Path) -> None:
    ((patient_id, born),) = clinic.rows_of(
        home,
        "SELECT patient.id, birth_date FROM encounter"
        " JOIN patient ON patient.id = encounter.patient_id"
        " WHERE encounter.state = 'coded' GROUP BY patient.id HAVING count(*) = 1"
        " ORDER BY patient.id LIMIT 1",
    )
    change(home, "UPDATE encounter SET verdict = 'active'")
    change(home, "UPDATE patient SET birth_date = NULL WHERE id = ?", patient_id)
    clinic.bill()
    ((claim_id, state, _),) = claims_of(home, patient_id)
    assert state == "held"

    with client_transaction(clinic.KEY) as session:
        act = Act(client_id_of(clinic.KEY), "ben", clock.now(), clinic.TODAY)
        send_back_to_coder(session, act, UUID(claim_id), words="Look at the level of the visit")
    clinic.bill()
    assert claims_of(home, patient_id) == [(claim_id, "recoding", 0)]
    assert clinic.violations() == []

    change(home, "UPDATE patient SET birth_date = ? WHERE id = ?", born, patient_id)
    clinic.code()
    clinic.bill()
    clinic.bill()
    assert claims_of(home, patient_id) == [(claim_id, "submitted", 1)]
    assert clinic.violations() == []
