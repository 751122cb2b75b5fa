"""One's own account: password, recovery codes, sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.states.staff_session import SessionState
from models.values.access import Right
from revcycle.operations.access.attempts import begin_attempt, settle_attempt
from revcycle.operations.access.begin_sign_in import begin_password_try
from revcycle.operations.access.choose_password import (
    WeakPasswordError,
    change_password,
    prepare_password,
)
from revcycle.operations.access.end_sessions import end_all_sessions, revoke_session
from revcycle.operations.access.enrol_authenticator import renew_recovery_codes
from revcycle.operations.access.person import Person
from revcycle.rules.access.password_hash import is_password
from revcycle.rules.access.password_strength import LENGTH_MIN
from revcycle.rules.access.session_life import session_end
from revcycle.store import staff, staff_sessions
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.first_day import NOT_THE_SAME
from workbench.pages.form_texts import Text
from workbench.pages.sign_in import SEE_OTHER, WRONG_CODE

router = APIRouter(prefix="/account", dependencies=[needs(Right.OWN_ACCOUNT)])

WRONG_PASSWORD = "The present password is wrong."  # noqa: S105 - a sentence
CHANGED = "The password is changed. Every other session of yours has ended."
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as a line of the list."""

    id: UUID
    browser: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@router.get("")
def show_account(visitor: CurrentVisitor) -> Response:
    """Show who I am, what I may do, and where I am signed in."""
    return _account(visitor)


@router.post("/password")
def take_password(
    visitor: CurrentVisitor, present: Text = "", password: Text = "", repeated: Text = ""
) -> Response:
    """Change my password."""
    person, url = person_of(visitor), visitor.site.database_url
    if password != repeated:
        return _account(visitor, problem=NOT_THE_SAME)
    try:
        password_hash = prepare_password(
            password, login=person.login, display_name=person.display_name
        )
    except WeakPasswordError as error:
        return _account(visitor, problem=str(error))
    with transaction(url) as session:
        tried = begin_password_try(session, visitor.act, person.login)
    is_right = is_password(present, tried.password_hash)
    with transaction(url) as session:
        is_changed = change_password(
            session, visitor.act, person, tried, password_hash, is_right=is_right
        )
    if not is_changed:
        return _account(visitor, problem=WRONG_PASSWORD)
    return _account(visitor, said=CHANGED)


@router.post("/recovery-codes")
def make_codes(visitor: CurrentVisitor, code: Text = "") -> Response:
    """Make new recovery codes."""
    person = person_of(visitor)
    with transaction(visitor.site.database_url) as session:
        staff.get_staff_member(session, person.staff_member_id, is_locked=True)
        attempt_id = begin_attempt(session, visitor.act, person.login)
        codes = renew_recovery_codes(
            session, visitor.act, person.staff_member_id, code, key=visitor.site.key
        )
        if codes:
            settle_attempt(session, attempt_id)
    if not codes:
        return _account(visitor, problem=WRONG_CODE)
    return visitor.show("recovery_codes.html", here="account", codes=codes, onward="/account")


@router.post("/sessions/{session_id}/end")
def end_session(visitor: CurrentVisitor, session_id: UUID) -> Response:
    """End one session of mine."""
    with transaction(visitor.site.database_url) as session:
        member_id = person_of(visitor).staff_member_id
        revoke_session(session, visitor.act, member_id, session_id)
    return RedirectResponse("/account", SEE_OTHER)


@router.post("/sessions/end-others")
def end_other_sessions(visitor: CurrentVisitor) -> Response:
    """End every session of mine but this one."""
    person = person_of(visitor)
    with transaction(visitor.site.database_url) as session:
        end_all_sessions(
            session, visitor.act, person.staff_member_id, why="revoked", but=person.session_id
        )
    return RedirectResponse("/account", SEE_OTHER)


def _account(visitor: Visitor, *, problem: str = "", said: str = "") -> Response:
    person = person_of(visitor)
    with transaction(visitor.site.database_url) as session:
        lines = _list_sessions(session, person, visitor.site.now())
        codes = staff.count_recovery_codes(session, person.staff_member_id)
    return visitor.show(
        "account.html",
        here="account",
        status_code=CONFLICT if problem else 200,
        me=person,
        may_break_glass=person.may(Right.BREAK_GLASS),
        lines=lines,
        codes=codes,
        length_min=LENGTH_MIN,
        problem=problem,
        said=said,
    )


def _list_sessions(session: Session, person: Person, at: datetime) -> list[SessionLine]:
    """List the sessions whose time is not over."""
    return [
        SessionLine(
            id=row.id,
            browser=row.browser,
            address=row.address,
            started_at=row.started_at,
            seen_at=row.seen_at,
            is_this=row.id == person.session_id,
        )
        for row in staff_sessions.list_live_sessions(session, person.staff_member_id)
        if at < session_end(SessionState(row.state), started_at=row.started_at, seen_at=row.seen_at)
    ]
