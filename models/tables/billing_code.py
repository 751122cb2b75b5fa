"""Public code lists, the same for every practice."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import one_of
from models.tables.owned import NAMING_CONVENTION  # noqa: F401 - sets the convention first
from models.values.billing_codes import CodeSystem


class BillingCode(SQLModel, table=True):
    """One unbroken period of one code.

    The words of ``search_text`` are found through ``billing_code_search``, a table of the
    database's own kind, which only the migration and ``store.billing_codes`` know.
    """

    __tablename__ = "billing_code"
    __table_args__ = (
        UniqueConstraint("system", "code", "valid_from"),
        CheckConstraint(one_of("system", CodeSystem), name="system_known"),
        # What a code begins with is found by LIKE on PostgreSQL, whatever its collation.
        Index("ix_billing_code_code", "code", postgresql_ops={"code": "text_pattern_ops"}),
    )

    # Given by the loader: what is found comes in this order.
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    system: CodeSystem = Field(sa_type=String(10))
    code: str = Field(max_length=7)
    title: str = Field(default="", max_length=1500)
    valid_from: date
    valid_to: date | None = None
    is_billable: bool = True
    search_text: str = Field(max_length=2000)
