"""The pane of a question to the practice: remind, write an answer down, take the question back."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlmodel import Session

from models.states.encounter import EncounterState
from models.values.access import Right
from models.values.display import to_long_date
from revcycle.operations.coding.take_answer import AnswerWay
from revcycle.operations.intake.ask_practice import REASON as PRACTICE_QUERY
from revcycle.store import audit, encounter_picture
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.time_texts import to_age_text

WAY_LABELS: Final[Mapping[AnswerWay, str]] = {
    AnswerWay.TELEPHONE: "by telephone",
    AnswerWay.FAX: "by fax",
    AnswerWay.LETTER: "by letter",
}


def build_provider_query(session: Session, opened: OpenedItem) -> Pane:
    """Show what was asked, since when, and what can be done while nobody answers."""
    line = opened.line
    if line.reason == PRACTICE_QUERY:
        return _pane(opened, is_about_coding=False, may_work=opened.is_mine)
    if line.subject_kind != "encounter":
        return build_by_hand(session, opened)
    act = opened.act
    facts = encounter_picture.get_encounter_facts(session, act.client_id, line.subject_id)
    audit.record_act(session, act.client_id, act, "see_encounter", "encounter", facts.id)
    may_work = opened.is_mine and facts.state is EncounterState.QUERIED
    return _pane(
        opened,
        is_about_coding=True,
        may_work=may_work and opened.person.may(Right.CODE),
        reminder=_reminder(opened, facts.source_key, facts.service_date),
        provider=facts.provider_name,
        is_open=facts.state is EncounterState.QUERIED,
    )


def _pane(
    opened: OpenedItem,
    *,
    is_about_coding: bool,
    may_work: bool,
    reminder: str = "",
    provider: str = "",
    is_open: bool = True,
) -> Pane:
    typed = opened.typed
    return Pane(
        "panes/provider_query.html",
        {
            "is_about_coding": is_about_coding,
            "may_work": may_work,
            "is_open": is_open,
            "age": to_age_text(opened.act.at - opened.line.opened_at),
            "reminder": reminder,
            "provider": provider,
            "ways": WAY_LABELS,
            "answer": typed.get("answer", ""),
            "given_by": typed.get("given_by", provider),
            "way": typed.get("way", AnswerWay.TELEPHONE),
        },
    )


def _reminder(opened: OpenedItem, source_key: str, service_date: date | None) -> str:
    """Write what can be read out or sent: the practice's own number, and nothing of a patient."""
    visit = f"your visit number {source_key}"
    if service_date is not None:
        visit += f" of {to_long_date(service_date)}"
    age = to_age_text(opened.act.at - opened.line.opened_at)
    return (
        f"A question about {visit} has been waiting for {age}. Until it is answered the visit "
        "cannot be billed. You find the question among the queries of your portal; an answer by "
        "telephone is taken too."
    )
