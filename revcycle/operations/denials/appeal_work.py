"""The work that an appeal makes: a letter to send, an answer to wait for, a denial to go on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Appeal, Denial
from revcycle.rules.clocks.holidays import next_business_day
from revcycle.store import work_hands, work_items
from revcycle.store.work_items import NewWorkItem

SEND_HOURS: Final = 72  # a letter that is written leaves within three days
UPHELD: Final = "193"  # the CARC by which payers say that a decision stands
SEND_LETTER, AWAIT_ANSWER, AWAIT_MONEY = "appeal_prepared", "appeal_sent", "appeal_won"
SEND_RECORDS, AWAIT_DECISION = "records_requested", "records_sent"


def denial_cause(denial_id: UUID) -> str:
    """Name the cause of the item of a denial that somebody works."""
    return f"denial:{denial_id}"


def appeal_cause(denial_id: UUID) -> str:
    """Name the cause of the item of a denial that a letter asks about; one letter at a time."""
    return f"appeal:{denial_id}"


def close_item(session: Session, act: Act, cause: str, *, resolution: str) -> None:
    """Complete the item of a cause, if one is open."""
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [cause],
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )


def open_letter_item(session: Session, act: Act, denial: Denial) -> None:
    """Let somebody send the letter."""
    item = _item(denial, SEND_LETTER, "Send the letter, then say how and when")
    item = replace(item, service_hours=SEND_HOURS)
    work_items.open_work_items(session, act.client_id, act, [item])


def open_answer_item(session: Session, act: Act, denial: Denial, appeal: Appeal) -> None:
    """Wait for the answer: nobody is given the item before it is due."""
    days = max((appeal.answer_by - act.today).days, 0)
    detail = "Ask the payer for its answer, or write down what it answered"
    _open_later(session, act, _answer_item(denial, AWAIT_ANSWER, detail, appeal.answer_by), days)


def open_money_item(session: Session, act: Act, denial: Denial, money_by: date) -> None:
    """Wait for the money that the payer said it will send."""
    days = max((money_by - act.today).days, 0)
    detail = "The payer promised to pay: see whether the money came"
    _open_later(session, act, _answer_item(denial, AWAIT_MONEY, detail, money_by), days)


def open_records_item(session: Session, act: Act, denial: Denial, send_by: date) -> None:
    """Let somebody send what the payer asked for."""
    detail = "Send the payer what it asked for, then say how and when"
    item = _records_item(denial, SEND_RECORDS, detail, send_by)
    work_items.open_work_items(session, act.client_id, act, [item])


def open_records_answer_item(session: Session, act: Act, denial: Denial, answer_by: date) -> None:
    """Wait for the decision on what was sent: nobody is given the item before it is due."""
    days = max((answer_by - act.today).days, 0)
    detail = "Ask the payer what it decided on the records"
    item = _records_item(denial, AWAIT_DECISION, detail, next_business_day(answer_by))
    _open_later(session, act, item, days)


def _records_item(denial: Denial, reason: str, detail: str, due_on: date) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.DENIAL,
        cause_key=denial_cause(denial.id),
        subject_kind="denial",
        subject_id=denial.id,
        reason=reason,
        field=denial.category,
        detail=detail,
        due_on=due_on,
    )


def reopen_denial_item(session: Session, act: Act, denial: Denial, play: Play) -> None:
    """Let somebody go on with a denial, by the play for what happened to it."""
    denial.first_action = play.first_action
    denial.due_on = act.today + timedelta(days=play.due_days)
    item = NewWorkItem(
        queue=Queue.DENIAL,
        cause_key=denial_cause(denial.id),
        subject_kind="denial",
        subject_id=denial.id,
        reason=f"{denial.group}-{denial.reason}",
        field=denial.category,
        detail=play.first_action,
        due_on=denial.due_on,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def _answer_item(denial: Denial, reason: str, detail: str, answer_by: date) -> NewWorkItem:
    return replace(_item(denial, reason, detail), due_on=next_business_day(answer_by))


def _item(denial: Denial, reason: str, detail: str) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.APPEAL,
        cause_key=appeal_cause(denial.id),
        subject_kind="denial",
        subject_id=denial.id,
        reason=reason,
        field=denial.category,
        detail=detail,
    )


def _open_later(session: Session, act: Act, item: NewWorkItem, days: int) -> None:
    work_items.open_work_items(session, act.client_id, act, [item])
    if not days:
        return
    opened = work_items.find_open_cause(session, act.client_id, item.cause_key)
    if opened is not None:
        work_hands.snooze_items(
            session,
            act.client_id,
            [opened],
            actor=act.actor,
            until=act.at + timedelta(days=days),
        )
