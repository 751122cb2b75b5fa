"""Let a person in as soon as nothing more is asked."""

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.states.staff import STAFF_TRANSITIONS, StaffEvent, StaffState
from models.states.staff_session import SESSION_TRANSITIONS, SessionEvent, SessionState
from models.tables import StaffSession
from revcycle.operations.access.attempts import forget_failures
from revcycle.operations.access.person import step_of
from revcycle.rules.access.secret_texts import fingerprint, invent_token
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.store import staff
from revcycle.store.staff_trail import move_staff_row


def complete_sign_in(session: Session, act: StaffAct, row: StaffSession) -> str | None:
    """Complete a sign-in if nothing more is asked; return the session's token from now on.

    The token changes, so that whoever knew it before the second factor knows nothing.

    Returns:
        The token, or None while something is asked or when the person was in already.
    """
    credential = staff.get_credential(session, row.staff_member_id)
    if row.state != SessionState.BEGUN or step_of(row, credential) is not SignInStep.DONE:
        return None
    member = staff.get_staff_member(session, row.staff_member_id)
    token = invent_token()
    row.token_hash = fingerprint(token)
    row.seen_at = act.at
    move_staff_row(
        session, act, row, SESSION_TRANSITIONS, SessionEvent.SIGN_IN, staff_member_id=member.id
    )
    if member.state == StaffState.INVITED:
        move_staff_row(
            session, act, member, STAFF_TRANSITIONS, StaffEvent.JOIN, staff_member_id=member.id
        )
    forget_failures(session, act, member.login)
    return token
