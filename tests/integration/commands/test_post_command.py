"""``revcycle post``: what a script and a poster learn of each file."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from models.documents.remittance import RemittanceDocument
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.settings import settings
from tests.integration.posting.billing_office import (
    NPI,
    TIN,
    WRITTEN_AT,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.denial_office import KEY, open_office
from workbench.commands.post import post

CONFIGS = Path(__file__).parents[3] / "client_configs"
PAID = (5_000, [("CO", "45", 10_000)])


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BillingOffice:
    """A practice whose client file names the payee of the remittances."""
    folder = tmp_path / "configs" / KEY
    shutil.copytree(CONFIGS / KEY, folder)
    lines = (folder / "client.toml").read_text(encoding="utf-8").splitlines()
    first = {"npi": f'npi = "{NPI}"', "tin": f'tin = "{TIN}"'}
    changed = [first.pop(line.split(" ")[0], line) for line in lines]
    (folder / "client.toml").write_text("\n".join(changed), encoding="utf-8")
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "configs"))
    settings.cache_clear()
    return open_office(database_url).office


def written(folder: Path, name: str, number: int, *documents: RemittanceDocument) -> str:
    envelope = Envelope("ZZ", "PAYER", "ZZ", "DEMO01", number, WRITTEN_AT)
    path = folder / name
    path.write_bytes(write_remittances(documents, envelope))
    return str(path)


def run_post(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(post)
    done = CliRunner().invoke(app, arguments)
    settings.cache_clear()
    return done


def listed(*arguments: str) -> list[dict[str, object]]:
    rows = json.loads(run_post(*arguments, "--json").stdout)
    assert isinstance(rows, list)
    return rows


def test_a_file_is_posted_and_the_same_file_again_changes_nothing(
    office: BillingOffice, tmp_path: Path
) -> None:
    paid = a_decision(office.bill(15_000), PAID)
    file = written(tmp_path, "era.835", 1, a_remittance(paid))
    done = run_post(KEY, file)
    assert done.exit_code == 0, done.output
    assert office.books()["REMIT_CLEARING"] == 5_000
    again = run_post(KEY, file)
    assert again.exit_code == 0, again.output
    (row,) = listed(KEY, file)
    assert (row["posted"], row["posted_before"]) == (True, True)
    assert office.books()["REMIT_CLEARING"] == 5_000


def test_files_that_are_not_posted_are_named_with_the_reason(
    office: BillingOffice, tmp_path: Path
) -> None:
    paid = a_remittance(a_decision(office.bill(15_000), PAID))
    unbalanced = written(tmp_path, "bad.835", 1, replace(paid, amount=Money(5_001)))
    note = tmp_path / "note.txt"
    note.write_text("no remittance")
    good = written(tmp_path, "good.835", 2, paid)
    assert run_post(KEY, unbalanced).exit_code == 1
    rows = listed(KEY, unbalanced, str(note), good)
    assert [(row["posted"], row["reason"]) for row in rows] == [
        (False, "posting.unbalanced"),
        (False, "posting.not_a_remittance"),
        (True, ""),
    ]


def test_what_people_must_look_at_is_counted_by_reason(
    office: BillingOffice, tmp_path: Path
) -> None:
    stranger = replace(
        a_decision(office.bill(15_000), PAID),
        claim_control_number="XYZ",
        payer_claim_control_number="UNHEARD",
    )
    (row,) = listed(KEY, written(tmp_path, "era.835", 1, a_remittance(stranger)))
    assert (row["set_aside"], row["questions"]) == (1, {"posting.unmatched": 1})


def test_a_file_that_is_not_there_is_refused(office: BillingOffice, tmp_path: Path) -> None:
    assert office.books() == {}
    assert run_post(KEY, str(tmp_path / "none.835")).exit_code == 2
