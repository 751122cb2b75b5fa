"""Give oneself a password."""

from uuid import UUID

from sqlmodel import Session

from models.documents.finding import is_blocking
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from revcycle.operations.access.attempts import settle_attempt
from revcycle.operations.access.begin_sign_in import PasswordTry
from revcycle.operations.access.complete_sign_in import complete_sign_in
from revcycle.operations.access.end_sessions import end_all_sessions
from revcycle.operations.access.pass_second_factor import NotBegunError
from revcycle.operations.access.person import Person, step_of
from revcycle.operations.access.resume_session import find_live_session
from revcycle.rules.access.password_hash import hash_password
from revcycle.rules.access.password_strength import check_password, to_password_text
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.store import staff
from revcycle.store.staff_trail import record_staff_act


class WeakPasswordError(RejectedError):
    """The password cannot be taken; the text says why and does not repeat it."""


def prepare_password(password: str, *, login: str, display_name: str) -> str:
    """Judge a password and hash it; before the transaction, because hashing takes its time.

    Raises:
        WeakPasswordError: it is too short, too long or too easy to guess.
    """
    text = to_password_text(password)
    words = [login, *login.replace(".", " ").split(), *display_name.split()]
    findings = check_password(text, known_words=words)
    if is_blocking(findings):
        raise WeakPasswordError(findings[0].message)
    return hash_password(text)


def choose_first_password(
    session: Session, act: StaffAct, token: str, password_hash: str
) -> str | None:
    """Replace the one-time password of a session that asks for it.

    Returns:
        The session's token from now on if the sign-in is complete; None if more is asked.

    Raises:
        NotBegunError: no session waits for a password.
    """
    row = find_live_session(session, act, token, is_locked=True)
    credential = staff.find_credential(session, row.staff_member_id) if row else None
    if row is None or credential is None:
        raise NotBegunError
    if step_of(row, credential) is not SignInStep.CHOOSE_PASSWORD:
        raise NotBegunError
    _set(session, act, row.staff_member_id, password_hash, keep=row.id)
    return complete_sign_in(session, act, row)


def change_password(
    session: Session,
    act: StaffAct,
    person: Person,
    tried: PasswordTry,
    password_hash: str,
    *,
    is_right: bool,
) -> bool:
    """Change the password of somebody who knows it; every other session of theirs ends.

    Args:
        session: The open transaction.
        act: The person.
        person: Who asks.
        tried: The try of the present password, from ``begin_password_try``.
        password_hash: The password from now on, from ``prepare_password``.
        is_right: Whether the present password was right.

    Returns:
        Whether it was changed.
    """
    credential = staff.get_credential(session, person.staff_member_id, is_locked=True)
    if not is_right or credential.password_hash != tried.password_hash:
        record_staff_act(
            session, act, "change_password", person.staff_member_id, outcome="wrong_password"
        )
        return False
    settle_attempt(session, tried.attempt_id)
    _set(session, act, person.staff_member_id, password_hash, keep=person.session_id)
    return True


def _set(
    session: Session, act: StaffAct, staff_member_id: UUID, password_hash: str, *, keep: UUID
) -> None:
    credential = staff.get_credential(session, staff_member_id, is_locked=True)
    credential.password_hash = password_hash
    credential.password_set_at = act.at
    credential.one_time_until = None
    end_all_sessions(session, act, staff_member_id, why="password_changed", but=keep)
    record_staff_act(session, act, "change_password", staff_member_id)
