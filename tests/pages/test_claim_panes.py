"""Held and refused claims, page by page: what is wrong now, and every way out."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.claim import ClaimState
from models.states.eligibility import EligibilityVerdict
from models.states.work_item import Queue
from models.tables import Claim, Patient, Posting, WorkItem
from models.values.access import Role
from models.values.accounts import Account
from revcycle.rules.access.rights import access_of
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.integration.submission.office import Office, open_office
from tests.integration.submission.test_acknowledgements_of_claims import REFUSED, t277ca
from tests.pages.denial_office import act_on, fields_of, take
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON, YESTERDAY, add_practice
from tests.people import hire

KEY = "lakeside_family"


@pytest.fixture
def office(database_url: str) -> Office:
    """A practice that is known by a client file."""
    client_id = add_practice(database_url, KEY)
    return open_office(database_url, client_id, Act(client_id, "t", YESTERDAY, YESTERDAY.date()))


@pytest.fixture
def ben(stranger: TestClient, office: Office) -> TestClient:
    """A biller of the practice."""
    return signed_in(stranger, office, "ben", Role.BILLER)


def signed_in(visitor: TestClient, office: Office, login: str, role: Role) -> TestClient:
    """Let somebody join and sign in."""
    queues = {Queue.SCRUB, Queue.REJECTION, Queue.APPROVAL} & access_of([role]).queues
    sign_in_by_form(visitor, hire(office.url, login, role, [office.act.client_id], *queues))
    return visitor


def held(office: Office, **changes: Any) -> UUID:
    """Build a claim that an edit stops."""
    office.build(office.add_encounter(**changes))
    assert office.scrub().held == 1
    return office.all(Claim)[-1].id


def address_of(office: Office, queue: Queue) -> str:
    """Name the page of the last open item of a queue."""
    return f"/queues/{queue}/{KEY}/{office.open_items(queue)[-1].id}"


def give_birth_date(office: Office) -> None:
    """Put right what the claim lacks, where it is kept."""
    with transaction(office.url) as session:
        patient = session.exec(select(Patient)).one()
        patient.birth_date = date(1980, 2, 3)
        session.add(patient)


def test_a_claim_goes_when_what_was_wrong_is_put_right(ben: TestClient, office: Office) -> None:
    held(office, patient={"birth_date": None})
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    page = ben.get(address).text
    assert "Put right:" not in page
    fields = fields_of(page, f"{address}/release")
    answer = ben.post(f"{address}/release", data=fields)
    assert answer.status_code == 422
    assert "our edits still stop it" in answer.text
    assert office.claim_states() == ["held"]
    give_birth_date(office)
    assert "Put right:" in ben.get(address).text
    assert act_on(ben, address, "release") == "/queues/scrub?said=claim_released"
    assert office.claim_states() == ["ready"]
    assert office.open_items(Queue.SCRUB) == []


def test_a_double_click_releases_once(ben: TestClient, office: Office) -> None:
    held(office, patient={"birth_date": None})
    give_birth_date(office)
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/release")
    answers = [ben.post(f"{address}/release", data=fields, follow_redirects=False) for _ in "12"]
    assert [one.status_code for one in answers] == [303, 409]


def test_the_patients_other_coverage_is_asked(ben: TestClient, office: Office) -> None:
    held(office, payers=("acme", "next"), verdict=EligibilityVerdict.INACTIVE)
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    page = ben.get(address).text
    assert "INVENTED NEXT was in force on the day too" in page
    assert "The patient is not billed" in page
    assert act_on(ben, address, "redirect").endswith("claim_redirected")
    assert office.all(Claim)[0].payer_id == office.payer_ids["next"]


def test_a_covered_patient_is_not_billed_whoever_asks(ben: TestClient, office: Office) -> None:
    held(office, verdict=EligibilityVerdict.INACTIVE)
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/release")
    assert ben.post(f"{address}/claim-to-patient", data=fields).status_code == 422
    assert office.claim_states() == ["held"]


def test_a_patient_without_coverage_is_billed(ben: TestClient, office: Office) -> None:
    office.build(office.add_encounter(coverage={"valid_to": date(2026, 10, 31)}))
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    assert "next run then builds the claim" in ben.get(address).text
    act_on(ben, address, "self-pay")
    assert Account.AR_PATIENT in {row.account for row in office.all(Posting)}
    assert office.open_items(Queue.SCRUB) == []


def test_giving_a_claim_up_takes_two_persons(ben: TestClient, office: Office) -> None:
    held(office, patient={"birth_date": None})
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    act_on(ben, address, "claim-write-off", reason="timely_filing", cause="bpo")
    waiting = address_of(office, Queue.APPROVAL)
    assert "/claim-write-off/approve" not in ben.get(waiting).text
    ben.cookies.clear()
    lea = signed_in(ben, office, "lea", Role.TEAM_LEAD)
    text = " ".join(re.sub(r"<[^>]*>", " ", lea.get(waiting).text).split())
    assert "ben asks to give $125.00 up: filed too late" in text
    assert "Caused by the billing company." in text
    act_on(lea, waiting, "claim-write-off/approve")
    assert office.claim_states() == ["closed"]


def test_whoever_asked_does_not_approve(stranger: TestClient, office: Office) -> None:
    lea = signed_in(stranger, office, "lea", Role.TEAM_LEAD)
    held(office, patient={"birth_date": None})
    address = address_of(office, Queue.SCRUB)
    take(lea, address)
    act_on(lea, address, "claim-write-off", reason="timely_filing", cause="bpo")
    waiting = address_of(office, Queue.APPROVAL)
    assert "You asked for it, so somebody else decides." in lea.get(waiting).text


def test_a_refused_write_off_brings_the_claim_back(stranger: TestClient, office: Office) -> None:
    lea = signed_in(stranger, office, "lea", Role.TEAM_LEAD)
    held(office, patient={"birth_date": None})
    reason = office.open_items(Queue.SCRUB)[0].reason
    address = address_of(office, Queue.SCRUB)
    take(lea, address)
    act_on(lea, address, "claim-write-off", reason="timely_filing", cause="payer")
    lea.cookies.clear()
    mia = signed_in(lea, office, "mia", Role.MANAGER)
    act_on(mia, address_of(office, Queue.APPROVAL), "claim-write-off/refuse")
    assert [item.reason for item in office.open_items(Queue.SCRUB)] == [reason]
    assert office.claim_states() == ["held"]


def test_a_rejection_says_what_was_refused_and_goes_again(ben: TestClient, office: Office) -> None:
    file = office.submit()
    office.answer(t277ca(file, REFUSED))
    address = address_of(office, Queue.REJECTION)
    take(ben, address)
    text = " ".join(re.sub(r"<[^>]*>", " ", ben.get(address).text).split())
    assert "rejected, data invalid : NPI 277CA A7:562" in text
    act_on(ben, address, "release")
    assert office.claim_states() == ["ready"]


def test_a_denial_specialist_works_rejections_and_no_held_claims(
    stranger: TestClient, office: Office
) -> None:
    dana = signed_in(stranger, office, "dana", Role.DENIAL_SPECIALIST)
    held(office, patient={"birth_date": None})
    assert dana.get(address_of(office, Queue.SCRUB)).status_code == 403
    with transaction(office.url) as session:
        item = session.exec(select(WorkItem)).one()
        item.queue = Queue.REJECTION
        session.add(item)
    give_birth_date(office)
    address = address_of(office, Queue.REJECTION)
    take(dana, address)
    act_on(dana, address, "release")
    assert office.claim_states() == ["ready"]


def test_a_stale_lease_changes_no_claim(ben: TestClient, office: Office) -> None:
    held(office, patient={"birth_date": None})
    give_birth_date(office)
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/release")
    (item,) = office.open_items(Queue.SCRUB)
    with transaction(office.url, office.act.client_id) as session:
        client_id = office.act.client_id
        work_leases.give_back_lease(session, client_id, item.id, holder="ben")
        work_leases.lease_work_item(session, client_id, item.id, holder="ann", at=NOON)
    for verb in ("release", "redirect", "claim-to-patient", "claim-write-off"):
        answer = ben.post(f"{address}/{verb}", data={**fields, "reason": "bundled"})
        assert answer.status_code == 409
    assert office.claim_states() == ["held"]


def test_a_claim_that_somebody_sent_meanwhile_is_told(ben: TestClient, office: Office) -> None:
    claim_id = held(office, patient={"birth_date": None})
    address = address_of(office, Queue.SCRUB)
    take(ben, address)
    fields = fields_of(ben.get(address).text, f"{address}/release")
    with transaction(office.url) as session:
        claim = session.exec(select(Claim).where(Claim.id == claim_id)).one()
        claim.state = ClaimState.ACCEPTED
        session.add(claim)
    answer = ben.post(f"{address}/release", data=fields)
    assert answer.status_code == 409
    assert "accepted" in answer.text
    assert "As it is now, and as you want it" in answer.text
