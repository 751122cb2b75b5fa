"""Queries on sessions of people, and on what was tried to get one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Row, String, Uuid, bindparam, func, literal, null, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models.documents.practice_name import PracticeName
from models.states.break_glass import BreakGlassState
from models.states.staff_session import SessionState
from models.tables import (
    BreakGlass,
    Client,
    SignInAttempt,
    StaffMember,
    StaffPractice,
    StaffRole,
    StaffSession,
)
from models.values.access import Role


@dataclass(frozen=True, slots=True)
class SessionLook:
    """A session, its person, and what the person was given, as one statement finds them.

    Attributes:
        assigned: The practices that the person works for.
        opened: Those that the person has open in an emergency now.
    """

    row: StaffSession
    member: StaffMember
    roles: frozenset[Role]
    assigned: frozenset[PracticeName]
    opened: frozenset[PracticeName]


def find_look(session: Session, token_hash: str, at: datetime) -> SessionLook | None:
    """Find the session that a cookie names, whatever its state, and who it belongs to.

    Every page asks this, so it is one statement; each row has one thing that the person was given.
    """
    found = session.execute(_LOOK, {"token_hash": token_hash, "at": at}).all()
    if not found:
        return None
    return SessionLook(
        row=found[0][0],
        member=found[0][1],
        roles=frozenset(Role(one.role) for one in found if one.role is not None),
        assigned=frozenset(_practices(found, is_opened=False)),
        opened=frozenset(_practices(found, is_opened=True)),
    )


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


def _given() -> Any:
    """List what people were given: a role, a practice, or a practice in an emergency."""
    no_role, no_practice = null().cast(String), null().cast(Uuid)
    roles = select_columns(
        col(StaffRole.staff_member_id),
        col(StaffRole.role).label("role"),
        no_practice.label("practice_id"),
        literal(value=False, type_=Boolean).label("is_opened"),
    )
    assigned = select_columns(
        col(StaffPractice.staff_member_id),
        no_role,
        col(StaffPractice.practice_id),
        literal(value=False, type_=Boolean),
    )
    opened = select_columns(
        col(BreakGlass.staff_member_id),
        no_role,
        col(BreakGlass.practice_id),
        literal(value=True, type_=Boolean),
    ).where(
        col(BreakGlass.state) == BreakGlassState.OPEN,
        col(BreakGlass.ends_at) > bindparam("at", type_=UTCDateTime()),
    )
    return union_all(roles, assigned, opened).subquery("given")


def _look() -> Any:
    given = _given().c
    return (
        select_columns(
            StaffSession,
            StaffMember,
            given.role,
            given.is_opened,
            col(Client.id).label("practice_id"),
            col(Client.key),
            col(Client.name),
            col(Client.time_zone),
        )
        .join(StaffMember, col(StaffMember.id) == col(StaffSession.staff_member_id))
        .outerjoin(given.role.table, given.staff_member_id == col(StaffMember.id))
        .outerjoin(Client, col(Client.id) == given.practice_id)
        .where(col(StaffSession.token_hash) == bindparam("token_hash"))
    )


_LOOK = _look()  # built once: it is asked before every page


def _practices(found: Sequence[Row[Any]], *, is_opened: bool) -> list[PracticeName]:
    return [
        PracticeName(one.practice_id, one.key, one.name, one.time_zone)
        for one in found
        if one.practice_id is not None and bool(one.is_opened) is is_opened
    ]
