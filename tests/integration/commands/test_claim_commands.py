"""``revcycle claims print``: a claim on paper from the command line."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from models.errors import NotFoundError
from models.tables import AuditEvent, ClaimVersion, Patient
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.pages.denial_office import KEY, DenialOffice, open_office
from workbench.commands.claims import claims_app

CONFIGS = Path(__file__).parents[3] / "client_configs"


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> DenialOffice:
    """A practice with a client file of its own, on a machine whose database is the test's."""
    shutil.copytree(CONFIGS / KEY, tmp_path / "configs" / KEY)
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(tmp_path / "configs"))
    settings.cache_clear()
    return open_office(database_url)


def claims(*arguments: str) -> Result:
    """Run the command."""
    done = CliRunner().invoke(claims_app, arguments)
    settings.cache_clear()
    return done


def test_a_claim_is_printed_by_the_number_it_was_sent_under(
    office: DenialOffice, tmp_path: Path
) -> None:
    claim_id = office.office.bill(15_000).claim_id
    with transaction(office.url, office.client_id) as session:
        version = session.exec(
            select(ClaimVersion.control_number).where(ClaimVersion.claim_id == claim_id)
        ).one()
    file = tmp_path / "form.pdf"
    done = claims("print", KEY, version, "--outline", "--out", str(file))
    assert done.exit_code == 0, done.output
    assert file.read_bytes().startswith(b"%PDF-")
    with transaction(office.url, office.client_id) as session:
        actions = session.exec(
            select(AuditEvent.action).where(AuditEvent.subject_id == claim_id)
        ).all()
    assert "print_claim_form" in actions


def test_a_name_that_is_too_long_prints_nothing_and_names_the_box(
    office: DenialOffice, tmp_path: Path
) -> None:
    number = office.office.bill(15_000).control_number
    with transaction(office.url, office.client_id) as session:
        session.exec(select(Patient)).one().last_name = "Vander" * 6
    file = tmp_path / "form.pdf"
    done = claims("print", KEY, number, "--out", str(file))
    assert done.exit_code == 1
    assert "page 1, box 2:" in done.output
    assert "Vander" not in done.output
    assert not file.exists()


@pytest.mark.usefixtures("office")
def test_a_number_of_no_claim_is_refused() -> None:
    assert isinstance(claims("print", KEY, "NOBODY").exception, NotFoundError)
