"""Taking, keeping, leaving and finishing work, page by page."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.access import Role
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import NOON, add_practice, items_in, rows_of
from tests.people import hire

ITEM = re.compile(r'href="(/queues/\w+/\w+/[0-9a-f-]{36})"')


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice with three claims held by an edit, the second of them urgent."""
    slow = items_in(Queue.SCRUB, 2, detail="A diagnosis is missing")
    return add_practice(database_url, "lakeside", [*slow, *items_in(Queue.SCRUB, 1, priority=1)])


@pytest.fixture
def ben(stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
    """A biller of the practice."""
    biller = hire(database_url, "ben", Role.BILLER, [lakeside], Queue.SCRUB, Queue.REJECTION)
    sign_in_by_form(stranger, biller)
    return stranger


def send(visitor: TestClient, page: str, action: str, **fields: str) -> str:
    """Send a form of a page and return where it leads."""
    fields["form_token"] = form_token_of(visitor.get(page).text)
    answer = visitor.post(action, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_next_gives_the_most_urgent_item_and_says_why(ben: TestClient) -> None:
    address = send(ben, "/queues/scrub", "/next", queue="scrub")
    page = ben.get(address).text
    assert "First of 3 that wait here: priority 1, due in 1 day." in page
    assert "In your hands." in page


def test_a_double_click_on_next_takes_one_item(ben: TestClient) -> None:
    once, twice = (send(ben, "/queues/scrub", "/next", queue="scrub") for _ in range(2))
    assert once == twice


def test_finishing_with_next_leads_on_until_nothing_is_left(ben: TestClient) -> None:
    address = send(ben, "/", "/next").split("?")[0]
    seen = {address}
    for _ in range(2):
        token = re.search(r'name="token" value="(\d+)"', ben.get(address).text)
        assert token
        address = send(
            ben, address, f"{address}/finish", token=token[1], what="Called them", then="next"
        ).split("?")[0]
        seen.add(address)
    assert len(seen) == 3
    page = send(ben, address, f"{address}/skip")
    assert page == "/queues/scrub?said=nothing_left"
    assert "Nothing is left here" in ben.get(page).text


def test_an_item_in_somebody_elses_hands_is_read_only(
    ben: TestClient, database_url: str, lakeside: UUID
) -> None:
    with transaction(database_url, lakeside) as session:
        work_leases.lease_next_work_item(session, lakeside, Queue.SCRUB, holder="ann", at=NOON)
    address = ITEM.findall(ben.get("/queues/scrub?hold=taken").text)[0]
    page = ben.get(address).text
    assert "ann works on it now" in page
    assert "/finish" not in page
    answer = ben.post(
        f"{address}/finish",
        data={"form_token": form_token_of(page), "token": "1", "what": "Mine"},
    )
    assert answer.status_code == 409


def test_what_was_typed_is_shown_again_when_it_is_refused(ben: TestClient) -> None:
    address = ITEM.findall(ben.get("/queues/scrub").text)[0]
    send(ben, address, f"{address}/take")
    page = ben.get(address).text
    answer = ben.post(
        f"{address}/finish",
        data={"form_token": form_token_of(page), "token": "0", "what": "Called the payer"},
    )
    assert answer.status_code == 409
    assert "Called the payer" in answer.text
    assert "not in your hands any more" in answer.text


def test_a_heartbeat_keeps_an_item_and_tells_when_it_is_lost(
    ben: TestClient, database_url: str, lakeside: UUID
) -> None:
    address = send(ben, "/", "/next").split("?")[0]
    token = form_token_of(ben.get(address).text)
    data = {"form_token": token, "token": "1"}
    assert ben.post(f"{address}/keep", data=data).status_code == 204
    later = NOON + timedelta(minutes=work_leases.LEASE_MINUTES, seconds=1)
    with transaction(database_url, lakeside) as session:
        assert work_leases.free_expired_leases(session, [lakeside], later) == 1
    assert ben.post(f"{address}/keep", data=data).status_code == 409


def test_what_is_put_off_waits_for_nobody_until_its_day(ben: TestClient) -> None:
    address = ITEM.findall(ben.get("/queues/scrub").text)[0]
    send(ben, address, f"{address}/snooze", until="2026-11-25")
    assert address not in ben.get("/queues/scrub").text
    assert address in ben.get("/queues/scrub?hold=snoozed").text
    send(ben, address, f"{address}/wake")
    assert address in ben.get("/queues/scrub").text


def test_an_escalated_item_waits_for_team_leads(ben: TestClient) -> None:
    address = ITEM.findall(ben.get("/queues/scrub").text)[0]
    send(ben, address, f"{address}/escalate", why="The payer says it was never enrolled")
    page = ben.get(address).text
    assert "never enrolled" in page
    assert send(ben, "/", "/next").split("?")[0] != address


def test_searching_leaves_no_name_in_an_address(ben: TestClient) -> None:
    address = send(ben, "/queues/scrub", "/queues/scrub/search", sought="diagnosis")
    assert "diagnosis" not in address
    page = ben.get(address).text
    assert len(rows_of(page)) == 3
    assert 'value="diagnosis"' in page


def test_a_view_is_kept_and_forgotten(ben: TestClient) -> None:
    send(ben, "/queues/scrub", "/queues/scrub/views?hold=mine&order=oldest", name="My oldest")
    page = ben.get("/queues/scrub").text
    assert '<a href="/queues/scrub?hold=mine&amp;order=oldest">My oldest</a>' in page
    send(ben, "/queues/scrub", "/queues/scrub/views/drop", name="My oldest")
    assert "My oldest" not in ben.get("/queues/scrub").text
