"""People who may sign in, what they do, and for which practices.

These tables belong to the billing company. Where they name a practice the column is
``practice_id``: the row is not of that practice, nothing in it is of its patients, and no
practice's row security hides it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.states.break_glass import BreakGlassState
from models.states.staff import StaffState
from models.states.work_item import Queue
from models.tables.columns import one_of
from models.tables.owned import Owned
from models.values.access import Role
from models.values.identifiers import new_id
from models.values.skill import SkillKind


class OfStaff(SQLModel):
    """A row of the billing company. ``repr`` shows the id only: rows hold secrets of people."""

    id: UUID = Field(default_factory=new_id, primary_key=True)

    def __repr__(self) -> str:
        """Show the id and nothing of what it stands for."""
        return f"{type(self).__name__}({self.id})"

    __str__ = __repr__


class StaffMember(OfStaff, table=True):
    """One person who may sign in: of the billing company, or of one practice."""

    __tablename__ = "staff_member"
    __table_args__ = (CheckConstraint(one_of("state", StaffState), name="state_known"),)

    login: str = Field(max_length=80, unique=True)
    display_name: str = Field(max_length=120)
    state: StaffState = Field(default=StaffState.INVITED, sa_type=String(20))
    daily_capacity: int | None = None  # work items a day; None: not planned


class StaffRole(OfStaff, table=True):
    """A person has this role."""

    __tablename__ = "staff_role"
    __table_args__ = (
        UniqueConstraint("staff_member_id", "role"),
        CheckConstraint(one_of("role", Role), name="role_known"),
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id")
    role: Role = Field(sa_type=String(20))


class StaffSkill(OfStaff, table=True):
    """A person knows this: ``cardiology``, ``medicare``, ``spanish``."""

    __tablename__ = "staff_skill"
    __table_args__ = (UniqueConstraint("staff_member_id", "skill"),)

    staff_member_id: UUID = Field(foreign_key="staff_member.id")
    skill: str = Field(max_length=40)


class StaffSpecialty(OfStaff, table=True):
    """A person codes charts of this specialty, or holds this certification."""

    __tablename__ = "staff_specialty"
    __table_args__ = (
        UniqueConstraint("staff_member_id", "kind", "key"),
        CheckConstraint(one_of("kind", SkillKind), name="kind_known"),
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id")
    kind: SkillKind = Field(sa_type=String(20))
    key: str = Field(max_length=30)


class StaffPractice(OfStaff, table=True):
    """A person is assigned to this practice."""

    __tablename__ = "staff_practice"
    __table_args__ = (UniqueConstraint("staff_member_id", "practice_id"),)

    staff_member_id: UUID = Field(foreign_key="staff_member.id")
    practice_id: UUID = Field(foreign_key="client.id", index=True)


class StaffAssignment(Owned, table=True):
    """A person may take work of this practice from this queue."""

    __tablename__ = "staff_assignment"
    __table_args__ = (
        UniqueConstraint("client_id", "staff_member_id", "queue"),
        CheckConstraint(one_of("queue", Queue), name="queue_known"),
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id", index=True)
    queue: Queue = Field(sa_type=String(20))


class SavedView(OfStaff, table=True):
    """How a person likes to see a queue: filters and order, as they stand in the address."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("staff_member_id", "queue", "name"),
        CheckConstraint(one_of("queue", Queue), name="queue_known"),
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id")
    queue: Queue = Field(sa_type=String(20))
    name: str = Field(max_length=60)
    query: str = Field(max_length=1000)


class BreakGlass(OfStaff, table=True):
    """A person opened a practice that is not theirs, for an hour, with a reason."""

    __tablename__ = "break_glass"
    __table_args__ = (CheckConstraint(one_of("state", BreakGlassState), name="state_known"),)

    staff_member_id: UUID = Field(foreign_key="staff_member.id", index=True)
    practice_id: UUID = Field(foreign_key="client.id")
    reason: str = Field(max_length=400)
    opened_at: datetime
    ends_at: datetime
    state: BreakGlassState = Field(default=BreakGlassState.OPEN, sa_type=String(20), index=True)
    reviewed_by: str = Field(default="", max_length=80)
    reviewed_at: datetime | None = None
    review_note: str = Field(default="", max_length=400)


class StaffTrail(OfStaff, table=True):
    """Who did what with people and sign-ins. Append-only, like ``audit_event`` of a practice."""

    __tablename__ = "staff_trail"

    at: datetime = Field(index=True)
    actor: str = Field(max_length=80)
    action: str = Field(max_length=60)
    staff_member_id: UUID | None = Field(default=None, index=True)
    outcome: str = Field(default="done", max_length=80)
    address: str = Field(default="", max_length=45)
