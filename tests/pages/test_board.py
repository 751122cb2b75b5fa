"""The managers' board: each figure is the number of rows, or the sum, of the list it leads to."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.file import InboundFileState
from models.states.stage import Stage
from models.states.work_item import Queue, WorkItemEvent
from models.tables import AuditEvent, InboundFile
from models.values.access import Role
from models.values.money import ZERO, Money
from revcycle.operations.work.pause_stage import pause_stage
from revcycle.store import work_items, work_leases
from revcycle.store.session import transaction
from tests.pages.board_history import add_history
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import NOON, YESTERDAY, add_practice, items_in, rows_of
from tests.people import invite, join

FIGURE = re.compile(r'<a href="(/[^"]*)">(-?[$]?[0-9][0-9,.]*)</a>')
NEXT_PAGE = re.compile(r'<a rel="next" href="([^"]*)"')
OPEN_ROW = re.compile(r"<tr[^>]* data-row")
AMOUNT = re.compile(r"-?[$][0-9,]+[.][0-9]{2}")


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice in New York with work of two queues, more of it than one page shows."""
    items = [*items_in(Queue.CODING, 60), *items_in(Queue.SCRUB, 3, service_hours=1)]
    return add_practice(database_url, "lakeside", items)


@pytest.fixture
def summit(database_url: str) -> UUID:
    """A practice with two denials to work."""
    return add_practice(database_url, "summit", items_in(Queue.DENIAL, 2))


@pytest.fixture
def history(database_url: str, lakeside: UUID, summit: UUID) -> None:
    """What happened at the two: work done, cancelled and held, claims, money, denials, files."""
    invite(database_url, "ben", [Role.CODER], [lakeside])
    _close_some(database_url, lakeside)
    add_history(database_url, lakeside)
    for practice in (lakeside, summit):
        row = InboundFile(
            client_id=practice,
            source="intake",
            kind="CSV",
            name="Canary, Ada.csv",
            sha256="0" * 64,
            content=b"x",
            received_at=YESTERDAY,
            state=InboundFileState.QUARANTINED,
            reason="not a CSV file",
        )
        with transaction(database_url, practice) as session:
            session.add(row)


def _close_some(database_url: str, practice: UUID) -> None:
    """Do two items in time and two late, let the cause of one go away, and take one."""
    for number, at in enumerate((YESTERDAY, YESTERDAY, NOON, NOON), 1):
        key = f"scrub:5:1:{number}" if number in {2, 3} else f"coding:5:48:{number}"
        act = Act(practice, "ben", at + timedelta(minutes=5), at.date())
        with transaction(database_url, practice) as session:
            work_items.close_work_items(
                session,
                practice,
                act,
                [key],
                resolution="done",
                event=WorkItemEvent.COMPLETE,
            )
    act = Act(practice, "flow:coding", NOON, NOON.date())
    with transaction(database_url, practice) as session:
        work_items.close_work_items(session, practice, act, ["coding:5:48:9"], resolution="gone")
        work_leases.lease_next_work_item(
            session, practice, Queue.CODING, holder="ben", at=NOON - timedelta(minutes=1)
        )


def figures_of(page: str) -> Iterator[tuple[str, str]]:
    """Give the address and the text of each figure that leads somewhere."""
    for address, text in FIGURE.findall(page):
        yield unescape(address), text


def pages_of(visitor: TestClient, address: str) -> Iterator[str]:
    """Read a list page by page."""
    while address:
        page = visitor.get(address).text
        yield page
        found = NEXT_PAGE.search(page)
        address = unescape(found[1]) if found else ""


def count_of(visitor: TestClient, address: str) -> int:
    """Count the rows of a list over all its pages."""
    return sum(len(OPEN_ROW.findall(page)) for page in pages_of(visitor, address))


def sum_of(visitor: TestClient, address: str) -> Money:
    """Add up the amounts of a list over all its pages."""
    amounts = [
        Money.parse(cell.replace("$", "").replace(",", ""))
        for page in pages_of(visitor, address)
        for row in rows_of(page)
        for cell in row
        if AMOUNT.fullmatch(cell)
    ]
    return sum(amounts, ZERO)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("query", ["", "?client=lakeside&since=2026-11-20"])
def test_every_figure_is_the_list_behind_it(visitor: TestClient, query: str) -> None:
    page = visitor.get(f"/board{query}").text
    figures = dict(figures_of(page))
    assert len(figures) >= 12
    for address, text in figures.items():
        if "$" in text:
            amount = Money.parse(text.replace("$", "").replace(",", ""))
            assert sum_of(visitor, address) == amount, address
        else:
            assert count_of(visitor, address) == int(text.replace(",", "")), address


@pytest.mark.usefixtures("history")
def test_every_kind_of_figure_leads_somewhere(visitor: TestClient) -> None:
    addresses = " ".join(address for address, _ in figures_of(visitor.get("/board").text))
    for part in (
        "/queues/coding",
        "overdue=1",
        "kind=waiting",
        "kind=done",
        "kind=late",
        "kind=opened",
        "kind=cancelled",
        "kind=held",
        "/board/claims",
        "/board/firsts?",
        "answer=denied",
        "/board/money",
        "/board/owed",
        "figure=charged",
        "figure=paid",
        "/board/denials",
        "/board/files",
    ):
        assert part in addresses


