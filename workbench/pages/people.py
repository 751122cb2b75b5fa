"""Productivity and quality: of everybody for those who lead, of oneself for whoever works."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from models.errors import NotFoundError
from models.states.work_item import Queue
from models.values.access import Right
from models.values.skill import SkillKind
from revcycle.rules.work.needs import to_need_words
from revcycle.rules.work.productivity import (
    CodingPace,
    CodingQuality,
    Handled,
    Productivity,
    judge_coding,
    measure_pace,
    sum_up,
    trace_denial,
)
from revcycle.store import board_figures, people_figures, staff
from revcycle.store.asked_questions import list_questions
from revcycle.store.people_figures import DenialOfCoder, DoneItem
from revcycle.store.practice_days import Period
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.board.board_address import DAY_CHOICES, BoardView, CurrentBoard
from workbench.pages.board.board_rows import Worker, list_workers, percent
from workbench.pages.own_audits import OwnAudits, load_audits
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.suggestion_figures import SuggestionRow, load_rows

router = APIRouter(prefix="/people")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a row; in the order of names, never of figures."""

    worker: Worker
    productivity: Productivity
    given_back: int
    pace: CodingPace
    coding: CodingQuality


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """Everything that is said of one person."""

    productivity: Productivity
    by_queue: dict[Queue, Productivity]
    by_day: Counter[tuple[date, Queue]]
    skills: dict[SkillKind, list[str]]
    given_back: int
    pace: CodingPace
    asked: int
    answered: int
    coding: CodingQuality
    denials: list[tuple[DenialOfCoder, str]]
    suggestions: list[SuggestionRow]


@router.get("", dependencies=[needs(Right.SEE_BOARD)])
def show_people(visitor: CurrentVisitor, view: CurrentBoard) -> HTMLResponse:
    """Show everybody who works for the practices one sees, by name."""
    with reading(visitor.site.database_url, view.client_ids) as session:
        workers = _workers(session, view)
        rows = _rows(session, view, workers)
    return visitor.show(
        "people.html", here="people", view=view, day_choices=DAY_CHOICES, rows=rows, percent=percent
    )


@router.get("/me", dependencies=[needs(Right.TAKE_WORK)])
def show_own(visitor: CurrentVisitor, view: CurrentBoard) -> HTMLResponse:
    """Show a person what leads see of the person: the same figures, the same definitions."""
    person = person_of(visitor)
    with reading(visitor.site.database_url, view.client_ids) as session:
        figures = _figures(session, view, person.login)
        audits = load_audits(session, view.chosen, view.period, person.login)
    name = person.display_name
    return _show(visitor, view, person.login, name, figures, is_own=True, audits=audits)


@router.get("/{login}", dependencies=[needs(Right.SEE_BOARD)])
def show_person(visitor: CurrentVisitor, view: CurrentBoard, login: str) -> HTMLResponse:
    """Show one person's figures, of the practices that whoever looks sees.

    Raises:
        NotFoundError: nobody of this login works for these practices.
    """
    with reading(visitor.site.database_url, view.client_ids) as session:
        name = find_name(session, view, login)
        figures = _figures(session, view, login)
    return _show(visitor, view, login, name, figures, is_own=False)


def find_name(session: Session, view: BoardView, login: str) -> str:
    """Find the name of somebody who works for the shown practices.

    Raises:
        NotFoundError: nobody of this login works for them.
    """
    found = [one.name for one in _workers(session, view) if one.login == login]
    if not found:
        msg = "nobody of this name works for these practices"
        raise NotFoundError(msg)
    return found[0]


def _show(
    visitor: Visitor,
    view: BoardView,
    login: str,
    name: str,
    figures: PersonFigures,
    *,
    is_own: bool,
    audits: OwnAudits | None = None,
) -> HTMLResponse:
    return visitor.show(
        "people_one.html",
        here="own_figures" if is_own else "people",
        view=view,
        day_choices=DAY_CHOICES,
        login=login,
        name=name,
        figures=figures,
        is_own=is_own,
        audits=audits,
        address="/people/me" if is_own else f"/people/{login}",
        may_drill=person_of(visitor).may(Right.SEE_BOARD),
        queue_texts=QUEUE_TEXTS,
        percent=percent,
    )


def _workers(session: Session, view: BoardView) -> list[Worker]:
    hands = board_figures.count_hands(session, view.client_ids, Period(view.today, view.today))
    return list_workers(session, view.client_ids, hands)


def _rows(session: Session, view: BoardView, workers: list[Worker]) -> list[PersonRow]:
    ids, period = view.client_ids, view.period
    done: dict[str, list[DoneItem]] = {}
    for item in people_figures.list_done_items(session, ids, period):
        done.setdefault(item.login, []).append(item)
    claims: dict[str, list[frozenset[str]]] = {}
    for claim in people_figures.list_coded_claims(session, ids, period):
        claims.setdefault(claim.login, []).append(claim.events)
    given_back = people_figures.count_given_back(session, ids, period)
    return [
        PersonRow(
            worker,
            sum_up([handled(one) for one in done.get(worker.login, [])]),
            given_back[worker.login],
            pace_of(done.get(worker.login, [])),
            judge_coding(claims.get(worker.login, [])),
        )
        for worker in sorted(workers, key=lambda one: (one.name.casefold(), one.login))
    ]


def _figures(session: Session, view: BoardView, login: str) -> PersonFigures:
    ids, period = view.client_ids, view.period
    items = people_figures.list_done_items(session, ids, period, login)
    queues = [queue for queue in Queue if any(one.queue == queue for one in items)]
    claims = people_figures.list_coded_claims(session, ids, period, login)
    denials = people_figures.list_denials_of_coders(session, ids, period, login)
    questions = list_questions(session, ids, period, login)
    return PersonFigures(
        productivity=sum_up([handled(one) for one in items]),
        by_queue={
            queue: sum_up([handled(one) for one in items if one.queue == queue]) for queue in queues
        },
        by_day=Counter((one.day, one.queue) for one in items),
        skills=_skills(session, login),
        given_back=people_figures.count_given_back(session, ids, period, login)[login],
        pace=pace_of(items),
        asked=len(questions),
        answered=sum(one.answered_at is not None for one in questions),
        coding=judge_coding([claim.events for claim in claims]),
        denials=[(one, trace_denial(one.category)) for one in denials],
        suggestions=load_rows(session, view, login),
    )


def _skills(session: Session, login: str) -> dict[SkillKind, list[str]]:
    """List by kind, in words, what decides which charts the person is given."""
    found = staff.list_specialties(session, login)
    return {kind: [to_need_words(key) for key in keys] for kind, keys in found.items()}


def handled(item: DoneItem) -> Handled:
    """Say of an item what is judged."""
    return Handled(item.is_in_time, item.taken_at, item.closed_at, item.opened_again_at)


def pace_of(items: Sequence[DoneItem]) -> CodingPace:
    """Measure the charts among what was done."""
    return measure_pace([handled(one) for one in items if one.is_coded_chart])
