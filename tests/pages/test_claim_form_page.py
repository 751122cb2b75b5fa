"""Printing a claim on paper from its page."""

import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.tables import Claim, Patient
from models.values.access import Role
from revcycle.store.session import transaction
from tests.pages.denial_office import KEY, DenialOffice, open_office
from tests.pages.doors import sign_in_by_form
from tests.people import join


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice that bills."""
    return open_office(database_url)


@pytest.fixture
def claim_id(office: DenialOffice) -> UUID:
    """A claim that was sent."""
    return office.office.bill(15_000).claim_id


@pytest.fixture
def lea(stranger: TestClient, database_url: str, office: DenialOffice) -> TestClient:
    """A team lead of the practice."""
    sign_in_by_form(stranger, join(database_url, "lea", [Role.TEAM_LEAD], [office.client_id]))
    return stranger


def address(claim_id: UUID, mode: str = "outline") -> str:
    return f"/practices/{KEY}/claims/{claim_id}/form.pdf?mode={mode}"


def text_of(pdf: bytes, folder: Path) -> str:
    file = folder / "form.pdf"
    file.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("mode", ["outline", "data"])
def test_the_form_names_the_claim_by_the_number_that_all_its_versions_share(
    lea: TestClient, office: DenialOffice, claim_id: UUID, mode: str, tmp_path: Path
) -> None:
    answer = lea.get(address(claim_id, mode))
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    assert "form-" in answer.headers["content-disposition"]
    with transaction(office.url, office.client_id) as session:
        number = session.exec(select(Claim.control_number).where(Claim.id == claim_id)).one()
    text = text_of(answer.content, tmp_path)
    assert number in text
    assert "LAKESIDE FAMILY MEDICINE" in text
    assert ("24F charge" in text) is (mode == "outline")
    assert office.trail("print_claim_form") == 1


def test_the_page_of_the_claim_leads_to_both_prints(lea: TestClient, claim_id: UUID) -> None:
    page = lea.get(f"/practices/{KEY}/claims/{claim_id}").text
    assert f'href="/practices/{KEY}/claims/{claim_id}/form.pdf"' in page
    assert f'href="/practices/{KEY}/claims/{claim_id}/form.pdf?mode=data"' in page


def test_what_does_not_fit_is_named_and_nothing_is_printed_for_the_post(
    lea: TestClient, office: DenialOffice, claim_id: UUID
) -> None:
    with transaction(office.url, office.client_id) as session:
        session.exec(select(Patient)).one().last_name = "Vander" * 6
    page = lea.get(address(claim_id, "data"))
    assert page.headers["content-type"].startswith("text/html")
    assert "Box 2" in page.text
    assert "the box holds 28" in page.text
    assert lea.get(address(claim_id)).headers["content-type"] == "application/pdf"


def test_whoever_sees_member_numbers_masked_prints_no_form(
    stranger: TestClient, database_url: str, office: DenialOffice, claim_id: UUID
) -> None:
    coder = join(database_url, "cora", [Role.CODER], [office.client_id])
    sign_in_by_form(stranger, coder)
    assert stranger.get(address(claim_id)).status_code == 403
    assert "form.pdf" not in stranger.get(f"/practices/{KEY}/claims/{claim_id}").text
    assert office.trail("print_claim_form") == 0
