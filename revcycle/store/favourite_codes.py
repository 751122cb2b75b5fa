"""Queries on codes that people want at hand, and on those that a practice uses most."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.documents.favourite_code import FavouriteCodeDocument
from models.tables import Charge, Diagnosis, Encounter, FavouriteCode
from models.values.billing_codes import CodeKind, CodeSystem
from models.values.identifiers import new_id

KEY: Final = ("client_id", "person", "system", "code")


def list_favourites(session: Session, client_id: UUID, person: str) -> list[FavouriteCodeDocument]:
    """List the codes with a star of a person and of the practice, by code; the person's first."""
    statement = (
        select(FavouriteCode)
        .where(FavouriteCode.client_id == client_id, col(FavouriteCode.person).in_({person, ""}))
        .order_by(col(FavouriteCode.person).desc(), col(FavouriteCode.code))
    )
    return [
        FavouriteCodeDocument(CodeSystem(row.system), row.code, not row.person)
        for row in session.exec(statement)
    ]


def insert_favourite(
    session: Session, client_id: UUID, person: str, system: CodeSystem, code: str
) -> None:
    """Write a star; one that somebody gave in the same moment stays."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"client_id": client_id, "id": new_id(), "person": person, "system": system, "code": code}
    statement = dialect.insert(FavouriteCode).values(row)
    session.execute(statement.on_conflict_do_nothing(index_elements=KEY))


def delete_favourite(
    session: Session, client_id: UUID, person: str, system: CodeSystem, code: str
) -> None:
    """Take a star away, if there is one."""
    session.execute(
        delete(FavouriteCode).where(
            col(FavouriteCode.client_id) == client_id,
            col(FavouriteCode.person) == person,
            col(FavouriteCode.system) == system,
            col(FavouriteCode.code) == code,
        )
    )


def list_most_used(
    session: Session, client_id: UUID, kind: CodeKind, since: date, limit: int
) -> list[str]:
    """List the codes that stand on most encounters of a practice since a day, the most used first.

    Of codes that are used alike the first in order comes first.
    """
    used = Diagnosis if kind is CodeKind.DIAGNOSIS else Charge
    code = col(Diagnosis.code) if kind is CodeKind.DIAGNOSIS else col(Charge.procedure_code)
    statement = (
        select(code)
        .join(
            Encounter,
            (col(Encounter.client_id) == col(used.client_id))
            & (col(Encounter.id) == col(used.encounter_id)),
        )
        .where(
            col(used.client_id) == client_id,
            col(Encounter.service_date) >= since,
            true() if used is Diagnosis else ~col(Charge.is_withdrawn),
        )
        .group_by(code)
        .order_by(func.count(func.distinct(col(used.encounter_id))).desc(), code)
        .limit(limit)
    )
    return list(session.exec(statement))
