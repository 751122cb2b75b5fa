"""Money without an owner on pages: candidates, what a match books, booking it, undoing it."""

import re
from dataclasses import replace
from html import unescape

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.claim import ClaimState
from models.tables import WorkItem
from models.values.access import Role
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.integration.posting.matching_desk import MatchingDesk
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.money_examples import an_office_at, hire, nobodys, send, waiting_address
from tests.pages.page_examples import HOSTILE, rows_of


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    """The billing office of the Lakeside practice."""
    return an_office_at(database_url, "lakeside")


@pytest.fixture
def pia(stranger: TestClient, database_url: str, office: BillingOffice) -> TestClient:
    """A poster of the practice."""
    sign_in_by_form(stranger, hire(database_url, "pia", Role.POSTER, office))
    return stranger


def fields_of(page: str, action: str) -> dict[str, object]:
    """Read the hidden fields of the form that leads to an address."""
    form = re.search(rf'<form action="{action}" method="post">(.*?)</form>', page, re.DOTALL)
    assert form, f"no form to {action}"
    fields: dict[str, object] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[1]):
        fields[name] = [unescape(value)] if name == "lines" else unescape(value)
    return fields


def test_the_likeliest_claim_stands_first_with_the_reasons(
    pia: TestClient, office: BillingOffice
) -> None:
    right, other = office.bill(15_000), office.bill(9_000)
    office.post(a_remittance(nobodys(right)))
    page = pia.get(waiting_address(office, "lakeside")).text
    assert "a payment for a claim that nobody knows" in page
    first, second = (" ".join(row) for row in rows_of(page) if "Try claim" in row[-1])
    assert right.control_number in first
    assert "our claim number with one character wrong" in first
    assert "same patient name; same charge" in first
    assert other.control_number in second


def test_what_is_booked_is_shown_before_it_is_booked(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(nobodys(claim)))
    before = office.books()
    address = waiting_address(office, "lakeside")
    page = pia.get(f"{address}/match?claim_id={claim.claim_id}").text
    for text in ("$70.00", "$50.00", "$20.00", "$10.00", "CO-29: filed too late"):
        assert text in page
    assert "$150.00 owed by the first payer" in page
    assert "Take it to book it." in page
    assert office.books() == before


def test_a_click_books_it_and_a_second_click_changes_nothing(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(nobodys(claim)))
    address = waiting_address(office, "lakeside")
    assert send(pia, address, f"{address}/take").status_code == 303
    page = pia.get(f"{address}/match?claim_id={claim.claim_id}").text
    fields = fields_of(page, f"{address}/match")
    booked = pia.post(f"{address}/match", data=fields, follow_redirects=False)
    assert booked.headers["location"] == f"{address}?said=matched"
    office.check()
    books = office.books()
    assert office.claim(claim).state == ClaimState.DENIED
    again = pia.post(f"{address}/match", data=fields, follow_redirects=False)
    assert again.status_code == 409
    assert office.books() == books
    page = pia.get(booked.headers["location"]).text
    assert "Matched." in page
    assert "It is booked on this claim" in page


def test_undoing_gives_the_money_back_to_nobody_in_a_new_item(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(nobodys(claim)))
    before = office.books()
    desk = MatchingDesk(office)
    desk.match(claim)
    address = f"/queues/unapplied/lakeside/{_closed_item(desk)}"
    assert send(pia, address, f"{address}/unmatch", why=" ").status_code == 422
    undone = send(pia, address, f"{address}/unmatch", why="It is the brother's.")
    assert undone.headers["location"] == f"{address}?said=unmatched"
    office.check()
    assert office.books() == before
    page = pia.get(waiting_address(office, "lakeside")).text
    assert "It is the brother&#39;s." in page


def _closed_item(desk: MatchingDesk) -> str:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        statement = select(WorkItem.id).where(
            WorkItem.client_id == desk.act.client_id,
            WorkItem.resolution == "matched",
        )
        return str(session.exec(statement).one())


