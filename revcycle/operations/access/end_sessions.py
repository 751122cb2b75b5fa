"""End sessions: by their person, by time, or because the person is out."""

from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.errors import NotFoundError
from models.states.staff_session import SESSION_TRANSITIONS, SessionEvent, SessionState
from models.tables import StaffSession
from revcycle.rules.access.secret_texts import fingerprint
from revcycle.store import staff_sessions
from revcycle.store.staff_trail import move_staff_row


def sign_out(session: Session, act: StaffAct, token: str) -> None:
    """End the session of a token; one that lives no more stays as it is."""
    row = staff_sessions.find_session(session, fingerprint(token), is_locked=True)
    if row is not None and row.state != SessionState.ENDED:
        end_session_row(session, act, row, why="signed_out")


def revoke_session(
    session: Session, act: StaffAct, staff_member_id: UUID, session_id: UUID
) -> None:
    """End one session of a person.

    Raises:
        NotFoundError: this person has no such session, or it was ended.
    """
    for row in staff_sessions.list_live_sessions(session, staff_member_id):
        if row.id == session_id:
            end_session_row(session, act, row, why="revoked")
            return
    msg = f"no session {session_id}"
    raise NotFoundError(msg)


def end_all_sessions(
    session: Session,
    act: StaffAct,
    staff_member_id: UUID,
    *,
    why: str,
    but: UUID | None = None,
) -> int:
    """End every session of a person, but one if it is named; return how many."""
    rows = [
        row for row in staff_sessions.list_live_sessions(session, staff_member_id) if row.id != but
    ]
    for row in rows:
        end_session_row(session, act, row, why=why)
    return len(rows)


def end_session_row(session: Session, act: StaffAct, row: StaffSession, *, why: str) -> None:
    """End a session that was not ended yet."""
    row.ended_at = act.at
    row.end_reason = why
    move_staff_row(
        session,
        act,
        row,
        SESSION_TRANSITIONS,
        SessionEvent.END,
        staff_member_id=row.staff_member_id,
    )
