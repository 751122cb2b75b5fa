"""From the biller's page of a held claim to the coder's page of its chart, and back."""

import re

import pytest
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Claim, ClinicalNote, Encounter, Posting
from models.values.access import Role
from models.values.money import ZERO, total
from revcycle.store.session import transaction
from tests.integration.submission.office import Office, open_office
from tests.pages.coding_desk import text_of
from tests.pages.denial_office import act_on, fields_of, take
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import HOSTILE, YESTERDAY, add_practice
from tests.people import hire

KEY = "lakeside_family"
WORDS = "The note speaks of a shorter visit"


@pytest.fixture
def office(database_url: str) -> Office:
    """A practice that is known by a client file, with a claim that an edit stopped."""
    client_id = add_practice(database_url, KEY)
    act = Act(client_id, "t", YESTERDAY, YESTERDAY.date())
    office = open_office(database_url, client_id, act)
    encounter_id = office.add_encounter(patient={"birth_date": None})
    note = ClinicalNote(
        client_id=client_id, encounter_id=encounter_id, ordinal=1, text="A short visit."
    )
    with transaction(database_url, client_id) as session:
        session.add(note)
    office.build(encounter_id)
    assert office.scrub().held == 1
    return office


@pytest.fixture
def ben(stranger: TestClient, office: Office) -> TestClient:
    """A biller of the practice."""
    staff = hire(office.url, "ben", Role.BILLER, [office.act.client_id], Queue.SCRUB)
    sign_in_by_form(stranger, staff)
    return stranger


def as_coder(visitor: TestClient, office: Office) -> TestClient:
    """Let a coder join and sit down at the same machine."""
    visitor.cookies.clear()
    sign_in_by_form(
        visitor, hire(office.url, "ann", Role.CODER, [office.act.client_id], Queue.CODING)
    )
    return visitor


def address_of(office: Office, queue: Queue) -> str:
    """Name the page of the open item of a queue."""
    (item,) = office.open_items(queue)
    return f"/queues/{queue}/{KEY}/{item.id}"


def send_back(ben: TestClient, office: Office, words: str = WORDS) -> str:
    """Send the chart back from the claim's page; return the address of the chart's item."""
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    assert act_on(ben, address, "back-to-coder", words=words).endswith("said=back_to_coder")
    return address_of(office, Queue.CODING)


def coding_fields(page: str) -> dict[str, object]:
    """Fill in the form of codes as the page gave it, with another code for the visit."""
    held = dict(re.findall(r'type="hidden" name="(token|shown)" value="(\w+)"', page))
    return {
        **held,
        "form_token": form_token_of(page),
        "diagnosis": ["J06.9"],
        "procedure": ["85025"],
        "modifiers": [""],
        "units": ["1"],
        "pointers": ["1"],
        "service_date": [""],
        "revenue_code": [""],
    }


def test_a_chart_goes_to_the_coder_with_words_and_comes_back_with_codes(
    ben: TestClient, office: Office
) -> None:
    chart = send_back(ben, office)
    assert office.open_items(Queue.SCRUB) == []
    assert office.claim_states() == ["recoding"]
    ann = as_coder(ben, office)
    take(ann, chart)
    page = ann.get(chart).text
    text = text_of(page)
    assert WORDS in text
    assert "It came back from its claim" in text
    assert "INVENTED ACME over $125.00 waits for these codes" in text
    assert "is missing" in text  # what the edit found
    (claim,) = office.all(Claim)
    of_claim = f"/practices/{KEY}/claims/{claim.id}"
    assert of_claim in page
    assert "with a coder again" in ann.get(of_claim).text
    answer = ann.post(f"{chart}/complete", data=coding_fields(page), follow_redirects=False)
    assert answer.status_code == 303, text_of(answer.text)
    assert [one.state for one in office.all(Encounter)] == ["coded"]
    (encounter,) = office.all(Encounter)
    assert office.build(encounter.id).claims == 1
    (claim,) = office.all(Claim)
    assert (claim.state, claim.charge_total.cents) == ("draft", 3_000)


def test_a_chart_goes_back_once_however_often_one_clicks(ben: TestClient, office: Office) -> None:
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/back-to-coder") | {"words": WORDS}
    action = f"{address}/back-to-coder"
    answers = [ben.post(action, data=fields, follow_redirects=False) for _ in "12"]
    assert [one.status_code for one in answers] == [303, 409]
    assert len(office.open_items(Queue.CODING)) == 1


def test_a_chart_does_not_go_back_without_words(ben: TestClient, office: Office) -> None:
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/back-to-coder") | {"words": " "}
    answer = ben.post(f"{address}/back-to-coder", data=fields)
    assert answer.status_code == 422
    assert "say what the coder shall look at" in answer.text
    assert office.claim_states() == ["held"]


def test_a_stale_form_changes_nothing(ben: TestClient, office: Office) -> None:
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/back-to-coder") | {"words": WORDS}
    fields["token"] = str(int(fields["token"]) + 1)
    assert ben.post(f"{address}/back-to-coder", data=fields).status_code == 409
    assert office.claim_states() == ["held"]


def test_hostile_words_are_only_words(ben: TestClient, office: Office) -> None:
    chart = send_back(ben, office, HOSTILE)
    ann = as_coder(ben, office)
    assert HOSTILE not in ann.get(chart).text


def test_a_visit_of_which_nothing_can_be_billed_is_voided_with_its_claim(
    ben: TestClient, office: Office
) -> None:
    chart = send_back(ben, office)
    ann = as_coder(ben, office)
    take(ann, chart)
    fields = fields_of(ann.get(chart).text, f"{chart}/void")
    refused = ann.post(f"{chart}/void", data=fields | {"reason": "because"})
    assert refused.status_code == 422
    assert "choose why nothing of it can be billed" in refused.text
    assert act_on(ann, chart, "void", reason="not_billable").endswith("said=voided")
    assert office.claim_states() == ["closed"]
    assert [one.state for one in office.all(Encounter)] == ["voided"]
    assert total(one.amount for one in office.all(Posting)) == ZERO
    assert office.open_items(Queue.CODING) == []
