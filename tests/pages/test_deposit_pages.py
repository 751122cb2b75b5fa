"""Deposits on pages: the list, one line, matching and taking off, work about what is missing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.bank_line import BankLineState
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.store.session import transaction
from tests.bank_files import Movement, an_eft
from tests.integration.deposits.deposit_desk import DepositDesk
from tests.integration.posting.billing_office import PAID_ON
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.money_examples import an_office_at, send
from tests.pages.page_examples import HOSTILE, rows_of
from tests.people import join

LIST = "/books/lakeside/deposits"


@pytest.fixture
def desk(database_url: str) -> DepositDesk:
    """The bank of the Lakeside practice."""
    desk = DepositDesk(an_office_at(database_url, "lakeside"))
    desk.office.act = replace(desk.act, today=PAID_ON)
    return desk


def enter(visitor: TestClient, desk: DepositDesk, role: Role) -> TestClient:
    """Sign a person in who works on deposits."""
    client_id = desk.act.client_id
    colleague = join(desk.office.database_url, "pia", [role], [client_id])
    act = Act(client_id, "tester", desk.act.at, desk.act.today)
    with transaction(desk.office.database_url, client_id) as session:
        assign_queues(session, act, colleague.id, [Queue.DEPOSIT])
    sign_in_by_form(visitor, colleague)
    return visitor


@pytest.fixture
def pia(stranger: TestClient, desk: DepositDesk) -> TestClient:
    """A poster of the practice."""
    return enter(stranger, desk, Role.POSTER)


def item_address(desk: DepositDesk, reason: str) -> str:
    """Find the open item of a reason."""
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        item = session.exec(
            select(WorkItem).where(
                WorkItem.client_id == desk.act.client_id,
                WorkItem.reason == reason,
                WorkItem.state == "open",
            )
        ).one()
    return f"/queues/{item.queue}/lakeside/{item.id}"


def test_without_a_statement_the_page_says_what_to_do(pia: TestClient) -> None:
    page = pia.get(LIST).text
    assert "No bank statement has come yet" in page
    assert "[bank]" in page


def test_lines_stand_by_state_with_the_sums_that_lead_to_them(
    pia: TestClient, desk: DepositDesk
) -> None:
    desk.post("EFT1", 50_000)
    desk.bank(an_eft(50_000, "EFT1"), an_eft(7_000, "EFT2"), Movement("698", 25))
    page = pia.get(LIST).text
    assert "$500.00" in page
    assert len(rows_of(page)) == 4
    open_lines = pia.get(f"{LIST}?state=unmatched").text
    assert "EFT2" in open_lines
    assert "EFT1" not in open_lines
    assert "a fee of the bank" in pia.get(f"{LIST}?state=set_aside").text


def test_the_second_page_begins_where_the_first_ends(pia: TestClient, desk: DepositDesk) -> None:
    desk.bank(*(an_eft(100 + number, f"T{number}") for number in range(60)))
    first = pia.get(LIST).text
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = pia.get(f"{LIST}{older}").text
    assert (len(rows_of(first)), len(rows_of(second))) == (51, 11)


def test_a_person_matches_and_takes_off_again(pia: TestClient, desk: DepositDesk) -> None:
    remittance = desk.post("EFT1", 50_000)
    desk.bank(Movement("165", 50_000, text="BLUE HERON"))
    address = f"{LIST}/{desk.lines()[0].id}"
    page = pia.get(address).text
    assert "same amount" in page
    assert "payer&#39;s name" in page
    done = send(pia, address, f"{address}/match", remittance_id=str(remittance))
    assert done.status_code == 303
    assert "Matched and booked" in pia.get(done.headers["location"]).text
    assert "REMIT_CLEARING" not in desk.office.books()
    again = send(pia, address, f"{address}/match", remittance_id=str(remittance))
    assert again.status_code == 422
    assert "not open any more" in again.text
    assert send(pia, address, f"{address}/unmatch").status_code == 303
    assert desk.lines()[0].state == BankLineState.UNMATCHED
    assert "taken off by pia" in pia.get(address).text


def test_sums_that_differ_are_refused_in_words(pia: TestClient, desk: DepositDesk) -> None:
    remittance = desk.post("EFT1", 50_000)
    desk.bank(Movement("165", 40_000))
    address = f"{LIST}/{desk.lines()[0].id}"
    assert "EFT1" not in pia.get(address).text
    assert "EFT1" in pia.get(f"{address}?search=eft1").text
    done = send(pia, address, f"{address}/match", remittance_id=str(remittance))
    assert done.status_code == 422
    assert "bring 100.00 less than the remittances explain" in done.text


def test_a_line_is_set_aside_brought_back_and_put_against_its_return(
    pia: TestClient, desk: DepositDesk
) -> None:
    desk.bank(Movement("165", 500), Movement("555", 500))
    deposit, debit = desk.lines()
    address = f"{LIST}/{deposit.id}"
    for act, fields in (
        ("set-aside", {"reason": "patients"}),
        ("bring-back", {}),
        ("cancel-out", {"other_id": str(debit.id)}),
        ("unmatch", {}),
    ):
        assert send(pia, address, f"{address}/{act}", **fields).status_code == 303
        desk.office.check()
    assert send(pia, address, f"{address}/set-aside", reason="none").status_code == 422


def test_the_text_of_a_bank_is_shown_as_text_and_never_in_the_list(
    pia: TestClient, desk: DepositDesk
) -> None:
    desk.bank(Movement("165", 500, text=HOSTILE.replace(",", " ")))
    assert "<script" not in pia.get(LIST).text.split("<main", 1)[1]
    page = pia.get(f"{LIST}/{desk.lines()[0].id}").text
    assert HOSTILE[:20] not in page.split("<main", 1)[1]


def test_who_may_not_post_money_sees_and_changes_nothing(
    stranger: TestClient, desk: DepositDesk
) -> None:
    desk.bank(Movement("165", 500))
    visitor = enter(stranger, desk, Role.COMPLIANCE)
    address = f"{LIST}/{desk.lines()[0].id}"
    page = visitor.get(address)
    assert "Set aside" not in page.text
    token = form_token_of(page.text)
    done = visitor.post(f"{address}/set-aside", data={"form_token": token, "reason": "patients"})
    assert done.status_code == 403


def test_the_item_of_a_missing_half_is_matched_in_its_pane(
    pia: TestClient, desk: DepositDesk
) -> None:
    desk.post("EFT1", 50_000)
    desk.bank(Movement("165", 50_000, text="BLUE HERON"))
    desk.on_day(PAID_ON + timedelta(days=30))
    desk.settle()
    address = item_address(desk, "deposit.no_deposit")
    assert "not seen at the bank" in pia.get(address).text
    stale = send(pia, address, f"{address}/match", token=0, other_id=str(desk.lines()[0].id))
    assert stale.status_code == 409
    assert send(pia, address, f"{address}/take").status_code == 303
    page = pia.get(address).text
    lease = page.split('name="token" value="')[1].split('"')[0]
    done = send(pia, address, f"{address}/match", token=lease, other_id=str(desk.lines()[0].id))
    assert done.status_code == 303
    assert desk.questions() == []
    desk.office.check()


def test_the_pane_of_a_deposit_and_of_a_refused_statement(
    pia: TestClient, desk: DepositDesk
) -> None:
    desk.bank(an_eft(900, "EFT9"), Movement("999", 1))
    desk.on_day(PAID_ON + timedelta(days=30))
    desk.settle()
    refused = pia.get(item_address(desk, "deposit.lines_refused")).text
    assert "type code: is not known; allowed: 100 to 699" in refused
    address = item_address(desk, "deposit.no_remittance")
    assert "Deposit of $9.00" in pia.get(address).text
    send(pia, address, f"{address}/take")
    page = pia.get(address).text
    lease = page.split('name="token" value="')[1].split('"')[0]
    done = send(pia, address, f"{address}/set-aside", token=lease, reason="patients", then="list")
    assert done.status_code == 303
    assert desk.lines()[0].state == BankLineState.SET_ASIDE
