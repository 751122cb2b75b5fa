"""The first page and the list of one queue."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from models.documents.work import WorkOrder
from models.states.work_item import Queue
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.pages.page_examples import (
    HOSTILE,
    NOON,
    add_practice,
    items_in,
    rows_of,
    without_own_scripts,
)
from workbench.pages.queue_texts import QUEUE_TEXTS

ITEM = re.compile(r'href="(/queues/\w+/\w+/[0-9a-f-]{36})"')
FIGURE = re.compile(r'href="(/queues/[^"]*hold=[^"]*)">(\d+)</a>')
NEXT_PAGE = re.compile(r'rel="next" href="([^"]+)"')
NO_ID = "00000000-0000-7000-8000-000000000000"


def test_each_queue_of_each_practice_is_counted_and_added_up(
    visitor: TestClient, database_url: str
) -> None:
    late = items_in(Queue.SCRUB, 2, service_hours=5)
    lakeside = add_practice(database_url, "lakeside", [*late, *items_in(Queue.SCRUB, 1)])
    add_practice(database_url, "summit", items_in(Queue.CODING, 3, priority=1))
    with transaction(database_url, lakeside) as session:
        work_leases.lease_next_work_item(session, lakeside, Queue.SCRUB, holder="ann", at=NOON)
    rows = rows_of(visitor.get("/").text)
    assert [row for row in rows if row[0].startswith("Total")] == [["Total", "6", "2", "1", "1 d"]]
    assert ["Lakeside", "3", "2", "1", "1 d"] in rows
    assert ["Claim edits", "3", "2", "1", "1 d"] in rows
    assert ["Summit", "3", "0", "0", "1 d"] in rows


def test_each_figure_of_a_queue_leads_to_as_many_rows(
    visitor: TestClient, database_url: str
) -> None:
    late = items_in(Queue.SCRUB, 2, service_hours=5)
    lakeside = add_practice(database_url, "lakeside", [*late, *items_in(Queue.SCRUB, 3)])
    with transaction(database_url, lakeside) as session:
        first = work_leases.lease_next_work_item(
            session, lakeside, Queue.SCRUB, holder="ann", at=NOON
        )
        assert first is not None
    led = FIGURE.findall(visitor.get("/?client=lakeside").text)
    assert [int(count) for _, count in led[:3]] == [5, 2, 1]
    for address, count in led[:3]:
        assert len(rows_of(visitor.get(unescape(address)).text)) - 1 == int(count), address


def test_one_practice_can_be_chosen(visitor: TestClient, database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 2))
    add_practice(database_url, "summit", items_in(Queue.CODING, 3))
    page = visitor.get("/", params={"client": "summit"}).text
    assert "Nov 20, 2026, 12:00 PM EST" in page  # the practice's clock, not the server's
    assert not any("Claim edits" in row[0] for row in rows_of(page))
    assert '<option value="summit" selected>Summit</option>' in page


def test_a_practice_without_work_is_named_as_such(visitor: TestClient, database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 1))
    add_practice(database_url, "quiet_meadow")
    assert "Nothing waits at Quiet Meadow." in visitor.get("/").text
    assert "Nothing waits</h2>" in visitor.get("/?client=quiet_meadow").text


def test_an_empty_database_says_what_to_do(visitor: TestClient) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert "revcycle clients sync" in page.text


def test_every_queue_has_words_of_its_own() -> None:
    assert set(QUEUE_TEXTS) == set(Queue)
    assert len({text.label for text in QUEUE_TEXTS.values()}) == len(Queue)


def test_a_queue_lists_the_most_urgent_first_over_all_practices(
    visitor: TestClient, database_url: str
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 1, priority=3))
    urgent_but_later = items_in(Queue.CODING, 1, priority=1, service_hours=90)
    sooner = items_in(Queue.CODING, 1, priority=1, service_hours=20)
    add_practice(database_url, "summit", [*urgent_but_later, *sooner])
    rows = rows_of(visitor.get("/queues/coding").text)[1:]
    assert [(row[1], row[2].split(" Nov")[0], row[3]) for row in rows] == [
        ("Priority 1", "4 h overdue", "Summit"),
        ("Priority 1", "in 2 d 18 h", "Summit"),
        ("Priority 3", "in 1 d", "Lakeside"),
    ]


@pytest.mark.parametrize("order", list(WorkOrder))
def test_a_long_queue_is_read_in_pages_without_gap_or_repeat(
    visitor: TestClient, database_url: str, order: WorkOrder
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 120))
    add_practice(database_url, "summit", items_in(Queue.CODING, 3, priority=1))
    for address, expected in (("/queues/coding?", 123), ("/queues/coding?client=lakeside&", 120)):
        listed = list(items_of_pages(visitor, f"{address}order={order}"))
        assert len(listed) == len(set(listed)) == expected, address


def items_of_pages(visitor: TestClient, address: str) -> Iterator[str]:
    """Follow the links from page to page, and name the items on each."""
    while address:
        page = visitor.get(address).text
        items = ITEM.findall(page)
        assert len(items) <= 50
        yield from items
        following = NEXT_PAGE.search(page)
        address = unescape(following[1]) if following else ""


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/queues/nonsense", id="unknown-queue"),
        pytest.param("/queues/coding?after=here", id="place-that-is-none"),
        pytest.param(f"/queues/coding?after=one~two~{NO_ID}", id="place-of-words"),
        pytest.param(f"/queues/coding?after=1~2026-11-20~{NO_ID}", id="place-without-a-zone"),
        pytest.param(f"/queues/coding?order=value&after=x~~{NO_ID}", id="place-of-no-amount"),
        pytest.param("/queues/coding?order=sideways", id="unknown-order"),
        pytest.param("/queues/coding?client=nobody", id="unknown-practice"),
        pytest.param("/?client=<script>", id="hostile-practice"),
        pytest.param("/nowhere", id="unknown-address"),
        pytest.param("/static/../app.py", id="outside-of-the-static-files"),
        pytest.param("/docs", id="no-generated-documentation"),
    ],
)
def test_what_does_not_exist_is_a_page_that_says_so(visitor: TestClient, address: str) -> None:
    page = visitor.get(address)
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "<script" not in without_own_scripts(page.text)


def test_hostile_text_of_an_item_stays_text(visitor: TestClient, database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.POSTING, 1, detail=HOSTILE))
    page = visitor.get("/queues/posting").text
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
    assert "<script" not in without_own_scripts(page)
    assert "<svg" not in page


def test_no_patients_data_stand_in_titles_or_addresses(
    visitor: TestClient, database_url: str
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.POSTING, 60, detail="Canary, Ada"))
    page = visitor.get("/queues/posting").text
    assert "Canary, Ada" in page
    assert "<title>Posting exceptions · Revcycle</title>" in page
    assert not [part for part in page.split('href="')[1:] if "anary" in part.split('"')[0]]
