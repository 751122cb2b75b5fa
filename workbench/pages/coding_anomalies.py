"""What in a practice's codings a person should look at, with the encounters it is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models.documents.coding_mix import Anomaly, Asked, FullDay
from models.errors import NotFoundError
from models.values.access import Right
from models.values.anomalies import Pattern
from revcycle.operations.coding.find_anomalies import (
    NOTES_MAX,
    choose_days,
    days_before,
    list_encounters_behind,
    list_notes_to_compare,
    look_over_codings,
)
from revcycle.rules.anomalies.copied_notes import find_copied_notes
from revcycle.rules.anomalies.say_anomaly import (
    DEFINITIONS,
    say_asked,
    say_chance,
    say_figure,
    say_other,
    say_share,
)
from revcycle.store.audit import record_act
from revcycle.store.coding_mix import Days, list_providers
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.practices import act_at, list_practices, practice_of

# Not for auditors alone: the figures lead to codes of charts that they code blind.
router = APIRouter(prefix="/coding", dependencies=[needs(Right.SEE_BOARD)])
Day = Annotated[date | None, Query()]


@dataclass(frozen=True, slots=True)
class AnomalyRow:
    """One anomaly in words. ``asked`` is the query that leads to its encounters."""

    provider: str
    what: str
    own: str
    other: str
    chance: str
    asked: str
    past: str  # the query for the days before; empty for peers


@dataclass(frozen=True, slots=True)
class FullDayRow:
    """One day with its hours in words."""

    provider: str
    day: FullDay
    hours: str


@router.get("/{client}/anomalies")
def show_anomalies(
    visitor: CurrentVisitor, client: str, first: Day = None, last: Day = None
) -> Response:
    """Show what stands out in the figures of providers, and days too full."""
    practice, practices = practice_of(visitor, client), list_practices(visitor)
    act = act_at(visitor, practice)
    days = choose_days(act.today, first, last)
    peers = [one.id for one in practices]
    with reading(visitor.site.database_url, peers) as session:  # takes a while: nobody waits for it
        found = look_over_codings(session, practice.id, peers, days)
    with transaction(visitor.site.database_url, practice.id) as session:
        record_act(session, practice.id, act, "see_coding_anomalies", "encounter", None)
    names = {one.id: one.name for one in found.providers}
    return visitor.show(
        "coding_anomalies.html",
        here="coding_audits",
        practice=practice,
        days=days,
        asked=_query(days),
        comparisons=found.asked,
        providers=len(found.providers),
        rows=[_row(one, names[one.comparison.asked.provider_id], days) for one in found.anomalies],
        full_days=[
            FullDayRow(names[one.provider_id], one, f"{one.minutes // 60} h {one.minutes % 60} min")
            for one in found.full_days
        ],
        definitions=DEFINITIONS,
    )


@router.get("/{client}/anomalies/encounters")
def show_encounters(
    visitor: CurrentVisitor,
    client: str,
    provider: UUID | None = None,
    pattern: Pattern = Pattern.SERVICES,
    subject: Annotated[str, Query(max_length=5)] = "",
    first: Day = None,
    last: Day = None,
    page: PageNumber = 1,
) -> Response:
    """List the encounters that sum to one figure of one provider.

    Raises:
        NotFoundError: the practice has no such provider.
    """
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    days = choose_days(act.today, first, last)
    with transaction(visitor.site.database_url, practice.id) as session:
        names = {one.id: one.name for one in list_providers(session, [practice.id])}
        if provider is None or provider not in names:
            msg = "the practice has no such provider"
            raise NotFoundError(msg)
        asked = Asked(provider, pattern, subject)
        rows = list_encounters_behind(session, practice.id, asked, days)
        record_act(session, practice.id, act, "see_coding_anomalies", "provider", provider)
    shown = page_of(page, len(rows))
    return visitor.show(
        "coding_anomaly.html",
        here="coding_audits",
        practice=practice,
        provider=names[provider],
        what=say_asked(asked),
        is_share=pattern is Pattern.MODIFIER,
        days=days,
        rows=rows[shown.offset : shown.offset + LINES_OF_PAGE],
        lines=sum(len(one.values) for one in rows),
        total=f"{sum(sum(one.values) for one in rows):f}",
        page=shown,
        asked=_query(days),
        kept=_query(days, asked),
    )


@router.get("/{client}/anomalies/notes")
def show_copied_notes(
    visitor: CurrentVisitor,
    client: str,
    first: Day = None,
    last: Day = None,
    page: PageNumber = 1,
) -> Response:
    """List pairs of notes of one writer with nearly the same words; the words are not shown."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    days = choose_days(act.today, first, last)
    with reading(visitor.site.database_url, [practice.id]) as session:
        notes = list_notes_to_compare(session, practice.id, days)
    with transaction(visitor.site.database_url, practice.id) as session:
        record_act(session, practice.id, act, "see_coding_anomalies", "clinical_note", None)
    found = find_copied_notes(notes)  # takes seconds, and nobody waits for the database meanwhile
    shown = page_of(page, len(found))
    return visitor.show(
        "coding_copied_notes.html",
        here="coding_audits",
        practice=practice,
        days=days,
        rows=[
            (one, say_share(one.share))
            for one in found[shown.offset : shown.offset + LINES_OF_PAGE]
        ],
        read=len(notes),
        is_cut=len(notes) == NOTES_MAX,
        page=shown,
        asked=_query(days),
    )


def _query(days: Days, asked: Asked | None = None) -> str:
    facts = {"first": days.first.isoformat(), "last": days.last.isoformat()}
    if asked is not None:
        facts |= {"provider": str(asked.provider_id), "pattern": asked.pattern}
        facts |= {"subject": asked.subject} if asked.subject else {}
    return urlencode(facts)


def _row(one: Anomaly, provider: str, days: Days) -> AnomalyRow:
    asked = one.comparison.asked
    is_past = one.comparison.against == "past"
    return AnomalyRow(
        provider=provider,
        what=say_asked(asked),
        own=say_figure(asked, one.own, one.own_count),
        other=say_other(one),
        chance=say_chance(one.chance),
        asked=_query(days, asked),
        past=_query(days_before(days), asked) if is_past else "",
    )
