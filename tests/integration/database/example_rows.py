"""One row of every table for one practice, made from the tables themselves.

A table that is added later is covered without a change here.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel

import models.tables
from models.tables import Client, StaffMember
from models.tables.owned import Owned
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import Money

OWNED_TABLES: dict[str, type[Owned]] = {
    str(table.__tablename__): table
    for name in models.tables.__all__
    if issubclass(table := getattr(models.tables, name), Owned)
}
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

VALUES: dict[type, object] = {
    str: "X1",
    int: 1,
    bool: True,
    bytes: b"ISA",
    date: date(2026, 11, 20),
    datetime: NOON,
    Decimal: Decimal(1),
    Money: Money(100),
}
# Where the value of the type would break a promise of the database.
VALUES_OF_COLUMNS: dict[tuple[str, str], object] = {
    ("accounting_period", "month"): date(2026, 9, 1),  # closed, so nothing counts in it any more
    ("credit_balance", "account"): Account.PATIENT_CREDIT,
    ("refund", "account"): Account.PATIENT_CREDIT,
}


def add_practice_with_a_row_of_every_table(session: Session, key: str, client_id: UUID) -> None:
    """Add a practice, and rows that fulfil every constraint; each points at the others."""
    session.add(Client(id=client_id, key=key, name=key, time_zone="UTC"))
    staff_member = StaffMember(login=f"ann.{key}", display_name="Ann")
    session.add(staff_member)
    session.flush()
    ids = {name: new_id() for name in OWNED_TABLES} | {"staff_member": staff_member.id}
    for name, table in OWNED_TABLES.items():
        session.add(_example(table, client_id, ids[name], ids))


def _example(table: type[Owned], client_id: UUID, row_id: UUID, ids: dict[str, UUID]) -> Owned:
    required = {
        name: VALUES_OF_COLUMNS.get((str(table.__tablename__), name))
        or _value(table, name, field.annotation, ids)
        for name, field in table.model_fields.items()
        if field.is_required() and name != "client_id"
    }
    return table(client_id=client_id, id=row_id, **required)


def _value(table: type[SQLModel], name: str, annotation: Any, ids: dict[str, UUID]) -> object:
    if annotation is UUID:
        return ids.get(_table_pointed_at(table, name), new_id())
    if issubclass(annotation, StrEnum):
        return next(iter(annotation))
    return VALUES[annotation]


def _table_pointed_at(table: type[SQLModel], column: str) -> str:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    pointed_at = [key.column.table.name for key in columns[column].foreign_keys]
    return pointed_at[0] if pointed_at else ""
