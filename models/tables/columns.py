"""Column types and constraints shared by the tables."""

from enum import StrEnum

from sqlalchemy import BigInteger, Dialect, ForeignKeyConstraint
from sqlalchemy.types import TypeDecorator

from models.values.money import Money


class MoneyColumn(TypeDecorator[Money]):
    """Store Money as a 64-bit integer of cents, the same on SQLite and PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Python to database."""
        return None if value is None else value.cents

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Database to Python."""
        return None if value is None else Money(int(value))


def one_of(column: str, states: type[StrEnum]) -> str:
    """Write the CHECK that keeps a state column inside its enum."""
    allowed = ", ".join(f"'{state}'" for state in states)
    return f"{column} IN ({allowed})"


def belongs_to(table: str, column: str | None = None) -> ForeignKeyConstraint:
    """Point at a row of ``table`` of the same client; another client's row is impossible.

    The check waits for the commit, so that rows may be written in any order.
    """
    name = column or f"{table}_id"
    return ForeignKeyConstraint(
        ["client_id", name],
        [f"{table}.client_id", f"{table}.id"],
        deferrable=True,
        initially="DEFERRED",
    )
