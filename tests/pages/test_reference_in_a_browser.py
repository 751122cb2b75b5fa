"""Lists of codes by keys: a wrong file, a right one, taken out of use and back into it."""

from pathlib import Path

from playwright.sync_api import expect

from models.values.access import Role
from tests.pages.browser import Desk, address, browser_tests, chromium, desk
from tests.pages.test_accessibility import judge
from tests.people import join

__all__ = ["address", "chromium", "desk"]
pytestmark = browser_tests
PLACES = "code,text\n11,Office\n22,Outpatient hospital\n23,Emergency room\n"
WRONG = "code,text\n11,Office\nxx1,Nowhere\n"


def test_a_small_list_is_imported_rolled_back_and_taken_into_use_again(
    desk: Desk, database_url: str, mail_folder: Path, tmp_path: Path
) -> None:
    assert mail_folder.exists()
    right, wrong = tmp_path / "places.csv", tmp_path / "half.csv"
    right.write_text(PLACES)
    wrong.write_text(WRONG)
    page = desk.sign_in(join(database_url, "mia.hill", [Role.MANAGER]), "/reference")
    expect(page.get_by_role("heading", name="Nothing is imported yet")).to_be_visible()

    def send(path: Path) -> None:
        page.get_by_label("Which list").select_option("place_of_service")
        page.get_by_label("File", exact=True).set_input_files(path)
        page.get_by_label("First day in force").fill("2026-01-01")
        page.get_by_role("button", name="Import it").press("Enter")

    send(wrong)
    expect(page.get_by_role("alert")).to_contain_text("line 3")
    expect(page.get_by_role("heading", name="Nothing is imported yet")).to_be_visible()

    send(right)
    page.get_by_text("Imported. It answers from its first day on.").wait_for()
    edition = page.locator("tr[data-row]")
    expect(edition).to_have_count(1)
    for text in ("places", "01/01/2026", "3", "answers today", "by mia.hill"):
        expect(edition).to_contain_text(text)
    assert judge(page, "reference data") == {}

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("this list says is not checked any more")).to_be_visible()
    assert judge(page, "edition") == {}
    page.get_by_role("button", name="Roll it back").press("Enter")
    expect(page.locator("tr[data-row]")).to_contain_text("rolled back")

    page.locator("a.open").press("Enter")
    page.get_by_role("button", name="Take it into use").press("Enter")
    page.get_by_text("It is in use again.").wait_for()
    expect(page.locator("tr[data-row]")).to_contain_text("answers today")
    assert [one for one in desk.complaints if "409" not in one] == []  # the wrong file
    assert desk.strays == []
