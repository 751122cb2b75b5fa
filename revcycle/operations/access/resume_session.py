"""Find who asks, from what the browser's cookie holds."""

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.states.staff import StaffState
from models.states.staff_session import SessionState
from models.tables import StaffSession
from revcycle.operations.access.end_sessions import end_session_row
from revcycle.operations.access.person import Person, to_person
from revcycle.rules.access.secret_texts import fingerprint
from revcycle.rules.access.session_life import is_worth_noting, session_end
from revcycle.store import staff, staff_sessions


def resume_session(session: Session, act: StaffAct, token: str) -> Person | None:
    """Return who a session belongs to, and let it live on; None when it does not live any more.

    A session whose time is over is ended here.
    """
    row = find_live_session(session, act, token)
    if row is None:
        return None
    if is_worth_noting(row.seen_at, act.at):
        row.seen_at = act.at
    return to_person(session, row, at=act.at)


def find_live_session(
    session: Session, act: StaffAct, token: str, *, is_locked: bool = False
) -> StaffSession | None:
    """Find the session of a token if its time is not over and its person may sign in."""
    row = staff_sessions.find_session(session, fingerprint(token), is_locked=is_locked)
    if row is None or row.state == SessionState.ENDED:
        return None
    member = staff.get_staff_member(session, row.staff_member_id)
    state = SessionState(row.state)
    is_over = act.at >= session_end(state, started_at=row.started_at, seen_at=row.seen_at)
    if is_over or member.state == StaffState.DISABLED:
        end_session_row(session, act, row, why="expired")
        return None
    return row
