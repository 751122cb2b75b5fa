"""Queries on charts that coders finished: what an audit can draw from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.coding_audit import CodedChart
from models.states.encounter import EncounterEvent, EncounterState
from models.tables import AuditEvent, Charge, Encounter, StateChange
from models.values.money import ZERO, total
from revcycle.store.codings import list_codings
from revcycle.store.encounters import list_charges
from revcycle.store.ledger import in_chunks

STILL_CODED: Final = (EncounterState.CODED, EncounterState.BILLED)
UNSURE_ACTS: Final = ("accept_warning", "ask_provider")


@dataclass(frozen=True, slots=True)
class Completion:
    """A person finished coding an encounter."""

    id: UUID
    encounter_id: UUID
    coder: str
    at: datetime


def list_completions(
    session: Session, client_id: UUID, since: datetime, until: datetime
) -> list[Completion]:
    """List the last completion of every encounter that is still coded as it was left then.

    Encounters that came with codes were coded by nobody of ours, and are left out.
    """
    change = StateChange
    statement = (
        select(change)
        .join(
            Encounter,
            (col(Encounter.client_id) == col(change.client_id))
            & (col(Encounter.id) == col(change.subject_id)),
        )
        .where(
            col(change.client_id) == client_id,
            col(change.noun) == "encounter",
            col(change.event) == EncounterEvent.COMPLETE,
            col(change.from_state) == EncounterState.CODING,
            col(change.at) >= since,
            col(change.at) < until,
            col(Encounter.state).in_(STILL_CODED),
        )
        .order_by(col(change.at), col(change.id))
    )
    last = {
        row.subject_id: Completion(row.id, row.subject_id, row.actor, row.at)
        for row in session.exec(statement)
    }
    return list(last.values())


def picture_charts(
    session: Session,
    client_id: UUID,
    completions: Collection[Completion],
    *,
    new_since: date,
    zone: ZoneInfo,
) -> list[CodedChart]:
    """Picture finished charts with all that says how risky they are.

    Args:
        session: The database.
        client_id: The practice.
        completions: Which charts.
        new_since: A code that was not used before this day counts as new.
        zone: The practice's time zone, which says on which day a chart was coded.
    """
    found: list[CodedChart] = []
    for chunk in in_chunks(list(completions)):
        found += _picture(session, client_id, chunk, new_since, zone)
    return found


def _picture(
    session: Session,
    client_id: UUID,
    completions: Iterable[Completion],
    new_since: date,
    zone: ZoneInfo,
) -> list[CodedChart]:
    by_encounter = {one.encounter_id: one for one in completions}
    rows = session.exec(
        select(Encounter).where(
            Encounter.client_id == client_id, col(Encounter.id).in_(by_encounter)
        )
    ).all()
    codings = list_codings(session, client_id, rows)
    charges: dict[UUID, list[Charge]] = {}
    for charge in list_charges(session, client_id, list(by_encounter)):
        charges.setdefault(charge.encounter_id, []).append(charge)
    codes = {one.procedure_code for each in charges.values() for one in each}
    first_used = _first_uses(session, client_id, codes)
    unsure = _unsure(session, client_id, by_encounter)
    return [
        CodedChart(
            encounter_id=row.id,
            completion_id=by_encounter[row.id].id,
            coder=by_encounter[row.id].coder,
            coded_at=by_encounter[row.id].at,
            coded_on=by_encounter[row.id].at.astimezone(zone).date(),
            coding=codings[row.id],
            amount=total(one.amount or ZERO for one in charges.get(row.id, [])),
            new_codes=sum(
                first_used[one.procedure_code] >= new_since for one in charges.get(row.id, [])
            ),
            is_unsure=row.id in unsure,
        )
        for row in rows
        if row.id in codings
    ]


def _first_uses(session: Session, client_id: UUID, codes: Collection[str]) -> Mapping[str, date]:
    statement = (
        select_columns(col(Charge.procedure_code), func.min(Charge.service_date))
        .where(col(Charge.client_id) == client_id, col(Charge.procedure_code).in_(codes))
        .group_by(col(Charge.procedure_code))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _unsure(session: Session, client_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    statement = select(AuditEvent.subject_id).where(
        AuditEvent.client_id == client_id,
        col(AuditEvent.subject_id).in_(ids),
        col(AuditEvent.action).in_(UNSURE_ACTS),
    )
    return {one for one in session.exec(statement) if one}


def is_still_as_coded(
    session: Session, client_id: UUID, completion_ids: Mapping[UUID, UUID]
) -> set[UUID]:
    """Tell which completions are still the last of their encounter.

    Args:
        session: The database.
        client_id: The practice.
        completion_ids: Encounters to the completion that is asked about.
    """
    change = StateChange
    statement = (
        select_columns(col(change.subject_id), col(change.id))
        .join(
            Encounter,
            (col(Encounter.client_id) == col(change.client_id))
            & (col(Encounter.id) == col(change.subject_id)),
        )
        .where(
            col(change.client_id) == client_id,
            col(change.noun) == "encounter",
            col(change.event) == EncounterEvent.COMPLETE,
            col(change.subject_id).in_(completion_ids),
            col(Encounter.state).in_(STILL_CODED),
        )
        .order_by(col(change.at), col(change.id))
    )
    last: dict[UUID, UUID] = {row[0]: row[1] for row in session.execute(statement)}
    return {one for encounter, one in completion_ids.items() if last.get(encounter) == one}
