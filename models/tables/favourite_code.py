"""Codes that people of a practice's billing want at hand."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from models.tables.columns import one_of
from models.tables.owned import Owned
from models.values.billing_codes import CodeSystem


class FavouriteCode(Owned, table=True):
    """One code with a star, of one person or of all who code for the practice."""

    __tablename__ = "favourite_code"
    __table_args__ = (
        UniqueConstraint("client_id", "person", "system", "code"),
        CheckConstraint(one_of("system", CodeSystem), name="system_known"),
    )

    person: str = Field(default="", max_length=80)  # login; empty: everybody at this practice
    system: CodeSystem = Field(sa_type=String(10))
    code: str = Field(max_length=7)
