"""What completed charts teach: kept once, replaced as a whole, of this practice only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.states.encounter import EncounterState
from models.tables import AuditEvent, Client, ClinicalNote, Diagnosis, Encounter, SuggestionModel
from revcycle.operations.coding.train_suggestions import (
    keep_learned,
    learn_lesson,
    list_accepted_notes,
    read_lesson,
)
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.rules.suggestions.history import AcceptedNote
from revcycle.rules.suggestions.stored import read_learned
from revcycle.store.session import transaction
from revcycle.store.suggestion_models import ModelFacts, find_model_facts, read_model
from tests.pages.page_examples import add_practice
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


def learn_now(url: str, act: Act, notes: Sequence[AcceptedNote]) -> ModelFacts | None:
    """Read, learn and keep; return what the practice has then."""
    with transaction(url, act.client_id) as session:
        lesson = read_lesson(session, act.client_id, notes)
    learned = learn_lesson(small_book(), lesson, act.at)
    if learned is None:
        return lesson.known
    with transaction(url, act.client_id) as session:
        return keep_learned(session, act, lesson, learned)


def test_the_same_charts_again_change_nothing(database_url: str, act: Act) -> None:
    learned = [learn_now(database_url, act, NOTES) for _ in range(2)]
    assert learned[0] == learned[1]
    with transaction(database_url) as session:
        acts = session.exec(
            select(AuditEvent).where(col(AuditEvent.action) == "train_suggestions")
        ).all()
        assert len(acts) == 1
        assert len(session.exec(select(SuggestionModel)).all()) == 1


def test_new_charts_replace_what_was_learned(database_url: str, act: Act) -> None:
    more = (*NOTES, AcceptedNote("Fever since Friday.", ("R509",)))
    learn_now(database_url, act, NOTES)
    learn_now(database_url, act, more)
    with transaction(database_url) as session:
        facts = find_model_facts(session, act.client_id)
        learned = read_learned(read_model(session, act.client_id), small_book())
    assert facts is not None
    assert facts.note_count == learned.history.note_count == len(more)
    assert "R509" in learned.history.codes


def test_what_was_learned_from_newer_charts_meanwhile_stays(
    either_database_url: str, act: Act
) -> None:
    """A slow night and a manager's command: what ends last was read first."""
    act = replace(act, client_id=add_practice(either_database_url, "summit"))
    with transaction(either_database_url, act.client_id) as session:
        slow = read_lesson(session, act.client_id, NOTES)
    learned_slowly = learn_lesson(small_book(), slow, act.at)
    assert learned_slowly is not None
    more = (*NOTES, AcceptedNote("Fever since Friday.", ("R509",)))
    newer = learn_now(either_database_url, act, more)
    with transaction(either_database_url, act.client_id) as session:
        assert keep_learned(session, act, slow, learned_slowly) == newer
        assert find_model_facts(session, act.client_id) == newer


def test_too_few_charts_teach_nothing(database_url: str, act: Act) -> None:
    assert learn_now(database_url, act, NOTES[:1]) is None
    with transaction(database_url) as session:
        assert read_model(session, act.client_id) == b""


def test_no_practice_has_what_another_one_taught(database_url: str, act: Act) -> None:
    other = Client(key="other_practice", name="Other", time_zone="UTC")
    learn_now(database_url, act, NOTES)
    with transaction(database_url) as session:
        session.add(other)
    with transaction(database_url) as session:
        assert read_model(session, other.id) == b""
        assert list_accepted_notes(session, other.id) == []
