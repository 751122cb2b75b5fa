"""Enrol an authenticator app: show it a secret, and see that it makes the right codes."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.tables import StaffCredential, StaffSession
from revcycle.operations.access.complete_sign_in import complete_sign_in
from revcycle.operations.access.pass_second_factor import NotBegunError, take_code
from revcycle.operations.access.person import step_of
from revcycle.operations.access.resume_session import find_live_session
from revcycle.rules.access.sealing import seal, unseal
from revcycle.rules.access.secret_texts import (
    fingerprint,
    invent_recovery_codes,
    to_recovery_text,
)
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.rules.access.totp import find_totp_step, invent_totp_secret
from revcycle.store import staff
from revcycle.store.staff_trail import record_staff_act


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What became of the first code of an app.

    Attributes:
        recovery_codes: To be shown once; none when the code was wrong.
        token: The session's token from now on.
    """

    recovery_codes: tuple[str, ...] = ()
    token: str | None = None


def begin_enrolment(session: Session, act: StaffAct, token: str, *, key: bytes) -> str:
    """Return the secret to be shown to an app: a new one, or the one that was shown before.

    Raises:
        NotBegunError: something else is asked first, or an app is enrolled already.
    """
    _, credential = _enrolling(session, act, token)
    if credential.totp_sealed is not None:
        return unseal(key, credential.totp_sealed, owner=str(credential.staff_member_id))
    secret = invent_totp_secret()
    credential.totp_sealed = seal(key, secret, owner=str(credential.staff_member_id))
    return secret


def confirm_enrolment(
    session: Session, act: StaffAct, token: str, typed: str, *, key: bytes
) -> Enrolment:
    """Enrol the app that makes this code, and let its person in.

    Raises:
        NotBegunError: something else is asked first, or no secret was shown.
    """
    row, credential = _enrolling(session, act, token)
    if credential.totp_sealed is None:
        raise NotBegunError
    secret = unseal(key, credential.totp_sealed, owner=str(credential.staff_member_id))
    step = find_totp_step(secret, typed, at=act.at, last_step=credential.totp_last_step)
    member_id = credential.staff_member_id
    outcome = "enrolled" if step is not None else "wrong_code"
    record_staff_act(session, act, "enrol_authenticator", member_id, outcome=outcome)
    if step is None:
        return Enrolment()
    credential.totp_last_step = step
    credential.totp_enrolled_at = act.at
    row.second_factor_at = act.at
    session.flush()
    codes = make_recovery_codes(session, member_id)
    return Enrolment(codes, complete_sign_in(session, act, row))


def renew_recovery_codes(
    session: Session, act: StaffAct, staff_member_id: UUID, typed: str, *, key: bytes
) -> tuple[str, ...]:
    """Make new recovery codes for somebody who shows a code; none when it is wrong."""
    credential = staff.get_credential(session, staff_member_id, is_locked=True)
    how = take_code(session, act, credential, typed, key=key)
    outcome = "done" if how else "wrong_code"
    record_staff_act(session, act, "renew_recovery_codes", staff_member_id, outcome=outcome)
    return make_recovery_codes(session, staff_member_id) if how else ()


def make_recovery_codes(session: Session, staff_member_id: UUID) -> tuple[str, ...]:
    """Make the recovery codes of a person; earlier ones are worth nothing any more."""
    codes = invent_recovery_codes()
    hashes = [fingerprint(to_recovery_text(code)) for code in codes]
    staff.replace_recovery_codes(session, staff_member_id, hashes)
    return codes


def _enrolling(session: Session, act: StaffAct, token: str) -> tuple[StaffSession, StaffCredential]:
    row = find_live_session(session, act, token, is_locked=True)
    credential = staff.find_credential(session, row.staff_member_id) if row else None
    if row is None or credential is None or step_of(row, credential) is not SignInStep.ENROL:
        raise NotBegunError
    return row, credential
