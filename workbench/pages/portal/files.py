"""Files of the practice: what became of each, and sending another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from models.errors import NotFoundError, RejectedError, UnavailableError
from models.values.access import Right
from revcycle.connectors.virus_scan import InfectedError
from revcycle.operations.files.send_intake_file import (
    BYTES_MAX,
    SentIntakeFile,
    look_through,
    send_intake_file,
)
from revcycle.operations.intake.intake_kind import CSV, FHIR, HL7V2
from revcycle.store import audit, file_picture, inbound_files
from revcycle.store.inbound_files import InboundFileFacts
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.portal.own_practice import own_practice, show_portal
from workbench.pages.portal.sent_files import (
    files_of,
    read_upload,
    scan_upload,
    text_of,
    title_of,
)
from workbench.pages.practices import act_at
from workbench.pages.records.state_words import say_state, tone_of

router = APIRouter(prefix="/portal/files", dependencies=[needs(Right.SEND_FILES)])
INTAKE_KINDS = (FHIR, HL7V2, CSV)


@dataclass(frozen=True, slots=True, repr=False)
class FileRow:
    """A file of the practice as a line of the list."""

    file: InboundFileFacts
    counts: Sequence[tuple[str, int]]


@router.get("")
def show_files(visitor: CurrentVisitor, page: PageNumber = 1) -> Response:
    """Show the files that came, the newest first, and the form to send one."""
    return _files_page(visitor, page)


@router.post("")
async def send_file(request: Request, visitor: CurrentVisitor) -> Response:
    """Keep a file as if it had been dropped, and say what is in it."""
    # A form that is declared would be read before the gate: files of anybody, on our disk.
    async with request.form() as form:
        source = text_of(form, "source")
        try:
            sent = await _read(visitor, files_of(form, "file"), source)
            file_id = await run_in_threadpool(_keep, visitor, sent)
        except (RejectedError, UnavailableError) as error:
            return await run_in_threadpool(_refuse, visitor, source, error)
    return RedirectResponse(f"/portal/files/{file_id}", HTTPStatus.SEE_OTHER)


@router.get("/{file_id}")
def show_file(visitor: CurrentVisitor, file_id: UUID, page: PageNumber = 1) -> Response:
    """Show what became of each record of a file; before the next run, what was found in it."""
    practice = own_practice(visitor)
    config = find_client_file(practice.key)
    with transaction(visitor.site.database_url, practice.id) as session:
        facts = file_picture.get_inbound_facts(session, practice.id, file_id)
        if facts.ref.kind not in INTAKE_KINDS:  # what payers send is not of the practice's making
            msg = f"no file {file_id}"
            raise NotFoundError(msg)
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_file", "inbound_file", file_id)
        counts = file_picture.count_records(session, practice.id, file_id)
        shown = page_of(page, sum(counts.values()))
        records = file_picture.list_record_facts(
            session, practice.id, file_id, offset=shown.offset, limit=LINES_OF_PAGE
        )
        content = file_picture.load_content(session, practice.id, facts.ref)
    found = look_through(config, facts.ref.kind, facts.partner, content) if config else None
    return show_portal(
        visitor,
        "file.html",
        practice,
        file=facts,
        counts=counts,
        records=records,
        page=shown,
        found=found,
        say=say_state,
        tone=tone_of,
    )


def _files_page(
    visitor: Visitor,
    page: int,
    *,
    problem: str = "",
    source: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    practice = own_practice(visitor)
    config = find_client_file(practice.key)
    with transaction(visitor.site.database_url, practice.id) as session:
        count = inbound_files.count_files(session, practice.id, kinds=INTAKE_KINDS)
        shown = page_of(page, count)
        rows = _rows(session, practice.id, shown.offset)
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_file_list", "inbound_file", None)
    return show_portal(
        visitor,
        "files.html",
        practice,
        status_code=status,
        rows=rows,
        page=shown,
        sources=[(one.key, one.format.value) for one in config.intake] if config else [],
        source=source,
        problem=problem,
        say=say_state,
        tone=tone_of,
    )


def _rows(session: Session, client_id: UUID, offset: int) -> list[FileRow]:
    files = inbound_files.list_newest_files(
        session, client_id, kinds=INTAKE_KINDS, offset=offset, limit=LINES_OF_PAGE
    )
    counts = file_picture.count_records_of_files(session, client_id, [one.id for one in files])
    return [
        FileRow(file, [(say_state(word), number) for word, number in found.items()])
        for file in files
        for found in [counts.get(file.id, {})]
    ]


def _refuse(visitor: Visitor, source: str, error: RejectedError | UnavailableError) -> Response:
    if isinstance(error, InfectedError):
        practice = own_practice(visitor)
        act = act_at(visitor, practice)
        with transaction(visitor.site.database_url, practice.id) as session:
            audit.record_act(
                session, practice.id, act, "send_file", "inbound_file", None, outcome="infected"
            )
    is_down = isinstance(error, UnavailableError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_down else HTTPStatus.CONFLICT
    return _files_page(visitor, 1, problem=str(error), source=source, status=status)


async def _read(visitor: Visitor, uploads: Sequence[UploadFile], source: str) -> SentIntakeFile:
    if len(uploads) != 1:
        msg = "choose one file to send"
        raise RejectedError(msg)
    title, content = title_of(uploads[0]), await read_upload(uploads[0], BYTES_MAX)
    await scan_upload(visitor.site.scanner, title, content)
    return SentIntakeFile(title, source, content)


def _keep(visitor: Visitor, sent: SentIntakeFile) -> UUID:
    practice = own_practice(visitor)
    config = find_client_file(practice.key)
    if config is None:
        msg = "files of this practice cannot be sent here; its client file is not on this machine"
        raise RejectedError(msg)
    with transaction(visitor.site.database_url, practice.id) as session:
        return send_intake_file(session, act_at(visitor, practice), sent, config)
