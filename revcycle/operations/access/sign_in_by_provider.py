"""Sign in with what the company's own sign-in service says of a person.

Two transactions, because the service is asked between them: ``begin_provider_try``, then the
question, then ``finish_provider_try``. Nobody is created by signing in.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.states.staff import StaffState
from models.tables import StaffMember, StaffSession
from revcycle.operations.access.attempts import begin_attempt, settle_attempt
from revcycle.operations.access.begin_sign_in import BROWSER_LENGTH_MAX
from revcycle.operations.access.complete_sign_in import complete_sign_in
from revcycle.rules.access.secret_texts import fingerprint, invent_token
from revcycle.store import staff, staff_sessions
from revcycle.store.staff_trail import record_staff_act


@dataclass(frozen=True, slots=True, repr=False)
class Vouched:
    """What the service says: the login, and whether the person gave it more than one proof."""

    login: str
    has_several_factors: bool


def begin_provider_try(session: Session, act: StaffAct, state: str) -> UUID:
    """Write a try down before the service is asked; it counts for the address it comes from.

    Raises:
        ThrottledError: too many failed lately.
    """
    return begin_attempt(session, act, f"provider:{fingerprint(state)}")


def refuse_provider_try(session: Session, act: StaffAct, reason: str) -> None:
    """Note in the trail that an answer was refused."""
    record_staff_act(session, act, "sign_in", None, outcome=f"provider_refused:{reason}"[:40])


def finish_provider_try(
    session: Session,
    act: StaffAct,
    attempt_id: UUID,
    vouched: Vouched,
    *,
    state: str,
    browser: str,
) -> str | None:
    """Begin a session for a person we know who may sign in; return its token, else None.

    What is asked next depends on the person as after a password, but for the password itself. The
    session keeps the fingerprint of ``state``, so that one answer of the service begins one only.

    Args:
        session: The open transaction.
        act: Nobody yet.
        attempt_id: What ``begin_provider_try`` returned.
        vouched: What the service says, already judged to be true and recent.
        state: What tied the answer to the question.
        browser: What the browser calls itself.
    """
    state_hash = fingerprint(state)
    member = staff.find_staff_member(session, vouched.login) if vouched.login else None
    if staff_sessions.is_state_used(session, state_hash):
        refuse_provider_try(session, act, "used_before")
        return None
    if member is None or member.state == StaffState.DISABLED:
        member_id = member.id if member else None
        record_staff_act(session, act, "sign_in", member_id, outcome="provider_refused:person")
        return None
    settle_attempt(session, attempt_id)
    record_staff_act(session, act, "sign_in", member.id, outcome="provider")
    return _begin_session(session, act, member, vouched, state_hash, browser)


def _begin_session(
    session: Session,
    act: StaffAct,
    member: StaffMember,
    vouched: Vouched,
    state_hash: str,
    browser: str,
) -> str:
    token = invent_token()
    row = StaffSession(
        staff_member_id=member.id,
        token_hash=fingerprint(token),
        provider_state_hash=state_hash,
        started_at=act.at,
        seen_at=act.at,
        second_factor_at=act.at if vouched.has_several_factors else None,
        address=act.address,
        browser=browser[:BROWSER_LENGTH_MAX],
    )
    session.add(row)
    session.flush()
    return complete_sign_in(session, act, row) or token
