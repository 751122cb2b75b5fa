"""Deposits and paper remittances in a real browser: nothing for axe to find, a live balance."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.bank_files import Movement, an_eft
from tests.integration.deposits.deposit_desk import DepositDesk
from tests.integration.posting.billing_office import NPI, PAID_ON, TIN
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.money_examples import an_office_at
from tests.pages.test_accessibility import judge
from tests.people import Colleague, hire
from tests.unit.client_config.client_file_copies import written

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
LIST = "/books/lakeside/deposits"


@pytest.fixture
def bank(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DepositDesk:
    """The bank of the Lakeside practice: a deposit matched, one short, one unknown, a fee."""
    changes = (('npi = "1999900008"', f'npi = "{NPI}"'), ('tin = "850000404"', f'tin = "{TIN}"'))
    written(tmp_path / "configs", *changes, key="lakeside")
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "configs"))
    settings.cache_clear()
    bank = DepositDesk(an_office_at(database_url, "lakeside"))
    bank.office.act = replace(bank.act, today=PAID_ON)
    bank.post("EFT1", 88_250)
    bank.post("EFT2", 50_000)
    bank.bank(
        an_eft(88_250, "EFT1", "BLUE HERON HCCLAIMPMT"),
        an_eft(40_000, "EFT2", "BLUE HERON HCCLAIMPMT"),
        Movement("165", 10_000, text="BLUE HERON REST"),
        Movement("698", 2_500),
    )
    bank.on_day(PAID_ON + timedelta(days=30))
    bank.settle()
    return bank


@pytest.fixture
def pia(bank: DepositDesk) -> Colleague:
    """A poster of the practice."""
    practices = [bank.act.client_id]
    return hire(bank.office.database_url, "pia", Role.POSTER, practices, Queue.DEPOSIT)


def test_axe_finds_nothing_on_pages_about_money_at_the_bank(
    desk: Desk, bank: DepositDesk, pia: Colleague
) -> None:
    page = desk.sign_in(pia, "/account")
    with transaction(bank.office.database_url, bank.act.client_id) as session:
        items = session.exec(
            select(WorkItem).where(
                WorkItem.client_id == bank.act.client_id, WorkItem.queue == Queue.DEPOSIT
            )
        ).all()
    paths = [LIST, f"{LIST}?state=unmatched"]
    paths += [f"{LIST}/{line.id}" for line in bank.lines()]
    paths += [f"/queues/deposit/lakeside/{item.id}" for item in items]
    found: dict[str, list[str]] = {}
    for path in paths:
        desk.go(path)
        assert page.locator("#error").count() == 0, path
        found |= judge(page, path)
    assert found == {}
    assert desk.complaints == []


def test_the_balance_follows_what_is_typed(desk: Desk, bank: DepositDesk, pia: Colleague) -> None:
    claim = bank.office.bill(15_000)
    page = desk.sign_in(pia, "/books/lakeside/eob/new")
    page.get_by_label("Payer", exact=True).select_option("blue_heron")
    page.get_by_label("Number of the check").fill("4711")
    page.get_by_label("Date of the payment").fill("2026-11-18")
    page.get_by_label("Amount of the payment").fill("100")
    page.get_by_label("Our claim numbers").fill(claim.control_number)
    page.get_by_role("button", name="Show the lines").click()
    page.get_by_label("line 1, paid").fill("100")
    page.get_by_label("line 1, reason code 1").fill("45")
    page.get_by_label("line 1, reason code 1").blur()
    expect(page.locator("#balance")).to_contain_text("50.00 unexplained")
    page.get_by_label("line 1, amount 1").fill("50")
    page.get_by_label("line 1, amount 1").blur()
    expect(page.locator("#balance")).to_contain_text("It balances")
    assert judge(page, "eob") == {}
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("heading", name="Remittance 4711")).to_be_visible()
    assert desk.complaints == []
    bank.office.check()


def test_a_short_deposit_is_matched_with_the_rest_that_came_apart(
    desk: Desk, bank: DepositDesk, pia: Colleague
) -> None:
    (short,) = [line for line in bank.lines() if line.amount.cents == 40_000]
    page = desk.sign_in(pia, "/queues/deposit")
    desk.go(f"{LIST}/{short.id}")
    page.get_by_role("checkbox").first.check()
    page.get_by_text("Match other open deposits together with it").click()
    others = page.get_by_role("table", name="Other open deposits")
    others.get_by_role("checkbox").check()
    page.get_by_role("button", name="Match", exact=True).click()
    expect(page.get_by_text("matched").first).to_be_visible()
    assert bank.questions() == []
    assert desk.complaints == []
    bank.office.check()
