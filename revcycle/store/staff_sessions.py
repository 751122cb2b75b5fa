"""Queries on sessions of people, and on what was tried to get one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.states.staff_session import SessionState
from models.tables import SignInAttempt, StaffSession


def find_session(
    session: Session, token_hash: str, *, is_locked: bool = False
) -> StaffSession | None:
    """Find the session that a cookie names, whatever its state."""
    statement = select(StaffSession).where(StaffSession.token_hash == token_hash)
    return session.exec(statement.with_for_update() if is_locked else statement).one_or_none()


def is_state_used(session: Session, state_hash: str) -> bool:
    """Tell whether an answer of a sign-in service began a session already."""
    statement = select(StaffSession.id).where(StaffSession.provider_state_hash == state_hash)
    return session.exec(statement).first() is not None


def list_live_sessions(session: Session, staff_member_id: UUID) -> Sequence[StaffSession]:
    """List and lock the sessions of a person that nobody has ended, the last used first."""
    return session.exec(
        select(StaffSession)
        .where(
            StaffSession.staff_member_id == staff_member_id,
            col(StaffSession.state) != SessionState.ENDED,
        )
        .order_by(col(StaffSession.seen_at).desc(), col(StaffSession.id).desc())
        .with_for_update()
    ).all()


def list_login_failures(
    session: Session, login_hash: str, *, after: datetime
) -> Sequence[datetime]:
    """List when tries for a login failed since ``after`` and since it last signed in."""
    signed_in_at = session.exec(
        select(func.max(SignInAttempt.at)).where(
            SignInAttempt.login_hash == login_hash,
            col(SignInAttempt.at) > after,
            col(SignInAttempt.is_sign_in).is_(True),
        )
    ).one()
    return session.exec(
        select(SignInAttempt.at).where(
            SignInAttempt.login_hash == login_hash,
            col(SignInAttempt.at) > (signed_in_at or after),
            col(SignInAttempt.is_right).is_(False),
        )
    ).all()


def list_address_failures(session: Session, address: str, *, after: datetime) -> Sequence[datetime]:
    """List when tries from an address failed since ``after``."""
    return session.exec(
        select(SignInAttempt.at).where(
            SignInAttempt.address == address,
            col(SignInAttempt.at) > after,
            col(SignInAttempt.is_right).is_(False),
        )
    ).all()


def get_attempt(session: Session, attempt_id: UUID) -> SignInAttempt:
    """Load a try that was just made."""
    return session.exec(select(SignInAttempt).where(SignInAttempt.id == attempt_id)).one()
