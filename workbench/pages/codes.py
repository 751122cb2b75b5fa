"""Codes found while somebody types: a piece of a page, with nothing of a patient in it."""

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
from revcycle.store import billing_codes
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, needs

router = APIRouter(prefix="/codes", dependencies=[needs(Right.SEE_PATIENTS)])

TYPED_MAX = 100


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as the list shows it.

    Attributes:
        code: As claims carry it; a script puts it, or ``text``, into the field.
        text: As people read it.
        title: What it means; empty when nobody told us.
        list_name: Whose list.
        problem: Why it may not be billed on the date; empty when it may.
    """

    code: str
    text: str
    title: str
    list_name: str
    problem: str


@router.get("")
def show_codes(
    visitor: CurrentVisitor,
    q: Annotated[str, Query(max_length=TYPED_MAX)] = "",
    on: Annotated[str, Query(max_length=10)] = "",
    kind: CodeKind | None = None,
) -> Response:
    """List codes for what is typed so far.

    Args:
        visitor: Who types.
        q: What is typed; the beginning of a code or of words.
        on: The date of service, ``2026-11-20``; today's date where none is known yet.
        kind: Diagnoses, procedures, or both.
    """
    day = _to_day(on) or visitor.site.now().date()
    systems = frozenset(CodeSystem) if kind is None else SYSTEMS_OF_KIND[kind]
    with reading(visitor.site.database_url) as session:
        found = find_codes(session, systems, q, day)
        loaded = billing_codes.count_codes(session) if not found else {}
    return visitor.show(
        "codes_found.html",
        here="",
        typed=q.strip(),
        day=day,
        lines=[to_code_line(code, day) for code in found],
        is_cut=len(found) == FOUND_MAX,
        loaded=[SYSTEM_LABELS[one] for one in CodeSystem if one in systems & loaded.keys()],
    )


def to_code_line(code: BillingCodeDocument, day: date) -> CodeLine:
    """Write a code the way the list shows it."""
    return CodeLine(
        code.code, code.text, code.title, SYSTEM_LABELS[code.system], why_not(code, day)
    )


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
