"""The inbox and the outbox, against a real database."""

import hashlib
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.client_config import ResendPolicy
from models.states.file import OutboundFileState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import AuditEvent, PayerConnection
from models.values.identifiers import new_id
from revcycle.operations.files.doubt_outbound_files import (
    DoubtCount,
    PartnerLook,
    doubt_outbound_files,
)
from revcycle.operations.files.file_kind import file_kind
from revcycle.operations.files.list_files import INBOUND, OUTBOUND, list_files, read_file
from revcycle.operations.files.report_outbound_file import (
    record_outbound_returned,
    record_outbound_sent,
)
from revcycle.operations.files.store_inbound_file import StoredFile, store_inbound_file
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.store.control_numbers import next_control_number
from revcycle.store.outbound_files import (
    NewOutboundFile,
    add_outbound_file,
    list_ready_files,
    list_sending_files,
    list_uncertain_files,
)
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items

CONTENT = b"ISA*bytes of a batch~"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def file_id(database_url: str, client_id: UUID, act: Act) -> UUID:
    """A file that waits in the outbox."""
    connection = PayerConnection(
        client_id=client_id, key="exchange", sender_id="DEMO", receiver_id="PAYER"
    )
    with transaction(database_url) as session:
        session.add(connection)
        session.flush()
        number = next_control_number(session, client_id, connection.id)
        new = NewOutboundFile(connection.id, "837P", "837P_DEMO_1.x12", number, CONTENT, 1)
        return add_outbound_file(session, client_id, act, new)


def take(database_url: str, act: Act, file_id: UUID) -> None:
    with transaction(database_url) as session:
        take_outbound_file(session, act, file_id)


def take_and_die(database_url: str, act: Act, file_id: UUID) -> None:
    with transaction(database_url) as session:
        take_outbound_file(session, act, file_id)
        raise KeyboardInterrupt


def doubt(
    database_url: str, act: Act, file_id: UUID, found: str | None, policy: ResendPolicy
) -> DoubtCount:
    with transaction(database_url) as session:
        looks = [PartnerLook(file_id, found)]
        return doubt_outbound_files(session, act, looks, resend_policy=policy)


def store(database_url: str, act: Act, content: bytes = b"ISA", name: str = "a") -> StoredFile:
    with transaction(database_url) as session:
        return store_inbound_file(
            session, act, source="exchange", kind="835", name=name, content=content
        )


def test_the_same_bytes_are_kept_once_under_whatever_name(database_url: str, act: Act) -> None:
    first = store(database_url, act)
    assert store(database_url, act, name="renamed") == StoredFile(first.id, is_new=False)
    assert store(database_url, act, b"ISA other").is_new


def test_a_repeated_file_leaves_a_line_in_the_audit_trail(database_url: str, act: Act) -> None:
    first = store(database_url, act)
    store(database_url, act)
    with transaction(database_url) as session:
        events = session.exec(select(AuditEvent)).all()
    assert [(event.subject_id, event.outcome) for event in events] == [(first.id, "duplicate")]


def test_a_taken_file_is_not_given_to_a_second_sender(
    database_url: str, act: Act, file_id: UUID
) -> None:
    with transaction(database_url) as session:
        taken = take_outbound_file(session, act, file_id)
    assert (taken.name, taken.content) == ("837P_DEMO_1.x12", CONTENT)
    with pytest.raises(IllegalTransitionError):
        take(database_url, act, file_id)


def test_a_sender_that_died_before_it_committed_took_nothing(
    database_url: str, act: Act, client_id: UUID, file_id: UUID
) -> None:
    with pytest.raises(KeyboardInterrupt):
        take_and_die(database_url, act, file_id)
    with transaction(database_url) as session:
        assert [row.id for row in list_ready_files(session, client_id)] == [file_id]


def test_reporting_a_file_sent_twice_changes_nothing_more(
    database_url: str, act: Act, file_id: UUID
) -> None:
    take(database_url, act, file_id)
    with transaction(database_url) as session:
        assert record_outbound_sent(session, act, file_id)
    with transaction(database_url) as session:
        assert not record_outbound_sent(session, act, file_id)


