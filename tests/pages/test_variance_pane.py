"""A payment that is not as agreed, as the people see it who work on it."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.states.variance import VarianceState
from models.values.access import Role
from models.values.money import Money
from revcycle.settings import settings
from tests.pages.contract_house import ContractHouse, keep_contracts, let_in, open_house
from tests.pages.denial_office import act_on, fields_of, take
from tests.pages.page_examples import HOSTILE, rows_of

NOTE = "told by portal, reference 77"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ContractHouse:
    """A practice with one short payment."""
    configs = tmp_path / "configs"
    keep_contracts(configs)
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(configs))
    settings.cache_clear()
    return open_house(database_url, configs)


@pytest.fixture
def dana(stranger: TestClient, database_url: str, house: ContractHouse) -> TestClient:
    """A denial specialist, who works on variances too."""
    let_in(stranger, database_url, house, "dana", Role.DENIAL_SPECIALIST)
    return stranger


@pytest.fixture
def lee(stranger: TestClient, database_url: str, house: ContractHouse) -> TestClient:
    """A team lead."""
    let_in(stranger, database_url, house, "lee", Role.TEAM_LEAD)
    return stranger


def test_the_pane_shows_what_is_missing_with_the_arithmetic_and_why(
    dana: TestClient, house: ContractHouse
) -> None:
    page = dana.get(house.address).text
    (line,) = [row for row in rows_of(page) if row[:2] == ["1", "99213"]]
    assert line[2:5] == ["$90.00", "$80.00", "$10.00"]
    (arithmetic,) = [row[1] for row in rows_of(page) if len(row) == 2 and "fee 90.00" in row[1]]
    assert "fee 90.00 = 90.00; allowed 80.00: that is the price of 2025-01-01" in arithmetic
    assert "a term of another period was used" in arithmetic
    assert "Take it to decide about it." in page


def test_the_claim_shows_what_each_line_should_bring(
    dana: TestClient, house: ContractHouse
) -> None:
    page = dana.get(f"/practices/lakeside_family/claims/{house.claim_id}").text
    assert "fee 90.00 = 90.00" in page
    assert "no term covers 85025 on 2026-10-05" in page


def test_a_dispute_puts_the_item_off_until_the_answer_is_due(
    dana: TestClient, house: ContractHouse
) -> None:
    take(dana, house.address)
    to = act_on(dana, house.address, "dispute", answer_by="2026-12-15", note=NOTE, then="list")
    assert to == "/queues/variance?said=variance_disputed"
    (variance,) = house.contracts.variances()
    assert (variance.state, variance.note) == (VarianceState.DISPUTED, NOTE)
    assert variance.disputed_on == date(2026, 11, 20)
    (item,) = house.contracts.items()
    assert item.snoozed_until is not None
    assert item.snoozed_until.date() == date(2026, 12, 15)


def test_the_letter_names_the_claim_and_the_lines_and_no_patient(
    dana: TestClient, house: ContractHouse
) -> None:
    answer = dana.get(f"{house.address}/letter.pdf")
    assert answer.content.startswith(b"%PDF")
    assert b"Marmalade" not in answer.content


@pytest.mark.parametrize("answer_by", ["2026-11-20", "2027-06-01"])
def test_a_day_that_is_past_or_far_away_is_refused_and_the_note_kept(
    dana: TestClient, house: ContractHouse, answer_by: str
) -> None:
    take(dana, house.address)
    fields = fields_of(dana.get(house.address).text, f"{house.address}/dispute")
    typed = {**fields, "answer_by": answer_by, "note": NOTE}
    answer = dana.post(f"{house.address}/dispute", data=typed)
    assert answer.status_code == 422
    assert NOTE in answer.text
    assert len(house.contracts.items()) == 1


def test_who_accepts_says_why_and_closes_the_item(dana: TestClient, house: ContractHouse) -> None:
    take(dana, house.address)
    fields = fields_of(dana.get(house.address).text, f"{house.address}/accept")
    assert dana.post(f"{house.address}/accept", data=fields).status_code == 422
    act_on(dana, house.address, "accept", note="amendment is void", then="list")
    (variance,) = house.contracts.variances()
    assert variance.state == VarianceState.ACCEPTED
    assert house.contracts.items() == []
    assert house.contracts.compare_all().opened == 0


def test_a_second_click_changes_nothing(dana: TestClient, house: ContractHouse) -> None:
    address = house.address
    take(dana, address)
    fields = {**fields_of(dana.get(address).text, f"{address}/accept"), "note": "twice"}
    assert dana.post(f"{address}/accept", data=fields, follow_redirects=False).status_code == 303
    assert dana.post(f"{address}/accept", data=fields).status_code == 409


def test_figures_that_moved_meanwhile_are_shown_before_anything_is_decided(
    dana: TestClient, house: ContractHouse
) -> None:
    take(dana, house.address)
    fields = {**fields_of(dana.get(house.address).text, f"{house.address}/accept"), "note": "ok"}
    stale = {**fields, "seen": "0" * 32}
    answer = dana.post(f"{house.address}/accept", data=stale)
    assert answer.status_code == 409
    (variance,) = house.contracts.variances()
    assert variance.state == VarianceState.OPEN


def test_letting_it_be_is_for_a_lead(lee: TestClient, house: ContractHouse) -> None:
    take(lee, house.address)
    act_on(lee, house.address, "let-be", note="too small to ask", then="list")
    (variance,) = house.contracts.variances()
    assert (variance.state, variance.recovered) == (VarianceState.WRITTEN_OFF, Money(0))


def test_a_specialist_escalates_instead_of_letting_it_be(
    dana: TestClient, house: ContractHouse
) -> None:
    take(dana, house.address)
    page = dana.get(house.address).text
    assert f"{house.address}/let-be" not in page
    assert "escalate the item" in page
    fields = {**fields_of(page, f"{house.address}/accept"), "note": "no"}
    assert dana.post(f"{house.address}/let-be", data=fields).status_code == 403


def test_a_hostile_note_is_text(dana: TestClient, house: ContractHouse) -> None:
    take(dana, house.address)
    act_on(dana, house.address, "dispute", answer_by="2026-12-15", note=HOSTILE, then="stay")
    page = dana.get(house.address).text
    assert "<svg onload" not in page
    assert "&lt;svg onload" in page
