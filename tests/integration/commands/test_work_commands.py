"""``revcycle work``: who takes an item, or reads one that may name a patient, is in the trail."""

from uuid import UUID

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import AuditEvent
from revcycle.settings import settings
from revcycle.store import work_items
from revcycle.store.session import transaction
from tests.pages.page_examples import items_in
from workbench.commands.work import work_app

KEY = "demo_practice"


@pytest.fixture(autouse=True)
def home(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose database is the test's."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()


def work(*arguments: str) -> str:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(work_app, arguments)
    if done.exception is not None:
        raise done.exception
    return " ".join(done.output.split())


def trail(url: str, client_id: UUID) -> list[tuple[str, str, UUID | None]]:
    with transaction(url, client_id) as session:
        rows = session.exec(select(AuditEvent).where(AuditEvent.client_id == client_id)).all()
        return [(row.actor, row.action, row.subject_id) for row in rows]


def test_an_item_that_is_taken_and_read_at_the_terminal_is_in_the_trail(
    database_url: str, client_id: UUID, act: Act
) -> None:
    with transaction(database_url, client_id) as session:
        work_items.open_work_items(
            session, client_id, act, items_in(Queue.DENIAL, 1, detail="Nettlespring, Marander")
        )
        (item,) = work_items.list_open_work_items(session, client_id, Queue.DENIAL)
    assert str(item.id) in work("next", KEY, "denial", "--holder", "ann")
    assert "Nettlespring" in work("show", KEY, str(item.id))
    (taken, seen) = trail(database_url, client_id)
    assert taken == ("ann", "take", item.id)
    assert seen[1:] == ("see_work_item", item.id)


def test_an_empty_queue_says_so_and_leaves_no_line(database_url: str, client_id: UUID) -> None:
    assert work("next", KEY, "denial") == "Nothing waits."
    assert trail(database_url, client_id) == []
