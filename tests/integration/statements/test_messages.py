"""The outbox of mails: taken, sent, refused, in doubt."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.states.statement import MessageState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Message, Patient, StateChange
from revcycle.connectors.mailer import Envelope, envelope_of
from revcycle.operations.statements.doubt_messages import doubt_messages
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.queue_client_report import ReportCount, queue_client_report
from revcycle.operations.statements.release_statements import release_statements
from revcycle.operations.statements.report_message import (
    record_message_refused,
    record_message_sent,
    record_message_uncertain,
    return_message,
)
from revcycle.operations.statements.take_messages import TakenMessage, take_messages
from revcycle.operations.verify.statements import check_mails_leave_once
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.statements.practice import POLICY, SENDER, Practice


@pytest.fixture
def mailing(practice: Practice) -> Practice:
    """A practice with one statement in the outbox."""
    practice.add_encounter(practice.add_patient())
    with transaction(practice.database_url) as session:
        draft_statements(session, practice.act, policy=POLICY)
    with transaction(practice.database_url) as session:
        ids = list_drafted_statements(session, practice.act)
        release_statements(session, practice.act, ids, sender=SENDER, policy=POLICY)
    return practice


def take(practice: Practice) -> list[TakenMessage]:
    with transaction(practice.database_url) as session:
        return take_messages(session, practice.act, limit=10)


def state_of(practice: Practice) -> str:
    with transaction(practice.database_url) as session:
        return session.exec(select(Message)).one().state


def open_queues(practice: Practice) -> list[str]:
    with transaction(practice.database_url) as session:
        items = list_open_work_items(session, practice.act.client_id)
        return [str(item.queue) for item in items]


def test_a_mail_is_taken_once_and_sent(mailing: Practice) -> None:
    (taken,) = take(mailing)
    assert take(mailing) == []
    assert envelope_of(taken.mail) == Envelope("statements@billing.example", ("p-1@home.example",))
    with transaction(mailing.database_url) as session:
        assert taken.mail["Message-ID"] == session.exec(select(Message.message_id)).one()
        record_message_sent(session, mailing.act, taken.id)
    assert state_of(mailing) == MessageState.SENT
    with pytest.raises(IllegalTransitionError), transaction(mailing.database_url) as session:
        return_message(session, mailing.act, taken.id)


def test_a_busy_server_gets_the_same_mail_later(mailing: Practice) -> None:
    (first,) = take(mailing)
    with transaction(mailing.database_url) as session:
        return_message(session, mailing.act, first.id)
    (second,) = take(mailing)
    assert second.mail.as_bytes() == first.mail.as_bytes()


def test_a_refused_address_stops_the_account_and_asks_a_person(mailing: Practice) -> None:
    (taken,) = take(mailing)
    with transaction(mailing.database_url) as session:
        record_message_refused(session, mailing.act, taken.id, reply_code=550)
    with transaction(mailing.database_url) as session:
        stopped = session.exec(
            select(Patient.statements_stopped).where(Patient.account_number == "P-1")
        )
        assert stopped.one() == "bad_address"
    assert open_queues(mailing) == [Queue.STATEMENT]
    assert take(mailing) == []


def test_a_crash_leaves_a_doubt_that_nobody_sends_again(mailing: Practice) -> None:
    take(mailing)
    with transaction(mailing.database_url) as session:
        assert doubt_messages(session, mailing.act) == 0  # its sender may still be at work
        assert doubt_messages(session, mailing.act, older_than=timedelta()) == 1
        assert doubt_messages(session, mailing.act, older_than=timedelta()) == 0
    assert state_of(mailing) == MessageState.UNCERTAIN
    assert open_queues(mailing) == [Queue.TRANSPORT]
    assert take(mailing) == []


def test_a_late_receipt_settles_the_doubt(mailing: Practice) -> None:
    (taken,) = take(mailing)
    with transaction(mailing.database_url) as session:
        record_message_uncertain(session, mailing.act, taken.id)
    with transaction(mailing.database_url) as session:
        record_message_sent(session, mailing.act, taken.id)
        assert check_mails_leave_once(session, mailing.act.client_id).violations == ()
    assert state_of(mailing) == MessageState.SENT
    assert open_queues(mailing) == []


def test_verify_sees_a_mail_that_was_taken_again_after_its_receipt(mailing: Practice) -> None:
    (taken,) = take(mailing)
    with transaction(mailing.database_url) as session:
        record_message_sent(session, mailing.act, taken.id)
    with transaction(mailing.database_url) as session:
        session.add(
            StateChange(
                client_id=mailing.act.client_id,
                noun="message",
                subject_id=taken.id,
                event="take",
                from_state="sent",
                to_state="sending",
                at=mailing.act.at,
                actor="a bug",
            )
        )
    with transaction(mailing.database_url) as session:
        result = check_mails_leave_once(session, mailing.act.client_id)
        assert (result.checked, result.violations) == (1, (str(taken.id),))


def test_the_practice_gets_one_report_a_day_without_names(mailing: Practice) -> None:
    recipients = ("owner@lakeside.example", "office@lakeside.example")
    counts = []
    for _ in range(2):
        with transaction(mailing.database_url) as session:
            counts.append(queue_client_report(session, mailing.act, recipients, sender=SENDER))
    assert counts == [ReportCount(2, 0), ReportCount(0, 2)]
    with transaction(mailing.database_url) as session:
        reports = session.exec(select(Message).where(Message.kind == "client_report")).all()
    assert {report.recipient for report in reports} == set(recipients)
    assert not any(b"Quillfeather" in report.content for report in reports)
