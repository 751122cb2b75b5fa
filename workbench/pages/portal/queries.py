"""What the practice is asked, and its answers."""

from datetime import date
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from models.errors import NotFoundError, RejectedError, UnavailableError
from models.states.work_item import Queue
from models.values.access import FieldKind, FieldView, Right
from revcycle.connectors.virus_scan import InfectedError
from revcycle.operations.attachments.add_attachment import SentFile
from revcycle.operations.coding.answer_in_portal import ANSWER_LENGTH_MAX, answer_in_portal
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.attachments.allowed import ALLOWED
from revcycle.store import attachments, audit, encounters, portal_queries
from revcycle.store.portal_queries import OwnQuery
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.client_files import own_service_hours
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.portal.own_practice import own_practice, show_portal
from workbench.pages.portal.sent_files import files_of, read_attachments, text_of
from workbench.pages.practices import Practice, act_at
from workbench.pages.said import Said, to_said

router = APIRouter(prefix="/portal/queries", dependencies=[needs(Right.ANSWER_QUERIES)])
CODING_HOURS = 48  # where the client file names none


@router.get("")
def show_queries(visitor: CurrentVisitor, said: Said = "") -> Response:
    """Show what waits for an answer, and what was answered last."""
    practice = own_practice(visitor)
    with transaction(visitor.site.database_url, practice.id) as session:
        queries = portal_queries.list_own_queries(session, practice.id, limit=LINES_OF_PAGE)
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_queries", "queue", None)
    return show_portal(
        visitor,
        "queries.html",
        practice,
        waiting=[one for one in queries if one.is_open],
        answered=[one for one in queries if not one.is_open],
        said=to_said(said),
    )


@router.get("/{item_id}")
def show_query(visitor: CurrentVisitor, item_id: UUID) -> Response:
    """Show a question, the visit it is about, and the form for the answer."""
    return _query_page(visitor, item_id)


@router.post("/{item_id}")
async def take_answer(request: Request, visitor: CurrentVisitor, item_id: UUID) -> Response:
    """Take the answer; what is refused changes nothing and what was typed stays in the form."""
    # A form that is declared would be read before the gate: files of anybody, on our disk.
    async with request.form() as form:
        answer = text_of(form, "answer")
        try:
            sent = await read_attachments(files_of(form, "files"), visitor.site.scanner)
            await run_in_threadpool(_answer, visitor, item_id, answer, sent)
        except NotFoundError:
            raise
        except (RejectedError, UnavailableError) as error:
            return await run_in_threadpool(_refuse, visitor, item_id, answer, error)
    return RedirectResponse("/portal/queries?said=answered_portal", HTTPStatus.SEE_OTHER)


def _refuse(
    visitor: Visitor, item_id: UUID, answer: str, error: RejectedError | UnavailableError
) -> Response:
    if isinstance(error, InfectedError):
        practice = own_practice(visitor)
        act = act_at(visitor, practice)
        with transaction(visitor.site.database_url, practice.id) as session:
            audit.record_act(
                session, practice.id, act, "add_attachment", "work_item", item_id,
                outcome="infected",
            )  # fmt: skip
    is_down = isinstance(error, UnavailableError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_down else HTTPStatus.CONFLICT
    return _query_page(visitor, item_id, problem=str(error), answer=answer, status=status)


def _answer(visitor: Visitor, item_id: UUID, answer: str, files: list[SentFile]) -> None:
    practice = own_practice(visitor)
    with transaction(visitor.site.database_url, practice.id) as session:
        answer_in_portal(
            session,
            act_at(visitor, practice),
            item_id,
            answer=answer,
            files=files,
            author=person_of(visitor).display_name,
            service_hours=own_service_hours(practice.key, Queue.CODING, CODING_HOURS),
        )


def _query_page(
    visitor: Visitor,
    item_id: UUID,
    *,
    problem: str = "",
    answer: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    practice = own_practice(visitor)
    access = person_of(visitor).access
    with transaction(visitor.site.database_url, practice.id) as session:
        query = portal_queries.find_own_query(session, practice.id, item_id)
        if query is None:
            msg = f"no question {item_id}"
            raise NotFoundError(msg)
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_query", "work_item", item_id)
        notes = [
            (note.author, note.written_on, see_field(access, FieldKind.NOTE, note.text))
            for note in encounters.list_notes(session, practice.id, _encounter_ids(query))
        ]
        own_notes = _own_notes(session, visitor, practice, query)
        files = attachments.list_attachments(
            session, practice.id, query.line.subject_kind, [query.line.subject_id]
        )
    return show_portal(
        visitor,
        "query.html",
        practice,
        status_code=status,
        query=query,
        notes=notes,
        own_notes=own_notes,
        sees_notes=access.view_of(FieldKind.NOTE) is FieldView.SHOWN,
        files=files,
        allowed=ALLOWED,
        length_max=ANSWER_LENGTH_MAX,
        problem=problem,
        answer=answer,
    )


def _own_notes(
    session: Session, visitor: Visitor, practice: Practice, query: OwnQuery
) -> list[tuple[date | None, str]]:
    """List what a person wrote in answers: seen again also by those who may read no notes.

    A name alone proves nothing, for a clinician may have the same: the note is also of a day on
    which this sign-in answered.
    """
    person, ids = person_of(visitor), _encounter_ids(query)
    answers = portal_queries.list_answers_of(session, practice.id, ids, person.login)
    days = {at.astimezone(ZoneInfo(practice.time_zone)).date() for at in answers}
    return [
        (note.written_on, note.text)
        for note in (encounters.list_notes(session, practice.id, ids) if days else [])
        if note.author == person.display_name and note.written_on in days
    ]


def _encounter_ids(query: OwnQuery) -> list[UUID]:
    return [query.line.subject_id] if query.line.subject_kind == "encounter" else []
