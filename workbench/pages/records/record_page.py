"""What the pages of records share: the practice in the address, the words, the gate to files."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse

from models.documents.records import FileRef
from models.values.access import Right
from revcycle.reference.adjustment_codes import adjustment_label
from revcycle.reference.places_of_service import PLACES_OF_SERVICE
from revcycle.reference.procedures import words_of_procedures
from revcycle.rules.access.file_fields import may_open_file
from revcycle.settings import settings
from workbench.pages.access import NoRightError, Visitor, needs, person_of
from workbench.pages.practices import Practice
from workbench.pages.records.money_words import (
    CLAIM_STATUS_WORDS,
    METHOD_WORDS,
    OUTSIDE_WORDS,
    say_account,
    say_adjustment,
    say_entry,
)
from workbench.pages.records.state_words import say_state, tone_of
from workbench.pages.records.story_texts import say_move

RecordId = Annotated[UUID, Path()]
RANK_WORDS: Final = ("", "first", "second", "third")
FREQUENCY_WORDS: Final = {"1": "original", "7": "replacement", "8": "void"}
ICD10_CATEGORY: Final = 3  # characters before the dot
DOT: Final = "."


def record_router() -> APIRouter:
    """Make a router for records of one practice, for those who may see patients."""
    return APIRouter(prefix="/practices/{client}", dependencies=[needs(Right.SEE_PATIENTS)])


def show_record(
    visitor: Visitor, template: str, practice: Practice, **facts: object
) -> HTMLResponse:
    """Show a page about a record of a practice.

    Args:
        visitor: Who asks.
        template: A file of ``templates/workbench/records``.
        practice: Whose record it is.
        facts: What the page says, as plain values; never a row of a table.
    """
    return visitor.show(
        f"records/{template}",
        here="",
        status_code=HTTPStatus.OK,
        practice=practice,
        at=visitor.site.now(),
        words=words_for(visitor, practice),
        **facts,
    )


def words_for(visitor: Visitor, practice: Practice) -> dict[str, object]:
    """Collect what templates about records say things with."""

    def may_open(file: FileRef) -> bool:
        return may_open_file(person_of(visitor).access, file.kind)

    return {
        "base": f"/practices/{practice.key}",
        "say": say_state,
        "tone": tone_of,
        "say_account": say_account,
        "say_entry": say_entry,
        "say_adjustment": say_adjustment,
        "say_reason": adjustment_label,
        "say_move": say_move,
        "say_code": say_diagnosis_code,
        "procedures": words_of_procedures(has_demo_words=settings().demo_words),
        "places": PLACES_OF_SERVICE,
        "ranks": RANK_WORDS,
        "frequencies": FREQUENCY_WORDS,
        "statuses": CLAIM_STATUS_WORDS,
        "methods": METHOD_WORDS,
        "outside_words": OUTSIDE_WORDS,
        "may_open": may_open,
    }


def require_opener(visitor: Visitor, kind: str) -> None:
    """Refuse whoever does not see in full all that a file of this kind may hold.

    Raises:
        NoRightError: some fields are masked or hidden for this person.
    """
    if not may_open_file(person_of(visitor).access, kind):
        raise NoRightError


def say_diagnosis_code(code: str) -> str:
    """Write a diagnosis code with its dot."""
    return DOT.join(filter(None, (code[:ICD10_CATEGORY], code[ICD10_CATEGORY:])))
