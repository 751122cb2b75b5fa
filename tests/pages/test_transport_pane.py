"""Files and mails nobody knows the fate of: decided by what the partner said."""

from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.client_config import ResendPolicy
from models.states.file import OutboundFileState
from models.states.statement import MessageState
from models.states.work_item import Queue
from models.tables import Message, OutboundFile, PayerConnection, WorkItemNote
from models.values.access import Role
from models.values.identifiers import new_id
from revcycle.operations.files.doubt_outbound_files import PartnerLook, doubt_outbound_files
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.operations.statements.report_message import record_message_uncertain
from revcycle.operations.statements.take_messages import take_messages
from revcycle.store.messages import MessageKind, NewMessage, add_message
from revcycle.store.outbound_files import NewOutboundFile, add_outbound_file
from revcycle.store.session import transaction
from tests.pages.front_desk_office import act_of, add_office, fill, hire, items_of, take

KEY = "lakeside_family"
EVIDENCE = "Pat at the exchange, 11/20, looked at ISA 1"


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    return add_office(database_url)


@pytest.fixture
def file_id(database_url: str, lakeside: UUID) -> UUID:
    """A file that a sender took, and that nobody found at the partner."""
    act = act_of(lakeside)
    with transaction(database_url, lakeside) as session:
        connection = PayerConnection(
            client_id=lakeside, key="exchange", sender_id="DEMO", receiver_id="PAYER"
        )
        session.add(connection)
        session.flush()
        new = NewOutboundFile(connection.id, "270", "270_1.x12", 1, b"ISA*1~", 3)
        file_id = add_outbound_file(session, lakeside, act, new)
        session.flush()
        take_outbound_file(session, act, file_id)
        session.flush()
        looks = [PartnerLook(file_id, None)]
        doubt_outbound_files(session, act, looks, resend_policy=ResendPolicy.HOLD)
    return file_id


def work(visitor: TestClient, url: str, lakeside: UUID) -> str:
    (item,) = items_of(url, lakeside, Queue.TRANSPORT)
    return take(visitor, KEY, item)


def biller(stranger: TestClient, url: str, lakeside: UUID) -> TestClient:
    return hire(stranger, url, [lakeside], Role.BILLER, Queue.TRANSPORT)


def state_of(url: str, lakeside: UUID) -> OutboundFileState:
    with transaction(url, lakeside) as session:
        return OutboundFileState(session.exec(select(OutboundFile.state)).one())


def test_a_file_that_arrived_is_never_sent_again(
    stranger: TestClient, database_url: str, lakeside: UUID, file_id: UUID
) -> None:
    ben = biller(stranger, database_url, lakeside)
    address = work(ben, database_url, lakeside)
    page = ben.get(address).text
    assert "000000001" in page
    assert str(file_id) in page
    refused = ben.post(f"{address}/fate", data=fill(ben, address, fate="arrived", evidence=" "))
    assert refused.status_code == 422
    data = fill(ben, address, fate="arrived", evidence=EVIDENCE, then="list")
    codes = [
        ben.post(f"{address}/fate", data=data, follow_redirects=False).status_code for _ in range(2)
    ]
    assert codes == [303, 409]
    assert state_of(database_url, lakeside) is OutboundFileState.SENT
    with transaction(database_url, lakeside) as session:
        (note,) = session.exec(select(WorkItemNote.text)).all()
    assert note == f"Arrived: {EVIDENCE}"


@pytest.mark.usefixtures("file_id")
def test_only_a_lead_sends_again_to_a_partner_that_takes_a_file_twice(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    ben = biller(stranger, database_url, lakeside)
    address = work(ben, database_url, lakeside)
    assert "a team lead decides" in ben.get(address).text
    data = fill(ben, address, fate="not_arrived", evidence=EVIDENCE)
    answer = ben.post(f"{address}/fate", data=data)
    assert answer.status_code == 422
    assert EVIDENCE in answer.text
    assert state_of(database_url, lakeside) is OutboundFileState.UNCERTAIN


@pytest.mark.usefixtures("file_id")
def test_a_lead_sends_the_same_bytes_again(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    lead = hire(stranger, database_url, [lakeside], Role.TEAM_LEAD, Queue.TRANSPORT)
    address = work(lead, database_url, lakeside)
    assert "every claim in it is there twice" in lead.get(address).text
    lead.post(f"{address}/fate", data=fill(lead, address, fate="not_arrived", evidence=EVIDENCE))
    assert state_of(database_url, lakeside) is OutboundFileState.READY
    assert items_of(database_url, lakeside, Queue.TRANSPORT) == []


@pytest.mark.usefixtures("file_id")
def test_a_refused_file_is_given_up_and_its_item_closes(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    ben = biller(stranger, database_url, lakeside)
    address = work(ben, database_url, lakeside)
    ben.post(f"{address}/fate", data=fill(ben, address, fate="refused", evidence=EVIDENCE))
    assert state_of(database_url, lakeside) is OutboundFileState.REFUSED
    assert items_of(database_url, lakeside, Queue.TRANSPORT) == []


@pytest.mark.parametrize(
    ("fate", "state"),
    [("arrived", MessageState.SENT), ("not_arrived", MessageState.QUEUED)],
)
def test_a_mail_in_doubt_is_settled_by_the_log(
    stranger: TestClient, database_url: str, lakeside: UUID, fate: str, state: MessageState
) -> None:
    act = act_of(lakeside)
    with transaction(database_url, lakeside) as session:
        mail = NewMessage(
            new_id(),
            MessageKind.CLIENT_REPORT,
            "r:1",
            "<1@x.example>",
            "a@b.example",
            b"Subject: x",
        )
        add_message(session, lakeside, act, mail)
        session.flush()
        take_messages(session, act, limit=1)
        session.flush()
        record_message_uncertain(session, act, mail.id)
    ben = biller(stranger, database_url, lakeside)
    address = work(ben, database_url, lakeside)
    assert "&lt;1@x.example&gt;" in ben.get(address).text
    ben.post(f"{address}/mail", data=fill(ben, address, fate=fate, evidence="The log, 11/20"))
    with transaction(database_url, lakeside) as session:
        assert session.exec(select(Message.state)).one() == state
    assert items_of(database_url, lakeside, Queue.TRANSPORT) == []
