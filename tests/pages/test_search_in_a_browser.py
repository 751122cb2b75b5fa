"""Searching by keyboard, while one types."""

import pytest

from models.documents.act import Act
from models.values.access import Role
from tests.conftest import TODAY
from tests.integration.search.searched_practice import SearchedPractice, add_searched_practice
from tests.pages.browser import (
    Desk,
    address,
    browser_tests,
    chromium,
    desk,
)
from tests.pages.page_examples import NOON, add_practice
from tests.people import join

pytestmark = browser_tests
__all__ = ["address", "chromium", "desk"]


@pytest.fixture
def lakeside(database_url: str) -> SearchedPractice:
    """The practice of Ada Wren."""
    client_id = add_practice(database_url, "lakeside")
    return add_searched_practice(database_url, Act(client_id, "tester", NOON, TODAY))


def test_a_patient_is_found_while_one_types_and_opened_without_a_mouse(
    desk: Desk, database_url: str, lakeside: SearchedPractice
) -> None:
    page = desk.sign_in(join(database_url, "ann", [Role.BILLER], [lakeside.client_id]), "/search")
    page.keyboard.type("wre")  # the field has the focus already
    found = page.get_by_role("link", name="Wren, Ada")
    found.wait_for()
    assert "wre" not in page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Wren, Ada"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/practices/lakeside/patients/{lakeside.patient_id}")
    assert desk.complaints == []
    assert desk.strays == []


def test_back_shows_what_was_found(
    desk: Desk, database_url: str, lakeside: SearchedPractice
) -> None:
    page = desk.sign_in(join(database_url, "ann", [Role.BILLER], [lakeside.client_id]), "/search")
    page.keyboard.type("wren, ada")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.get_by_role("link", name="Wren, Ada").click()
    page.wait_for_url("**/patients/**")
    page.go_back()
    page.get_by_role("link", name="Wren, Ada").wait_for()
    assert page.get_by_role("searchbox").input_value() == "wren, ada"
