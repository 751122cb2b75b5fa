"""Open a practice in an emergency, give it back, and judge it."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import is_blocking
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError, RejectedError
from models.states.break_glass import BREAK_GLASS_TRANSITIONS, BreakGlassEvent
from models.tables import BreakGlass
from revcycle.operations.access.person import Person
from revcycle.rules.access.glass import TIME_BOX, check_glass, check_reviewer
from revcycle.store import break_glass
from revcycle.store.audit import record_act
from revcycle.store.staff_trail import move_staff_row, record_staff_act


def open_glass(session: Session, act: Act, person: Person, reason: str) -> UUID:
    """Open the practice of ``act`` for an hour. It waits for a review from now on.

    Raises:
        RejectedError: the person may not, sees the practice anyway, or gives no reason.
    """
    findings = check_glass(
        person.access, reason, practice_id=act.client_id, practice_ids=person.practice_ids
    )
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    row = BreakGlass(
        staff_member_id=person.staff_member_id,
        practice_id=act.client_id,
        reason=reason.strip(),
        opened_at=act.at,
        ends_at=act.at + TIME_BOX,
    )
    session.add(row)
    _record(session, act, row, "break_glass")
    return row.id


def end_glass(session: Session, act: Act, person: Person, break_glass_id: UUID) -> None:
    """Give an emergency access back before its hour is over.

    Raises:
        NotFoundError: this person opened no such thing at this practice.
        IllegalTransitionError: it was given back, or judged.
    """
    row = break_glass.get_break_glass(session, break_glass_id)
    if row.staff_member_id != person.staff_member_id or row.practice_id != act.client_id:
        msg = f"no emergency access {break_glass_id}"
        raise NotFoundError(msg)
    _move(session, act, row, BreakGlassEvent.END)


def review_glass(
    session: Session,
    act: Act,
    person: Person,
    break_glass_id: UUID,
    *,
    is_justified: bool,
    note: str,
) -> None:
    """Judge an emergency access; one that still lasts ends with it.

    Raises:
        NotFoundError: there is none at this practice.
        RejectedError: the person does not review, or opened it.
        IllegalTransitionError: it was judged already.
    """
    row = break_glass.get_break_glass(session, break_glass_id)
    if row.practice_id != act.client_id:
        msg = f"no emergency access {break_glass_id}"
        raise NotFoundError(msg)
    findings = check_reviewer(
        person.access, reviewer_id=person.staff_member_id, opened_by=row.staff_member_id
    )
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    row.reviewed_by, row.reviewed_at, row.review_note = person.login, act.at, note.strip()[:400]
    _move(session, act, row, BreakGlassEvent.APPROVE if is_justified else BreakGlassEvent.OBJECT)


def _move(session: Session, act: Act, row: BreakGlass, event: BreakGlassEvent) -> None:
    move_staff_row(
        session,
        StaffAct(act.actor, act.at),
        row,
        BREAK_GLASS_TRANSITIONS,
        event,
        staff_member_id=row.staff_member_id,
    )
    record_act(
        session, act.client_id, act, "break_glass", "break_glass", row.id, outcome=str(row.state)
    )


def _record(session: Session, act: Act, row: BreakGlass, action: str) -> None:
    record_staff_act(session, StaffAct(act.actor, act.at), action, row.staff_member_id)
    record_act(session, act.client_id, act, action, "break_glass", row.id, outcome="open")
