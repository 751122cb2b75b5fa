"""A payer that wants to know learns that its remittance file arrived and could be read."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import select

from models.errors import NotFoundError
from models.states.file import InboundFileState, OutboundFileState
from models.tables import OutboundFile, PayerConnection, WorkItem
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.formats.x12.t999 import read_functional_acknowledgements
from revcycle.formats.x12.ta1 import read_interchange_acknowledgements
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.posting.post_remittance_file import PostingCount, post_remittance_file
from revcycle.store import outbound_files
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    NPI,
    POLICY,
    TIN,
    WRITTEN_AT,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.integration.posting.matching_desk import MatchingDesk

PAID = (5_000, [("CO", "45", 10_000)])
ANSWERS = replace(POLICY, answered_connections=frozenset({"sandbox"}))


def post(office: BillingOffice, file_id: UUID) -> PostingCount:
    with transaction(office.database_url, office.act.client_id) as session:
        return post_remittance_file(session, office.act, file_id, policy=ANSWERS)


def answers(office: BillingOffice) -> list[OutboundFile]:
    """Load what waits to be sent, claims left out."""
    with transaction(office.database_url, office.act.client_id) as session:
        listed = outbound_files.list_ready_files(session, office.act.client_id)
        return [
            outbound_files.get_outbound_file(session, office.act.client_id, one.id)
            for one in listed
            if one.kind in {"999", "TA1"}
        ]


def verdict(content: bytes) -> tuple[str, int]:
    """Read a 999: the code of the group, and how many remittances it accepts."""
    groups, _ = read_functional_acknowledgements(content)
    return groups[0].code, groups[0].accepted


def a_file(
    office: BillingOffice,
    was: bytes = b"",
    becomes: bytes = b"",
    *,
    ta1: str = "0",
    trace: str = "EFT1",
    npi: str = NPI,
    tin: str = TIN,
) -> UUID:
    """Receive a payment for a claim of ours, with one place of the file changed."""
    document = a_remittance(a_decision(office.bill(15_000), PAID), trace=trace, npi=npi, tin=tin)
    envelope = Envelope("ZZ", "PAYER", "ZZ", "DEMO01", 1, WRITTEN_AT, acknowledgement=ta1)
    return office.receive_bytes(write_remittances([document], envelope).replace(was, becomes, 1))


def test_a_file_that_could_be_read_is_accepted(office: BillingOffice) -> None:
    assert post(office, a_file(office)).state is InboundFileState.POSTED
    (answer,) = answers(office)
    assert (answer.kind, answer.state) == ("999", OutboundFileState.READY)
    assert verdict(answer.content) == ("A", 1)
    assert b"Marmalade" not in answer.content
    assert answer.content.startswith(b"ISA*00*          *00*          *ZZ*DEMO01         ")


def test_nobody_is_answered_who_does_not_want_it(office: BillingOffice) -> None:
    office.post_file(a_file(office))
    assert answers(office) == []


def test_a_connection_that_nobody_registered_is_named(office: BillingOffice) -> None:
    file_id = a_file(office)
    with transaction(office.database_url, office.act.client_id) as session:
        session.exec(select(PayerConnection)).one().key = "elsewhere"
    with pytest.raises(NotFoundError, match="sandbox is not registered"):
        post(office, file_id)


def test_a_file_is_answered_once_however_often_it_is_posted(office: BillingOffice) -> None:
    file_id = a_file(office)
    post(office, file_id)
    post(office, file_id)
    assert len(answers(office)) == 1


def test_a_file_that_cannot_be_read_is_refused_in_the_answer_too(office: BillingOffice) -> None:
    file_id = a_file(office, b"BPR*I*50*", b"BPR*I*5X0*")
    assert post(office, file_id).state is InboundFileState.QUARANTINED
    (answer,) = answers(office)
    assert verdict(answer.content) == ("R", 0)
    assert b"5X0" not in answer.content


def test_an_envelope_that_is_not_whole_is_refused_by_a_ta1(office: BillingOffice) -> None:
    file_id = a_file(office, b"IEA*1*", b"IEA*2*")
    assert post(office, file_id).state is InboundFileState.QUARANTINED
    (answer,) = answers(office)
    assert answer.kind == "TA1"
    ((envelope, *_), _) = read_interchange_acknowledgements(answer.content)
    assert envelope.is_rejected


@pytest.mark.parametrize("cut_at", [b"IEA*", b"GE*", b"SE*"])
def test_nothing_is_posted_of_a_file_that_was_cut_off(office: BillingOffice, cut_at: bytes) -> None:
    document = a_remittance(a_decision(office.bill(15_000), PAID))
    envelope = Envelope("ZZ", "PAYER", "ZZ", "DEMO01", 1, WRITTEN_AT)
    content = write_remittances([document], envelope)
    file_id = office.receive_bytes(content[: content.index(cut_at)])
    assert post(office, file_id).reason == "posting.unreadable"
    assert [one.kind for one in answers(office)] == ["TA1"]


def test_an_interchange_that_asks_for_a_ta1_gets_both(office: BillingOffice) -> None:
    post(office, a_file(office, ta1="1"))
    found = answers(office)
    assert sorted(one.kind for one in found) == ["999", "TA1"]
    assert len({one.control_number for one in found}) == 2


def test_a_file_for_somebody_else_arrived_all_the_same(office: BillingOffice) -> None:
    posted = post(office, a_file(office, npi="1999900016", tin="990009999"))
    assert posted.reason == "posting.wrong_payee"
    assert len(answers(office)) == 1


def test_a_file_that_a_person_let_go_again_is_not_answered_again(office: BillingOffice) -> None:
    post(office, a_file(office))
    file_id = a_file(office, trace="EFT2")
    assert post(office, file_id).reason == "posting.interchange_reused"
    before = len(answers(office))
    with transaction(office.database_url, office.act.client_id) as session:
        statement = select(WorkItem).where(
            WorkItem.client_id == office.act.client_id, WorkItem.state == "open"
        )
        item = session.exec(statement).one()
    token = MatchingDesk(office).take(item)
    with transaction(office.database_url, office.act.client_id) as session:
        release_inbound_file(session, office.act, item.id, token=token)
    assert not post(office, file_id).was_posted_before
    assert (before, len(answers(office))) == (2, 2)