def test_balances_that_moved_meanwhile_are_shown_side_by_side(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(nobodys(claim)))
    address = waiting_address(office, "lakeside")
    send(pia, address, f"{address}/take")
    page = pia.get(f"{address}/match?claim_id={claim.claim_id}").text
    fields = fields_of(page, f"{address}/match")
    fields["shown"] = "UNAPPLIED=100;AR:INS1=-100"
    answer = pia.post(f"{address}/match", data=fields)
    assert answer.status_code == 409
    assert "As it is now, and as you want it" in answer.text
    assert "$70.00" in answer.text
    assert "-$1.00" in answer.text


def test_a_claim_is_found_by_number_or_by_name(pia: TestClient, office: BillingOffice) -> None:
    claim, other = office.bill(15_000), office.bill(700)
    office.post(a_remittance(nobodys(claim)))
    address = waiting_address(office, "lakeside")
    for search in (other.control_number[:8].lower(), "marma"):
        page = send(pia, address, f"{address}/find", search=search).text
        assert other.control_number in page
    page = send(pia, address, f"{address}/find", search="100%").text
    assert "No claim begins with that number" in page


def test_a_claim_of_another_practice_does_not_exist(
    pia: TestClient, office: BillingOffice, database_url: str
) -> None:
    foreign = an_office_at(database_url, "foreign_meadow")
    theirs = foreign.bill(15_000)
    office.post(a_remittance(nobodys(office.bill(15_000))))
    address = waiting_address(office, "lakeside")
    assert pia.get(f"{address}/match?claim_id={theirs.claim_id}").status_code == 404
    assert theirs.control_number not in pia.get(address).text
    found = send(pia, address, f"{address}/find", search=theirs.control_number).text
    assert "No claim begins with that number" in found


def test_what_a_payer_wrote_is_text_and_nothing_else(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    hostile = HOSTILE.replace("{", "").replace("}", "").replace("*", "")[:35]
    office.post(a_remittance(nobodys(claim, patient=hostile)))
    address = waiting_address(office, "lakeside")
    for page in (address, f"{address}/match?claim_id={claim.claim_id}"):
        text = pia.get(page).text
        assert "<svg" not in text
        assert "svg onload" in text.lower()


def test_somebody_who_does_not_hold_the_item_books_nothing(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(nobodys(claim)))
    before = office.books()
    address = waiting_address(office, "lakeside")
    page = pia.get(f"{address}/match?claim_id={claim.claim_id}").text
    answer = pia.post(
        f"{address}/match",
        data={
            "form_token": form_token_of(page),
            "token": "1",
            "claim_id": str(claim.claim_id),
            "shown": "UNAPPLIED=7000",
        },
    )
    assert answer.status_code == 409
    assert office.books() == before


def test_money_of_nobodys_claim_is_asked_back_by_one_person_and_decided_by_another(
    pia: TestClient, office: BillingOffice
) -> None:
    office.post(a_remittance(nobodys(office.bill(15_000))))
    address = waiting_address(office, "lakeside")
    assert '/refund"' not in pia.get(address).text
    assert send(pia, address, f"{address}/take").status_code == 303
    page = pia.get(address).text
    assert "Give $70.00 back to the payer" in page
    fields = fields_of(page, f"{address}/refund")
    unsaid = pia.post(f"{address}/refund", data=fields, follow_redirects=False)
    assert unsaid.status_code == 422
    asked = {**fields, "reason": "not_ours"}
    answer = pia.post(f"{address}/refund", data=asked, follow_redirects=False)
    assert answer.headers["location"].endswith("said=refund_requested")
    assert pia.post(f"{address}/refund", data=asked).status_code == 409
    assert "goes back to the payer" in pia.get(address).text
    assert "paid for somebody who is no patient" in pia.get("/books/lakeside/refunds").text
    assert office.open_items() == ["refund_requested"]
    office.check()


def test_what_came_without_money_has_nothing_to_give_back(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    denied = replace(a_decision(claim, (0, [("CO", "29", 15_000)])), claim_control_number="NOONE")
    office.post(a_remittance(replace(denied, payer_claim_control_number="UNHEARD")))
    with transaction(office.database_url, office.act.client_id) as session:
        (item,) = session.exec(select(WorkItem).where(WorkItem.state == "open")).all()
    address = f"/queues/{item.queue}/lakeside/{item.id}"
    assert send(pia, address, f"{address}/take").status_code == 303
    assert "back to the payer" not in pia.get(address).text
