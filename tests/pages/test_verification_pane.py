"""Coverages that a payer did not confirm: what it said in words, and what people find out."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.eligibility import Benefit
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.states.work_item import Queue
from models.tables import Coverage, EligibilityCheck, Encounter, WorkItemNote
from models.values.access import Role
from models.values.money import Money
from revcycle.store import encounters
from revcycle.store.session import transaction
from tests.integration.intake_records import a_record
from tests.integration.verification import test_verification as payer
from tests.pages.front_desk_office import act_of, add_office, fill, hire, items_of, receive, take

KEY = "lakeside_family"
HOSTILE = "<svg onload=alert(1)>"


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    return add_office(database_url)


@pytest.fixture
def act(lakeside: UUID) -> Act:
    return act_of(lakeside)


@pytest.fixture
def vera(stranger: TestClient, database_url: str, lakeside: UUID, act: Act) -> TestClient:
    """A verifier; a payer has said of a visit that it knows no such member."""
    receive(database_url, lakeside, [a_record()])
    with transaction(database_url, lakeside) as session:
        ids = list(session.exec(select(Encounter.id)).all())
    payer.ask(database_url, act, ids)
    benefits = (Benefit("1"), Benefit("B", amount=Money(2_500), messages=(HOSTILE,)))
    payer.answer(database_url, act, benefits, reason="72")
    return hire(stranger, database_url, [lakeside], Role.VERIFIER, Queue.VERIFICATION)


@pytest.fixture
def address(vera: TestClient, database_url: str, lakeside: UUID) -> str:
    (item,) = items_of(database_url, lakeside, Queue.VERIFICATION)
    return take(vera, KEY, item)


def look(url: str, client_id: UUID) -> tuple[EligibilityCheck, Encounter, list[Coverage]]:
    with transaction(url, client_id) as session:
        check = session.exec(select(EligibilityCheck)).one()
        held = list(session.exec(select(Coverage).order_by("rank")).all())
        (encounter_id,) = session.exec(select(Encounter.id)).all()
        return check, encounters.get_encounter(session, client_id, encounter_id), held


def test_the_answer_stands_there_in_words_with_what_to_do_next(
    vera: TestClient, address: str
) -> None:
    page = vera.get(address).text
    assert "Member number wrong or missing" in page
    assert "Compare the member id with the card, correct it and ask again." in page
    assert "co-payment" not in page or "$25.00" in page
    assert HOSTILE not in page


def test_a_call_needs_a_name_and_a_reference_and_settles_the_visits(
    vera: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    refused = vera.post(f"{address}/confirm", data=fill(vera, address, who="Pat", reference=" "))
    assert refused.status_code == 422
    assert 'value="Pat"' in refused.text
    data = fill(vera, address, who="Pat of Blue Heron", reference="R-77", then="list")
    codes = [
        vera.post(f"{address}/confirm", data=data, follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert codes == [303, 409]
    _, encounter, _ = look(database_url, lakeside)
    assert encounter.verdict == EligibilityVerdict.ACTIVE
    with transaction(database_url, lakeside) as session:
        (note,) = session.exec(select(WorkItemNote.text)).all()
    assert "Pat of Blue Heron" in note
    assert "R-77" in note


def test_the_payer_is_asked_again_with_the_number_of_the_card(
    vera: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    vera.post(f"{address}/ask-again", data=fill(vera, address, member_id="BHH0012341"))
    check, encounter, (coverage,) = look(database_url, lakeside)
    assert (check.state, coverage.member_id) == (EligibilityState.OPEN, "BHH0012341")
    assert encounter.verdict is None


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("", "say on which day"),
        ("31/10/2026", "year-month-day"),
        ("2026-11-18", "still be in force"),
    ],
    ids=["none", "no-day", "the-day-of-service"],
)
def test_a_last_day_is_a_day_before_the_visit(
    vera: TestClient, address: str, day: str, told: str
) -> None:
    answer = vera.post(f"{address}/end", data=fill(vera, address, last_day=day))
    assert answer.status_code == 422
    assert told in answer.text


def test_a_coverage_that_ended_covers_nothing_any_more(
    vera: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    vera.post(f"{address}/end", data=fill(vera, address, last_day="2026-10-31"))
    _, encounter, (coverage,) = look(database_url, lakeside)
    assert coverage.valid_to == date(2026, 10, 31)
    assert encounter.verdict is None


def test_the_patient_pays_where_the_payer_does_not(
    vera: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    vera.post(f"{address}/self-pay", data=fill(vera, address))
    _, _, (coverage,) = look(database_url, lakeside)
    assert coverage.valid_to == date(2026, 11, 17)
    assert items_of(database_url, lakeside, Queue.VERIFICATION) == []


@pytest.mark.parametrize("ended_on", ["", "2026-10-31"], ids=["both-in-force", "instead"])
def test_another_insurance_is_written_down_and_asked(
    vera: TestClient, address: str, database_url: str, lakeside: UUID, ended_on: str
) -> None:
    wrong = fill(vera, address, payer_key="nobody", new_member_id="CM1", ended_on=ended_on)
    assert vera.post(f"{address}/other", data=wrong).status_code == 422
    good = {**wrong, "payer_key": "commonweal", "then": "list"}
    answer = vera.post(f"{address}/other", data=good, follow_redirects=False)
    assert answer.headers["location"].endswith("said=coverage_added")
    _, _, held = look(database_url, lakeside)
    assert {one.member_id for one in held} == {"BHH0012340", "CM1"}
    assert items_of(database_url, lakeside, Queue.VERIFICATION) == []


def test_a_decision_about_an_answer_that_changed_is_shown_both_ways(
    vera: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    data = fill(vera, address, member_id="BHH-TYPED")
    with transaction(database_url, lakeside) as session:
        session.exec(select(Coverage)).one().member_id = "BHH-OTHER"
    answer = vera.post(f"{address}/ask-again", data=data)
    assert answer.status_code == 409
    assert "BHH-OTHER" in answer.text
    assert "BHH-TYPED" in answer.text