def test_a_file_that_did_not_arrive_waits_again(
    database_url: str, act: Act, client_id: UUID, file_id: UUID
) -> None:
    take(database_url, act, file_id)
    with transaction(database_url) as session:
        record_outbound_returned(session, act, file_id)
        ready = list_ready_files(session, client_id, connection_key="exchange")
    assert [(row.id, row.sha256) for row in ready] == [(file_id, SHA256)]


@pytest.mark.parametrize(
    ("found", "policy", "expected"),
    [
        pytest.param(SHA256, ResendPolicy.HOLD, OutboundFileState.SENT, id="found-is-sent"),
        pytest.param(
            None, ResendPolicy.IDENTICAL, OutboundFileState.READY, id="lost-goes-out-again"
        ),
        pytest.param(
            None, ResendPolicy.HOLD, OutboundFileState.UNCERTAIN, id="lost-waits-for-a-person"
        ),
        pytest.param(
            "0" * 64, ResendPolicy.IDENTICAL, OutboundFileState.UNCERTAIN, id="other-bytes-wait"
        ),
    ],
)
def test_what_lies_at_the_partner_decides_about_a_crashed_sending(
    database_url: str,
    act: Act,
    client_id: UUID,
    file_id: UUID,
    found: str | None,
    policy: ResendPolicy,
    expected: OutboundFileState,
) -> None:
    take(database_url, act, file_id)
    doubt(database_url, act, file_id, found, policy)
    assert doubt(database_url, act, file_id, found, policy) == DoubtCount(0, 0, 0)
    with transaction(database_url) as session:
        files = list_files(session, client_id, OUTBOUND)
        items = list_open_work_items(session, client_id, Queue.TRANSPORT)
    assert [row.state for row in files] == [expected]
    assert len(items) == (1 if expected is OutboundFileState.UNCERTAIN else 0)


def test_proof_that_an_uncertain_file_arrived_closes_its_work_item(
    database_url: str, act: Act, client_id: UUID, file_id: UUID
) -> None:
    take(database_url, act, file_id)
    doubt(database_url, act, file_id, None, ResendPolicy.HOLD)
    with transaction(database_url) as session:
        assert [row.id for row in list_uncertain_files(session, client_id)] == [file_id]
        assert record_outbound_sent(session, act, file_id)
    with transaction(database_url) as session:
        assert list_open_work_items(session, client_id) == []
        assert list_sending_files(session, client_id) == []


def test_a_file_of_another_practice_is_neither_listed_nor_read(
    database_url: str, client_id: UUID, file_id: UUID
) -> None:
    with transaction(database_url) as session:
        assert list_files(session, new_id(), OUTBOUND) == []
        (listed,) = list_files(session, client_id, OUTBOUND, "837P")
        assert read_file(session, client_id, OUTBOUND, listed.id) == CONTENT
        assert (listed.id, listed.size) == (file_id, len(CONTENT))
        assert list_files(session, client_id, INBOUND) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"GIF89a", "unknown", id="not-x12"),
        pytest.param(b"TA1*000000001*260101*1200*A*000~", "TA1", id="envelope-only"),
        pytest.param(
            b"GS*HN*A*B*20260101*1200*1*X*005010X214~ST*277*0001*005010X214~SE*2*0001~GE*1*1~",
            "277CA",
            id="277-of-claims",
        ),
        pytest.param(
            b"GS*HN*A*B*20260101*1200*1*X*005010X212~ST*277*0001*005010X212~SE*2*0001~GE*1*1~",
            "277",
            id="277-that-answers",
        ),
    ],
)
def test_the_envelope_names_the_kind(content: bytes, expected: str) -> None:
    isa = (
        b"ISA*00*          *00*          *ZZ*PAYER          *ZZ*DEMO           "
        b"*260101*1200*^*00501*000000001*0*T*:~"
    )
    whole = content if expected == "unknown" else isa + content + b"IEA*1*000000001~"
    assert file_kind(whole) == expected
