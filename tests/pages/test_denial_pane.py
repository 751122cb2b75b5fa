"""Denials and appeals, page by page: what the payer said, what to do, the letter and its answer."""

import re
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.states.appeal import AppealState
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.work_item import Queue
from models.values.access import Role
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.rules.access.rights import access_of
from revcycle.store import appeals, work_leases
from revcycle.store.session import transaction
from tests.pages.denial_office import KEY, DenialOffice, act_on, fields_of, open_office, take
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE, NOON
from tests.people import hire

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return open_office(database_url)


@pytest.fixture
def dana(stranger: TestClient, database_url: str, office: DenialOffice) -> TestClient:
    """A denial specialist of the practice."""
    return _signed_in(stranger, database_url, office, "dana", Role.DENIAL_SPECIALIST)


def _signed_in(
    visitor: TestClient, url: str, office: DenialOffice, login: str, role: Role
) -> TestClient:
    queues = {Queue.DENIAL, Queue.APPEAL, Queue.APPROVAL} & access_of([role]).queues
    sign_in_by_form(visitor, hire(url, login, role, [office.client_id], *queues))
    return visitor


def taken(visitor: TestClient, office: DenialOffice, denial_id: UUID) -> str:
    """Take the item of a denial; return its address."""
    address = office.address(Queue.DENIAL, denial_id)
    take(visitor, address)
    return address


def test_a_denial_says_what_the_payer_said_and_what_to_do_by_when(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "16", remarks=["N290"])
    office.deny("CO", "16", remarks=["N290"])
    page = dana.get(office.address(Queue.DENIAL, denial_id)).text
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "information missing or wrong, see remark" in text
    assert "rendering provider&#39;s number missing or wrong" in text
    assert "check the rendering NPI against the payer&#39;s enrollment" in text
    assert "first of the playbook that fits reason 16, remark N290" in text
    assert "11/26/2026, 6 days left" in text  # seven days after posting
    assert "01/22/2027, 63 days left" in text  # 65 days after the decision of 11/18
    assert "1 more from Commonweal Mutual with the same reason, $150.00 together" in text
    assert "Take it to work on it." in text
    assert "reason=CO-16" in page
    assert office.trail("see_work_item") == 1


def test_a_corrected_claim_answers_the_denial(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "16")
    address = taken(dana, office, denial_id)
    assert "replacement of the payer" in dana.get(address).text
    assert act_on(dana, address, "correct") == "/queues/denial?said=claim_corrected"
    assert office.denial(denial_id).state == DenialState.CORRECTED
    assert office.office.claim(office.claims["CO-16"]).state == ClaimState.DRAFT
    office.office.check()


def test_a_contract_amount_has_no_form_that_bills_the_patient(
    dana: TestClient, office: DenialOffice
) -> None:
    address = taken(dana, office, office.deny("CO", "96"))
    page = dana.get(address).text
    assert "/bill-patient" not in page
    assert "The patient is not billed" in page
    fields = fields_of(page, f"{address}/close")
    answer = dana.post(f"{address}/bill-patient", data=fields)
    assert answer.status_code == 422
    assert "the patient does not owe it" in answer.text


