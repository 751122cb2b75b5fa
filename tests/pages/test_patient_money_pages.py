"""Patients' payments, credits and refunds on pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.patient_money import RefundPolicy
from models.states.work_item import Queue
from models.tables import AuditEvent, WorkItem
from models.values.access import Role
from models.values.money import ZERO
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.operations.refunds.identify_credits import identify_credits
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.money_examples import address_of, an_office_at, send
from tests.pages.page_examples import YESTERDAY
from tests.people import Colleague, join

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
DECISION = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    """The billing office of the Lakeside practice."""
    return an_office_at(database_url, "lakeside")


def hire(office: BillingOffice, login: str, role: Role) -> Colleague:
    """Let somebody join who works on credits and approvals."""
    client_id = office.act.client_id
    colleague = join(office.database_url, login, [role], [client_id])
    act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
    queues = [Queue.CODING] if role is Role.CODER else [Queue.CREDIT_BALANCE]
    queues += [Queue.APPROVAL] if role is Role.TEAM_LEAD else []
    with transaction(office.database_url, client_id) as session:
        assign_queues(session, act, colleague.id, queues)
    return colleague


@pytest.fixture
def pia(stranger: TestClient, office: BillingOffice) -> TestClient:
    """A poster of the practice."""
    sign_in_by_form(stranger, hire(office, "pia", Role.POSTER))
    return stranger


def owing(office: BillingOffice) -> BilledClaim:
    """Have a patient owe 25.00 after insurance."""
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DECISION)))
    return claim


def payments_of(claim: BilledClaim) -> str:
    return f"/practices/lakeside/patients/{claim.patient_id}/payments"


def pay(visitor: TestClient, claim: BilledClaim, amount: str, **said: str) -> str:
    """Open the page, fill the form in and send it; say where it led."""
    page = payments_of(claim)
    shown = visitor.get(page).text
    key = FORM_KEY.search(shown)
    assert key
    fields = {
        "form_token": form_token_of(shown),
        "form_key": key[1],
        "method": "cash",
        "amount": amount,
        "received_on": "2026-11-19",
        **said,
    }
    answer = visitor.post(page, data=fields, follow_redirects=False)
    if answer.status_code != 303:
        return str(answer.text)
    again = visitor.post(page, data=fields, follow_redirects=False)  # who clicks twice
    assert again.headers["location"] == answer.headers["location"]
    return str(answer.headers["location"])


def item_of(office: BillingOffice, reason: str) -> str:
    """Find the one open item of a reason, and say where it is."""
    with transaction(office.database_url, office.act.client_id) as session:
        statement = select(WorkItem).where(
            WorkItem.client_id == office.act.client_id,
            WorkItem.state == "open",
            WorkItem.reason == reason,
        )
        return address_of(session.exec(statement).one(), "lakeside")


def acts_of(office: BillingOffice) -> set[str]:
    """List what the trail knows was done."""
    with transaction(office.database_url, office.act.client_id) as session:
        statement = select(AuditEvent.action).where(AuditEvent.client_id == office.act.client_id)
        return set(session.exec(statement))


def overpaid(office: BillingOffice, pia: TestClient) -> BilledClaim:
    """Have a patient pay 25.00 of which a correction leaves 10.00 over."""
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION)
    office.post(a_remittance(decision))
    pay(pia, claim, "25.00")
    corrected = a_decision(claim, (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)]))
    office.post(a_remittance(reversed_decision(decision), corrected, trace="EFT2"))
    with transaction(office.database_url, office.act.client_id) as session:
        act = replace(office.act, today=office.act.today - timedelta(days=50))
        identify_credits(session, act, policy=RefundPolicy(ZERO, 60))
    return claim


def test_a_payment_is_taken_once_with_its_receipt(pia: TestClient, office: BillingOffice) -> None:
    claim = owing(office)
    assert "owes $25.00" in pia.get(payments_of(claim)).text
    place = pay(pia, claim, "$25.00", method="card", reference="4242")
    page = pia.get(place).text
    assert "Booked." in page
    assert "owes $0.00" in page
    assert office.books()["BANK"] == 2_500
    receipt = re.search(r'href="([^"]+receipt\.pdf)"', page)
    assert receipt
    answer = pia.get(receipt[1])
    assert answer.content.startswith(b"%PDF")
    assert "Marmalade" not in answer.headers["content-disposition"]
    assert {"see_payments", "take_payment", "print_receipt"} <= acts_of(office)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"method": "card", "reference": "4111 1111 1111 1111"}, "last four digits only"),
        ({"amount": "all of it"}, "an amount such as 25.00"),
        ({"amount": "0"}, "above zero"),
        ({"received_on": "2026-12-24"}, "still to come"),
        ({"encounter_id": "none"}, "a visit of the list"),
    ],
)
def test_what_cannot_be_booked_is_said_and_books_nothing(
    pia: TestClient, office: BillingOffice, said: dict[str, str], problem: str
) -> None:
    claim = owing(office)
    page = pay(pia, claim, **{"amount": "25.00", **said})
    assert problem in page
    assert "4111" not in page
    assert "BANK" not in office.books()


def test_a_returned_check_is_owed_again(pia: TestClient, office: BillingOffice) -> None:
    claim = owing(office)
    page = pia.get(pay(pia, claim, "25.00", method="check", reference="1001")).text
    action = re.search(r'action="([^"]+/return)"', page)
    assert action
    answer = send(pia, payments_of(claim), action[1], reason="nsf")
    assert answer.status_code == 303
    page = pia.get(payments_of(claim)).text
    assert "the account held too little" in page
    assert "owes $25.00" in page
    assert send(pia, payments_of(claim), action[1], reason="nsf").status_code == 422


def test_a_payment_is_found_at_its_own_patient_only(pia: TestClient, office: BillingOffice) -> None:
    claim, other = owing(office), office.bill(9_000)
    page = pia.get(pay(pia, claim, "25.00")).text
    receipt = re.search(r'href="([^"]+receipt\.pdf)"', page)
    assert receipt
    moved = receipt[1].replace(str(claim.patient_id), str(other.patient_id))
    assert pia.get(moved).status_code == 404


def test_who_posts_no_money_sees_payments_and_takes_none(
    stranger: TestClient, office: BillingOffice
) -> None:
    claim = owing(office)
    sign_in_by_form(stranger, hire(office, "cody", Role.CODER))
    page = stranger.get(payments_of(claim)).text
    assert "Take a payment" not in page
    assert send(stranger, "/account", payments_of(claim), amount="1").status_code == 403


def test_a_credit_shows_its_clock_and_goes_back_by_two_people(
    pia: TestClient, stranger: TestClient, office: BillingOffice
) -> None:
    overpaid(office, pia)
    address = item_of(office, "posting.credit_balance")
    assert address.startswith("/queues/credit_balance/")
    send(pia, address, f"{address}/take")
    page = pia.get(address).text
    assert "days left" in page
    assert "credit of the patient" in page
    fields = {"account": "PATIENT_CREDIT", "receivable": "AR:PAT", "reason": "share_was_lower"}
    too_much = send(pia, address, f"{address}/request-refund", token="1", amount="10.01", **fields)
    assert too_much.status_code == 422
    assert "at most 10.00" in too_much.text
    answer = send(pia, address, f"{address}/request-refund", token="1", amount="10.00", **fields)
    assert answer.status_code == 303
    stale = send(pia, address, f"{address}/request-refund", token="1", amount="10.00", **fields)
    assert stale.status_code == 409
    pia.cookies.clear()
    sign_in_by_form(stranger, hire(office, "lena", Role.TEAM_LEAD))
    decision = item_of(office, "refund_requested")
    assert "Your roles approve up to $500.00" in stranger.get(decision).text
    assert send(stranger, decision, f"{decision}/approve-refund", token="0").status_code == 303
    to_pay = item_of(office, "refund_to_pay")
    send(stranger, to_pay, f"{to_pay}/take")
    refused = send(stranger, to_pay, f"{to_pay}/pay-refund", token="1", instrument="no 5")
    assert refused.status_code == 422
    paid = send(stranger, to_pay, f"{to_pay}/pay-refund", token="1", instrument="1001")
    assert paid.status_code == 303
    assert office.books()["REFUND_CLEARING"] == -1_000
    room = "/books/lakeside/refunds"
    page = stranger.get(room).text
    assert "paid, not at the bank yet" in page
    clear = re.search(r'action="([^"]+/clear)"', page)
    assert clear
    assert send(stranger, room, clear[1]).headers["location"].endswith("said=refund_cleared")
    assert send(stranger, room, clear[1]).headers["location"].endswith("problem=state")
    assert office.books()["BANK"] == 1_500


def test_who_asked_for_a_refund_does_not_decide(
    stranger: TestClient, office: BillingOffice
) -> None:
    sign_in_by_form(stranger, hire(office, "lena", Role.TEAM_LEAD))
    overpaid(office, stranger)
    address = item_of(office, "posting.credit_balance")
    send(stranger, address, f"{address}/take")
    fields = {"account": "PATIENT_CREDIT", "receivable": "AR:PAT", "reason": "paid_twice"}
    send(stranger, address, f"{address}/request-refund", token="1", amount="10.00", **fields)
    decision = item_of(office, "refund_requested")
    assert "somebody else decides" in stranger.get(decision).text
    answer = send(stranger, decision, f"{decision}/approve-refund", token="0")
    assert answer.status_code == 422
    assert "REFUND_CLEARING" not in office.books()


def test_charity_is_asked_for_and_decided(stranger: TestClient, office: BillingOffice) -> None:
    claim = owing(office)
    sign_in_by_form(stranger, hire(office, "pia", Role.POSTER))
    page = payments_of(claim)
    answer = send(stranger, page, f"{page}/write-off", kind="charity", reason="hardship")
    assert answer.status_code == 303
    assert "A second person decides" in stranger.get(page).text
    stranger.cookies.clear()
    sign_in_by_form(stranger, hire(office, "lena", Role.TEAM_LEAD))
    decision = item_of(office, "balance_write_off_requested")
    assert "as charity" in " ".join(stranger.get(decision).text.split())
    assert send(stranger, decision, f"{decision}/approve-balance", token="0").status_code == 303
    assert office.books()["CHARITY"] == 2_500


def test_the_room_of_refunds_says_so_when_it_is_empty(pia: TestClient) -> None:
    page = pia.get("/books/lakeside/refunds").text
    assert "No clock runs" in page
    assert "Nothing was refunded yet" in page
    assert pia.get("/books/lakeside/refunds?page=2").status_code == 404
    assert "No refund is void" in pia.get("/books/lakeside/refunds?state=void").text
