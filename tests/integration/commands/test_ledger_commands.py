"""``revcycle ledger`` and ``revcycle close-period``: what they say, and what they refuse."""

import json
from uuid import UUID

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.tables import Posting
from models.values.accounts import Account
from models.values.money import Money
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from workbench.commands.close_period import close_period
from workbench.commands.ledger import ledger_app

SHARED = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
PRACTICE = "demo_practice"


@pytest.fixture
def office(database_url: str, act: Act, monkeypatch: pytest.MonkeyPatch) -> BillingOffice:
    """A machine whose database is the test's, and a practice with books."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()
    return BillingOffice(database_url, act)


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim of 150.00: 50.00 paid, 75.00 cut, 25.00 left to the patient."""
    billed = office.bill(15_000)
    office.post(a_remittance(a_decision(billed, SHARED)))
    return billed


def ledger(*arguments: str, code: int = 0) -> str:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(ledger_app, arguments)
    settings.cache_clear()
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code
    return done.output


def close(month: str) -> str:
    app = typer.Typer()
    app.command()(close_period)
    done = CliRunner().invoke(app, [PRACTICE, month])
    settings.cache_clear()
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.mark.usefixtures("claim")
def test_balances_sum_to_zero() -> None:
    said = ledger("balance", PRACTICE)
    assert "AR:PAT" in said
    assert "-150.00" in said
    assert "all accounts sum to zero" in said
    facts = json.loads(ledger("balance", PRACTICE, "--json"))
    assert facts["sums_to_zero"] is True
    assert {"account": "CONTRACTUAL", "balance": "75.00"} in facts["balances"]


@pytest.mark.usefixtures("claim")
def test_a_balance_is_of_a_day_and_of_an_account() -> None:
    only = ledger("balance", PRACTICE, "--account", "AR:PAT", "--json")
    assert json.loads(only)["balances"] == [{"account": "AR:PAT", "balance": "25.00"}]
    before = ledger("balance", PRACTICE, "--on", "2026-11-17", "--account", "AR:INS1", "--json")
    assert json.loads(before)["balances"] == [{"account": "AR:INS1", "balance": "150.00"}]
    never = ledger("balance", PRACTICE, "--account", "BANK", "--json")
    assert json.loads(never)["balances"] == [{"account": "BANK", "balance": "0.00"}]


def test_a_statement_of_a_claim_runs_to_what_is_owed(claim: BilledClaim) -> None:
    facts = json.loads(ledger("statement", PRACTICE, "--claim", claim.control_number, "--json"))
    assert [(one["account"], one["amount"], one["balance"]) for one in facts["lines"]] == [
        ("AR:INS1", "150.00", "150.00"),
        ("AR:PAT", "25.00", "175.00"),
        ("AR:INS1", "-150.00", "25.00"),
    ]
    assert facts["closing"] == "25.00"
    by_charge = ledger("statement", PRACTICE, "--charge", str(claim.charge_ids[0]), "--json")
    assert json.loads(by_charge) == facts


@pytest.mark.usefixtures("claim")
def test_a_statement_of_an_account_begins_with_what_was_brought_forward() -> None:
    arguments = ("statement", PRACTICE, "--account", "AR:INS1", "--from", "2026-11-01")
    facts = json.loads(ledger(*arguments, "--json"))
    assert (facts["opening"], facts["closing"]) == ("150.00", "0.00")
    assert len(facts["lines"]) == 1
    assert "150.00 + -150.00 = 0.00" in ledger(*arguments)
    ended = ledger(*arguments, "--to", "2026-11-02", "--json")
    assert json.loads(ended) == {"opening": "150.00", "lines": [], "closing": "150.00"}


@pytest.mark.usefixtures("claim")
def test_a_trial_balance_is_of_a_month() -> None:
    facts = json.loads(ledger("trial", PRACTICE, "--period", "2026-11", "--json"))
    assert facts["is_closed"] is False
    assert {
        "account": "AR:INS1",
        "opening": "150.00",
        "movement": "-150.00",
        "closing": "0.00",
    } in facts["accounts"]
    assert "all accounts sum to zero" in ledger("trial", PRACTICE, "--period", "2026-11")


@pytest.mark.usefixtures("claim")
def test_ages_sum_to_what_is_owed() -> None:
    said = ledger("ageing", PRACTICE, "--on", "2026-11-20")
    assert "all ages sum to A/R" in said
    assert "no payer" in said
    facts = json.loads(ledger("ageing", PRACTICE, "--on", "2026-11-20", "--json"))
    assert facts["owed"] == "25.00"
    assert facts["rows"][0]["ages"]["31-60"] == "25.00"


@pytest.mark.usefixtures("office")
def test_empty_books_are_level() -> None:
    for name in ("balance", "trial", "ageing"):
        assert "sum to" in ledger(name, PRACTICE)


def test_no_command_names_the_patient(claim: BilledClaim) -> None:
    said = [ledger(name, PRACTICE) for name in ("balance", "trial", "ageing")]
    said.append(ledger("statement", PRACTICE, "--claim", claim.control_number))
    assert not [one for one in said if "Marmalade" in one or "Otto" in one]


@pytest.mark.usefixtures("claim")
def test_what_is_asked_wrongly_is_refused() -> None:
    for arguments in (
        ("statement", PRACTICE),
        ("statement", PRACTICE, "--claim", "NOBODYS"),
        ("statement", PRACTICE, "--claim", "A", "--account", "BANK"),
        ("trial", PRACTICE, "--period", "2026-13"),
        ("trial", PRACTICE, "--period", "11/2026"),
        ("balance", PRACTICE, "--on", "yesterday"),
        ("balance", "nobody"),
    ):
        with pytest.raises(RejectedError):
            ledger(*arguments)


def test_books_that_do_not_sum_to_zero_are_a_problem(office: BillingOffice) -> None:
    office.bill(15_000)
    with transaction(office.database_url, office.act.client_id) as session:
        entry_id = UUID(session.execute(text("SELECT id FROM ledger_entry")).scalar_one())
        session.add(
            Posting(
                client_id=office.act.client_id,
                ledger_entry_id=entry_id,
                account=Account.BANK,
                amount=Money(1),
            )
        )
    assert "NOT TRUE" in ledger("balance", PRACTICE, code=1)


def test_a_month_is_closed_once_and_in_order(claim: BilledClaim, office: BillingOffice) -> None:
    assert claim.charges
    assert "2026-10 is closed" in close("2026-10")
    assert "2026-10 was closed before" in close("2026-10")
    said = json.loads(ledger("trial", PRACTICE, "--period", "2026-10", "--json"))
    assert said["is_closed"] is True
    with pytest.raises(RejectedError, match="in order"):
        close("2027-01")
    with pytest.raises(RejectedError, match="year and month"):
        close("October")
    with pytest.raises(NotFoundError):
        ledger("trial", "nobody")
    office.check()
