"""Queries on codes that were suggested for charts, and on what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.tables import SuggestedCode
from models.values.identifiers import new_id
from models.values.suggestions import RANK_MAX, Source, SuggestionOutcome
from revcycle.store.practice_days import Period, is_within, spans_of

KEY: Final = ("client_id", "encounter_id", "model_sha256", "rank")


@dataclass(frozen=True, slots=True)
class RankedCode:
    """A code as suggested; its evidence counts characters of the chart's joined notes."""

    code: str
    source: Source
    evidence: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SuggestionFigures:
    """What became of suggestions in one coder's charts at one practice."""

    client_id: UUID
    login: str
    charts: int
    codes: int  # final diagnoses
    at_first: int  # of those, that stood first
    within_ten: int  # and that stood among the first ten


@dataclass(frozen=True, slots=True)
class SuggestedChart:
    """One completed chart that had suggestions."""

    client_id: UUID
    encounter_id: UUID
    login: str
    decided_at: datetime
    codes: int
    at_first: int
    within_ten: int


def insert_suggested_codes(
    session: Session,
    client_id: UUID,
    act: Act,
    encounter_id: UUID,
    model_sha256: str,
    ranked: Sequence[RankedCode],
) -> None:
    """Note a list as shown, the best first; one that is there already stays as it is."""
    if not ranked:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = [
        {
            "client_id": client_id,
            "id": new_id(),
            "encounter_id": encounter_id,
            "model_sha256": model_sha256,
            "rank": rank,
            "code": one.code,
            "source": one.source,
            "evidence_start": one.evidence[0] if one.evidence else None,
            "evidence_end": one.evidence[1] if one.evidence else None,
            "shown_at": act.at,
            "shown_to": act.actor,
            "outcome": SuggestionOutcome.UNDECIDED,
            "decided_by": "",
        }
        for rank, one in enumerate(ranked, start=1)
    ]
    statement = dialect.insert(SuggestedCode).values(rows)
    session.execute(statement.on_conflict_do_nothing(index_elements=KEY))


def has_list(session: Session, client_id: UUID, encounter_id: UUID, model_sha256: str) -> bool:
    """Tell whether a list of this model was shown for a chart."""
    statement = select(SuggestedCode.id).where(
        SuggestedCode.client_id == client_id,
        SuggestedCode.encounter_id == encounter_id,
        SuggestedCode.model_sha256 == model_sha256,
    )
    return session.exec(statement.limit(1)).first() is not None


def list_codes_suggested(session: Session, client_id: UUID, encounter_id: UUID) -> set[str]:
    """List every code that was ever suggested for a chart, without its dot."""
    return set(
        session.exec(
            select(SuggestedCode.code).where(
                SuggestedCode.client_id == client_id, SuggestedCode.encounter_id == encounter_id
            )
        )
    )


def set_outcomes(
    session: Session,
    client_id: UUID,
    act: Act,
    encounter_id: UUID,
    outcomes: Mapping[str, SuggestionOutcome],
    final_code_count: int,
) -> None:
    """Note what became of each suggested code of a chart; a later completion counts instead."""
    chosen = select(SuggestedCode).where(
        SuggestedCode.client_id == client_id, SuggestedCode.encounter_id == encounter_id
    )
    for row in session.exec(chosen):
        row.outcome = outcomes[row.code]
        row.decided_at, row.decided_by = act.at, act.actor
        row.final_code_count = final_code_count
        session.add(row)


def sum_up_suggestions(
    session: Session, client_ids: Collection[UUID], period: Period, login: str = ""
) -> list[SuggestionFigures]:
    """Add up charts completed in a period by practice and coder, in the order of names."""
    row = SuggestedCode
    place = (col(row.client_id), col(row.decided_by))
    statement: Select[*tuple[Any, ...]] = (
        select_columns(*place, *_sums())
        .where(*_completed(session, client_ids, period, login))
        .group_by(*place)
        .order_by(col(row.decided_by), col(row.client_id))
    )
    return [SuggestionFigures(*one) for one in session.execute(statement)]


def list_suggested_charts(
    session: Session,
    client_ids: Collection[UUID],
    period: Period,
    login: str,
    *,
    limit: int,
    offset: int,
) -> list[SuggestedChart]:
    """List the charts behind the figures, the last completed first."""
    row = SuggestedCode
    place = (
        col(row.client_id),
        col(row.encounter_id),
        col(row.decided_by),
        col(row.decided_at),
    )
    statement: Select[*tuple[Any, ...]] = (
        select_columns(*place, *_sums()[1:])
        .where(*_completed(session, client_ids, period, login))
        .group_by(*place)
        .order_by(col(row.decided_at).desc(), col(row.encounter_id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [SuggestedChart(*one) for one in session.execute(statement)]


def _sums() -> tuple[ColumnElement[int], ...]:
    """Count charts, final codes, and those that stood first and among the first ten."""
    row = SuggestedCode
    is_first = col(row.rank) == 1  # one row of every list
    is_accepted = col(row.outcome) == SuggestionOutcome.ACCEPTED
    parts = (
        (is_first, 1),
        (is_first, col(row.final_code_count)),
        (and_(is_first, is_accepted), 1),
        (and_(col(row.rank) <= RANK_MAX, is_accepted), 1),
    )
    return tuple(func.sum(case((chosen, value), else_=0)) for chosen, value in parts)


def _completed(
    session: Session, client_ids: Collection[UUID], period: Period, login: str
) -> list[ColumnElement[bool]]:
    """Choose the list that was shown last of every chart completed in a period."""
    row, other = SuggestedCode, aliased(SuggestedCode)
    spans = spans_of(session, client_ids, [period], "suggested_spans")
    last_shown = (
        select_columns(func.max(other.shown_at))
        .where(
            col(other.client_id) == col(row.client_id),
            col(other.encounter_id) == col(row.encounter_id),
        )
        .scalar_subquery()
    )
    by = [col(row.decided_by) == login] if login else []
    return [
        *is_within(spans, col(row.client_id), col(row.decided_at), client_ids),
        col(row.shown_at) == last_shown,
        *by,
    ]