def test_what_the_payer_left_to_the_patient_is_billed(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("PR", "96")
    address = taken(dana, office, denial_id)
    assert act_on(dana, address, "bill-patient").endswith("billed_patient")
    assert office.denial(denial_id).state == DenialState.BILLED_TO_PATIENT


def test_a_write_off_takes_a_second_person(
    dana: TestClient, office: DenialOffice, database_url: str
) -> None:
    denial_id = office.deny("CO", "29")
    address = taken(dana, office, denial_id)
    act_on(dana, address, "request-write-off", reason="timely_filing", cause="client")
    waiting = office.address(Queue.APPROVAL, denial_id)
    assert dana.get(waiting).status_code in {403, 404}  # not her queue
    dana.cookies.clear()
    _signed_in(dana, database_url, office, "lea", Role.TEAM_LEAD)
    page = dana.get(waiting).text
    assert "filed too late, and nothing proves otherwise. Caused by the practice." in page
    act_on(dana, waiting, "approve-write-off")
    assert office.denial(denial_id).state == DenialState.WRITTEN_OFF
    assert office.office.books() == {"ADMIN_WO": 15_000, "CHARGES": -15_000}


def test_who_asked_for_a_write_off_does_not_decide(
    stranger: TestClient, office: DenialOffice, database_url: str
) -> None:
    lea = _signed_in(stranger, database_url, office, "lea", Role.TEAM_LEAD)
    denial_id = office.deny("CO", "29")
    address = taken(lea, office, denial_id)
    act_on(lea, address, "request-write-off", reason="timely_filing", cause="bpo")
    waiting = office.address(Queue.APPROVAL, denial_id)
    page = lea.get(waiting).text
    assert "You asked for it, so somebody else decides." in page
    fields = {**fields_of(page, f"{waiting}/take"), "token": "0", "seen": "x"}
    assert lea.post(f"{waiting}/approve-write-off", data=fields).status_code == 409


def test_a_refused_write_off_waits_again(
    stranger: TestClient, office: DenialOffice, database_url: str
) -> None:
    mia = _signed_in(stranger, database_url, office, "mia", Role.MANAGER)
    denial_id = office.deny("CO", "29")
    with transaction(database_url, office.client_id) as session:
        request_write_off(session, office.office.act, denial_id, reason="timely_filing")
    act_on(mia, office.address(Queue.APPROVAL, denial_id), "refuse-write-off")
    assert office.denial(denial_id).state == DenialState.OPEN
    assert office.open_item(Queue.DENIAL, denial_id).reason == "CO-29"


def test_a_write_off_needs_a_reason_of_the_list(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "29")
    address = taken(dana, office, denial_id)
    fields = fields_of(dana.get(address).text, f"{address}/request-write-off")
    answer = dana.post(f"{address}/request-write-off", data={**fields, "reason": HOSTILE})
    assert answer.status_code == 422
    assert "choose a reason of the list" in answer.text
    assert office.denial(denial_id).state == DenialState.OPEN


def test_a_stale_lease_changes_nothing(
    dana: TestClient, office: DenialOffice, database_url: str
) -> None:
    denial_id = office.deny("CO", "16")
    address = taken(dana, office, denial_id)
    page = dana.get(address).text
    item = office.open_item(Queue.DENIAL, denial_id)
    with transaction(database_url, office.client_id) as session:
        work_leases.give_back_lease(session, office.client_id, item.id, holder="dana")
        work_leases.lease_work_item(session, office.client_id, item.id, holder="ann", at=NOON)
    for verb in ("correct", "close", "request-write-off"):
        fields = {**fields_of(page, f"{address}/{verb}"), "reason": "reprocessing"}
        assert dana.post(f"{address}/{verb}", data=fields).status_code == 409
    assert office.denial(denial_id).state == DenialState.OPEN


def test_a_claim_that_changed_meanwhile_is_shown_side_by_side(
    dana: TestClient, office: DenialOffice, database_url: str
) -> None:
    denial_id = office.deny("CO", "16")
    address = taken(dana, office, denial_id)
    fields = fields_of(dana.get(address).text, f"{address}/correct")
    with transaction(database_url, office.client_id) as session:
        claim = office.office.claim(office.claims["CO-16"])
        claim.state = ClaimState.REVERSED
        session.add(claim)
    answer = dana.post(f"{address}/correct", data=fields)
    assert answer.status_code == 409
    assert "As it is now, and as you want it" in answer.text
    assert office.denial(denial_id).state == DenialState.OPEN


def test_a_letter_is_previewed_before_anything_is_kept(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "197")
    address = taken(dana, office, denial_id)
    page = dana.get(address).text
    assert "Otto Marmalade" in page
    assert "for want of an authorization" in page
    fields = {
        **fields_of(page, f"{address}/appeal"),
        "wording": "authorization",
        "letter": f"Subject: Please\n\nIt was urgent. {HOSTILE}",
        "answer_by": "2027-01-15",
    }
    part = dana.post(f"{address}/letter", data=fields, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="letter-draft"')
    assert "<h3>Please</h3>" in part
    assert "<svg" not in part
    whole = dana.post(f"{address}/letter", data=fields).text
    assert "It was urgent." in whole
    assert 'value="2027-01-15"' in whole
    fresh = dana.post(f"{address}/letter", data={**fields, "wording": "clinical", "fresh": "1"})
    assert "a clinician of the same specialty" in fresh.text
    pdf = dana.post(f"{address}/letter.pdf", data=fields)
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert office.denial(denial_id).state == DenialState.OPEN


def test_an_appeal_from_the_letter_to_the_answer(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    typed = {"wording": "clinical", "letter": "Please decide anew.", "answer_by": "2027-01-15"}
    letter = act_on(dana, address, "appeal", **typed).split("?")[0]
    assert letter == office.address(Queue.APPEAL, denial_id)
    assert office.denial(denial_id).state == DenialState.APPEALED
    pdf = dana.get(f"{letter}/letter.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert "Marmalade" not in pdf.headers["content-disposition"]
    assert office.trail("print_appeal") == 1
    act_on(dana, letter, "send", way="fax", sent_on="2026-11-20", reference="Fax 17")
    waiting = office.open_item(Queue.APPEAL, denial_id)
    assert waiting.reason == "appeal_sent"
    assert waiting.snoozed_until is not None
    answered = office.address(Queue.APPEAL, denial_id)
    take(dana, answered)
    act_on(dana, answered, "answer", said="lost")
    denial = office.denial(denial_id)
    assert denial.state == DenialState.OPEN
    assert denial.first_action == "decide on the next level of appeal"
    next_step = office.address(Queue.DENIAL, denial_id)
    take(dana, next_step)
    page = dana.get(next_step).text
    assert "Letter 1 (First appeal): lost, sent 11/20/2026" in page
    assert "Second appeal of a denied claim" in page
    office.office.check()


def test_a_letter_is_sent_once(dana: TestClient, office: DenialOffice, database_url: str) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    typed = {"wording": "clinical", "letter": "Please decide anew.", "answer_by": "2027-01-15"}
    letter = act_on(dana, address, "appeal", **typed).split("?")[0]
    fields = {
        **fields_of(dana.get(letter).text, f"{letter}/send"),
        "way": "mail",
        "sent_on": "2026-11-20",
    }
    answers = [dana.post(f"{letter}/send", data=fields, follow_redirects=False) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 409]
    with transaction(database_url, office.client_id) as session:
        (appeal,) = appeals.list_appeals(session, office.client_id, denial_id)
    assert appeal.state is AppealState.SENT


def test_a_letter_that_cannot_be_kept_is_shown_again(
    dana: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    fields = {
        **fields_of(dana.get(address).text, f"{address}/appeal"),
        "wording": "clinical",
        "letter": "Mine, word by word.",
        "answer_by": "2026-11-20",
    }
    answer = dana.post(f"{address}/appeal", data=fields)
    assert answer.status_code == 422
    assert "within the next 365 days" in answer.text
    assert "Mine, word by word." in answer.text


def test_another_practices_letter_does_not_exist(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    item = office.open_item(Queue.DENIAL, denial_id)
    for client in ("harbor_outpatient", "nowhere"):
        assert dana.get(f"/queues/denial/{client}/{item.id}").status_code == 404
        assert dana.get(f"/queues/appeal/{client}/{item.id}/letter.pdf").status_code == 404
    assert dana.get(f"/queues/appeal/{KEY}/{item.id}/letter.pdf").status_code == 404


def test_a_denial_is_not_finished_by_hand(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    fields = fields_of(dana.get(address).text, f"{address}/close")
    answer = dana.post(f"{address}/finish", data={**fields, "what": "Called them"})
    assert answer.status_code == 422
    assert "a denial ends by a decision" in answer.text
    office.office.check()


def test_hostile_text_in_a_letter_stays_text(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    typed = {"wording": "general", "letter": f"Dear all, {HOSTILE}", "answer_by": "2027-01-15"}
    letter = act_on(dana, address, "appeal", **typed).split("?")[0]
    page = dana.get(letter).text
    assert "<svg" not in page
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert dana.get(f"{letter}/letter.pdf").content.startswith(b"%PDF-")


def test_money_that_was_promised_and_did_not_come(dana: TestClient, office: DenialOffice) -> None:
    denial_id = office.deny("CO", "50")
    address = taken(dana, office, denial_id)
    typed = {"wording": "general", "letter": "Please.", "answer_by": "2027-01-15"}
    letter = act_on(dana, address, "appeal", **typed).split("?")[0]
    act_on(dana, letter, "send", way="portal", sent_on="2026-11-20")
    for verb, typed in (("answer", {"said": "won", "money_by": "2026-12-20"}), ("money", {})):
        waiting = office.address(Queue.APPEAL, denial_id)
        take(dana, waiting)
        act_on(dana, waiting, verb, **typed, **({"came": "0"} if verb == "money" else {}))
    assert office.denial(denial_id).state == DenialState.OPEN
    office.office.check()
