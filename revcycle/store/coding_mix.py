"""Queries on what providers code how often, and on what such counts are made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func
from sqlalchemy import select as select_columns
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col, select

from models.documents.coding_mix import (
    AuthoredNote,
    CodingMix,
    EncounterGroup,
    LineGroup,
    ProviderOfMix,
    TimedLines,
)
from models.tables import Charge, ClinicalNote, Encounter, Provider
from revcycle.store.coded_charts import STILL_CODED
from revcycle.store.codings import SEPARATOR

PROVIDER: Final = col(Encounter.rendering_provider_id)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of service, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LineBehind:
    """One coded line of a provider, with the encounter it stands at."""

    encounter_id: UUID
    day: date
    line: LineGroup


def list_providers(session: Session, client_ids: Collection[UUID]) -> list[ProviderOfMix]:
    """List the providers of practices, in the order of their names."""
    rows = session.exec(
        select(Provider)
        .where(col(Provider.client_id).in_(client_ids))
        .order_by(col(Provider.last_name), col(Provider.first_name), col(Provider.id))
    )
    return [
        ProviderOfMix(
            row.id,
            row.client_id,
            row.npi,
            f"{row.first_name} {row.last_name}".strip(),
            row.taxonomy,
        )
        for row in rows
    ]


def count_mix(session: Session, client_ids: Collection[UUID], days: Days) -> CodingMix:
    """Count coded lines that look the same, and encounters with as many services."""
    return CodingMix(
        _count_lines(session, client_ids, days), _count_encounters(session, client_ids, days)
    )


def list_lines_behind(
    session: Session, client_id: UUID, provider_id: UUID, days: Days
) -> list[LineBehind]:
    """List the coded lines of one provider, the latest encounter first."""
    statement = (
        _coded_lines(
            [client_id], days, col(Encounter.id), col(Encounter.service_date), *_LOOK_OF_LINE
        )
        .where(col(Charge.client_id) == client_id, PROVIDER.in_([provider_id]))
        .order_by(col(Encounter.service_date).desc(), col(Encounter.id).desc(), col(Charge.ordinal))
    )
    return [
        LineBehind(encounter_id, day, _group(provider_id, code, modifiers, units, 1))
        for encounter_id, day, code, modifiers, units in session.execute(statement)
    ]


def list_timed_lines(
    session: Session,
    client_id: UUID,
    days: Days,
    *,
    treatments: Collection[str],
    critical_care: Collection[str],
) -> list[TimedLines]:
    """Sum up units by the clock of each provider, day of service and encounter."""
    code, day = col(Charge.procedure_code), col(Charge.service_date)
    of_treatments, of_critical_care = (
        func.sum(case((code.in_(codes), col(Charge.units)), else_=Decimal(0)))
        for codes in (treatments, critical_care)
    )
    statement = (
        select_columns(PROVIDER, day, col(Encounter.id), of_treatments, of_critical_care)
        .join(Encounter, _of_encounter())
        .where(
            col(Charge.client_id) == client_id,
            ~col(Charge.is_withdrawn),
            code.in_([*treatments, *critical_care]),
            day.between(days.first, days.last),
            PROVIDER.is_not(None),
            col(Encounter.state).in_(STILL_CODED),
        )
        .group_by(PROVIDER, day, col(Encounter.id))
        .order_by(day, col(Encounter.id))
    )
    return [
        TimedLines(provider_id, on, encounter_id, Decimal(str(units)), Decimal(str(critical)))
        for provider_id, on, encounter_id, units, critical in session.execute(statement)
    ]


def list_authored_notes(
    session: Session, client_id: UUID, days: Days, *, limit: int
) -> list[AuthoredNote]:
    """Read the latest notes with whoever wrote them; a note without both is left out."""
    name = func.trim(col(Provider.first_name) + " " + col(Provider.last_name))
    writer = case((col(ClinicalNote.author) != "", col(ClinicalNote.author)), else_=name)
    statement = (
        select_columns(
            col(Encounter.id),
            col(Encounter.patient_id),
            col(Encounter.service_date),
            writer,
            col(ClinicalNote.text),
        )
        .select_from(ClinicalNote)
        .join(
            Encounter,
            (col(Encounter.client_id) == col(ClinicalNote.client_id))
            & (col(Encounter.id) == col(ClinicalNote.encounter_id)),
        )
        .outerjoin(
            Provider,
            (col(Provider.client_id) == col(Encounter.client_id)) & (col(Provider.id) == PROVIDER),
        )
        .where(
            col(ClinicalNote.client_id) == client_id,
            col(Encounter.service_date).between(days.first, days.last),
            writer.is_not(None),
        )
        .order_by(col(Encounter.service_date).desc(), col(ClinicalNote.id).desc())
        .limit(limit)
    )
    return [AuthoredNote(*row) for row in session.execute(statement)]


def _count_lines(
    session: Session, client_ids: Collection[UUID], days: Days
) -> tuple[LineGroup, ...]:
    look = (PROVIDER, *_LOOK_OF_LINE)
    statement = _coded_lines(client_ids, days, *look, func.count()).group_by(*look)
    return tuple(_group(*row) for row in session.execute(statement))


def _count_encounters(
    session: Session, client_ids: Collection[UUID], days: Days
) -> tuple[EncounterGroup, ...]:
    each = (
        _coded_lines(
            client_ids, days, PROVIDER.label("provider_id"), func.count().label("services")
        )
        .group_by(PROVIDER, col(Encounter.id))
        .subquery()
    )
    statement = select_columns(each.c.provider_id, each.c.services, func.count()).group_by(
        each.c.provider_id, each.c.services
    )
    return tuple(EncounterGroup(*row) for row in session.execute(statement))


_LOOK_OF_LINE: Final = (col(Charge.procedure_code), col(Charge.modifiers), col(Charge.units))


def _coded_lines(
    client_ids: Collection[UUID], days: Days, *columns: SQLCoreOperations[Any]
) -> Select[Any]:
    """Choose from lines of encounters whose coding stands and whose provider is known."""
    return (
        select_columns(*columns)
        .select_from(Charge)
        .join(Encounter, _of_encounter())
        .where(
            col(Charge.client_id).in_(client_ids),
            ~col(Charge.is_withdrawn),
            col(Encounter.state).in_(STILL_CODED),
            col(Encounter.service_date).between(days.first, days.last),
            PROVIDER.is_not(None),
        )
    )


def _of_encounter() -> ColumnElement[bool]:
    return (col(Encounter.client_id) == col(Charge.client_id)) & (
        col(Encounter.id) == col(Charge.encounter_id)
    )


def _group(provider_id: UUID, code: str, modifiers: str, units: Decimal, lines: int) -> LineGroup:
    each = tuple(modifiers.split(SEPARATOR)) if modifiers else ()
    return LineGroup(provider_id, code, each, units, lines)
