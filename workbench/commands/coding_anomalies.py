"""``revcycle coding anomalies``: what in a practice's codings a person should look at."""

import getpass
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.coding_mix import NotePair
from models.errors import RejectedError
from revcycle.connectors import clock
from revcycle.operations.coding.find_anomalies import (
    FoundAnomalies,
    choose_days,
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
from revcycle.settings import settings
from revcycle.store.audit import record_act
from revcycle.store.coding_mix import Days
from revcycle.store.session import across
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, today_at


def anomalies(
    client: Annotated[str, typer.Option("--client", help="key of the practice")],
    *,
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="first day of service; 90 days ago"),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="last day of service; today"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="as one JSON document")] = False,
) -> None:
    """List codings, full days and notes alike that a person should look at; no verdicts.

    Providers are compared with peers of their specialty at all registered practices, and with
    their own past.
    """
    ((_, client_id),) = chosen_practices(client)
    client_ids = [each for _, each in chosen_practices()]
    with across(settings().database, client_ids) as session:
        today = today_at(session, client_id)
        days = _days(today, since, until)
        found = look_over_codings(session, client_id, client_ids, days)
        notes = list_notes_to_compare(session, client_id, days)
        act = Act(client_id, f"command:coding:{getpass.getuser()}"[:80], clock.now(), today)
        for shown in ("encounter", "clinical_note"):
            record_act(session, client_id, act, "see_coding_anomalies", shown, None)
    copies = find_copied_notes(notes)
    if as_json:
        typer.echo(json.dumps(_to_json(client, found, copies, len(notes)), indent=2))
    else:
        _say(found, copies, len(notes))


def _days(today: date, since: datetime | None, until: datetime | None) -> Days:
    first, last = since.date() if since else None, until.date() if until else None
    if first is not None and first > (last or today):
        msg = "the first day lies behind the last"
        raise RejectedError(msg)
    return choose_days(today, first, last)


def _names(found: FoundAnomalies) -> dict[UUID, str]:
    return {one.id: one.name for one in found.providers}


def _say(found: FoundAnomalies, copies: Sequence[NotePair], read: int) -> None:
    names = _names(found)
    table = table_of("provider", "what", "figure", "compared with", "chance")
    for one in found.anomalies:
        asked = one.comparison.asked
        figure = say_figure(asked, one.own, one.own_count)
        name = names[asked.provider_id]
        table.add_row(name, say_asked(asked), figure, say_other(one), say_chance(one.chance))
    out.print(table if found.anomalies else "No figure of a provider stands out.")
    for day in found.full_days:
        kind = "more than a day has" if day.is_impossible else "a long day"
        out.print(
            f"{names[day.provider_id]}, {day.day}: at least {day.minutes} minutes by the clock at"
            f" {len(day.encounters)} encounters, {kind}.",
            markup=False,
            highlight=False,
        )
    for pair in copies:
        out.print(
            f"{pair.writer}: notes of {pair.first_day} and {pair.second_day} share"
            f" {say_share(pair.share)} of their words"
            f" (encounters {pair.first_id}, {pair.second_id}).",
            markup=False,
            highlight=False,
        )
    out.print(
        f"Services from {found.days.first} to {found.days.last}; {found.asked} comparisons,"
        f" {read} notes. To look at, not to judge by.",
        highlight=False,
    )
    for word, meaning in DEFINITIONS:
        out.print(f"{word}: {meaning}", highlight=False)


def _to_json(
    client: str, found: FoundAnomalies, copies: Sequence[NotePair], read: int
) -> dict[str, object]:
    """Picture what was found; figures are fractions as text, so that nothing is rounded."""
    return {
        "client": client,
        "first_day": found.days.first.isoformat(),
        "last_day": found.days.last.isoformat(),
        "comparisons": found.asked,
        "notes_read": read,
        "definitions": dict(DEFINITIONS),
        "anomalies": [
            {
                "provider": str(one.comparison.asked.provider_id),
                "what": say_asked(one.comparison.asked),
                "against": str(one.comparison.against),
                "own": str(one.own),
                "own_count": one.own_count,
                "other": str(one.other),
                "other_count": one.other_count,
                "others": len(one.comparison.others),
                "chance": one.chance,
                "share_of_false": one.share_of_false,
            }
            for one in found.anomalies
        ],
        "full_days": [
            {
                "provider": str(one.provider_id),
                "day": one.day.isoformat(),
                "minutes_at_least": one.minutes,
                "is_impossible": one.is_impossible,
                "encounters": [str(each) for each, _ in one.encounters],
            }
            for one in found.full_days
        ],
        "copied_notes": [
            {
                "encounters": [str(one.first_id), str(one.second_id)],
                "days": [one.first_day.isoformat(), one.second_day.isoformat()],
                "is_same_patient": one.is_same_patient,
                "share": str(one.share),
            }
            for one in copies
        ],
    }
