"""A poster types a paper remittance: lines of known claims, the balance, and posting once."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from revcycle.settings import settings
from tests.integration.posting.billing_office import NPI, TIN, BilledClaim, BillingOffice
from tests.pages.doors import sign_in_by_form
from tests.pages.money_examples import an_office_at, hire, send
from tests.pages.page_examples import HOSTILE
from tests.unit.client_config.client_file_copies import written

NEW = "/books/lakeside/eob/new"
CHECK = "/books/lakeside/eob/check"


@pytest.fixture
def office(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BillingOffice:
    """The billing office of the Lakeside practice, with its client file."""
    changes = (('npi = "1999900008"', f'npi = "{NPI}"'), ('tin = "850000404"', f'tin = "{TIN}"'))
    written(tmp_path / "configs", *changes, key="lakeside")
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "configs"))
    settings.cache_clear()
    return an_office_at(database_url, "lakeside")


@pytest.fixture
def pia(stranger: TestClient, database_url: str, office: BillingOffice) -> TestClient:
    """A poster of the practice."""
    sign_in_by_form(stranger, hire(database_url, "pia", Role.POSTER, office))
    return stranger


def a_form(claim: BilledClaim, **changed: str) -> dict[str, object]:
    """Type a check of 80.00 for a claim of 150.00."""
    line = f"c-{claim.control_number}-1"
    return {
        "payer": "blue_heron",
        "method": "CHK",
        "number": "4711",
        "paid_on": "2026-11-18",
        "amount": "80.00",
        "numbers": claim.control_number,
        f"{line}-paid": "80.00",
        f"{line}-0-group": "CO",
        f"{line}-0-reason": "45",
        f"{line}-0-amount": "50",
        f"{line}-1-group": "PR",
        f"{line}-1-reason": "1",
        f"{line}-1-amount": "20.00",
        **changed,
    }


def test_the_lines_of_a_claim_come_with_its_number(pia: TestClient, office: BillingOffice) -> None:
    claim = office.bill(15_000, 4_000)
    page = send(pia, NEW, CHECK, numbers=f"{claim.control_number.lower()} NOBODYS1")
    assert page.status_code == 200
    assert "99213" in page.text
    assert "85025" in page.text
    assert "NOBODYS1 is none of ours" in page.text
    assert "line 2: 40.00 unexplained" in page.text


def test_what_balances_is_said_and_nothing_is_booked(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    before = office.books()
    assert "It balances" in send(pia, NEW, CHECK, **a_form(claim)).text
    assert "Difference" in send(pia, NEW, CHECK, **a_form(claim, amount="81")).text
    assert office.books() == before


def test_a_typed_check_is_posted_once_and_shown_like_any_remittance(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    done = send(pia, NEW, NEW, **a_form(claim))
    assert done.status_code == 303, done.text
    assert "4711" in pia.get(done.headers["location"]).text
    office.check()
    books = office.books()
    assert (books["REMIT_CLEARING"], books["AR:PAT"]) == (8_000, 2_000)
    again = send(pia, NEW, NEW, **a_form(claim))
    assert again.status_code == 422
    assert "posted before" in again.text
    assert office.books() == books


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amount": "79.99"}, "is not claims less provider adjustments"),
        ({"amount": "eighty"}, "Amount of the payment: not an amount"),
        ({"amount": "-80"}, "zero or more"),
        ({"payer": "nobody"}, "choose who paid"),
        ({"number": ""}, "of the check or payment"),
        ({"number": "47*11~"}, "letters and digits only"),
        ({"paid_on": "18.11.2026"}, "not a day"),
        ({"paid_on": "2031-01-01"}, "lies ahead"),
        ({"method": "GOLD"}, "choose how it was paid"),
        ({"numbers": ""}, "name at least one of ours"),
        ({"numbers": "NOBODYS1"}, "NOBODYS1 is none of ours"),
    ],
)
def test_what_cannot_be_posted_is_refused_in_words_and_kept(
    pia: TestClient, office: BillingOffice, changed: dict[str, str], says: str
) -> None:
    claim = office.bill(15_000)
    before = office.books()
    done = send(pia, NEW, NEW, **a_form(claim, **changed))
    assert done.status_code == 422
    assert says in done.text
    assert office.books() == before


def test_half_an_adjustment_and_strange_texts_are_refused(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(15_000)
    line = f"c-{claim.control_number}-1"
    for name, text in ((f"{line}-0-reason", ""), (f"{line}-0-group", "XX"), ("number", HOSTILE)):
        done = send(pia, NEW, NEW, **a_form(claim, **{name: text}))
        assert done.status_code == 422
        assert "<script>alert" not in done.text
    assert "REMIT_CLEARING" not in office.books()


def test_without_a_client_file_there_is_no_form(pia: TestClient, tmp_path: Path) -> None:
    (tmp_path / "configs" / "lakeside" / "client.toml").unlink()
    assert pia.get(NEW).status_code == 404
