"""Working without a mouse: from signing in to the last finished item."""

from uuid import UUID

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.access import Role
from revcycle.operations.work.keep_item import give_back_item
from revcycle.store.session import transaction
from tests.pages.browser import (
    Desk,
    address,
    browser_tests,
    chromium,
    desk,
    fill,
    open_desk,
)
from tests.pages.page_examples import NOON, add_practice, items_in
from tests.people import Colleague, hire

__all__ = ["address", "chromium", "desk"]  # fixtures

pytestmark = browser_tests
LIST = "/queues/scrub"
LEASE_IS_LOST = "This item is no longer in your hands."


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice with five claims held by an edit."""
    return add_practice(
        database_url, "lakeside", items_in(Queue.SCRUB, 5, detail="a diagnosis is missing")
    )


@pytest.fixture
def ben(database_url: str, lakeside: UUID) -> Colleague:
    """A biller of the practice."""
    return hire(database_url, "ben", Role.BILLER, [lakeside], Queue.SCRUB)


@pytest.fixture
def tom(database_url: str, lakeside: UUID) -> Colleague:
    """The team lead of the practice."""
    return hire(database_url, "tom", Role.TEAM_LEAD, [lakeside], Queue.SCRUB)


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def row_at(page: Page) -> int:
    """Tell which row is under the cursor; the first is 1, and 0 is none."""
    rows = page.locator("[data-row]").evaluate_all("rows => rows.map(row => row.className)")
    return next((number for number, name in enumerate(rows, 1) if "is-at" in name), 0)


def test_a_claim_is_found_taken_and_finished_by_keys_alone(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    press(page, "j", "j", "j", "k")
    assert row_at(page) == 2
    press(page, "Enter")
    expect(page.locator("#item-title")).to_be_focused()
    expect(page.locator("[data-row]")).to_have_count(5)
    press(page, "t")
    expect(page.get_by_text("In your hands.")).to_be_visible()
    first = desk.path
    page.get_by_label("What was done").focus()
    page.keyboard.type("called them")
    press(page, "Control+Enter")
    expect(page.get_by_text("This is the next one.")).to_be_visible()
    assert desk.path != first
    expect(page.locator("[data-row]")).to_have_count(4)
    assert desk.complaints == []
    assert desk.strays == []


def test_next_takes_the_best_item_and_says_why(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, "/")
    press(page, "n")
    expect(page.get_by_text("First of 5 that wait here")).to_be_visible()
    expect(page.locator("#item-title")).to_be_focused()


def test_an_act_is_opened_and_filled_in_by_its_key(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    press(page, "n")
    expect(page.locator("#item")).to_be_visible()
    press(page, "w")
    expect(page.get_by_label("For whoever takes it next")).to_be_focused()
    page.keyboard.type("n is a letter here")
    assert page.get_by_label("For whoever takes it next").input_value() == "n is a letter here"
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Your note is kept.")).to_be_visible()


def test_escape_leaves_the_field_and_then_the_item(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, f"{LIST}?order=oldest")
    press(page, "j", "Enter")
    expect(page.locator("#item-title")).to_be_focused()
    press(page, "w", "Escape", "Escape")
    expect(page.locator("#item")).to_have_count(0)
    assert desk.path == f"{LIST}?order=oldest"
    assert row_at(page) == 1


def test_what_is_typed_is_not_lost_by_escape(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    press(page, "n")
    page.get_by_label("What was done").fill("half a sentence")
    press(page, "Escape", "Escape")
    assert asked == ["What you typed is not sent. Leave it?"]
    assert page.get_by_label("What was done").input_value() == "half a sentence"


def test_the_question_mark_lists_the_keys_of_the_page(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys").get_by_role("listitem").all_inner_texts()
    shown = " ".join(key.split("\n")[0] for key in keys)
    assert shown == "j k Enter x X / ? n f Escape"
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_that_are_off_do_nothing_until_they_are_on_again(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, "/account")
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.get_by_text("The keys are off.")).to_be_visible()
    desk.go(LIST)
    press(page, "j", "n")
    assert desk.path == LIST
    assert row_at(page) == 0
    press(page, "?")
    page.get_by_role("button", name="Switch the keys on").click()
    press(page, "Escape", "j")
    assert row_at(page) == 1


def test_slash_finds_anywhere_and_f_in_the_list(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    press(page, "f")
    expect(page.get_by_label("Last name or words")).to_be_focused()
    press(page, "Escape", "/")
    expect(page.get_by_label("Find anywhere")).to_be_focused()
    page.keyboard.type("no such number")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Search", exact=True)).to_be_visible()
    assert "number" not in desk.path


def test_a_filter_changes_the_rows_and_the_address_without_loading_the_page(
    desk: Desk, ben: Colleague
) -> None:
    page = desk.sign_in(ben, LIST)
    page.evaluate("window.isSame = true")
    page.get_by_label("Reason").select_option("rule.p5.n003")
    expect(page.locator("[data-row]")).to_have_count(1)
    assert "reason=rule.p5.n003" in desk.path
    assert page.evaluate("window.isSame")
    page.go_back()
    expect(page.locator("[data-row]")).to_have_count(5)
    assert page.get_by_label("Reason").input_value() == ""


@pytest.mark.usefixtures("ben")
def test_several_rows_are_chosen_and_assigned_and_no_box_stays_ticked(
    desk: Desk, tom: Colleague
) -> None:
    page = desk.sign_in(tom, LIST)
    expect(page.get_by_role("group", name="With the chosen items")).to_be_hidden()
    press(page, "j", "x", "j", "j", "X")
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.get_by_label("Assign to").select_option("ben")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(
        page.get_by_text("Done. Items in somebody else's hands were left alone.")
    ).to_be_visible()
    assert page.locator(".holder", has_text="for ben").count() == 3
    assert page.locator("[name=chosen]:checked").count() == 0
    page.go_back()
    assert page.locator("[name=chosen]:checked").count() == 0


def test_all_rows_of_a_page_are_chosen_by_one_box(desk: Desk, tom: Colleague) -> None:
    page = desk.sign_in(tom, LIST)
    page.get_by_label("Choose all of this page").check()
    expect(page.get_by_text("5 chosen")).to_be_visible()


def test_two_tabs_of_one_person_finish_an_item_once(desk: Desk, ben: Colleague) -> None:
    first = desk.sign_in(ben, LIST)
    press(first, "n")
    expect(first.locator("#item")).to_be_visible()
    second = desk.tab()
    second.goto(first.url)
    for page in (first, second):
        fill(page, "What was done, for whoever asks later", "called them")
        page.get_by_role("button", name="Finish", exact=True).click()
    expect(first.get_by_text("Finished.", exact=True)).to_be_visible()
    expect(second.get_by_role("alert")).to_be_visible()
    expect(second.get_by_text("Finished by ben")).to_be_visible()


def test_back_after_finishing_shows_the_item_as_it_is_now(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    press(page, "n")
    fill(page, "What was done, for whoever asks later", "called them")
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.locator("[data-row]")).to_have_count(4)
    page.go_back()
    expect(page.get_by_text("Finished by ben")).to_be_visible()
    assert page.get_by_role("button", name="Finish", exact=True).count() == 0


def test_a_double_click_sends_a_form_once(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.get_by_role("button", name="Take the next one").dblclick()
    expect(page.get_by_text("In your hands.")).to_be_visible()
    assert [url.removeprefix(desk.address) for url in sent] == ["/next"]


def test_an_item_is_kept_while_somebody_works_and_a_loss_is_told(
    desk: Desk, ben: Colleague, database_url: str, lakeside: UUID
) -> None:
    desk.page.clock.install()
    page = desk.sign_in(ben, LIST)
    press(page, "n")
    expect(page.locator("#item")).to_be_visible()
    fill(page, "What was done, for whoever asks later", "half a sentence")
    with page.expect_response(f"{desk.address}/queues/**/keep") as kept:
        page.clock.run_for(61_000)
    assert kept.value.status == 204
    free(database_url, lakeside, UUID(desk.path.rsplit("/", 1)[1]))
    with page.expect_response(f"{desk.address}/queues/**/keep"):
        page.clock.run_for(61_000)
    expect(page.get_by_text(LEASE_IS_LOST)).to_be_visible()
    assert page.get_by_label("What was done").input_value() == "half a sentence"


def test_an_item_left_alone_is_not_kept(desk: Desk, ben: Colleague) -> None:
    desk.page.clock.install()
    page = desk.sign_in(ben, LIST)
    press(page, "n")
    expect(page.locator("#item")).to_be_visible()
    kept: list[str] = []
    page.on("request", lambda one: kept.append(one.url) if one.url.endswith("/keep") else None)
    page.clock.fast_forward("06:00")
    page.clock.run_for(120_000)
    assert kept == []


def test_without_a_session_a_row_leads_to_the_sign_in_page(desk: Desk, ben: Colleague) -> None:
    page = desk.sign_in(ben, LIST)
    desk.context.clear_cookies()
    press(page, "j", "Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_what_goes_wrong_in_a_part_is_told_on_top_and_the_page_stays(
    desk: Desk, ben: Colleague
) -> None:
    page = desk.sign_in(ben, LIST)
    page.route("**/queues/scrub/lakeside/*", lambda route: route.abort())
    press(page, "j", "Enter")
    expect(page.get_by_text("The workbench cannot be reached now.")).to_be_visible()
    page.unroute_all()
    page.evaluate(
        "document.querySelector('[data-row] a.open').setAttribute('hx-get', '/queues/denial')"
    )
    press(page, "j", "k", "Enter")
    expect(page.get_by_text("This is not yours to see.")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(5)


def test_where_there_is_no_room_a_row_opens_as_a_page(
    chromium: Browser, address: str, ben: Colleague
) -> None:
    phone = open_desk(chromium, address, size=(390, 844))
    page = phone.sign_in(ben, LIST)
    page.locator("a.open").first.click()
    expect(page.locator("#item-title")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()
    expect(page.locator("[data-row]")).to_have_count(5)
    phone.context.close()


def free(database_url: str, client_id: UUID, item_id: UUID) -> None:
    """Let the lease of an item end, as the sweeper does."""
    act = Act(client_id, "ben", NOON, NOON.date())
    with transaction(database_url, client_id) as session:
        give_back_item(session, act, item_id)
