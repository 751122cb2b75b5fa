"""What audits say to a coder: the own accuracy, and what is to be learned."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.coding_audit import CaseFacts
from models.values.access import Right
from models.values.coding_audit import CodePart
from revcycle.operations.audit.judge_coders import judge_coders
from revcycle.operations.audit.note_education import note_education
from revcycle.rules.audit.education import PART_WORDS
from revcycle.rules.audit.say_accuracy import say_accuracy
from revcycle.rules.audit.sum_up import sum_up_audit
from revcycle.store import audited_cases
from revcycle.store.audited_cases import CaseFilter
from revcycle.store.practice_days import Period
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.practices import Practice, act_at, practice_of

router = APIRouter(prefix="/people/me/education", dependencies=[needs(Right.CODE)])
NOTES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a coder is to learn from one chart.

    Attributes:
        address: Where reading it is noted; empty when it was.
    """

    practice: str
    coded_on: date
    service_date: date
    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class OwnAudits:
    """The audits of one coder."""

    drawn: int
    closed: int
    codes: str
    cases: str
    material: int
    minor: int
    parts: tuple[tuple[str, str], ...]
    lessons: tuple[Lesson, ...]


def load_audits(
    session: Session, practices: list[Practice], period: Period, login: str
) -> OwnAudits | None:
    """Say what audits of charts coded in a period found, and what is to be learned from any.

    Returns:
        None where no chart of this person was audited.
    """
    ids = [one.id for one in practices]
    wanted = CaseFilter(period.first, period.last, login)
    judged = judge_coders(session, ids, wanted)
    lessons = audited_cases.list_education(session, ids, login, limit=NOTES_SHOWN)
    if not judged and not lessons:
        return None
    figures = judged[0].figures if judged else sum_up_audit([], 0)
    named = {practice.id: practice for practice in practices}
    return OwnAudits(
        judged[0].drawn if judged else 0,
        figures.cases.count,
        say_accuracy(figures.codes),
        say_accuracy(figures.cases),
        figures.material,
        figures.minor,
        tuple((PART_WORDS[part], say_accuracy(figures.by_part[part])) for part in CodePart),
        tuple(_lesson(named[client_id], facts) for client_id, facts in lessons),
    )


@router.post("/{client}/{case_id}")
def note_read(visitor: CurrentVisitor, client: str, case_id: UUID) -> Response:
    """Note that a coder has read what an audit teaches."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        note_education(session, act, case_id)
    return RedirectResponse("/people/me#audits", HTTPStatus.SEE_OTHER)


def _lesson(practice: Practice, facts: CaseFacts) -> Lesson:
    is_read = facts.education_seen_at is not None
    return Lesson(
        practice.name,
        facts.coded_on,
        facts.service_date,
        tuple(facts.education.splitlines()),
        "" if is_read else f"/people/me/education/{practice.key}/{facts.id}",
    )
