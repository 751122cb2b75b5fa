"""Pages that fail: the person gets an answer and an id, and no log a patient."""

import asyncio
from traceback import format_exception

import pytest
from sqlalchemy import text
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from models.states.work_item import Queue
from revcycle.store.session import transaction
from tests.pages.page_examples import add_practice, items_in
from tests.people import KEY
from workbench.pages.app import create_app
from workbench.pages.masked_failures import MaskedFailures, PageFailedError


def test_a_failing_page_says_so_and_shows_nothing_of_the_error() -> None:
    app = create_app("sqlite:////nonexistent/canary/folder.sqlite3", key=KEY)
    with TestClient(app, base_url="http://localhost") as visitor, capture_logs() as lines:
        page = visitor.get("/healthz")
    assert page.status_code == 500
    assert "This page failed" in page.text
    assert "canary" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Nothing was changed" not in page.text  # a page can fail after its step was kept
    (line,) = lines
    assert line["error_id"] in page.text
    assert line["error_type"] == "OperationalError"
    assert "workbench/pages/health.py" in str(line["where"])
    assert "canary" not in str(line)


def test_what_serves_the_pages_hears_nothing_of_a_row_that_was_refused(
    visitor: TestClient, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 1))
    refuse = (
        "CREATE TRIGGER refuse BEFORE INSERT ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'refused: Zyxwillow, Quobertina'); END"
    )
    with transaction(database_url) as session:
        session.execute(text(refuse))
    with capture_logs() as lines:
        page = visitor.get("/queues/coding")
    assert page.status_code == 500
    assert [line["error_type"] for line in lines] == ["IntegrityError"]
    assert "Zyxwillow" not in page.text + caplog.text + str(lines)


def test_a_database_that_is_away_is_no_mistake_of_ours() -> None:
    app = create_app("postgresql+psycopg://nobody@127.0.0.1:1/nowhere", key=KEY)
    with TestClient(app, base_url="http://localhost") as visitor, capture_logs() as lines:
        page = visitor.get("/healthz")
    assert page.status_code == 503
    assert "Try again in a moment" in page.text
    assert len(lines) == 1


async def receive() -> Message:
    """Send nothing."""
    return {"type": "http.request"}


def test_half_a_page_ends_with_an_id_only() -> None:
    sent: list[Message] = []

    async def half_a_page(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        msg = "Zyxwillow"
        raise ValueError(msg)

    async def send(message: Message) -> None:
        sent.append(message)

    with (
        capture_logs(),
        pytest.raises(PageFailedError, match=r"ValueError [0-9a-f-]{36}") as raised,
    ):
        asyncio.run(MaskedFailures(half_a_page)({"type": "http"}, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert "Zyxwillow" not in "".join(format_exception(raised.value))


def test_a_browser_that_went_away_is_no_failure() -> None:
    async def unheard(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ClientDisconnect

    async def send(_message: Message) -> None:
        raise AssertionError

    with capture_logs() as lines:
        asyncio.run(MaskedFailures(unheard)({"type": "http"}, receive, send))
    assert lines == []
