"""``revcycle contracts``: check, price, ask what if."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from models.errors import NotFoundError, RejectedError
from revcycle.settings import settings
from tests.pages.contract_house import FEE_99213, HEADER, KEY, keep_contracts, open_house
from workbench.commands.contracts import contracts_app

QUARTER = ("--from", "2026-10-01", "--to", "2026-10-31")


@pytest.fixture
def configs(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with one practice that keeps contracts."""
    folder = tmp_path / "configs"
    keep_contracts(folder)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(folder))
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "160")
    settings.cache_clear()
    return folder


def contracts(*arguments: str) -> Result:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(contracts_app, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.mark.usefixtures("configs")
def test_good_contracts_are_counted_and_wrong_ones_told_with_their_lines(configs: Path) -> None:
    assert "2 terms of 1 payers" in contracts("check", KEY).output
    (configs / KEY / "contracts.csv").write_text(HEADER + FEE_99213.format("many"))
    wrong = contracts("check", KEY)
    assert wrong.exit_code == 1
    assert "contracts.csv line 2: rate: is not a number" in wrong.output


@pytest.mark.usefixtures("configs")
def test_a_price_is_printed_with_its_arithmetic() -> None:
    asked = ("price", KEY, "--payer", "payer_1", "--on", "2026-10-05", "--code")
    done = contracts(*asked, "99213", "--units", "2")
    assert "fee 90.00 x 2 units = 180.00" in done.output
    assert "contracts.csv line 2" in done.output
    unknown = contracts(*asked, "80053")
    assert (unknown.exit_code, "no term covers 80053" in unknown.output) == (1, True)
    with pytest.raises(NotFoundError, match="allowed: payer_1"):
        contracts("price", KEY, "--payer", "nobody", "--code", "99213")
    with pytest.raises(RejectedError, match="above zero"):
        contracts(*asked, "99213", "--units", "-1")


def test_a_changed_file_is_tried_and_nothing_is_kept(
    database_url: str, configs: Path, tmp_path: Path
) -> None:
    house = open_house(database_url, configs)
    proposed = tmp_path / "next_year.csv"
    proposed.write_text(HEADER + FEE_99213.format("97.50"))
    output = contracts("what-if", KEY, str(proposed), *QUARTER).output
    assert "2 lines with a service from 2026-10-01 to 2026-10-31" in output
    assert "97.50" in output
    assert "7.50" in output
    (variance,) = house.contracts.variances()
    assert variance.expected.cents == 9_000
    with pytest.raises(NotFoundError, match="no file"):
        contracts("what-if", KEY, str(tmp_path / "nothing.csv"))
    proposed.write_text(HEADER + FEE_99213.format("-1"))
    with pytest.raises(RejectedError, match=r"next_year\.csv line 2: rate"):
        contracts("what-if", KEY, str(proposed))


def test_claims_that_wait_for_their_payer_are_priced_anew(database_url: str, configs: Path) -> None:
    house = open_house(database_url, configs)
    waiting = house.contracts.office.bill(15_000)
    (configs / KEY / "contracts.csv").write_text(HEADER + FEE_99213.format("95.00"))
    assert "1 claims: 1 lines have an amount" in contracts("recompute", KEY).output
    assert [row.amount and row.amount.cents for row in house.contracts.expected(waiting)] == [9_500]
