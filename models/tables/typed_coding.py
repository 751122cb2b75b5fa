"""What a person has typed of a coding and not saved yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to
from models.tables.owned import Owned


class TypedCodingRow(Owned, table=True):
    """The half-typed form of one person for one work item; it may hold PHI and is the person's own.

    It goes when the item is finished, or when the person saves or throws away what was typed.
    """

    __tablename__ = "typed_coding"
    __table_args__ = (
        UniqueConstraint("client_id", "work_item_id", "login"),
        belongs_to("work_item"),
    )

    work_item_id: UUID
    login: str = Field(max_length=80)  # nobody else is shown it
    content: str  # JSON: the fields of the form by name
    kept_at: datetime
