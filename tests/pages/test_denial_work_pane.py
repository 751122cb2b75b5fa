"""The longer ways of a denial, page by page: another payer, records, confirmation of a letter."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.denial import DenialState
from models.states.work_item import Queue
from models.tables import Claim, Coverage
from models.values.access import Role
from revcycle.store.session import transaction
from tests.pages.denial_office import DenialOffice, act_on, fields_of, open_office, take
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE
from tests.people import hire

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return open_office(database_url)


@pytest.fixture
def dana(stranger: TestClient, database_url: str, office: DenialOffice) -> TestClient:
    """A denial specialist of the practice."""
    queues = (Queue.DENIAL, Queue.APPEAL)
    person = hire(database_url, "dana", Role.DENIAL_SPECIALIST, [office.client_id], *queues)
    sign_in_by_form(stranger, person)
    return stranger


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def add_coverage(office: DenialOffice, reason: str) -> Coverage:
    """Give the patient of a denied claim a second insurance."""
    claim = office.claims[reason]
    coverage = Coverage(
        client_id=office.client_id,
        patient_id=claim.patient_id,
        payer_id=office.office.payer_ids[2],
        rank=2,
        member_id="M2",
    )
    with transaction(office.url, office.client_id) as session:
        session.add(coverage)
    return coverage


def test_a_denial_shows_its_play_its_source_and_what_it_is_worth(
    dana: TestClient, office: DenialOffice
) -> None:
    page = dana.get(office.address(Queue.DENIAL, office.deny("CO", "50"))).text
    text = words_of(page)
    assert "medical_necessity ; source: 42 CFR 411.15(k)" in text
    assert "verified 11/22/2026" in text
    assert "the payer&#39;s limit for appeals" in text
    assert "$150.00 with a chance of 50 % is worth $75.00, and 13 days are left" in text
    assert "0 of 0 like it" in text


def test_a_coverage_denial_leads_to_the_payer_that_is_responsible(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "109")
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    assert "No other coverage of the patient was in force on the day" in dana.get(address).text
    coverage = add_coverage(office, "CO-109")
    page = dana.get(address).text
    assert "nobody asked about this day" in page
    act_on(dana, address, "verify")
    assert "asked, no answer yet" in dana.get(address).text
    end = act_on(dana, address, "rebill", coverage_id=str(coverage.id))
    assert end.endswith("denial_rebilled")
    assert office.denial(denial_id).state == DenialState.CORRECTED
    with transaction(office.url, office.client_id) as session:
        new = session.exec(select(Claim).where(Claim.coverage_id == coverage.id)).one()
    assert new.stands_alone
    office.office.check()


def test_records_from_the_request_to_the_answer(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "252")
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    typed = {"asked": f"The note {HOSTILE}", "send_by": "2026-12-11"}
    act_on(dana, address, "records", **typed)
    waiting = office.address(Queue.DENIAL, denial_id)
    take(dana, waiting)
    page = dana.get(waiting).text
    assert "waits for records" in page
    assert "to be there by 12/11/2026" in page
    assert "<svg" not in page.split("What the payer asked for")[1].split("</ul>")[0]
    fields = {**fields_of(page, f"{waiting}/records/sent"), "way": "fax", "sent_on": "2026-11-25"}
    answer = dana.post(f"{waiting}/records/sent", data=fields)
    assert answer.status_code == 422
    assert "between the day they were asked for and today" in answer.text
    act_on(dana, waiting, "records/sent", way="fax", sent_on="2026-11-20")
    assert office.open_item(Queue.DENIAL, denial_id).snoozed_until is not None
    later = office.address(Queue.DENIAL, denial_id)
    take(dana, later)
    assert "sent 11/20/2026 by fax, 0 files" in dana.get(later).text
    act_on(dana, later, "records/ended")
    assert office.denial(denial_id).state == DenialState.OPEN
    office.office.check()


def test_what_was_never_processed_has_no_letter(dana: TestClient, office: DenialOffice) -> None:
    address = office.address(Queue.DENIAL, office.deny("CO", "16", remarks=["MA130"]))
    take(dana, address)
    page = dana.get(address).text
    assert f'action="{address}/appeal"' not in page
    assert "No letter: the payer never processed it" in page
    assert "goes out as a new claim" in words_of(page)


def test_the_payers_confirmation_of_a_letter_is_kept(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "50")
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    typed = {"wording": "general", "letter": "Please.", "answer_by": "2027-01-15"}
    letter = act_on(dana, address, "appeal", **typed).split("?")[0]
    assert "First appeal" in dana.get(letter).text
    act_on(dana, letter, "send", way="portal", sent_on="2026-11-20")
    sent = office.address(Queue.APPEAL, denial_id)
    take(dana, sent)
    act_on(dana, sent, "acknowledge", on="2026-11-20", reference="CASE-9")
    assert "The payer confirmed it 11/20/2026 under CASE-9" in words_of(dana.get(sent).text)


def test_a_claim_is_taken_back_where_the_payer_takes_voids(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "16")
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    assert act_on(dana, address, "void").endswith("claim_voided")
    assert office.office.claim(office.claims["CO-16"]).frequency_code == "8"


@pytest.mark.parametrize("cause", ["", "nobody", HOSTILE])
def test_a_write_off_needs_somebody_who_caused_it(
    dana: TestClient, office: DenialOffice, cause: str
) -> None:
    denial_id = office.deny("CO", "29")
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    fields = fields_of(dana.get(address).text, f"{address}/request-write-off")
    typed = {**fields, "reason": "timely_filing", "cause": cause}
    answer = dana.post(f"{address}/request-write-off", data=typed)
    assert answer.status_code == 422
    assert "say who caused it" in answer.text
    assert office.denial(denial_id).state == DenialState.OPEN
