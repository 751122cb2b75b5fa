"""What one person, or everybody, did in a period: the rows of productivity and quality.

Rows name items and codes only. What is made of them is said in ``rules/work/productivity.py``.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.states.encounter import EncounterEvent
from models.states.work_item import Queue
from models.tables import AuditEvent, Claim, Denial, StateChange, WorkItem
from models.values.money import Money
from revcycle.store.board_figures import IS_DONE
from revcycle.store.practice_days import Period, is_within, spans_of

TAKEN: Final = "take"  # as the operations note it
GIVEN_BACK: Final = "give_back"
CODED: Final = "coded"
LOOKED_BACK_DAYS: Final = 2  # a lease lasts minutes, so whoever closes has taken not long before


@dataclass(frozen=True, slots=True)
class DoneItem:
    """One item that somebody finished. ``taken_at`` is None when no taking was noted."""

    client_id: UUID
    subject_id: UUID
    login: str
    queue: Queue
    day: date
    is_in_time: bool
    taken_at: datetime | None
    closed_at: datetime
    opened_again_at: datetime | None
    resolution: str

    @property
    def is_coded_chart(self) -> bool:
        """Whether it is a chart whose coding was completed; a question to a provider is none."""
        return self.queue is Queue.CODING and self.resolution == CODED


@dataclass(frozen=True, slots=True)
class CodedClaim:
    """What became of one claim whose encounter somebody finished coding."""

    login: str
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class DenialOfCoder:
    """Denials of claims that somebody coded, by category."""

    login: str
    category: str
    count: int
    amount: Money


def list_done_items(
    session: Session, client_ids: Collection[UUID], period: Period, login: str = ""
) -> list[DoneItem]:
    """List what was finished in a period, by one person or by everybody."""
    spans = spans_of(session, client_ids, period.each_day())
    item = WorkItem
    statement: Select[*tuple[Any, ...]] = select_columns(
        col(item.client_id),
        col(item.id),
        col(item.closed_by),
        col(item.queue),
        spans.c.day,
        col(item.due_at),
        col(item.closed_at),
        col(item.subject_id),
        col(item.resolution),
    ).where(IS_DONE, *is_within(spans, col(item.client_id), col(item.closed_at), client_ids))
    if login:
        statement = statement.where(col(item.closed_by) == login)
    takes = _find_takes(session, client_ids, period, login)
    again = _find_openings(session, client_ids, period, login)
    return [
        DoneItem(
            client_id=row[0],
            subject_id=row[7],
            login=row[2],
            queue=Queue(row[3]),
            day=date.fromisoformat(row[4]),
            is_in_time=row[6] <= row[5],
            taken_at=takes.get((row[1], row[2])),
            closed_at=row[6],
            opened_again_at=again.get(row[1]),
            resolution=row[8],
        )
        for row in session.execute(statement)
    ]


def count_given_back(
    session: Session, client_ids: Collection[UUID], period: Period, login: str = ""
) -> Counter[str]:
    """Count by person how often an item was given back without being finished."""
    spans = spans_of(session, client_ids, [period])
    event = AuditEvent
    statement = (
        select_columns(col(event.actor), func.count())
        .where(
            col(event.action) == GIVEN_BACK,
            *is_within(spans, col(event.client_id), col(event.at), client_ids),
            *_is_by(col(event.actor), login),
        )
        .group_by(col(event.actor))
    )
    return Counter({row[0]: row[1] for row in session.execute(statement)})


def list_coded_claims(
    session: Session, client_ids: Collection[UUID], period: Period, login: str = ""
) -> list[CodedClaim]:
    """List the claims of encounters whose coding was finished in a period, with their events."""
    coded, conditions = _coded(session, client_ids, period, login)
    change = StateChange
    statement = (
        select_columns(col(coded.actor), col(Claim.id), col(change.event))
        .where(
            *conditions,
            col(change.client_id) == col(Claim.client_id),
            col(change.noun) == "claim",
            col(change.subject_id) == col(Claim.id),
            col(change.at) >= col(coded.at),
        )
        .distinct()
    )
    events: defaultdict[tuple[str, UUID], set[str]] = defaultdict(set)
    for actor, claim_id, event in session.execute(statement):
        events[actor, claim_id].add(event)
    return [CodedClaim(actor, frozenset(each)) for (actor, _), each in events.items()]


def list_denials_of_coders(
    session: Session, client_ids: Collection[UUID], period: Period, login: str = ""
) -> list[DenialOfCoder]:
    """Count the denials of claims whose coding was finished in a period, by category."""
    coded, conditions = _coded(session, client_ids, period, login)
    place = (col(coded.actor), col(Denial.category))
    statement: Select[*tuple[Any, ...]] = (
        select_columns(*place, func.count(), func.sum(Denial.amount))
        .where(
            *conditions,
            col(Denial.client_id) == col(Claim.client_id),
            col(Denial.claim_id) == col(Claim.id),
        )
        .group_by(*place)
        .order_by(func.sum(Denial.amount).desc(), *place)
    )
    return [DenialOfCoder(*row) for row in session.execute(statement)]


def _coded(
    session: Session, client_ids: Collection[UUID], period: Period, login: str
) -> tuple[Any, list[ColumnElement[bool]]]:
    """Tie claims to whoever finished coding their encounter in a period."""
    coded = aliased(StateChange)
    spans = spans_of(session, client_ids, [period], "coded_spans")
    return coded, [
        col(coded.noun) == "encounter",
        col(coded.event) == EncounterEvent.COMPLETE,
        *is_within(spans, col(coded.client_id), col(coded.at), client_ids),
        *_is_by(col(coded.actor), login),
        col(Claim.client_id) == col(coded.client_id),
        col(Claim.encounter_id) == col(coded.subject_id),
    ]


def _find_takes(
    session: Session, client_ids: Collection[UUID], period: Period, login: str
) -> Mapping[tuple[UUID, str], datetime]:
    """Find when each person last took each item."""
    wide = Period(period.first - timedelta(days=LOOKED_BACK_DAYS), period.last)
    spans = spans_of(session, client_ids, [wide])
    event = AuditEvent
    place = (col(event.subject_id), col(event.actor))
    statement: Select[*tuple[Any, ...]] = (
        select_columns(*place, func.max(event.at))
        .where(
            col(event.action) == TAKEN,
            *is_within(spans, col(event.client_id), col(event.at), client_ids),
            *_is_by(col(event.actor), login),
        )
        .group_by(*place)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(statement)}


def _find_openings(
    session: Session, client_ids: Collection[UUID], period: Period, login: str
) -> Mapping[UUID, datetime]:
    """Find when the same cause was opened next after an item was done."""
    spans = spans_of(session, client_ids, [period])
    item, again = WorkItem, aliased(WorkItem)
    statement: Select[*tuple[Any, ...]] = (
        select_columns(col(item.id), func.min(again.opened_at))
        .join(
            again,
            and_(
                col(again.client_id) == col(item.client_id),
                col(again.subject_kind) == col(item.subject_kind),
                col(again.subject_id) == col(item.subject_id),
                col(again.cause_key) == col(item.cause_key),
                col(again.opened_at) > col(item.closed_at),
            ),
        )
        .where(
            IS_DONE,
            *is_within(spans, col(item.client_id), col(item.closed_at), client_ids),
            *_is_by(col(item.closed_by), login),
        )
        .group_by(col(item.id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _is_by(column: Any, login: str) -> list[ColumnElement[bool]]:
    return [column == login] if login else []
