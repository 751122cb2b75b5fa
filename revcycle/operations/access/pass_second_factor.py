"""Sign in, second half: a code of the authenticator app, or a recovery code."""

from dataclasses import dataclass

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.tables import StaffCredential
from revcycle.operations.access.attempts import begin_attempt, settle_attempt
from revcycle.operations.access.complete_sign_in import complete_sign_in
from revcycle.operations.access.resume_session import find_live_session
from revcycle.rules.access.sealing import unseal
from revcycle.rules.access.secret_texts import fingerprint, to_recovery_text
from revcycle.rules.access.totp import find_totp_step
from revcycle.store import staff
from revcycle.store.staff_trail import record_staff_act


class NotBegunError(RejectedError):
    """There is no sign-in that waits for this: it took too long, or was ended."""

    def __init__(self) -> None:
        super().__init__("sign in again: this took too long, or something else comes first")


@dataclass(frozen=True, slots=True, repr=False)
class SecondFactor:
    """What became of a code.

    Attributes:
        is_right: Whether it was taken.
        token: The session's token from now on, when the sign-in is complete.
    """

    is_right: bool
    token: str | None = None


def pass_second_factor(
    session: Session, act: StaffAct, token: str, typed: str, *, key: bytes
) -> SecondFactor:
    """Take a code in a session that was begun with a password.

    Raises:
        NotBegunError: there is no such session, or no authenticator is enrolled.
        ThrottledError: too many tries failed lately.
    """
    row = find_live_session(session, act, token, is_locked=True)
    credential = staff.find_credential(session, row.staff_member_id) if row else None
    if row is None or credential is None or credential.totp_enrolled_at is None:
        raise NotBegunError
    member = staff.get_staff_member(session, row.staff_member_id, is_locked=True)
    attempt_id = begin_attempt(session, act, member.login)
    session.flush()
    how = take_code(session, act, credential, typed, key=key)
    record_staff_act(session, act, "second_factor", member.id, outcome=how or "wrong_code")
    if not how:
        return SecondFactor(is_right=False)
    settle_attempt(session, attempt_id)
    row.second_factor_at = act.at
    return SecondFactor(is_right=True, token=complete_sign_in(session, act, row))


def take_code(
    session: Session, act: StaffAct, credential: StaffCredential, typed: str, *, key: bytes
) -> str:
    """Use a code up; return what it was, or nothing when it is wrong or was used before."""
    if credential.totp_sealed is not None:
        secret = unseal(key, credential.totp_sealed, owner=str(credential.staff_member_id))
        step = find_totp_step(secret, typed, at=act.at, last_step=credential.totp_last_step)
        if step is not None:
            credential.totp_last_step = step
            return "app_code"
    code_hash = fingerprint(to_recovery_text(typed))
    code = staff.find_recovery_code(session, credential.staff_member_id, code_hash)
    if code is None:
        return ""
    code.used_at = act.at
    return "recovery_code"
