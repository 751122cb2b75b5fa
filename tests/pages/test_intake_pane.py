"""Records that intake could not use: corrected, asked about, voided, refused, read again."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.encounter import IntakeRecord
from models.documents.finding import Finding, Severity
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import Encounter, InboundFile, Patient, WorkItem
from models.values.access import Role
from revcycle.operations.intake.finish_intake_file import quarantine_intake_file
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.integration.intake_records import COVERAGE, WREN, a_record
from tests.pages.front_desk_office import (
    act_of,
    add_office,
    fill,
    hire,
    items_of,
    receive,
    replaced,
    take,
)

KEY = "lakeside_family"
HOSTILE = "\"><svg onload=alert(1)><script>alert('x')</script>{{7*7}}"
BAD_NAME = replace(WREN, last_name="Wrenfield 7")


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    return add_office(database_url)


@pytest.fixture
def vera(stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
    """A verifier of the practice."""
    return hire(stranger, database_url, [lakeside], Role.VERIFIER, Queue.INTAKE)


def the_item(url: str, client_id: UUID) -> WorkItem:
    (item,) = items_of(url, client_id, Queue.INTAKE)
    return item


def the_encounter(url: str, client_id: UUID) -> Encounter:
    with transaction(url, client_id) as session:
        return session.exec(select(Encounter)).one()


def test_a_name_is_corrected_and_the_visit_goes_on(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    page = vera.get(address).text
    assert "a name begins with a letter and holds no digits or signs" in page
    assert 'value="Wrenfield 7"' in page
    answer = vera.post(
        f"{address}/correct",
        data=fill(vera, address, last_name="Wrenfield", then="list"),
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/queues/intake?said=corrected"
    assert the_encounter(database_url, lakeside).state == EncounterState.REGISTERED
    assert items_of(database_url, lakeside, Queue.INTAKE) == []


def test_what_is_corrected_is_kept_while_the_rest_is_still_wrong(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    both = replace(BAD_NAME, birth_date=None)
    receive(database_url, lakeside, [replaced(a_record(), patient=both)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    answer = vera.post(
        f"{address}/correct", data=fill(vera, address, last_name="Wrenfield", then="next")
    )
    assert "Something else is still wrong" in answer.text
    assert "the birth date is missing" in answer.text
    assert 'value="Wrenfield"' in answer.text
    assert the_item(database_url, lakeside).field == "patient.birth_date"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"birth_date": "17.5.1980"}, "write the day as year-month-day"),
        ({"last_name": "W" * 61}, "Last name: at most 60 characters"),
        ({"sex": "female"}, "Sex: F, M or U"),
        ({"npi": "1234567893"}, "no provider with this NPI"),
        ({"payer_2": "commonweal"}, "Second payer: choose the payer and give the member id"),
    ],
    ids=["a-day", "a-length", "a-sex", "an-npi", "half-a-coverage"],
)
def test_a_refusal_names_the_field_and_keeps_what_was_typed(
    vera: TestClient, database_url: str, lakeside: UUID, fields: dict[str, str], told: str
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    answer = vera.post(f"{address}/correct", data=fill(vera, address, city="Kept Meadow", **fields))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Kept Meadow" in answer.text
    assert the_encounter(database_url, lakeside).state == EncounterState.NEEDS_FIX


def test_a_coverage_that_could_not_be_written_down_needs_a_word_about_it(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    unknown = replace(COVERAGE, payer_name="Nobody's Health", payer_id="")
    receive(database_url, lakeside, [replaced(a_record(), coverages=(unknown,))])
    address = take(vera, KEY, the_item(database_url, lakeside))
    assert "There is no insurance: the patient pays" in vera.get(address).text
    still = vera.post(f"{address}/correct", data=fill(vera, address, city="Ithaca"))
    assert "Something else is still wrong" in still.text
    answer = vera.post(
        f"{address}/correct",
        data=fill(vera, address, payer_1="blue_heron", member_1="BHH0012340", then="list"),
        follow_redirects=False,
    )
    assert answer.headers["location"].endswith("said=corrected")


def test_a_record_somebody_else_changed_shows_both_versions(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    data = fill(vera, address, last_name="Wrenfeld")
    with transaction(database_url, lakeside) as session:
        session.exec(select(Patient)).one().last_name = "Wrenfield-Moss"
    answer = vera.post(f"{address}/correct", data=data)
    assert answer.status_code == 409
    assert "Wrenfield-Moss" in answer.text
    assert 'value="Wrenfeld"' in answer.text
    again = vera.post(
        f"{address}/correct",
        data=fill(vera, address, last_name="Wrenfeld", then="list"),
        follow_redirects=False,
    )
    assert again.status_code == 303


def test_a_lost_lease_and_a_second_click_change_nothing(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    item = the_item(database_url, lakeside)
    address = take(vera, KEY, item)
    data = fill(vera, address, last_name="Wrenfield", then="list")
    stale = vera.post(f"{address}/correct", data={**data, "token": "0"})
    assert stale.status_code == 409
    assert the_encounter(database_url, lakeside).state == EncounterState.NEEDS_FIX
    codes = [
        vera.post(f"{address}/correct", data=data, follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert codes == [303, 409]


def test_the_practice_is_asked_and_the_item_waits(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    vera.post(f"{address}/ask", data=fill(vera, address, question=f"Name? {HOSTILE}"))
    (query,) = items_of(database_url, lakeside, Queue.PROVIDER_QUERY)
    assert query.reason == "intake.practice_query"
    page = vera.get(address).text
    assert "<svg onload" not in page
    assert address not in vera.get("/queues/intake").text


def test_a_visit_is_voided_for_a_reason_of_the_list_only(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    wrong = vera.post(f"{address}/void", data=fill(vera, address, reason="because"))
    assert wrong.status_code == 422
    vera.post(f"{address}/void", data=fill(vera, address, reason="too_old"))
    assert the_encounter(database_url, lakeside).state == EncounterState.VOIDED


def test_a_visit_is_not_closed_without_a_decision(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    address = take(vera, KEY, the_item(database_url, lakeside))
    answer = vera.post(f"{address}/settle", data=fill(vera, address, reason="not_a_visit"))
    assert answer.status_code == 422
    assert the_item(database_url, lakeside)


def unreadable(url: str, client_id: UUID) -> None:
    finding = Finding("csv.row", Severity.ERROR, "encounter_number", "the number is empty")
    content = f"visit,ssn,name\n,923-45-6789,{HOSTILE}\n".encode()
    receive(url, client_id, [IntakeRecord(1, "line 2", None, (finding,))], content)


def test_a_record_in_quarantine_is_shown_as_text_with_its_secrets_masked(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    unreadable(database_url, lakeside)
    address = take(vera, KEY, the_item(database_url, lakeside))
    page = vera.get(address).text
    assert "•••-••-6789" in page
    assert "923-45-6789" not in page
    assert "<svg onload" not in page
    vera.post(f"{address}/refuse", data=fill(vera, address, message="Send it with a number"))
    (query,) = items_of(database_url, lakeside, Queue.PROVIDER_QUERY)
    assert query.detail == "Send it with a number"
    assert items_of(database_url, lakeside, Queue.INTAKE) == []


def test_a_record_in_quarantine_is_closed_with_a_reason(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    unreadable(database_url, lakeside)
    address = take(vera, KEY, the_item(database_url, lakeside))
    vera.post(f"{address}/settle", data=fill(vera, address, reason="not_a_visit", then="list"))
    assert items_of(database_url, lakeside, Queue.INTAKE) == []


def test_a_file_in_quarantine_is_read_again(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    file_id = receive(database_url, lakeside, [])
    with transaction(database_url, lakeside) as session:
        act = act_of(lakeside)
        quarantine_intake_file(session, act, file_id, reason="intake.unreadable", detail="no CSV")
    address = take(vera, KEY, the_item(database_url, lakeside))
    assert "no CSV" in vera.get(address).text
    answer = vera.post(f"{address}/read-again", data=fill(vera, address), follow_redirects=False)
    assert answer.headers["location"] == "/queues/intake?said=read_again"
    with transaction(database_url, lakeside) as session:
        assert session.exec(select(InboundFile.state)).one() == "received"


def test_nobody_corrects_what_is_in_somebody_elses_hands(
    vera: TestClient, database_url: str, lakeside: UUID
) -> None:
    receive(database_url, lakeside, [replaced(a_record(), patient=BAD_NAME)])
    item = the_item(database_url, lakeside)
    with transaction(database_url, lakeside) as session:
        act = act_of(lakeside)
        work_leases.lease_work_item(session, lakeside, item.id, holder="ann", at=act.at)
    page = vera.get(f"/queues/intake/{KEY}/{item.id}").text
    assert not re.search(r'action="[^"]*/(correct|void|ask)"', page)
