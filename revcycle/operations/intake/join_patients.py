"""Make one account of two that are the same patient."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.refund import CREDIT_BALANCE_TRANSITIONS, CreditBalanceEvent
from models.states.statement import STATEMENT_TRANSITIONS, StatementEvent
from models.tables import CreditBalance, Patient
from revcycle.store import credit_balances, refunds, work_items
from revcycle.store.audit import record_act
from revcycle.store.authorizations import move_authorizations
from revcycle.store.joined_coverages import move_coverages
from revcycle.store.joined_patients import add_join, move_rows, patient_now
from revcycle.store.state_changes import move
from revcycle.store.statements import lock_drafted_of, lock_patients

JOINED: Final = "joined"


def join_patients(session: Session, act: Act, *, duplicate: UUID, keep: UUID) -> UUID:
    """Give everything of one account to another; return the account that goes on.

    Visits, coverages, statements, payments, refunds, credits with their day, and open work move.
    Entries of the books stay as they were booked, and are read as the kept account's. A drafted
    statement of the duplicate is cancelled: the next one asks for both balances at once. Joining
    the same two again changes nothing; there is no way back.

    Raises:
        NotFoundError: this practice has no such patient.
        RejectedError: a request to give a balance up waits for each of them.
    """
    duplicate = patient_now(session, act.client_id, duplicate)
    keep = patient_now(session, act.client_id, keep)
    if duplicate == keep:
        return keep
    gone, kept = _lock(session, act, duplicate, keep)
    _refuse_two_requests(session, act, duplicate, keep)
    _cancel_drafts(session, act, duplicate)
    kept.statements_stopped = kept.statements_stopped or gone.statements_stopped
    move_authorizations(session, act.client_id, duplicate=duplicate, keep=keep)
    subjects = move_coverages(session, act.client_id, duplicate=duplicate, keep=keep)
    for subject in (*subjects, ("patient", duplicate)):
        work_items.close_items_of_subject(session, act.client_id, act, subject, resolution=JOINED)
    _join_credits(session, act, duplicate, keep)
    add_join(session, act.client_id, act, duplicate=duplicate, keep=keep)
    session.flush()
    move_rows(session, act.client_id, duplicate=duplicate, keep=keep)
    session.expire_all()
    for patient_id, outcome in ((duplicate, JOINED), (keep, "kept")):
        record_act(
            session, act.client_id, act, "join_patients", "patient", patient_id, outcome=outcome
        )
    return keep


def _lock(session: Session, act: Act, duplicate: UUID, keep: UUID) -> tuple[Patient, Patient]:
    """Keep everybody else from either account; one that was joined meanwhile is refused."""
    rows = {row.id: row for row in lock_patients(session, act.client_id, [duplicate, keep])}
    if set(rows) != {duplicate, keep}:
        msg = f"no two patients {duplicate} and {keep} that stand alone"
        raise NotFoundError(msg)
    return rows[duplicate], rows[keep]


def _refuse_two_requests(session: Session, act: Act, *patient_ids: UUID) -> None:
    waiting = [refunds.find_open_write_off(session, act.client_id, one) for one in patient_ids]
    if all(waiting):
        msg = "a write-off of either balance waits for a second person: have one decided first"
        raise RejectedError(msg)


def _cancel_drafts(session: Session, act: Act, patient_id: UUID) -> None:
    for row in lock_drafted_of(session, act.client_id, patient_id):
        move(session, act.client_id, act, row, STATEMENT_TRANSITIONS, StatementEvent.CANCEL)


def _join_credits(session: Session, act: Act, duplicate: UUID, keep: UUID) -> None:
    """Let one clock run for money of no charge: the one that began first, on its day."""
    clocks = credit_balances.list_clocks(session, act.client_id, [duplicate, keep])
    rows = credit_balances.lock_credit_balances(session, act.client_id, [one.id for one in clocks])
    rows.sort(key=lambda row: (row.identified_on, row.id))
    for row in rows[1:]:
        _end(session, act, row)
    session.flush()
    for row in rows[:1]:
        row.subject_id = keep
    session.flush()


def _end(session: Session, act: Act, row: CreditBalance) -> None:
    event = CreditBalanceEvent.CLEAR
    move(session, act.client_id, act, row, CREDIT_BALANCE_TRANSITIONS, event)
    row.cleared_on = act.today
