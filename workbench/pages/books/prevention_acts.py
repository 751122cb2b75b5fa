"""What a manager decides about an edit that denials propose."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Form
from fastapi.responses import RedirectResponse, Response

from models.documents.learned_edit import EditSeverity
from models.errors import NotFoundError, RejectedError
from models.states.learned_edit import EditEvent
from models.values.access import Right
from revcycle.operations.prevention.decide_edit import decide_edit
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.books_page import books_router
from workbench.pages.books.prevention import EditId, EvidenceList, show_edit_page
from workbench.pages.practices import act_at, practice_of

router = books_router(Right.KEEP_BOOKS)
CONFIRMED: Final = "yes"
NOT_CONFIRMED: Final = "Look first at the claims it would have stopped for nothing, then say so."


@router.post("/prevention/{edit_id}/decide")
def decide(
    visitor: CurrentVisitor,
    client: str,
    edit_id: EditId,
    event: Annotated[EditEvent, Form()],
    severity: Annotated[EditSeverity, Form()] = EditSeverity.WARNING,
    confirmed: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Switch an edit on or off, or reject it; switching on asks to have looked first."""
    practice = practice_of(visitor, client)
    if event is EditEvent.SWITCH_ON and confirmed != CONFIRMED:
        alarms = EvidenceList.FALSE_ALARMS
        return show_edit_page(visitor, practice, edit_id, alarms, 1, problem=NOT_CONFIRMED)
    act = act_at(visitor, practice)
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            decide_edit(session, act, edit_id, event, severity=severity)
    except NotFoundError:
        raise
    except RejectedError as error:
        problem = f"Somebody decided before you: {error}."
        return show_edit_page(visitor, practice, edit_id, EvidenceList.DENIED, 1, problem=problem)
    there = f"/books/{practice.key}/prevention/{edit_id}?said={event}"
    return RedirectResponse(there, HTTPStatus.SEE_OTHER)
