"""Sign in, first half: login and password.

It takes two transactions, because checking a password is a tenth of a second of work that should
keep nobody waiting: ``begin_password_try``, then the check, then ``finish_password_try``.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.states.staff import StaffState
from models.tables import StaffCredential, StaffMember, StaffSession
from revcycle.operations.access.attempts import begin_attempt, settle_attempt
from revcycle.rules.access.secret_texts import fingerprint, invent_token
from revcycle.store import staff
from revcycle.store.staff_trail import record_staff_act

LOGIN_LENGTH_MAX = 80
BROWSER_LENGTH_MAX = 120


@dataclass(frozen=True, slots=True, repr=False)
class PasswordTry:
    """A try that was written down, and the hash to check the password with; None: it is wrong."""

    attempt_id: UUID
    login: str
    password_hash: str | None


def begin_password_try(session: Session, act: StaffAct, login: str) -> PasswordTry:
    """Write a try down and fetch what to check it with.

    Nothing tells apart a login that nobody has, one that is disabled, and one whose one-time
    password is too old: their password is wrong.

    Raises:
        ThrottledError: too many failed lately.
    """
    login = login.strip().lower()[:LOGIN_LENGTH_MAX]
    member = staff.find_staff_member(session, login)
    attempt_id = begin_attempt(session, act, login)
    credential = _usable_credential(session, act, member)
    return PasswordTry(attempt_id, login, credential.password_hash if credential else None)


def finish_password_try(
    session: Session, act: StaffAct, tried: PasswordTry, *, is_right: bool, browser: str
) -> str | None:
    """Begin a session if the password was right; return its token, or None if it was not.

    Args:
        session: The open transaction.
        act: Nobody yet.
        tried: What ``begin_password_try`` returned.
        is_right: Whether the password belongs to its hash.
        browser: What the browser calls itself, for the list of one's sessions.
    """
    member = staff.find_staff_member(session, tried.login)
    credential = _usable_credential(session, act, member)
    # A password that was changed in between is not the one that was checked.
    is_same = credential is not None and credential.password_hash == tried.password_hash
    if member is None or not is_same or not is_right:
        member_id = member.id if member else None
        record_staff_act(session, act, "sign_in", member_id, outcome="wrong_password")
        return None
    settle_attempt(session, tried.attempt_id)
    token = invent_token()
    row = StaffSession(
        staff_member_id=member.id,
        token_hash=fingerprint(token),
        started_at=act.at,
        seen_at=act.at,
        address=act.address,
        browser=browser[:BROWSER_LENGTH_MAX],
    )
    session.add(row)
    record_staff_act(session, act, "sign_in", member.id, outcome="password")
    return token


def _usable_credential(
    session: Session, act: StaffAct, member: StaffMember | None
) -> StaffCredential | None:
    if member is None or member.state == StaffState.DISABLED:
        return None
    credential = staff.find_credential(session, member.id)
    if credential is None:
        return None
    until = credential.one_time_until
    return credential if until is None or act.at < until else None
