"""People who render or attend for a practice."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables.owned import Owned


class Provider(Owned, table=True):
    """A provider with an NPI, from the client file or from intake."""

    __tablename__ = "provider"
    __table_args__ = (UniqueConstraint("client_id", "npi"),)

    npi: str = Field(max_length=10)
    last_name: str = Field(max_length=60)
    first_name: str = Field(default="", max_length=35)
    taxonomy: str = Field(default="", max_length=10)
