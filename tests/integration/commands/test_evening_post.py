"""The evening's post of the demo: real files, which the real operations hand to people."""

import shutil
from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Client
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import (
    post_remittance_file,
)
from revcycle.operations.submission.apply_acknowledgements import apply_acknowledgements
from revcycle.settings import settings
from revcycle.store import inbound_files, work_items
from revcycle.store.session import transaction
from workbench.commands.evening_post import EveningPost
from workbench.commands.practices import read_clients

DAY = date(2026, 11, 20)


@pytest.fixture
def act(tmp_path: Path, migrated_database: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Act]:
    """Somebody at the first practice of the client files, in a home of its own."""
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path))
    settings.cache_clear()
    shutil.copy(migrated_database, tmp_path / "revcycle.sqlite3")
    client = Client(key=read_clients()[0].key, name="A practice", time_zone="UTC")
    with transaction(settings().database) as session:
        session.add(client)
    yield Act(client.id, "demo", datetime(2026, 11, 20, 23, tzinfo=UTC), DAY)
    settings.cache_clear()


def the_post() -> EveningPost:
    practice, neighbour, *_ = read_clients()
    return EveningPost(practice, neighbour, DAY)


def stored(act: Act, *kinds: str) -> list[UUID]:
    with transaction(settings().database, act.client_id) as session:
        found = inbound_files.list_inbound_files(session, act.client_id, kinds=kinds)
        return [one.id for one in found]


def test_the_post_of_a_day_comes_once_however_often_the_day_is_run(act: Act) -> None:
    assert [the_post().leave(act), the_post().leave(act)] == [4, 0]
    assert len(stored(act, "835", "999")) == 4


def test_each_file_of_the_post_waits_in_a_queue_of_its_own(act: Act) -> None:
    the_post().leave(act)
    practice = read_clients()[0].practice
    policy = RemittancePolicy(frozenset({practice.npi}), practice.tin)
    for file_id in stored(act, "835"):
        with transaction(settings().database, act.client_id) as session:
            post_remittance_file(session, act, file_id, policy=policy)
    (receipt,) = stored(act, "999")
    with transaction(settings().database, act.client_id) as session:
        apply_acknowledgements(session, act, receipt)
        waiting = work_items.list_open_work_items(session, act.client_id)
        assert {Queue(one.queue): one.reason for one in waiting} == {
            Queue.UNAPPLIED: "posting.unmatched",
            Queue.POSTING: "posting.unbalanced",
            Queue.BPO_INBOX: "posting.wrong_payee",
            Queue.TRANSPORT: "ack.unknown",
        }
