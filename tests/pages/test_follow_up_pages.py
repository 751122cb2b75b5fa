"""Follow-up and clocks, page by page."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.documents.acknowledgement import ClaimStatus
from models.documents.act import Act
from models.states.work_item import Queue, WorkItemState
from models.tables import AuditEvent, Claim, ClaimContact, StatusCheck, WorkItem
from models.values.access import Role
from revcycle.operations.follow_up.keep_clocks import keep_clocks
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import (
    POLICY,
    TERMS,
    ask,
    asked_file,
    hear,
    later,
    question,
)
from tests.integration.follow_up.test_silent_claims import a_277
from tests.integration.submission.office import Office, open_office
from tests.pages.denial_office import act_on, fields_of, take
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE, NOON, add_practice, rows_of
from tests.people import hire

KEY = "lakeside_family"
NOT_FOUND, PAID = ClaimStatus("D0", "35", "PR"), ClaimStatus("F1", "65", "PR")


@pytest.fixture
def office(database_url: str) -> Office:
    """A practice whose claim left thirty-one days before noon."""
    client_id = add_practice(database_url, KEY)
    noon = Act(client_id, "tester", NOON, NOON.date())
    office = open_office(database_url, client_id, later(noon, -31))
    office.submit()
    return office


@pytest.fixture
def dana(stranger: TestClient, database_url: str, office: Office) -> TestClient:
    """A denial specialist who follows up."""
    client_id = office.act.client_id
    colleague = hire(
        database_url, "dana", Role.DENIAL_SPECIALIST, [client_id], Queue.FOLLOW_UP, Queue.DENIAL
    )
    sign_in_by_form(stranger, colleague)
    return stranger


def today(office: Office) -> Act:
    return later(office.act, 31)


def answer(office: Office, status: ClaimStatus) -> str:
    """Let the payer answer our question; return the address of the item."""
    question(office, today(office))
    ask(office, today(office))
    hear(office, today(office), a_277(asked_file(office), status))
    return address(office)


def item(office: Office) -> WorkItem:
    return next(one for one in office.all(WorkItem) if one.queue == Queue.FOLLOW_UP)


def address(office: Office) -> str:
    return f"/queues/follow_up/{KEY}/{item(office).id}"


def keep(office: Office, act: Act) -> None:
    with transaction(office.url) as session:
        keep_clocks(session, act, policy=POLICY, terms=TERMS)


def claim_id(office: Office) -> UUID:
    return office.all(Claim)[0].id


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_pane_says_what_the_payer_said_and_what_to_do(dana: TestClient, office: Office) -> None:
    keep(office, today(office))
    text = words(dana.get(answer(office, PAID)).text)
    assert "The payer says it paid; we hold no remittance" in text
    assert "Ask the payer for the remittance" in text
    assert "Question about the claim (276)" in text
    assert "Version 1 sent" in text
    assert "File the claim" in text
    assert "Take it to work on it." in text
    assert "see_claim" in {event.action for event in office.all(AuditEvent)}


def test_only_a_claim_that_the_payer_lacks_is_offered_to_be_sent_again(
    dana: TestClient, office: Office
) -> None:
    place = answer(office, PAID)
    take(dana, place)
    assert "Send it again as an original" not in dana.get(place).text
    refused = dana.post(f"{place}/resend", data={"token": item(office).lease_token})
    assert refused.status_code in {403, 422}
    assert office.claim_states() == ["submitted"]


def test_a_claim_that_the_payer_lacks_is_offered(dana: TestClient, office: Office) -> None:
    place = answer(office, NOT_FOUND)
    take(dana, place)
    assert "Send it again as an original" in dana.get(place).text


def test_a_call_is_kept_and_shown_and_hostile_text_stays_text(
    dana: TestClient, office: Office
) -> None:
    place = answer(office, PAID)
    take(dana, place)
    act_on(dana, place, "call", spoken_with=HOSTILE[:80], reference="R-1", said=HOSTILE)
    page = dana.get(place).text
    assert "<svg onload" not in page
    assert "number R-1" in page
    assert len(office.all(ClaimContact)) == 1


def test_an_empty_call_is_refused_and_what_was_typed_stays(
    dana: TestClient, office: Office
) -> None:
    place = answer(office, PAID)
    take(dana, place)
    data = {**fields_of(dana.get(place).text, f"{place}/call"), "reference": "R-77"}
    refused = dana.post(f"{place}/call", data=data)
    assert refused.status_code == 422
    assert "R-77" in refused.text


def test_waiting_puts_the_item_off_and_is_kept(dana: TestClient, office: Office) -> None:
    place = answer(office, PAID)
    take(dana, place)
    until = (NOON + timedelta(days=10)).date()
    act_on(dana, place, "wait", until=until.isoformat())
    assert item(office).snoozed_until is not None
    (contact,) = office.all(ClaimContact)
    assert contact.wait_until == until


def test_asking_again_opens_a_question_and_closes_the_item(
    dana: TestClient, office: Office
) -> None:
    place = answer(office, PAID)
    take(dana, place)
    act_on(dana, place, "ask")
    assert [str(one.state) for one in office.all(StatusCheck)] == ["answered", "open"]
    assert item(office).state == WorkItemState.DONE


def test_closing_needs_what_was_done(dana: TestClient, office: Office) -> None:
    place = answer(office, PAID)
    take(dana, place)
    act_on(dana, place, "close", why="remittance found on their portal")
    assert item(office).resolution == "remittance found on their portal"


def test_a_stale_lease_changes_nothing(dana: TestClient, office: Office) -> None:
    place = answer(office, PAID)
    take(dana, place)
    data = {**fields_of(dana.get(place).text, f"{place}/ask"), "token": "99"}
    assert dana.post(f"{place}/ask", data=data).status_code == 409
    assert len(office.all(StatusCheck)) == 1


def test_the_page_of_clocks_leads_to_each_claim(dana: TestClient, office: Office) -> None:
    assert "No clock runs" in dana.get("/clocks").text
    keep(office, today(office))
    page = dana.get("/clocks").text
    assert f"/practices/{KEY}/claims/{claim_id(office)}" in page
    rows = [row for row in rows_of(page) if len(row) == 8][1:]
    assert [row[2] for row in rows] == ["Hear from the payer", "File the claim"]
    assert rows[0][1].startswith("over for 1")
    assert [e.action for e in office.all(AuditEvent)].count("see_clocks") == 1
    assert "No such clock runs" in dana.get("/clocks?kind=appeal").text
    assert "File the claim" not in rows_of(dana.get("/clocks?within=0").text)[-1]


def test_clocks_come_fifty_to_a_page(dana: TestClient, office: Office) -> None:
    office.build(*(office.add_encounter() for _ in range(52)))
    keep(office, today(office))
    first = dana.get("/clocks?kind=filing").text
    assert len([row for row in rows_of(first) if len(row) == 8]) == 51
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link
    second = dana.get(link[1].replace("&amp;", "&")).text
    assert len([row for row in rows_of(second) if len(row) == 8]) == 4
    assert 'rel="next"' not in second


def test_a_claim_shows_its_clocks_and_its_proof(dana: TestClient, office: Office) -> None:
    keep(office, today(office))
    page = dana.get(f"/practices/{KEY}/claims/{claim_id(office)}").text
    assert "Hear from the payer" in page
    proof = dana.get(f"/practices/{KEY}/claims/{claim_id(office)}/proof.pdf")
    if proof.status_code == 200:
        assert proof.content.startswith(b"%PDF-")
        assert "print_proof_of_filing" in {event.action for event in office.all(AuditEvent)}
    else:
        assert proof.status_code == 403


def test_another_practices_clocks_are_not_listed(
    dana: TestClient, office: Office, database_url: str
) -> None:
    foreign = add_practice(database_url, "summit")
    other = open_office(database_url, foreign, Act(foreign, "tester", NOON, NOON.date()))
    other.build(other.add_encounter())
    with transaction(database_url) as session:
        keep_clocks(session, other.act, policy=POLICY, terms=TERMS)
    keep(office, today(office))
    assert "Summit" not in dana.get("/clocks").text
    assert dana.get("/clocks?client=summit").status_code == 404
