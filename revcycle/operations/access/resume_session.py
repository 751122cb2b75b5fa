"""Find who asks, from what the browser's cookie holds."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class SeenSession:
    """What a look at a session found, without a change.

    Attributes:
        person: Who it belongs to; None when it does not live any more.
        is_due: Whether ``resume_session`` has something to write down: that it was used, or ended.
    """

    person: Person | None
    is_due: bool


def look_at_session(session: Session, act: StaffAct, token: str) -> SeenSession:
    """Find who a session belongs to, in a transaction that only reads."""
    look = staff_sessions.find_look(session, fingerprint(token), act.at)
    if look is None or look.row.state == SessionState.ENDED:
        return SeenSession(None, is_due=False)
    if _is_over(look.row, act) or look.member.state == StaffState.DISABLED:
        return SeenSession(None, is_due=True)
    is_due = is_worth_noting(look.row.seen_at, act.at)
    return SeenSession(to_person(session, look), is_due=is_due)


def resume_session(session: Session, act: StaffAct, token: str) -> Person | None:
    """Return who a session belongs to, and let it live on; None when it does not live any more.

    A session whose time is over is ended here.
    """
    row = find_live_session(session, act, token)
    look = staff_sessions.find_look(session, fingerprint(token), act.at)
    if row is None or look is None:
        return None
    if is_worth_noting(row.seen_at, act.at):
        row.seen_at = act.at
    return to_person(session, look)


def find_live_session(
    session: Session, act: StaffAct, token: str, *, is_locked: bool = False
) -> StaffSession | None:
    """Find the session of a token if its time is not over and its person may sign in."""
    row = staff_sessions.find_session(session, fingerprint(token), is_locked=is_locked)
    if row is None or row.state == SessionState.ENDED:
        return None
    member = staff.get_staff_member(session, row.staff_member_id)
    if _is_over(row, act) or member.state == StaffState.DISABLED:
        end_session_row(session, act, row, why="expired")
        return None
    return row


def _is_over(row: StaffSession, act: StaffAct) -> bool:
    state = SessionState(row.state)
    return act.at >= session_end(state, started_at=row.started_at, seen_at=row.seen_at)
