"""Queries that count what must always hold of denials and appeals: ids, never people."""

from uuid import UUID

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from models.states.appeal import AppealState
from models.states.denial import UNRESOLVED_DENIAL_STATES, DenialState
from models.states.work_item import WorkItemState
from models.tables import Appeal, Denial, WorkItem
from revcycle.store.appeals import UNDECIDED

Violations = tuple[int, tuple[str, ...]]
"""How many records were checked, and which of them are wrong."""


def denials_without_work(session: Session, client_id: UUID) -> Violations:
    """Unresolved denials, appealed ones too, that nobody is to work on."""
    unresolved = (
        Denial.client_id == client_id,
        col(Denial.state).in_(UNRESOLVED_DENIAL_STATES),
    )
    has_work = exists().where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.state) == WorkItemState.OPEN,
        col(WorkItem.subject_kind) == "denial",
        col(WorkItem.subject_id) == Denial.id,
    )
    checked = session.exec(select(func.count()).select_from(Denial).where(*unresolved)).one()
    wrong = session.exec(select(Denial.id).where(*unresolved, ~has_work)).all()
    return checked, tuple(sorted(str(found) for found in wrong))


def appeals_unlike_denials(session: Session, client_id: UUID) -> Violations:
    """Appeals that wait while their denial does not, and appealed denials without a letter."""
    checked = session.exec(
        select(func.count()).select_from(Appeal).where(Appeal.client_id == client_id)
    ).one()
    of_denial = (col(Appeal.client_id) == client_id) & (col(Appeal.denial_id) == Denial.id)
    waiting = select(Denial.id).where(
        Denial.client_id == client_id,
        Denial.state != DenialState.APPEALED,
        exists().where(of_denial, col(Appeal.state).in_(UNDECIDED)),
    )
    bare = select(Denial.id).where(
        Denial.client_id == client_id,
        Denial.state == DenialState.APPEALED,
        ~exists().where(of_denial, col(Appeal.state).in_((*UNDECIDED, AppealState.WON))),
    )
    wrong = {*session.exec(waiting), *session.exec(bare)}
    return checked, tuple(sorted(str(found) for found in wrong))
