"""Files that reached the wrong practice, and files that are let out of quarantine."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.errors import RejectedError
from models.states.file import InboundFileState
from models.states.work_item import Queue
from models.tables import AuditEvent, Client, InboundFile, WorkItem
from revcycle.operations.files.hand_to_practice import (
    SamePracticeError,
    hand_to_practice,
    return_to_sender,
)
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.finish_intake_file import quarantine_intake_file
from revcycle.store import work_leases
from revcycle.store.session import across, transaction
from revcycle.store.work_items import NewWorkItem, StaleLeaseError, open_work_items

BYTES = b"ISA*a remittance for somebody else~"


@pytest.fixture
def item(database_url: str, act: Act) -> WorkItem:
    """A remittance file in quarantine, in the actor's hands."""
    with transaction(database_url, act.client_id) as session:
        file = store_inbound_file(
            session, act, source="exchange", kind="835", name="r.835", content=BYTES
        )
        session.flush()
        quarantine_intake_file(session, act, file.id, reason="posting.wrong_payee", detail="")
    return lease(database_url, act)


@pytest.fixture
def receiver(database_url: str, act: Act) -> Act:
    """The same person at another practice."""
    other = Client(key="meadow", name="Meadow", time_zone="America/New_York")
    with transaction(database_url) as session:
        session.add(other)
    return replace(act, client_id=other.id)


def lease(database_url: str, act: Act) -> WorkItem:
    with transaction(database_url, act.client_id) as session:
        item = work_leases.lease_next_work_item(
            session, act.client_id, Queue.INTAKE, holder=act.actor, at=act.at
        )
    assert item is not None
    return item


def files_of(database_url: str, client_id: UUID) -> list[InboundFile]:
    with transaction(database_url, client_id) as session:
        return list(session.exec(select(InboundFile).where(InboundFile.client_id == client_id)))


def hand(database_url: str, act: Act, receiver: Act, item: WorkItem) -> UUID:
    with across(database_url, [act.client_id, receiver.client_id]) as session:
        return hand_to_practice(session, act, item.id, token=item.lease_token, receiver=receiver)


def test_the_same_bytes_wait_at_the_other_practice_and_stay_in_quarantine_here(
    database_url: str, act: Act, receiver: Act, item: WorkItem
) -> None:
    file_id = hand(database_url, act, receiver, item)
    (theirs,) = files_of(database_url, receiver.client_id)
    (ours,) = files_of(database_url, act.client_id)
    assert (theirs.id, theirs.content, theirs.state) == (file_id, BYTES, InboundFileState.RECEIVED)
    assert ours.state == InboundFileState.QUARANTINED
    with transaction(database_url, act.client_id) as session:
        done = session.get_one(WorkItem, (act.client_id, item.id))
        traced = set(session.exec(select(AuditEvent.client_id, AuditEvent.action)).all())
    assert (done.state, done.resolution) == ("done", "handed_on")
    assert {(act.client_id, "hand_file_on"), (receiver.client_id, "take_file_over")} <= traced


def test_a_second_click_hands_nothing_over(
    database_url: str, act: Act, receiver: Act, item: WorkItem
) -> None:
    hand(database_url, act, receiver, item)
    with pytest.raises(StaleLeaseError):
        hand(database_url, act, receiver, item)
    assert len(files_of(database_url, receiver.client_id)) == 1


def test_a_file_is_not_handed_to_the_practice_that_has_it(
    database_url: str, act: Act, item: WorkItem
) -> None:
    with pytest.raises(SamePracticeError):
        hand(database_url, act, act, item)


def test_a_file_goes_back_to_its_sender_only_with_a_note(
    database_url: str, act: Act, item: WorkItem
) -> None:
    for note in ("", "  \n"):
        with (
            pytest.raises(RejectedError, match="who was told"),
            transaction(database_url, act.client_id) as session,
        ):
            return_to_sender(session, act, item.id, token=item.lease_token, note=note)
    with transaction(database_url, act.client_id) as session:
        return_to_sender(session, act, item.id, token=item.lease_token, note="Told the exchange")
    (file,) = files_of(database_url, act.client_id)
    assert file.state == InboundFileState.QUARANTINED


def test_a_released_file_is_read_again_and_may_come_back(
    database_url: str, act: Act, item: WorkItem
) -> None:
    with transaction(database_url, act.client_id) as session:
        release_inbound_file(session, act, item.id, token=item.lease_token)
    (file,) = files_of(database_url, act.client_id)
    assert (file.state, file.reason) == (InboundFileState.RECEIVED, "")
    with transaction(database_url, act.client_id) as session:
        quarantine_intake_file(session, act, file.id, reason="intake.unreadable", detail="")
    assert lease(database_url, act).subject_id == file.id


def test_a_file_that_was_read_meanwhile_is_not_released(
    database_url: str, act: Act, item: WorkItem
) -> None:
    with transaction(database_url, act.client_id) as session:
        release_inbound_file(session, act, item.id, token=item.lease_token)
        again = NewWorkItem(Queue.INTAKE, "again", "inbound_file", item.subject_id, "x")
        open_work_items(session, act.client_id, act, [again])
    other = lease(database_url, act)
    with (
        pytest.raises(RejectedError, match="cannot release what is received"),
        transaction(database_url, act.client_id) as session,
    ):
        release_inbound_file(session, act, other.id, token=other.lease_token)
