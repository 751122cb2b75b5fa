"""Questions that nobody answers: mails to the practice, and to its office manager."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Message
from models.values.identifiers import new_id
from revcycle.operations.coding.remind_practice import Reminder, remind_practice
from revcycle.operations.statements.release_statements import StatementSender
from revcycle.store import work_items
from revcycle.store.messages import MessageKind
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem
from tests.pages.page_examples import add_practice
from tests.people import NOON
from tests.unit.formats.letters.letter_examples import PRACTICE

SENDER = StatementSender(PRACTICE, "billing@example.org", "reply@example.org")
REMINDERS = (
    Reminder(MessageKind.QUERY_REMINDER, 3, "office@example.org"),
    Reminder(MessageKind.QUERY_ESCALATION, 7, "manager@example.org"),
)


@pytest.fixture
def practice(database_url: str) -> UUID:
    """A practice that was asked about two visits at noon."""
    client_id = add_practice(database_url, "lakeside")
    asked = [
        NewWorkItem(
            Queue.PROVIDER_QUERY, f"query:{n}", "encounter", new_id(), "q", detail="Left eye?"
        )
        for n in (1, 2)
    ]
    with transaction(database_url, client_id) as session:
        work_items.open_work_items(session, client_id, act_after(client_id, 0), asked)
    return client_id


def act_after(client_id: UUID, days: int) -> Act:
    at = NOON + timedelta(days=days)
    return Act(client_id, "system", at, at.date())


def mails_after(url: str, client_id: UUID, days: int) -> int:
    with transaction(url, client_id) as session:
        return remind_practice(session, act_after(client_id, days), REMINDERS, sender=SENDER)


def test_the_practice_is_reminded_and_then_its_manager_told(
    database_url: str, practice: UUID
) -> None:
    # Day by day; on the third and the seventh day twice, as when a run is repeated.
    sent = {day: mails_after(database_url, practice, day) for day in range(1, 8)}
    assert sent == {1: 0, 2: 0, 3: 1, 4: 0, 5: 0, 6: 1, 7: 1}
    assert mails_after(database_url, practice, 7) == 0
    with transaction(database_url, practice) as session:
        mails = session.exec(select(Message)).all()
        assert [mail.recipient for mail in mails if mail.kind == "query_escalation"] == [
            "manager@example.org"
        ]
        text = b"".join(mail.content for mail in mails)
    assert b"2 questions wait" in text
    assert b"Left eye" not in text, "what is asked is of a patient"


def test_a_day_that_is_run_again_later_has_its_mail(database_url: str, practice: UUID) -> None:
    assert mails_after(database_url, practice, 3) == 1
    again = replace(act_after(practice, 9), today=act_after(practice, 3).today)
    with transaction(database_url, practice) as session:
        assert remind_practice(session, again, REMINDERS[:1], sender=SENDER) == 0


def test_an_answered_question_reminds_nobody(database_url: str, practice: UUID) -> None:
    act = act_after(practice, 1)
    with transaction(database_url, practice) as session:
        work_items.close_work_items(
            session, practice, act, ["query:1", "query:2"], resolution="answered"
        )
    assert mails_after(database_url, practice, 10) == 0