@pytest.mark.usefixtures("history")
def test_the_service_level_counts_what_was_closed_by_its_due_time(visitor: TestClient) -> None:
    rows = rows_of(visitor.get("/board?client=lakeside").text)
    (scrub,) = [row for row in rows if row[0] == "Claim edits"]
    # One of three was closed within its hour, one a day later; the third is overdue.
    assert scrub == ["Claim edits", "1", "1", "0 %", "1 d", "2", "1", "50 %"]


@pytest.mark.usefixtures("history")
def test_a_claim_is_counted_in_the_state_in_which_the_day_ended(visitor: TestClient) -> None:
    page = visitor.get("/board?client=lakeside&since=2026-11-18&until=2026-11-20").text
    heads = next(row for row in rows_of(page) if row[0] == "End of")
    days = {
        row[0]: dict(zip(heads[1:], row[1:], strict=True))
        for row in rows_of(page)
        if "/2026" in row[0] and len(row) == len(heads)
    }
    assert days["11/18/2026"] == {"accepted": "3", "paid": "0", "denied": "0"}
    assert days["11/19/2026"] == {"accepted": "2", "paid": "1", "denied": "0"}
    assert days["11/20/2026"] == {"accepted": "0", "paid": "2", "denied": "1"}


@pytest.mark.usefixtures("history")
def test_the_denial_rate_counts_first_decisions_only(visitor: TestClient) -> None:
    rows = rows_of(visitor.get("/board?client=lakeside").text)
    rates = {row[0]: row[1:4] for row in rows if row[0].endswith(" rate")}
    # Three claims were decided; one of the two paid ones was taken back and decided again.
    assert rates["Denial rate"] == ["33 %", "1 denied", "2 paid"]
    yesterday = rows_of(
        visitor.get("/board?client=lakeside&since=2026-11-19&until=2026-11-19").text
    )
    assert ["Denial rate", "0 %", "0 denied", "1 paid"] in [row[:4] for row in yesterday]


@pytest.mark.usefixtures("history")
def test_days_in_receivables_say_when_nothing_was_charged(visitor: TestClient) -> None:
    rows = {row[0]: row[1:] for row in rows_of(visitor.get("/board").text) if len(row) == 12}
    # Of 369.00 charged on two days 150.00 is owed: 150.00 * 2 / 369.00 is less than one day.
    assert rows["Lakeside"][:7] == ["$150.00", "$0.00", "0.8", "2", "$369.00", "$150.00", "40 %"]
    assert rows["Lakeside"][-1] == "no charges"  # no service is old enough
    assert rows["Summit"].count("no charges") == 3
    assert set(rows["Summit"]) == {"$0.00", "0", "no charges"}


@pytest.mark.usefixtures("history")
def test_lists_that_lead_to_patients_are_noted_and_others_are_not(
    visitor: TestClient, database_url: str, lakeside: UUID
) -> None:
    for address in ("/board", "/board/items?kind=done", "/board/files?trouble=quarantined"):
        assert "Canary" not in visitor.get(address).text
    visitor.get("/board/claims?state=denied&day=2026-11-20")
    visitor.get("/board/money?payers=insurance")
    visitor.get("/board/denials")
    with transaction(database_url, lakeside) as session:
        seen = session.exec(select(AuditEvent.action).where(AuditEvent.actor == "mia.hill")).all()
    assert seen == ["see_claim_list", "see_posting_list", "see_denial_list"]


@pytest.mark.usefixtures("summit")
def test_a_team_lead_sees_the_board_of_their_practices_only(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    sign_in_by_form(stranger, join(database_url, "lea", [Role.TEAM_LEAD], [lakeside]))
    assert "Summit" not in stranger.get("/board").text
    for path in ("/board", "/board/items", "/stages"):
        answer = stranger.get(path, params={"client": "summit", "kind": "done"})
        assert answer.status_code == 404
    token = form_token_of(stranger.get("/board").text)
    data = {"form_token": token, "stage": "posting", "reason": "x"}
    assert stranger.post("/stages/lakeside/pause", data=data).status_code == 403


@pytest.mark.usefixtures("lakeside")
def test_a_paused_stage_is_said_loudly_and_goes_on_when_it_is_resumed(visitor: TestClient) -> None:
    token = form_token_of(visitor.get("/stages").text)
    data = {"form_token": token, "stage": "submission"}
    refused = visitor.post("/stages/lakeside/pause", data=data)
    assert refused.status_code == 409
    assert "say why" in refused.text
    page = visitor.post(
        "/stages/lakeside/pause", data=data | {"reason": "<b>Payer outage</b>"}
    ).text
    assert "No run begins it" in page
    assert "&lt;b&gt;Payer outage" in visitor.get("/board").text
    assert "1 stage is paused" in visitor.get("/board").text
    visitor.post("/stages/lakeside/resume", data=data)
    assert "paused</h2>" not in visitor.get("/board").text


def test_the_board_shows_when_prefect_is_silent(
    database_url: str, stranger: TestClient, visitor: TestClient, lakeside: UUID
) -> None:
    with transaction(database_url, lakeside) as session:
        act = Act(lakeside, "mia.hill", YESTERDAY, YESTERDAY.date())
        pause_stage(session, act, Stage.POSTING, reason="bank holiday")
    assert stranger is visitor
    page = visitor.get("/board")
    assert page.status_code == 200
    assert "Nobody told the workbench where Prefect is" in page.text
    token = form_token_of(page.text)
    answer = visitor.post("/stages/lakeside/run", data={"form_token": token, "stage": "posting"})
    assert answer.status_code == 409
    assert "nothing can be started" in answer.text
