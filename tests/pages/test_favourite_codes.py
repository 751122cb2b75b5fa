"""Favourite codes: a star, what comes first while one types, and what a practice uses most."""

from datetime import date
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.documents.billing_code import BillingCodeDocument
from models.states.encounter import EncounterState
from models.tables import Diagnosis, Encounter, InboundFile
from models.values.access import Role
from models.values.billing_codes import CodeKind, CodeSystem
from revcycle.operations.coding.find_favourites import find_most_used
from revcycle.operations.coding.load_codes import load_codes
from revcycle.store.favourite_codes import insert_favourite, list_favourites
from revcycle.store.session import reading, transaction
from tests.conftest import NOON
from tests.integration.coding.test_find_codes import ACT, DIAGNOSES
from tests.pages.conftest import ADDRESS
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import add_practice
from tests.pages.test_code_search import codes_of
from tests.people import join

PATH = "/codes/lakeside/favourites"


@pytest.fixture
def practice(database_url: str) -> UUID:
    """A practice, and a list of diagnoses."""
    with transaction(database_url) as session:
        list(load_codes(session, ACT, CodeSystem.ICD10CM, DIAGNOSES))
    return add_practice(database_url, "lakeside")


@pytest.fixture
def coder(stranger: TestClient, database_url: str, practice: UUID) -> TestClient:
    """A coder of the practice who has signed in."""
    sign_in_by_form(stranger, join(database_url, "cora.wells", [Role.CODER], [practice]))
    return stranger


def star(browser: TestClient, code: str, act: str = "mark", whose: str = "me") -> str:
    token = form_token_of(browser.get(PATH).text)
    fields = {"form_token": token, "code": code, "whose": whose}
    return browser.post(f"{PATH}/{act}", data=fields).text


def found(browser: TestClient, typed: str) -> list[str]:
    asked = {"q": typed, "on": "2026-11-20", "kind": "diagnosis", "client": "lakeside"}
    return codes_of(browser.get("/codes", params=asked).text)


def test_a_code_with_a_star_comes_first_while_one_types(coder: TestClient) -> None:
    assert found(coder, "knee") == ["M25562", "M25561"]
    assert "It has a star now." in star(coder, "m25.561")
    assert found(coder, "knee") == ["M25561", "M25562"]
    assert found(coder, "M25.5") == ["M25561", "M25562"]
    assert "M25561" not in found(coder, "diabetes")


def test_nothing_typed_shows_what_has_a_star(coder: TestClient) -> None:
    star(coder, "E119")
    assert found(coder, "") == ["E119"]


def test_a_second_click_changes_nothing_and_a_star_can_be_taken_away(coder: TestClient) -> None:
    star(coder, "E119")
    assert star(coder, "E119").count("Take it away") == 1
    assert "No code has a star yet" in star(coder, "E119", "unmark")
    assert "No code has a star yet" in star(coder, "E119", "unmark")


def test_two_clicks_at_once_give_one_star(database_url: str, practice: UUID) -> None:
    with transaction(database_url, practice) as session:
        for _ in range(2):  # neither saw the other's
            insert_favourite(session, practice, "cora.wells", CodeSystem.ICD10CM, "E119")
        assert len(list_favourites(session, practice, "cora.wells")) == 1


def test_a_code_that_no_list_has_gets_no_star(coder: TestClient) -> None:
    assert "no list that is loaded has the code" in star(coder, "Z9999")


def test_stars_of_a_practice_are_seen_by_all_who_code_there_and_ones_own_by_nobody_else(
    coder: TestClient, outsider_coder: TestClient
) -> None:
    star(coder, "E119", whose="practice")
    star(coder, "M25562")
    assert found(outsider_coder, "") == ["E119"]


@pytest.fixture
def outsider_coder(other_browser: TestClient, database_url: str, practice: UUID) -> TestClient:
    """Another coder of the same practice."""
    sign_in_by_form(other_browser, join(database_url, "carl.moss", [Role.CODER], [practice]))
    return other_browser


@pytest.fixture
def other_browser(coder: TestClient) -> TestClient:
    """A second browser at the same address."""
    return TestClient(coder.app, base_url=ADDRESS)


def test_another_practice_is_not_found(coder: TestClient, database_url: str) -> None:
    add_practice(database_url, "summit")
    assert coder.get("/codes/summit/favourites").status_code == 404
    assert coder.get("/codes?q=&client=summit").status_code == 404


def test_what_a_practice_uses_most_is_learned_from_a_year(
    coder: TestClient, database_url: str, practice: UUID
) -> None:
    visits = [
        (date(2026, 11, 1), ("E119",)),
        (date(2026, 11, 2), ("E119", "M25562")),
        (date(2025, 1, 2), ("I428", "I428")),
    ]
    file = InboundFile(
        client_id=practice,
        source="portal",
        kind="csv",
        name="visits.csv",
        sha256="0" * 64,
        content=b"",
        received_at=NOON,
    )
    with transaction(database_url, practice) as session:
        session.add(file)
        session.flush()
        for number, (day, codes) in enumerate(visits):
            encounter = Encounter(
                client_id=practice,
                source_key=f"V{number}",
                inbound_file_id=file.id,
                service_date=day,
                state=EncounterState.CODED,
            )
            session.add(encounter)
            session.flush()
            session.add_all(
                Diagnosis(client_id=practice, encounter_id=encounter.id, ordinal=place, code=code)
                for place, code in enumerate(codes, 1)
            )
    with reading(database_url, [practice]) as session:
        used = find_most_used(session, practice, [CodeKind.DIAGNOSIS], date(2026, 11, 20))
    assert [one.code for one in used] == ["E119", "M25562"]
    assert isinstance(used[0], BillingCodeDocument)
    assert "Used often here" in coder.get(PATH).text
    assert found(coder, "") == ["E119", "M25562"]
