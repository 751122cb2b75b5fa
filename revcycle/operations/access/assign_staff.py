"""Say for which practices and queues a person works, with which roles, skills and capacity."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import is_blocking
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Role
from models.values.skill import CERTIFICATION, SkillKind
from revcycle.reference.specialties import SPECIALTIES
from revcycle.rules.access.rights import access_of, check_roles
from revcycle.store import staff, staff_assignments
from revcycle.store.audit import record_act
from revcycle.store.staff_trail import record_staff_act


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a person does from now on; None leaves a part as it is."""

    roles: frozenset[Role] | None = None
    practice_ids: frozenset[UUID] | None = None
    skills: frozenset[str] | None = None
    daily_capacity: int | None = None
    specialties: frozenset[str] | None = None
    certifications: frozenset[str] | None = None


def assign_staff(
    session: Session, act: StaffAct, staff_member_id: UUID, assignment: Assignment
) -> None:
    """Give a person roles, practices, skills and a capacity; whoever is signed in feels it at once.

    Raises:
        RejectedError: the roles do not go together, or not with the practices; or there is no such
            specialty or certification.
    """
    member = staff.get_staff_member(session, staff_member_id, is_locked=True)
    roles = assignment.roles or staff.list_roles(session, member.id)
    practice_ids = assignment.practice_ids
    if practice_ids is None:
        practice_ids = staff.list_practice_ids(session, member.id)
    findings = check_roles(roles, practices=len(practice_ids))
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    staff.replace_roles(session, member.id, sorted(roles))
    staff.replace_practices(session, member.id, sorted(practice_ids))
    if assignment.skills is not None:
        staff.replace_skills(session, member.id, sorted(assignment.skills))
    _assign_specialties(session, member.id, assignment)
    if assignment.daily_capacity is not None:
        member.daily_capacity = assignment.daily_capacity
    outcome = f"{', '.join(sorted(roles))}; {len(practice_ids)} practices"
    record_staff_act(session, act, "assign_staff", member.id, outcome=outcome[:80])


def _assign_specialties(session: Session, staff_member_id: UUID, assignment: Assignment) -> None:
    """Replace what is named; what a person is given to work from now on follows at once."""
    if assignment.specialties is not None:
        if unknown := sorted(assignment.specialties - set(SPECIALTIES)):
            msg = f"no specialty is called {unknown[0]!r}; there are {', '.join(SPECIALTIES)}"
            raise RejectedError(msg)
        keys = sorted(assignment.specialties)
        staff.replace_specialties(session, staff_member_id, SkillKind.SPECIALTY, keys)
    if assignment.certifications is not None:
        keys = sorted(assignment.certifications)
        if unfit := [key for key in keys if not CERTIFICATION.fullmatch(key)]:
            msg = f"{unfit[0]!r} is no certification: write its letters in capitals, such as CPC"
            raise RejectedError(msg)
        staff.replace_specialties(session, staff_member_id, SkillKind.CERTIFICATION, keys)


def assign_queues(
    session: Session, act: Act, staff_member_id: UUID, queues: Collection[Queue]
) -> None:
    """Let a person take work of one practice from these queues and no other.

    Raises:
        RejectedError: no role of this person works in one of the queues.
    """
    access = access_of(staff.list_roles(session, staff_member_id))
    if foreign := set(queues) - access.queues:
        msg = f"no role of this person works in {', '.join(sorted(foreign))}"
        raise RejectedError(msg)
    before = staff_assignments.list_assigned_queues(session, act.client_id, staff_member_id)
    if before == frozenset(queues):
        return
    staff_assignments.replace_queues(session, act.client_id, staff_member_id, sorted(queues))
    record_act(session, act.client_id, act, "assign_queues", "staff_member", staff_member_id)
