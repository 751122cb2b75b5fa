"""Queries on clocks: those that run, of practices, of one claim."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, tuple_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.clock import ClockKind
from models.states.clock import ClockState
from models.states.work_item import WorkItemState
from models.tables import Claim, Client, ClockRow, WorkItem
from models.values.money import Money
from revcycle.store.ledger import in_chunks


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that runs, as lists show it.

    Attributes:
        control_number: Of its claim; empty where it is about none.
    """

    id: UUID
    client_key: str
    kind: ClockKind
    subject_kind: str
    subject_id: UUID
    claim_id: UUID | None
    patient_id: UUID | None
    control_number: str
    payer_name: str
    amount: Money | None
    rule_id: str
    source: str
    started_on: date
    warn_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ClockChoice:
    """Which clocks a list holds.

    Attributes:
        kinds: Of these kinds; empty: of all.
        until: Those that end by this day.
        after: The end and the id of the last row of the page before.
    """

    kinds: frozenset[ClockKind] = frozenset()
    until: date | None = None
    after: tuple[date, UUID] | None = None


def lock_running_clocks(session: Session, client_id: UUID) -> Sequence[ClockRow]:
    """Lock every clock of a practice that runs."""
    return session.exec(
        select(ClockRow)
        .where(ClockRow.client_id == client_id, ClockRow.state == ClockState.RUNNING)
        .with_for_update()
    ).all()


def lock_stopped_clocks(
    session: Session, client_id: UUID, subject_ids: Collection[UUID]
) -> Sequence[ClockRow]:
    """Lock clocks of these subjects that were stopped."""
    return [
        row
        for chunk in in_chunks(subject_ids)
        for row in session.exec(
            select(ClockRow)
            .where(
                ClockRow.client_id == client_id,
                ClockRow.state == ClockState.STOPPED,
                col(ClockRow.subject_id).in_(chunk),
            )
            .with_for_update()
        ).all()
    ]


def list_clocks_to_tell(session: Session, client_id: UUID, today: date) -> Sequence[ClockRow]:
    """List clocks of a practice of which a person must be told by now, the first to end first."""
    return session.exec(
        select(ClockRow)
        .where(
            ClockRow.client_id == client_id,
            ClockRow.state == ClockState.RUNNING,
            ClockRow.warn_on <= today,
        )
        .order_by(col(ClockRow.ends_on), col(ClockRow.id))
    ).all()


def list_running_clocks(
    session: Session, client_ids: Collection[UUID], choice: ClockChoice, *, limit: int
) -> list[RunningClock]:
    """List clocks of practices, the first to end first, one page of them."""
    statement = (
        _narrowed(_running(client_ids), choice)
        .order_by(col(ClockRow.ends_on), col(ClockRow.id))
        .limit(limit)
    )
    if choice.after is not None:
        statement = statement.where(
            tuple_(col(ClockRow.ends_on), col(ClockRow.id)) > tuple_(*choice.after)
        )
    return [_clock(row) for row in session.execute(statement)]


def count_running_clocks(
    session: Session, client_ids: Collection[UUID], choice: ClockChoice, *, today: date
) -> dict[ClockKind, tuple[int, int, int]]:
    """Count clocks that run by kind: all, those a person must be told of, those that are over."""
    statement = _narrowed(
        select_columns(
            col(ClockRow.kind),
            func.count(),
            func.count().filter(col(ClockRow.warn_on) <= today),
            func.count().filter(col(ClockRow.ends_on) < today),
        ).where(col(ClockRow.client_id).in_(client_ids), col(ClockRow.state) == ClockState.RUNNING),
        choice,
    ).group_by(col(ClockRow.kind))
    return {ClockKind(row[0]): (row[1], row[2], row[3]) for row in session.execute(statement)}


def list_clocks_of_claim(session: Session, client_id: UUID, claim_id: UUID) -> list[RunningClock]:
    """List the clocks that run for a claim and its denials, the first to end first."""
    statement = (
        _running([client_id])
        .where(col(ClockRow.claim_id) == claim_id)
        .order_by(col(ClockRow.ends_on), col(ClockRow.id))
    )
    return [_clock(row) for row in session.execute(statement)]


def causes_of_subjects(
    session: Session, client_id: UUID, subject_ids: Collection[UUID]
) -> dict[tuple[str, UUID], list[str]]:
    """Map what open work items are about to the causes of these items."""
    causes: dict[tuple[str, UUID], list[str]] = {}
    for chunk in in_chunks(subject_ids):
        rows = session.exec(
            select(WorkItem.subject_kind, WorkItem.subject_id, WorkItem.cause_key).where(
                WorkItem.client_id == client_id,
                WorkItem.state == WorkItemState.OPEN,
                col(WorkItem.subject_id).in_(chunk),
            )
        )
        for kind, subject_id, cause in rows:
            causes.setdefault((kind, subject_id), []).append(cause)
    return causes


def _running(client_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(ClockRow, col(Client.key), col(Claim.control_number))
        .join(Client, col(Client.id) == col(ClockRow.client_id))
        .outerjoin(
            Claim,
            (col(Claim.client_id) == col(ClockRow.client_id))
            & (col(Claim.id) == col(ClockRow.claim_id)),
        )
        .where(col(ClockRow.client_id).in_(client_ids), col(ClockRow.state) == ClockState.RUNNING)
    )


def _narrowed(statement: Select[*tuple[Any, ...]], choice: ClockChoice) -> Select[*tuple[Any, ...]]:
    if choice.kinds:
        statement = statement.where(col(ClockRow.kind).in_(choice.kinds))
    if choice.until is not None:
        statement = statement.where(col(ClockRow.ends_on) <= choice.until)
    return statement


def _clock(row: Any) -> RunningClock:
    clock, client_key, control_number = row
    return RunningClock(
        id=clock.id,
        client_key=client_key,
        kind=ClockKind(clock.kind),
        subject_kind=clock.subject_kind,
        subject_id=clock.subject_id,
        claim_id=clock.claim_id,
        patient_id=clock.patient_id,
        control_number=control_number or "",
        payer_name=clock.payer_name,
        amount=clock.amount,
        rule_id=clock.rule_id,
        source=clock.source,
        started_on=clock.started_on,
        warn_on=clock.warn_on,
        ends_on=clock.ends_on,
    )
