"""Codes offered while somebody types."""

import re

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from models.values.billing_codes import CodeSystem
from revcycle.operations.coding.load_codes import load_codes
from revcycle.store.session import transaction
from tests.integration.coding.test_find_codes import ACT, DIAGNOSES, PROCEDURES, diagnosis
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE
from tests.people import join


@pytest.fixture
def coder(stranger: TestClient, database_url: str) -> TestClient:
    """A coder who has signed in; two lists of codes are loaded."""
    with transaction(database_url) as session:
        list(load_codes(session, ACT, CodeSystem.ICD10CM, DIAGNOSES))
        list(load_codes(session, ACT, CodeSystem.HCPCS, PROCEDURES))
    sign_in_by_form(stranger, join(database_url, "cora.wells", [Role.CODER]))
    return stranger


def codes_of(page: str) -> list[str]:
    return re.findall(r'data-code="(\w+)"', page)


def test_a_coder_sees_codes_with_titles(coder: TestClient) -> None:
    page = coder.get("/codes", params={"q": "knee", "on": "2026-11-20", "kind": "diagnosis"}).text
    assert codes_of(page) == ["M25562", "M25561"]
    assert "M25.561</code> Pain in right knee" in page
    assert "<html" not in page


def test_a_code_that_is_not_valid_says_why_and_since_when(coder: TestClient) -> None:
    page = coder.get("/codes", params={"q": "E11", "on": "2026-09-30"}).text
    assert codes_of(page) == ["E119", "E11", "E1165"]
    assert "a heading: choose a code below it" in page
    assert "not billable before 10/01/2026" in page
    assert "not billable after 09/30/2026" in coder.get("/codes?q=I42.8").text


def test_without_a_date_of_service_today_counts(coder: TestClient) -> None:
    for on in ("", "soon", "2026-02-30"):
        page = coder.get("/codes", params={"q": "hyperglycemia", "on": on}).text
        assert "not billable" not in page


def test_procedures_alone(coder: TestClient) -> None:
    page = coder.get("/codes", params={"q": "knee", "kind": "procedure"}).text
    assert codes_of(page) == ["L1810"]


def test_nothing_found_says_where_it_looked(coder: TestClient) -> None:
    assert "Looked in ICD-10-CM, HCPCS level II." in coder.get("/codes?q=zebra").text
    assert "Type how a code begins" in coder.get("/codes?q=").text


def test_nothing_loaded_says_who_loads_it_how(visitor: TestClient) -> None:
    page = visitor.get("/codes?q=knee").text
    assert "revcycle codes load" in page


def test_hostile_titles_and_questions_are_only_text(coder: TestClient, database_url: str) -> None:
    with transaction(database_url) as session:
        list(load_codes(session, ACT, CodeSystem.ICD10CM, [diagnosis("A00", HOSTILE)]))
    for typed in ("svg", HOSTILE[:100]):
        page = coder.get("/codes", params={"q": typed}).text
        assert "<svg" not in page
        assert "<script" not in page


def test_an_office_manager_of_a_practice_gets_no_codes(
    stranger: TestClient, database_url: str
) -> None:
    sign_in_by_form(stranger, join(database_url, "olga", [Role.OFFICE_MANAGER]))
    assert stranger.get("/codes?q=knee").status_code == 403
