"""The page of reference data."""

import re

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import HOSTILE
from tests.people import join

DAY = "2026-01-01"
REASONS = "code,text\n45,too dear\n"


@pytest.fixture
def manager(stranger: TestClient, database_url: str) -> TestClient:
    """A manager who has signed in."""
    sign_in_by_form(stranger, join(database_url, "mia.hill", [Role.MANAGER]))
    return stranger


def send(
    browser: TestClient, kind: str, content: str, name: str = "carc.csv", **fields: str
) -> str:
    """Import a file by the form; return the page that follows."""
    token = form_token_of(browser.get("/reference").text)
    answer = browser.post(
        "/reference",
        data={"form_token": token, "kind": kind, **fields},
        files={"file": (name, content.encode())},
    )
    return answer.text


def import_reasons(browser: TestClient, day: str = "2026-01-01", content: str = REASONS) -> str:
    return send(browser, "adjustment_reason", content, effective=day, attest="Mia Hill")


def number_of(page: str, place: int = 0) -> str:
    return str(re.findall(r'href="/reference/(\d+)"', page)[place])


def test_without_any_list_the_page_says_what_to_do(manager: TestClient) -> None:
    page = manager.get("/reference").text
    assert "Nothing is imported yet" in page
    assert "revcycle codes load" in page
    assert "revcycle refdata import ptp_practitioner FILE" in page


def test_an_imported_list_answers_today(manager: TestClient) -> None:
    page = import_reasons(manager)
    assert "Imported. It answers from its first day on." in page
    assert "answers today" in page
    assert "licence of X12, says Mia Hill" in page
    assert "by mia.hill" in page


def test_the_same_file_twice_counts_once(manager: TestClient) -> None:
    import_reasons(manager)
    page = import_reasons(manager)
    assert "in use already" in page
    assert page.count('href="/reference/') == 1


@pytest.mark.parametrize(
    ("kind", "content", "fields", "problem"),
    [
        pytest.param("remark", REASONS, {"effective": DAY}, "licensed", id="nobody-attests"),
        pytest.param("remark", REASONS, {"attest": "Mia"}, "from when", id="no-first-day"),
        pytest.param("payer", "code,text\n1 2,x\n", {"effective": DAY}, "line 2, code", id="line"),
        pytest.param("payer", "code,text\n", {"effective": DAY}, "holds no row", id="no-row"),
        pytest.param("icd10cm", "x", {}, "revcycle refdata import icd10cm FILE", id="a-large-list"),
        pytest.param("nonsense", "x", {}, "choose which list", id="no-such-list"),
        pytest.param("place_of_service", "x", {"effective": "soon"}, "is no day", id="no-day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    manager: TestClient, kind: str, content: str, fields: dict[str, str], problem: str
) -> None:
    page = send(manager, kind, content, **fields)
    assert problem in page
    assert "Nothing is imported yet" in page


def test_no_file_is_no_import(manager: TestClient) -> None:
    token = form_token_of(manager.get("/reference").text)
    answer = manager.post("/reference", data={"form_token": token, "kind": "payer"})
    assert answer.status_code == 409
    assert "choose one file" in answer.text


def test_an_edition_is_rolled_back_after_saying_what_follows_and_taken_back(
    manager: TestClient,
) -> None:
    import_reasons(manager)
    newer = import_reasons(manager, "2026-06-01", REASONS + "50,not needed\n")
    number = number_of(newer)
    asked = manager.get(f"/reference/{number}").text
    assert "From then on carc answers, which begins on 01/01/2026" in asked
    token = {"form_token": form_token_of(asked)}
    rolled = manager.post(f"/reference/{number}/rollback", data=token).text
    assert "rolled back" in rolled
    assert "answers today" in rolled
    again = manager.post(f"/reference/{number}/rollback", data=token)
    assert again.status_code == 200
    assert "Take it into use again" in manager.get(f"/reference/{number}").text
    assert "It is in use again." in manager.post(f"/reference/{number}/restore", data=token).text


def test_the_last_edition_of_a_list_says_that_nothing_checks_it_then(manager: TestClient) -> None:
    number = number_of(import_reasons(manager))
    assert "No other edition is in use" in manager.get(f"/reference/{number}").text


def test_an_edition_that_is_not_there_is_not_found(manager: TestClient) -> None:
    assert manager.get("/reference/9").status_code == 404


def test_names_of_files_are_shown_as_text(manager: TestClient) -> None:
    send(
        manager,
        "adjustment_reason",
        REASONS,
        name=f"{HOSTILE}.csv",
        effective="2026-01-01",
        attest=HOSTILE,
    )
    page = manager.get("/reference").text
    assert HOSTILE not in page


def test_a_coder_sees_editions_and_changes_none(stranger: TestClient, database_url: str) -> None:
    sign_in_by_form(stranger, join(database_url, "cora.wells", [Role.CODER]))
    page = stranger.get("/reference").text
    assert "Reference data" in page
    assert "Import an edition" not in page
    assert stranger.get("/reference/1").status_code == 403


def test_a_practice_sees_none_of_it(stranger: TestClient, database_url: str) -> None:
    sign_in_by_form(stranger, join(database_url, "olga.reed", [Role.OFFICE_MANAGER]))
    assert stranger.get("/reference").status_code == 403


@pytest.mark.parametrize("number", ["0", "99999999999", "9" * 30])
def test_a_number_that_no_edition_can_have_is_no_error_of_ours(
    manager: TestClient, number: str
) -> None:
    assert manager.get(f"/reference/{number}").status_code in {404, 422}
