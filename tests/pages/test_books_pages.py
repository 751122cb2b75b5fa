"""The books in the workbench: every figure leads to what it adds up, and months close once."""

import re

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from models.values.access import Role
from models.values.accounts import Account
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.pages.doors import sign_in_by_form
from tests.pages.money_examples import an_office_at, send
from tests.pages.page_examples import add_practice, rows_of
from tests.people import join
from workbench.pages.records.money_words import say_account

SHARED = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
BASE = "/books/lakeside"


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    return an_office_at(database_url, "lakeside")


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """150.00 charged in October; in November 50.00 paid, 75.00 cut, 25.00 left to the patient."""
    billed = office.bill(15_000)
    office.post(a_remittance(a_decision(billed, SHARED)))
    return billed


@pytest.fixture
def manager(stranger: TestClient, database_url: str, office: BillingOffice) -> TestClient:
    assert office.act
    sign_in_by_form(stranger, join(database_url, "mia.hill", [Role.MANAGER]))
    return stranger


def acts_of(office: BillingOffice) -> list[str]:
    with transaction(office.database_url, office.act.client_id) as session:
        return list(session.execute(text("SELECT action FROM audit_event ORDER BY at")).scalars())


def address_in(page: str, label: str) -> str:
    """Find where a link with this text leads."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>{re.escape(label)}</a>', page)
    assert found, label
    return found.group(1).replace("&amp;", "&")


def test_the_only_practice_is_opened_at_once(manager: TestClient) -> None:
    answer = manager.get("/books", follow_redirects=False)
    assert answer.headers["location"] == f"{BASE}/trial"


def test_of_several_practices_one_is_chosen(manager: TestClient, database_url: str) -> None:
    add_practice(database_url, "summit")
    page = manager.get("/books").text
    assert "Lakeside" in page
    assert "Summit" in page
    answer = manager.get("/books?client=summit&room=ageing", follow_redirects=False)
    assert answer.headers["location"] == "/books/summit/ageing"
    assert manager.get("/books?client=elsewhere").status_code == 404


@pytest.mark.parametrize("room", ["trial", "ageing", "entries", "periods", "charges"])
def test_empty_books_say_what_opens_them(manager: TestClient, room: str) -> None:
    answer = manager.get(f"{BASE}/{room}")
    assert answer.status_code == 200
    assert "<h2" in answer.text


@pytest.mark.usefixtures("claim")
def test_a_month_has_opening_movement_and_closing(manager: TestClient) -> None:
    page = manager.get(f"{BASE}/trial?period=2026-11").text
    rows = {row[0].split()[0]: row[1:] for row in rows_of(page) if len(row) == 4}
    assert rows["AR:INS1"] == ["$150.00", "-$150.00", "$0.00"]
    assert rows["CHARGES"] == ["-$150.00", "$0.00", "-$150.00"]
    assert rows["All"] == ["$0.00", "$0.00", "$0.00"]
    assert "All accounts sum to zero" in page


@pytest.mark.usefixtures("claim")
def test_a_movement_leads_to_its_postings_and_they_to_their_entry(
    manager: TestClient, office: BillingOffice
) -> None:
    page = manager.get(f"{BASE}/trial?period=2026-11").text
    lines = manager.get(address_in(page, "-$150.00")).text
    assert "All pages add up to <strong>-$150.00</strong>" in lines
    entry = manager.get(address_in(lines, "decision of a payer")).text
    rows = [row[-1] for row in rows_of(entry)][1:]
    assert set(rows) == {"$25.00", "$50.00", "$75.00", "-$150.00"}
    assert "see_posting_list" in acts_of(office)
    assert "see_entry" in acts_of(office)


@pytest.mark.usefixtures("claim")
def test_an_age_leads_to_its_charges_and_they_to_their_entries(
    manager: TestClient, office: BillingOffice
) -> None:
    page = manager.get(f"{BASE}/ageing").text
    assert "The ages sum to A/R" in page
    charges = manager.get(address_in(page, "$25.00")).text
    assert "This page adds up to <strong>$25.00</strong>" in charges
    entries = manager.get(address_in(charges, "$25.00")).text
    assert "All pages add up to <strong>$25.00</strong>" in entries
    assert "see_charge_list" in acts_of(office)


@pytest.mark.usefixtures("claim")
def test_an_earlier_day_shows_what_was_owed_then(manager: TestClient) -> None:
    page = manager.get(f"{BASE}/ageing?on=2026-10-31").text
    assert "AR:INS1" in page
    assert "AR:PAT" not in page
    assert manager.get(f"{BASE}/ageing?on=").status_code == 200
    assert manager.get(f"{BASE}/ageing?on=tomorrow").status_code == 404


def test_long_lists_go_on(manager: TestClient, office: BillingOffice) -> None:
    for _ in range(14):
        office.bill(1_000, 2_000, 3_000, 4_000)
    for room, count in (("entries", 112), ("charges", 56)):
        page, seen = manager.get(f"{BASE}/{room}").text, 0
        while True:
            seen += len(rows_of(page)) - 1
            if "Next page" not in page:
                break
            page = manager.get(address_in(page, "Next page →")).text
            assert "First page" in page
        assert seen == count


@pytest.mark.usefixtures("claim")
def test_what_nobody_gave_is_not_found(manager: TestClient) -> None:
    for address in (
        "trial?period=2026-13",
        "trial?period=x",
        "entries?period=2026",
        "entries?account=NOBODYS",
        "entries/00000000-0000-7000-8000-000000000000",
    ):
        assert manager.get(f"{BASE}/{address}").status_code == 404, address


@pytest.mark.usefixtures("claim")
def test_exports_are_noted_and_name_nobody(manager: TestClient, office: BillingOffice) -> None:
    trial = manager.get(f"{BASE}/trial.csv?period=2026-11").text
    assert "AR:INS1,150.00,'-150.00,0.00" in trial
    ages = manager.get(f"{BASE}/ageing.csv").text
    assert "AR:PAT,,0.00,25.00" in ages
    entries = manager.get(f"{BASE}/entries.csv?account=AR:INS1").text
    assert len(entries.splitlines()) == 3
    assert not [one for one in (trial, ages, entries) if "Marmalade" in one]
    wanted = {"export_trial_balance", "export_ageing", "export_posting_list"}
    assert wanted <= set(acts_of(office))


@pytest.mark.usefixtures("claim")
def test_a_manager_closes_months_in_order(manager: TestClient, office: BillingOffice) -> None:
    page = manager.get(f"{BASE}/periods").text
    assert "2026-10 can be closed" in page
    send(manager, f"{BASE}/periods", f"{BASE}/periods/close", month="2026-10", confirmed="yes")
    page = manager.get(f"{BASE}/periods?said=month_closed").text
    assert "Closed. What is booked late" in page
    assert "2026-11 is open" in page
    assert "12/01/2026" in page
    assert "closed" in manager.get(f"{BASE}/trial?period=2026-10").text
    office.check()


@pytest.mark.usefixtures("claim")
def test_who_clicks_twice_closes_once(manager: TestClient, office: BillingOffice) -> None:
    fields = {"month": "2026-10", "confirmed": "yes"}
    send(manager, f"{BASE}/periods", f"{BASE}/periods/close", **fields)
    again = send(manager, f"{BASE}/periods", f"{BASE}/periods/close", **fields)
    assert again.headers["location"].endswith("said=was_closed")
    assert acts_of(office).count("close_period") == 1


@pytest.mark.usefixtures("claim")
def test_closing_wants_a_word_and_an_ended_month(
    manager: TestClient, office: BillingOffice
) -> None:
    unsaid = send(manager, f"{BASE}/periods", f"{BASE}/periods/close", month="2026-10")
    assert "say first that you want it" in unsaid.text
    early = send(
        manager, f"{BASE}/periods", f"{BASE}/periods/close", month="2026-11", confirmed="yes"
    )
    assert "months are closed in order" in early.text
    assert "close_period" not in acts_of(office)


@pytest.mark.usefixtures("claim")
def test_a_late_entry_is_marked(manager: TestClient, office: BillingOffice) -> None:
    send(manager, f"{BASE}/periods", f"{BASE}/periods/close", month="2026-10", confirmed="yes")
    office.bill(4_200)
    page = manager.get(f"{BASE}/entries?account=AR:INS1&period=2026-11").text
    assert "late" in page
    entry = manager.get(address_in(page, "charge")).text
    assert "because its own month was closed" in entry


def test_a_reversal_and_what_it_takes_back_lead_to_each_other(
    manager: TestClient, office: BillingOffice
) -> None:
    decision = a_decision(office.bill(15_000), SHARED)
    office.post(a_remittance(decision))
    taken = a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)])
    office.post(taken)
    page = manager.get(f"{BASE}/entries?account=CONTRACTUAL").text
    reversal = manager.get(address_in(page, "taken back")).text
    original = manager.get(address_in(reversal, "an earlier entry")).text
    assert address_in(original, "by a later entry") in page


def test_every_account_has_words() -> None:
    assert [account for account in Account if not say_account(account)] == []


def test_the_bar_names_groups_and_below_it_the_rooms_of_the_one_that_is_open(
    manager: TestClient,
) -> None:
    page = manager.get(f"{BASE}/refunds").text
    groups = page.split('aria-label="Books">')[1].split("</nav>")[0]
    assert [text.strip() for text in re.findall(r">([^<>]+)</a>", groups)] == [
        "Ledger",
        "Money in",
        "Contracts",
        "Money out",
        "Prevention",
    ]
    assert 'aria-current="true">Money out' in groups
    rooms = page.split('aria-label="Money out">')[1].split("</nav>")[0]
    assert 'aria-current="page">Refunds' in rooms
    assert "Write-offs" in rooms
    assert "Trial balance" not in rooms


def test_a_poster_sees_the_books_and_closes_nothing(
    stranger: TestClient, database_url: str, office: BillingOffice
) -> None:
    poster = join(database_url, "pat.poster", [Role.POSTER], [office.act.client_id])
    sign_in_by_form(stranger, poster)
    page = stranger.get(f"{BASE}/trial").text
    assert "Books" in page
    assert f"{BASE}/periods" not in page
    assert stranger.get(f"{BASE}/periods").status_code == 403


def test_a_foreign_practice_has_no_books(
    stranger: TestClient, database_url: str, office: BillingOffice
) -> None:
    add_practice(database_url, "foreign")
    sign_in_by_form(
        stranger, join(database_url, "pat.poster", [Role.POSTER], [office.act.client_id])
    )
    for room in ("trial", "ageing", "entries", "charges", "trial.csv", "entries.csv"):
        assert stranger.get(f"/books/foreign/{room}").status_code == 404
