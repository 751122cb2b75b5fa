"""What completed charts teach: kept once, replaced as a whole, of this practice only."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.states.encounter import EncounterState
from models.tables import AuditEvent, Client, ClinicalNote, Diagnosis, Encounter, SuggestionModel
from revcycle.operations.coding.train_suggestions import list_accepted_notes, train_suggestions
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.rules.suggestions.history import AcceptedNote
from revcycle.rules.suggestions.stored import read_learned
from revcycle.store.session import transaction
from revcycle.store.suggestion_models import find_model_facts, read_model
from tests.unit.rules.suggestions.small_book import NOTES, small_book


@pytest.fixture
def charts(database_url: str, act: Act) -> list[UUID]:
    """Three charts of the practice: two of them completed."""
    states = (EncounterState.CODED, EncounterState.BILLED, EncounterState.CODING)
    with transaction(database_url) as session:
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        found = []
        for number, state in enumerate(states):
            encounter = Encounter(
                client_id=act.client_id,
                source_key=f"V{number}",
                inbound_file_id=file.id,
                service_date=act.today,
                state=state,
            )
            session.add(encounter)
            session.flush()
            owner: dict[str, Any] = {
                "client_id": act.client_id,
                "encounter_id": encounter.id,
                "ordinal": 1,
            }
            session.add(ClinicalNote(**owner, text=NOTES[number].text))
            session.add(Diagnosis(**owner, code=NOTES[number].codes[0]))
            found.append(encounter.id)
    return found


@pytest.mark.usefixtures("charts")
def test_only_completed_charts_teach(database_url: str, act: Act) -> None:
    with transaction(database_url) as session:
        notes = list_accepted_notes(session, act.client_id)
    assert {one.codes for one in notes} == {NOTES[0].codes, NOTES[1].codes}


def test_the_same_charts_again_change_nothing(database_url: str, act: Act) -> None:
    facts = []
    for _ in range(2):
        with transaction(database_url) as session:
            facts.append(train_suggestions(session, act, small_book(), NOTES))
    assert facts[0] == facts[1]
    with transaction(database_url) as session:
        acts = session.exec(
            select(AuditEvent).where(col(AuditEvent.action) == "train_suggestions")
        ).all()
        assert len(acts) == 1
        assert len(session.exec(select(SuggestionModel)).all()) == 1


def test_new_charts_replace_what_was_learned(database_url: str, act: Act) -> None:
    more = (*NOTES, AcceptedNote("Fever since Friday.", ("R509",)))
    with transaction(database_url) as session:
        train_suggestions(session, act, small_book(), NOTES)
    with transaction(database_url) as session:
        train_suggestions(session, act, small_book(), more)
    with transaction(database_url) as session:
        facts = find_model_facts(session, act.client_id)
        learned = read_learned(read_model(session, act.client_id), small_book())
    assert facts is not None
    assert facts.note_count == learned.history.note_count == len(more)
    assert "R509" in learned.history.codes


def test_too_few_charts_teach_nothing(database_url: str, act: Act) -> None:
    with transaction(database_url) as session:
        assert train_suggestions(session, act, small_book(), NOTES[:1]) is None
        assert read_model(session, act.client_id) == b""


def test_no_practice_has_what_another_one_taught(database_url: str, act: Act) -> None:
    other = Client(key="other_practice", name="Other", time_zone="UTC")
    with transaction(database_url) as session:
        session.add(other)
        train_suggestions(session, act, small_book(), NOTES)
    with transaction(database_url) as session:
        assert read_model(session, other.id) == b""
        assert list_accepted_notes(session, other.id) == []
