"""Codes found while somebody types: a piece of a page, with nothing of a patient in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models.documents.billing_code import BillingCodeDocument
from models.values.access import Right
from models.values.billing_codes import SYSTEM_LABELS, SYSTEMS_OF_KIND, CodeKind, CodeSystem
from models.values.display import to_short_date
from revcycle.operations.coding.find_codes import FOUND_MAX, find_codes
from revcycle.operations.coding.find_favourites import find_most_used, find_starred
from revcycle.store import billing_codes
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.practices import practice_of

router = APIRouter(prefix="/codes", dependencies=[needs(Right.SEE_PATIENTS)])

TYPED_MAX = 100
KEY_MAX = 40  # of a practice
STARRED = "favourite"
USED_OFTEN = "used often here"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as the list shows it.

    Attributes:
        code: As claims carry it; a script puts it, or ``text``, into the field.
        text: As people read it.
        title: What it means; empty when nobody told us.
        list_name: Whose list.
        problem: Why it may not be billed on the date; empty when it may.
        mark: Why it stands before others; empty for most.
    """

    code: str
    text: str
    title: str
    list_name: str
    problem: str
    mark: str = ""


@router.get("")
def show_codes(
    visitor: CurrentVisitor,
    q: Annotated[str, Query(max_length=TYPED_MAX)] = "",
    on: Annotated[str, Query(max_length=10)] = "",
    kind: CodeKind | None = None,
    client: Annotated[str, Query(max_length=KEY_MAX)] = "",
) -> Response:
    """List codes for what is typed so far.

    Args:
        visitor: Who types.
        q: What is typed; the beginning of a code or of words.
        on: The date of service, ``2026-11-20``; today's date where none is known yet.
        kind: Diagnoses, procedures, or both.
        client: At which practice; codes with a star there come first, and nothing typed shows
            those and what the practice uses most.
    """
    day = _to_day(on) or visitor.site.now().date()
    systems = frozenset(CodeSystem) if kind is None else SYSTEMS_OF_KIND[kind]
    at_hand = _at_hand(visitor, client, kind, q, day) if client else []
    with reading(visitor.site.database_url) as session:
        found = find_codes(session, systems, q, day)
        loaded = billing_codes.count_codes(session) if not found else {}
    return visitor.show(
        "codes_found.html",
        here="",
        typed=q.strip(),
        day=day,
        lines=_lines(at_hand, found, day),
        client=client,
        is_cut=len(found) == FOUND_MAX,
        loaded=[SYSTEM_LABELS[one] for one in CodeSystem if one in systems & loaded.keys()],
    )


def to_code_line(code: BillingCodeDocument, day: date, mark: str = "") -> CodeLine:
    """Write a code the way the list shows it."""
    return CodeLine(
        code.code, code.text, code.title, SYSTEM_LABELS[code.system], why_not(code, day), mark
    )


def _at_hand(
    visitor: Visitor, client: str, kind: CodeKind | None, typed: str, day: date
) -> list[CodeLine]:
    """List what has a star and fits; with nothing typed, what the practice uses most, too."""
    practice = practice_of(visitor, client)
    kinds = list(CodeKind) if kind is None else [kind]
    systems = frozenset[CodeSystem]().union(*(SYSTEMS_OF_KIND[one] for one in kinds))
    login = person_of(visitor).login
    with reading(visitor.site.database_url, [practice.id]) as session:
        starred = find_starred(session, practice.id, login, systems, typed, day)
        used = [] if typed.strip() else find_most_used(session, practice.id, kinds, day)
    return [
        *(to_code_line(code, day, STARRED) for code in starred),
        *(to_code_line(code, day, USED_OFTEN) for code in used),
    ]


def _lines(
    at_hand: Sequence[CodeLine], found: Sequence[BillingCodeDocument], day: date
) -> list[CodeLine]:
    lines: dict[str, CodeLine] = {}
    for line in (*at_hand, *(to_code_line(code, day) for code in found)):
        lines.setdefault(line.code, line)
    return list(lines.values())[:FOUND_MAX]


def why_not(code: BillingCodeDocument, day: date) -> str:
    """Say why a code may not be billed for a service on a day; nothing when it may."""
    if not code.is_billable:
        return "a heading: choose a code below it"
    if code.valid_to is not None and code.valid_to < day:
        return f"not billable after {to_short_date(code.valid_to)}"
    if code.valid_from > day:
        return f"not billable before {to_short_date(code.valid_from)}"
    return ""


def _to_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
