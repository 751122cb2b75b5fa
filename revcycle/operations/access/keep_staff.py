"""Add people, take them out, and let them in again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.finding import is_blocking
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError, RejectedError
from models.states.staff import STAFF_TRANSITIONS, StaffEvent
from models.tables import StaffCredential, StaffMember
from models.values.access import Role
from revcycle.operations.access.end_sessions import end_all_sessions
from revcycle.rules.access.login_form import check_login
from revcycle.rules.access.rights import check_roles
from revcycle.store import staff
from revcycle.store.staff_trail import move_staff_row, record_staff_act

ONE_TIME_PASSWORD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Who comes. ``password_hash`` is that of a one-time password."""

    login: str
    display_name: str
    roles: frozenset[Role]
    password_hash: str


def add_staff(session: Session, act: StaffAct, person: NewStaff) -> UUID:
    """Add a person, who then signs in with the one-time password.

    Raises:
        RejectedError: the login is taken or has another form, or the roles do not go together.
    """
    findings = (*check_login(person.login), *check_roles(person.roles, practices=0))
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    if staff.find_staff_member(session, person.login) is not None:
        msg = f"{person.login} is somebody already"
        raise RejectedError(msg)
    member = StaffMember(login=person.login, display_name=person.display_name)
    session.add(member)
    session.flush()
    staff.replace_roles(session, member.id, sorted(person.roles))
    record_staff_act(session, act, "add_staff", member.id, outcome=_list(person.roles))
    _set_one_time_password(session, act, member.id, person.password_hash)
    return member.id


def get_member_id(session: Session, login: str) -> UUID:
    """Return who has a login.

    Raises:
        NotFoundError: nobody has.
    """
    member = staff.find_staff_member(session, login)
    if member is None:
        msg = f"nobody has the login {login}"
        raise NotFoundError(msg)
    return member.id


def disable_staff(session: Session, act: StaffAct, staff_member_id: UUID) -> int:
    """Take a person out at once; return how many sessions ended.

    Raises:
        IllegalTransitionError: the person is out already.
    """
    member = staff.get_staff_member(session, staff_member_id, is_locked=True)
    move_staff_row(
        session, act, member, STAFF_TRANSITIONS, StaffEvent.DISABLE, staff_member_id=member.id
    )
    return end_all_sessions(session, act, member.id, why="disabled")


def enable_staff(
    session: Session, act: StaffAct, staff_member_id: UUID, password_hash: str
) -> None:
    """Let a person in again, as on the first day.

    Raises:
        IllegalTransitionError: the person is not out.
    """
    _start_anew(session, act, staff_member_id, StaffEvent.INVITE, password_hash)


def reset_staff(session: Session, act: StaffAct, staff_member_id: UUID, password_hash: str) -> None:
    """Make authenticator, recovery codes and password of a person void; sessions end.

    The password too: otherwise it alone would be enough to enrol a stranger's app.

    Raises:
        IllegalTransitionError: the person is out.
    """
    _start_anew(session, act, staff_member_id, StaffEvent.RESET, password_hash)


def _start_anew(
    session: Session,
    act: StaffAct,
    staff_member_id: UUID,
    event: StaffEvent,
    password_hash: str,
) -> None:
    member = staff.get_staff_member(session, staff_member_id, is_locked=True)
    move_staff_row(session, act, member, STAFF_TRANSITIONS, event, staff_member_id=member.id)
    end_all_sessions(session, act, member.id, why="reset")
    staff.replace_recovery_codes(session, member.id, ())
    _set_one_time_password(session, act, member.id, password_hash)


def _set_one_time_password(
    session: Session, act: StaffAct, staff_member_id: UUID, password_hash: str
) -> None:
    credential = staff.find_credential(session, staff_member_id)
    if credential is None:
        credential = StaffCredential(
            staff_member_id=staff_member_id, password_hash="", password_set_at=act.at
        )
        session.add(credential)
    credential.password_hash = password_hash
    credential.password_set_at = act.at
    credential.one_time_until = act.at + ONE_TIME_PASSWORD
    credential.totp_sealed = None
    credential.totp_enrolled_at = None
    credential.totp_last_step = 0


def _list(roles: Collection[Role]) -> str:
    return ", ".join(sorted(roles))[:80]
