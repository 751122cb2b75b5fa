"""People of the billing company and the practices they work for."""

from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.states.work_item import Queue
from models.tables.columns import one_of
from models.tables.owned import Owned
from models.values.identifiers import new_id


class StaffMember(SQLModel, table=True):
    """One person of the billing company. Belongs to no practice, so it has no client_id."""

    __tablename__ = "staff_member"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    login: str = Field(max_length=80, unique=True)
    display_name: str = Field(max_length=120)
    is_active: bool = True


class StaffAssignment(Owned, table=True):
    """A person may take work of this practice from this queue."""

    __tablename__ = "staff_assignment"
    __table_args__ = (
        UniqueConstraint("client_id", "staff_member_id", "queue"),
        CheckConstraint(one_of("queue", Queue), name="queue_known"),
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id", index=True)
    queue: Queue = Field(sa_type=String(20))
