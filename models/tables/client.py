"""Practices that hired us."""

from uuid import UUID

from sqlalchemy import Text, text
from sqlmodel import Field, SQLModel

from models.tables.owned import NAMING_CONVENTION  # noqa: F401 - sets the convention first
from models.values.identifiers import new_id


class Client(SQLModel, table=True):
    """A practice. Its client file says how it works; here stands what queries must know of it."""

    __tablename__ = "client"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    key: str = Field(max_length=40, unique=True)  # the folder in client_configs
    name: str = Field(max_length=120)
    time_zone: str = Field(max_length=40)
    office_hours: str = Field(  # OfficeHours.to_text; empty: the usual ones
        default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")}
    )
