"""Files that a practice sends by hand, and what becomes of them."""

import re
from uuid import UUID

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.file import InboundFileState
from models.tables import InboundFile
from revcycle.client_config import read_client_config
from revcycle.rules.attachments.allowed import MEGABYTE
from revcycle.settings import settings
from revcycle.store.session import transaction
from revcycle.synthetic.day import generate_day
from tests.pages.doors import form_token_of
from tests.pages.page_examples import NOON
from tests.pages.portal_office import (
    BAD,
    OWN,
    lakeside,
    olaf,
    scanned,
)
from workbench.commands.invented_input import synthetic_practice

__all__ = ["lakeside", "olaf", "scanned"]  # fixtures


def send_file(visitor: TestClient, name: str, content: bytes, source: str = "records") -> Response:
    """Send a file to intake."""
    return visitor.post(
        "/portal/files",
        data={"form_token": form_token_of(visitor.get("/account").text), "source": source},
        files=[("file", (name, content))],
        follow_redirects=False,
    )


def kept_files(url: str, client_id: UUID) -> list[InboundFile]:
    with transaction(url, client_id) as session:
        rows = session.exec(select(InboundFile).where(InboundFile.source == "records")).all()
        return list(rows)


@pytest.fixture
def day() -> bytes:
    """A bundle as the practice's own system writes it."""
    config = read_client_config(settings().client_configs / OWN)
    day = generate_day(synthetic_practice(config), encounters=3, seed=3, service_date=NOON.date())
    return next(file.content for file in day.files if file.source_key == "records")


def test_a_file_is_kept_for_the_next_run_and_looked_through_at_once(
    olaf: TestClient, database_url: str, lakeside: UUID, day: bytes
) -> None:
    sent = send_file(olaf, "visits.json", day)
    assert sent.status_code == 303, sent.text
    page = olaf.get(sent.headers["location"]).text
    assert "It waits for the next run" in page
    assert "Looked through already:" in page
    assert "visits.json" in olaf.get("/portal/files").text
    (file,) = kept_files(database_url, lakeside)
    assert file.state == InboundFileState.RECEIVED
    assert file.content == day


def test_the_same_bytes_twice_are_kept_once(
    olaf: TestClient, database_url: str, lakeside: UUID, day: bytes
) -> None:
    first, second = (send_file(olaf, name, day) for name in ("a.json", "b.json"))
    assert first.headers["location"] == second.headers["location"]
    assert len(kept_files(database_url, lakeside)) == 1


@pytest.mark.parametrize(
    ("content", "source", "expected"),
    [
        pytest.param(b"  \n", "records", "is empty", id="empty"),
        pytest.param(b"MSH|^~\\&|", "records", "looks like HL7V2", id="wrong-format"),
        pytest.param(b'{"resourceType": "Bund', "records", "cannot be read", id="half-a-file"),
        pytest.param(b"{}", "elsewhere", "choose where the file belongs", id="no-such-source"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_not_kept(
    olaf: TestClient,
    database_url: str,
    lakeside: UUID,
    content: bytes,
    source: str,
    expected: str,
) -> None:
    refused = send_file(olaf, "visits.json", content, source)
    assert refused.status_code == 409
    assert expected in refused.text
    assert kept_files(database_url, lakeside) == []


def test_a_file_that_is_longer_than_any_form_comes_through(
    olaf: TestClient, database_url: str, lakeside: UUID, day: bytes
) -> None:
    long = day + b" " * 100_000
    assert send_file(olaf, "visits.json", long).status_code == 303
    assert [file.content for file in kept_files(database_url, lakeside)] == [long]


def test_a_file_that_is_too_big_is_refused_in_words(
    olaf: TestClient, database_url: str, lakeside: UUID
) -> None:
    refused = send_file(olaf, "visits.json", bytes(50 * MEGABYTE + 1))
    assert refused.status_code == 409
    assert "visits.json has 50.0 MB; 50 MB are allowed" in refused.text
    assert kept_files(database_url, lakeside) == []


def test_an_infected_file_is_not_kept(
    scanned: TestClient, database_url: str, lakeside: UUID, day: bytes
) -> None:
    refused = send_file(scanned, "visits.json", day + BAD)
    assert refused.status_code == 409
    assert "visits.json: the virus scanner found something" in refused.text
    assert kept_files(database_url, lakeside) == []


def test_nobody_but_a_practice_sends_more_than_a_form(
    stranger: TestClient, olaf: TestClient
) -> None:
    token = form_token_of(olaf.get("/account").text)
    long = {"form_token": token, "note": "x" * 70_000}
    assert olaf.post("/account/password", data=long).status_code == 413
    stranger.cookies.clear()
    sent = stranger.post(
        "/portal/files", files=[("file", ("a.txt", bytes(70_000)))], follow_redirects=False
    )
    assert sent.headers["location"].startswith("/sign-in")


def test_each_record_of_a_file_says_what_became_of_it(olaf: TestClient) -> None:
    file = re.findall(r'href="(/portal/files/[0-9a-f-]{36})"', olaf.get("/portal/files").text)
    page = olaf.get(file[0]).text
    assert "entry 1" in page
