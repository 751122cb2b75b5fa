"""Contracts, the sums of what differs from them, and what other terms would have brought."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from revcycle.settings import settings
from tests.pages.contract_house import (
    FEE_99213,
    HEADER,
    KEY,
    TERMS,
    ContractHouse,
    keep_contracts,
    let_in,
    open_house,
)
from tests.pages.doors import form_token_of
from tests.pages.page_examples import HOSTILE, rows_of

BOOKS = f"/books/{KEY}"
PERIOD = {"first": "2026-10-01", "last": "2026-10-31"}


@pytest.fixture
def configs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of client files, with the practice's contracts."""
    folder = tmp_path / "configs"
    keep_contracts(folder)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(folder))
    settings.cache_clear()
    return folder


@pytest.fixture
def house(database_url: str, configs: Path) -> ContractHouse:
    """A practice with one short payment."""
    return open_house(database_url, configs)


@pytest.fixture
def pam(stranger: TestClient, database_url: str, house: ContractHouse) -> TestClient:
    """A poster, who sees the books."""
    let_in(stranger, database_url, house, "pam", Role.POSTER)
    return stranger


def price_again(visitor: TestClient, terms: str, **more: str) -> tuple[int, str]:
    """Try terms; return the status and the page."""
    page = f"{BOOKS}/what-if"
    token = form_token_of(visitor.get(page).text)
    asked = {**PERIOD, **more, "terms": terms, "form_token": token}
    answer = visitor.post(page, data=asked)
    return answer.status_code, answer.text


def test_the_terms_in_force_are_listed_with_their_version(pam: TestClient) -> None:
    page = pam.get(f"{BOOKS}/contracts").text
    (term,) = [row for row in rows_of(page) if row[0] == "2"]
    assert term[1:4] == ["Blue Heron Health Plan", "99213", "$90.00 each unit"]
    assert "2 terms, version " in page
    assert "last year" not in page


def test_past_terms_are_shown_if_asked_and_a_code_finds_its_terms(pam: TestClient) -> None:
    assert "last year" in pam.get(f"{BOOKS}/contracts?every=1").text
    assert "amendment" in pam.get(f"{BOOKS}/contracts?code=99213&payer=payer_1").text
    assert "No term fits" in pam.get(f"{BOOKS}/contracts?code=80053").text
    assert pam.get(f"{BOOKS}/contracts?page=9").status_code == 404


def test_a_practice_without_contracts_says_what_to_do(pam: TestClient, configs: Path) -> None:
    (configs / KEY / "contracts.csv").unlink()
    assert "No contract is kept" in pam.get(f"{BOOKS}/contracts").text
    assert "keeps no terms yet" in pam.get(f"{BOOKS}/what-if").text


def test_the_sums_of_a_period_lead_to_their_claims(pam: TestClient, house: ContractHouse) -> None:
    page = pam.get(f"{BOOKS}/variances").text
    sums = [row for row in rows_of(page) if row[0] == "Payer 1"]
    assert sums == [["Payer 1", "1", "$10.00", "$0.00", "$0.00", "$0.00", "$0.00"]]
    quarter = f"{BOOKS}/variances?first=2026-07-01&last=2026-12-31"
    drilled = pam.get(f"{quarter}&payer=payer_1&side=under")
    assert f"/practices/{KEY}/claims/{house.claim_id}" in drilled.text
    over = pam.get(f"{quarter}&side=over").text
    assert "No claim is in this sum" in over
    assert "Nothing differed" in pam.get(f"{BOOKS}/variances?first=2026-01-01&last=2026-01-31").text


def test_a_raised_fee_says_what_it_would_have_brought_line_by_line(
    pam: TestClient, house: ContractHouse
) -> None:
    status, page = price_again(pam, HEADER + FEE_99213.format("97.50"), look_into="payer_1:99213")
    assert status == 200
    assert "$7.50 more under the changed terms" in page
    row = ["Payer 1", "99213", "1", "$90.00", "$97.50", "$7.50", "", "Lines"]
    assert row in rows_of(page)
    assert f"/practices/{KEY}/claims/{house.claim_id}" in page
    assert [variance.expected.cents for variance in house.contracts.variances()] == [9_000]


def test_a_term_that_is_missing_is_counted_and_not_added(pam: TestClient) -> None:
    _, page = price_again(pam, HEADER + FEE_99213.replace("99213", "85025").format("10.00"))
    rows = rows_of(page)
    assert ["Payer 1", "99213", "1", "$0.00", "$0.00", "$0.00", "1 only now", "Lines"] in rows
    assert ["Payer 1", "85025", "1", "$0.00", "$0.00", "$0.00", "1 only then", "Lines"] in rows


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (HEADER + FEE_99213.format("much"), "proposed line 2 rate: is not a number"),
        (TERMS + FEE_99213.format("91.00"), "as specific as line 2"),
        ("code,amount\n99213,1.00\n", "the first line is not payer,plan"),
        (HEADER + FEE_99213.replace("payer_1", "nobody").format("1.00"), "is no payer"),
        ("", "holds no terms"),
        (HEADER + FEE_99213.format(HOSTILE), "proposed line 2"),
    ],
    ids=["a rate", "a tie", "a header", "a payer", "nothing", "hostile"],
)
def test_wrong_terms_are_told_with_their_lines_and_stay_typed(
    pam: TestClient, terms: str, said: str
) -> None:
    status, page = price_again(pam, terms)
    assert status == 422
    assert said in page
    assert "<svg onload" not in page


def test_a_period_that_ends_before_it_begins_is_refused(pam: TestClient) -> None:
    status, page = price_again(pam, TERMS, first="2026-11-01")
    assert status == 422
    assert "a period ends after it begins" in page
