"""Queries on people who may sign in. None of these tables belongs to a practice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, Subquery, func, literal, true, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from models.errors import NotFoundError
from models.states.staff import StaffState
from models.tables import (
    RecoveryCode,
    StaffCredential,
    StaffMember,
    StaffPractice,
    StaffRole,
    StaffSkill,
    StaffSpecialty,
)
from models.values.access import Role
from models.values.skill import SkillKind
from revcycle.store.asked import Login


def find_staff_member(session: Session, login: str) -> StaffMember | None:
    """Find and lock a person by login, which is kept in small letters."""
    return session.exec(
        select(StaffMember).where(StaffMember.login == login.lower()).with_for_update()
    ).one_or_none()


def get_staff_member(
    session: Session, staff_member_id: UUID, *, is_locked: bool = False
) -> StaffMember:
    """Load a person; locked, if something about the person will change.

    Raises:
        NotFoundError: there is none.
    """
    statement = select(StaffMember).where(StaffMember.id == staff_member_id)
    member = session.exec(statement.with_for_update() if is_locked else statement).one_or_none()
    if member is None:
        msg = f"no person {staff_member_id}"
        raise NotFoundError(msg)
    return member


def list_staff(session: Session) -> Sequence[StaffMember]:
    """List everybody by login."""
    return session.exec(select(StaffMember).order_by(col(StaffMember.login))).all()


def list_roles(session: Session, staff_member_id: UUID) -> frozenset[Role]:
    """List the roles of a person."""
    found = session.exec(
        select(StaffRole.role).where(StaffRole.staff_member_id == staff_member_id)
    ).all()
    return frozenset(Role(role) for role in found)


def list_skills(session: Session, staff_member_id: UUID) -> frozenset[str]:
    """List what a person knows."""
    return frozenset(
        session.exec(
            select(StaffSkill.skill).where(StaffSkill.staff_member_id == staff_member_id)
        ).all()
    )


def list_specialties(session: Session, login: str) -> dict[SkillKind, list[str]]:
    """List the specialties a person codes and the certifications the person holds, by kind."""
    rows = session.exec(
        select(StaffSpecialty.kind, StaffSpecialty.key)
        .join(StaffMember, col(StaffMember.id) == col(StaffSpecialty.staff_member_id))
        .where(StaffMember.login == login)
        .order_by(col(StaffSpecialty.key))
    ).all()
    return {kind: [key for one, key in rows if one == kind] for kind in SkillKind}


def select_needs_met(login: Login) -> Select[tuple[str]]:
    """Select every need that a person meets, as ``rules.work.needs`` writes needs.

    Each specialty of the person, or none, beside each certification, or none.
    """
    specialty, certification = (_keys_or_none(login, kind) for kind in SkillKind)
    need = func.trim(specialty.c.key + " " + certification.c.key)
    return select_columns(need).select_from(specialty.join(certification, true()))


def _keys_or_none(login: Login, kind: SkillKind) -> Subquery:
    keys: Select[tuple[str]] = (
        select_columns(col(StaffSpecialty.key).label("key"))
        .join(StaffMember, col(StaffMember.id) == col(StaffSpecialty.staff_member_id))
        .where(col(StaffMember.login) == login, col(StaffSpecialty.kind) == kind)
    )
    nothing = select_columns(literal("").label("key"))
    return union_all(nothing, keys).subquery()


def list_practice_ids(session: Session, staff_member_id: UUID) -> frozenset[UUID]:
    """List the practices that a person is assigned to."""
    return frozenset(
        session.exec(
            select(StaffPractice.practice_id).where(
                StaffPractice.staff_member_id == staff_member_id
            )
        ).all()
    )


def replace_roles(session: Session, staff_member_id: UUID, roles: Iterable[Role]) -> None:
    """Let a person have these roles and no other."""
    session.execute(delete(StaffRole).where(col(StaffRole.staff_member_id) == staff_member_id))
    session.add_all(StaffRole(staff_member_id=staff_member_id, role=role) for role in roles)
    session.flush()


def replace_skills(session: Session, staff_member_id: UUID, skills: Iterable[str]) -> None:
    """Let a person know this and nothing else."""
    session.execute(delete(StaffSkill).where(col(StaffSkill.staff_member_id) == staff_member_id))
    session.add_all(StaffSkill(staff_member_id=staff_member_id, skill=skill) for skill in skills)
    session.flush()


def replace_specialties(
    session: Session, staff_member_id: UUID, kind: SkillKind, keys: Iterable[str]
) -> None:
    """Let a person have these specialties, or hold these certifications, and no other."""
    session.execute(
        delete(StaffSpecialty).where(
            col(StaffSpecialty.staff_member_id) == staff_member_id,
            col(StaffSpecialty.kind) == kind,
        )
    )
    session.add_all(
        StaffSpecialty(staff_member_id=staff_member_id, kind=kind, key=key) for key in keys
    )
    session.flush()


def replace_practices(session: Session, staff_member_id: UUID, ids: Iterable[UUID]) -> None:
    """Assign a person to these practices and no other."""
    session.execute(
        delete(StaffPractice).where(col(StaffPractice.staff_member_id) == staff_member_id)
    )
    session.add_all(StaffPractice(staff_member_id=staff_member_id, practice_id=one) for one in ids)
    session.flush()


def find_credential(
    session: Session, staff_member_id: UUID, *, is_locked: bool = True
) -> StaffCredential | None:
    """Find what a person proves with who they are; None before the first password."""
    statement = select(StaffCredential).where(StaffCredential.staff_member_id == staff_member_id)
    return session.exec(statement.with_for_update() if is_locked else statement).one_or_none()


def get_credential(
    session: Session, staff_member_id: UUID, *, is_locked: bool = False
) -> StaffCredential:
    """Load what a person proves with who they are; locked, if it will change.

    Raises:
        NotFoundError: the person never had a password.
    """
    credential = find_credential(session, staff_member_id, is_locked=is_locked)
    if credential is None:
        msg = f"no password was ever made for person {staff_member_id}"
        raise NotFoundError(msg)
    return credential


def find_recovery_code(
    session: Session, staff_member_id: UUID, code_hash: str
) -> RecoveryCode | None:
    """Find and lock a code of a person that was not used yet."""
    return session.exec(
        select(RecoveryCode)
        .where(
            RecoveryCode.staff_member_id == staff_member_id,
            RecoveryCode.code_hash == code_hash,
            col(RecoveryCode.used_at).is_(None),
        )
        .with_for_update()
    ).one_or_none()


def count_recovery_codes(session: Session, staff_member_id: UUID) -> int:
    """Count the codes that a person has left."""
    return len(
        session.exec(
            select(RecoveryCode.id).where(
                RecoveryCode.staff_member_id == staff_member_id,
                col(RecoveryCode.used_at).is_(None),
            )
        ).all()
    )


def replace_recovery_codes(session: Session, staff_member_id: UUID, hashes: Iterable[str]) -> None:
    """Make these the codes of a person; earlier ones are worth nothing any more."""
    session.execute(
        delete(RecoveryCode).where(col(RecoveryCode.staff_member_id) == staff_member_id)
    )
    session.add_all(RecoveryCode(staff_member_id=staff_member_id, code_hash=one) for one in hashes)
    session.flush()


def list_logins(session: Session) -> Sequence[str]:
    """List the logins of everybody who can sign in, for work to be given to."""
    return session.exec(
        select(StaffMember.login)
        .where(StaffMember.state == StaffState.ACTIVE)
        .order_by(col(StaffMember.login))
    ).all()


def list_roles_of_all(session: Session) -> dict[UUID, frozenset[Role]]:
    """Map everybody who has a role to their roles."""
    roles: defaultdict[UUID, set[Role]] = defaultdict(set)
    for staff_member_id, role in session.exec(select(StaffRole.staff_member_id, StaffRole.role)):
        roles[staff_member_id].add(Role(role))
    return {staff_member_id: frozenset(each) for staff_member_id, each in roles.items()}


def list_practice_ids_of_all(session: Session) -> dict[UUID, frozenset[UUID]]:
    """Map everybody who is assigned to a practice to those practices."""
    practices: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = session.exec(select(StaffPractice.staff_member_id, StaffPractice.practice_id))
    for staff_member_id, practice_id in rows:
        practices[staff_member_id].add(practice_id)
    return {staff_member_id: frozenset(each) for staff_member_id, each in practices.items()}
