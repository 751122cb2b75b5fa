"""The first page and the list of one queue."""

import pytest
from starlette.testclient import TestClient

from models.states.work_item import Queue
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.pages.page_examples import HOSTILE, NOON, add_practice, items_in, rows_of
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.work_items import PAGES_OF_SEVERAL_PRACTICES_MAX


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
    assert ["Scrub", "3", "2", "1", "1 d"] in rows
    assert ["Summit", "3", "0", "0", "1 d"] in rows


def test_one_practice_can_be_chosen(visitor: TestClient, database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.SCRUB, 2))
    add_practice(database_url, "summit", items_in(Queue.CODING, 3))
    page = visitor.get("/", params={"client": "summit"}).text
    assert "Nov 20, 2026, 12:00 PM EST" in page  # the practice's clock, not the server's
    assert not any("Scrub" in row[0] for row in rows_of(page))
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
    add_practice(database_url, "lakeside", items_in(Queue.DENIAL, 1, priority=3))
    urgent_but_later = items_in(Queue.DENIAL, 1, priority=1, service_hours=90)
    sooner = items_in(Queue.DENIAL, 1, priority=1, service_hours=20)
    add_practice(database_url, "summit", [*urgent_but_later, *sooner])
    rows = rows_of(visitor.get("/queues/denial").text)[1:]
    assert [(row[0], row[1].split(" Nov")[0], row[2]) for row in rows] == [
        ("Priority 1", "4 h overdue", "Summit"),
        ("Priority 1", "in 2 d 18 h", "Summit"),
        ("Priority 3", "in 1 d", "Lakeside"),
    ]


def test_a_long_queue_is_read_in_pages_without_gap_or_repeat(
    visitor: TestClient, database_url: str
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 120))
    add_practice(database_url, "summit", items_in(Queue.CODING, 3, priority=1))
    for address, expected in (("/queues/coding?", 123), ("/queues/coding?client=lakeside&", 120)):
        pages = [rows_of(visitor.get(f"{address}page={page}").text)[1:] for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [50, 50, expected - 100], address
        listed = {row[-2] for page in pages for row in page}
        assert len(listed) == expected, address
    assert (
        'href="/queues/coding?client=lakeside&amp;page=3"'
        in visitor.get("/queues/coding?client=lakeside&page=2").text
    )


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/queues/nonsense", id="unknown-queue"),
        pytest.param("/queues/coding?page=2", id="page-behind-the-end"),
        pytest.param("/queues/coding?page=0", id="page-before-the-start"),
        pytest.param("/queues/coding?page=one", id="page-that-is-no-number"),
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
    assert "<script" not in page.text


def test_the_list_of_several_practices_ends_and_says_so(
    visitor: TestClient, database_url: str
) -> None:
    last = PAGES_OF_SEVERAL_PRACTICES_MAX
    add_practice(database_url, "lakeside", items_in(Queue.CODING, last * 50))
    add_practice(database_url, "summit", items_in(Queue.CODING, 1))
    assert "Choose one practice" in visitor.get(f"/queues/coding?page={last}").text
    assert visitor.get(f"/queues/coding?page={last + 1}").status_code == 404


def test_hostile_text_of_an_item_stays_text(visitor: TestClient, database_url: str) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.POSTING, 1, detail=HOSTILE))
    page = visitor.get("/queues/posting").text
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
    assert "<script" not in page
    assert "<svg" not in page


def test_no_patients_data_stand_in_titles_or_addresses(
    visitor: TestClient, database_url: str
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.POSTING, 60, detail="Canary, Ada"))
    page = visitor.get("/queues/posting").text
    assert "Canary, Ada" in page
    assert "<title>Posting · Revcycle</title>" in page
    assert not [part for part in page.split('href="')[1:] if "anary" in part.split('"')[0]]
