"""What a list can be narrowed to is remembered for a moment; what it lists never is."""

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.access import Role
from revcycle.store import work_items
from revcycle.store.session import transaction
from tests.pages.conftest import ADDRESS
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON, add_practice, items_in, rows_of
from tests.people import KEY, join
from workbench.pages.app import create_app
from workbench.pages.filter_words import KEPT_FOR

LIST = "/queues/scrub"
OLD, NEW = "rule.p5.n001", "rule.p1.n002"  # of the items made here


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def manager(database_url: str, mail_folder: Path, watch: Watch) -> Generator[TestClient]:
    """A manager before whom time passes."""
    app = create_app(database_url, key=KEY, mail_folder=mail_folder, now=watch)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        sign_in_by_form(client, join(database_url, "mia.hill", [Role.MANAGER]))
        yield client


def offers(page: str, reason: str) -> bool:
    return f">{reason}</option>" in page


def test_a_new_reason_is_offered_after_a_moment_and_its_items_are_listed_at_once(
    manager: TestClient, database_url: str, watch: Watch
) -> None:
    lakeside = add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 1))
    assert offers(manager.get(LIST).text, OLD)
    with transaction(database_url, lakeside) as session:
        act = Act(lakeside, "tester", NOON, NOON.date())
        work_items.open_work_items(session, lakeside, act, items_in(Queue.SCRUB, 2, priority=1))
    page = manager.get(LIST).text
    assert len(rows_of(page)) - 1 == 3
    assert not offers(page, NEW)
    watch.at += KEPT_FOR
    assert offers(manager.get(LIST).text, NEW)


def test_a_list_of_a_reason_leaves_out_nothing_that_came_a_moment_ago(
    manager: TestClient, database_url: str, watch: Watch
) -> None:
    lakeside = add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 1))
    manager.get(LIST)
    watch.at += timedelta(seconds=1)
    with transaction(database_url, lakeside) as session:
        act = Act(lakeside, "tester", NOON, NOON.date())
        work_items.open_work_items(session, lakeside, act, items_in(Queue.SCRUB, 2, priority=1))
    assert len(rows_of(manager.get(f"{LIST}?reason=rule").text)) - 1 == 3
