"""What every table of a practice has: the practice and an id, together the primary key."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from models.values.identifiers import new_id

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION


class Owned(SQLModel, arbitrary_types_allowed=True):
    """A row that belongs to one practice. ``repr`` shows ids only: rows hold PHI."""

    client_id: UUID = Field(foreign_key="client.id", primary_key=True)
    id: UUID = Field(default_factory=new_id, primary_key=True)

    def __repr__(self) -> str:
        """Show the id and nothing of what it stands for."""
        return f"{type(self).__name__}({self.id})"

    __str__ = __repr__
