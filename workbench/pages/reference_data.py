"""Reference data: which editions of which lists are in use, and small files taken in here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from models.documents.reference import EditionDocument
from models.errors import NotFoundError, RejectedError, UnavailableError
from models.values.access import Right
from models.values.reference import (
    LICENCE_OF_KIND,
    PUBLIC_LICENCES,
    EditionState,
    ReferenceKind,
)
from revcycle.operations.reference.import_edition import find_imported, import_edition
from revcycle.operations.reference.rollback_edition import restore_edition, rollback_edition
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.reference.licence_notices import LICENCE_NOTICES
from revcycle.store import imported_editions
from revcycle.store.reference_editions import find_editions
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.portal.sent_files import (
    files_of,
    read_upload,
    scan_upload,
    text_of,
    title_of,
)
from workbench.pages.reference_texts import LICENCES, LISTS
from workbench.pages.said import Said, to_said

router = APIRouter(prefix="/reference")

BYTES_MAX: Final = 20 * 1024 * 1024
# These are large, or the search is built anew from them, which takes longer than a page may.
BY_COMMAND: Final = frozenset(
    {
        ReferenceKind.PTP_PRACTITIONER,
        ReferenceKind.PTP_HOSPITAL,
        ReferenceKind.ICD10CM,
        ReferenceKind.ICD10CM_NOTES,
    }
)
ODD_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
NAME_LENGTH_MAX: Final = 120
EditionNumber = Annotated[int, PathParameter(ge=1, le=2_147_483_647)]  # as the database counts


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition as a line of its list. ``standing`` says whether it answers today."""

    edition: EditionDocument
    licence: str
    standing: str
    tone: str


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A list with its editions, the one for the latest days first."""

    kind: ReferenceKind
    label: str
    origin: str
    licence: str
    lines: Sequence[EditionLine]
    needs_command: bool


@dataclass(frozen=True, slots=True)
class SentList:
    """A file that somebody wants to import, with what was said of it."""

    kind: ReferenceKind
    name: str
    content: bytes
    effective_from: date | None
    attested_by: str


@router.get("", dependencies=[needs(Right.SEE_REFERENCE)])
def show_reference(visitor: CurrentVisitor, said: Said = "") -> Response:
    """List every edition by its list, what is missing, and where it comes from."""
    return _page(visitor, said=to_said(said))


@router.post("", dependencies=[needs(Right.KEEP_REFERENCE)])
async def send_list(request: Request, visitor: CurrentVisitor) -> Response:
    """Import a small file, by the same operation as the command does."""
    # A form that is declared would be read before the gate: files of anybody, on our disk.
    async with request.form() as form:
        kind = text_of(form, "kind")
        try:
            sent = await _read(visitor, form)
            said = await run_in_threadpool(_import, visitor, sent)
        except (RejectedError, UnavailableError) as error:
            return await run_in_threadpool(_refuse, visitor, kind, str(error))
    return RedirectResponse(f"/reference?said={said}", HTTPStatus.SEE_OTHER)


@router.get("/{number}", dependencies=[needs(Right.KEEP_REFERENCE)])
def show_edition(visitor: CurrentVisitor, number: EditionNumber) -> Response:
    """Ask whether an edition is to be taken out of use, or into it, and say what follows."""
    today = visitor.site.now().date()
    with reading(visitor.site.database_url) as session:
        edition = imported_editions.get_edition(session, number)
        answering = find_editions(session, [edition.kind], today).get(edition.kind)
        others = imported_editions.list_editions(session, edition.kind)
    is_in_use = edition.state == EditionState.IN_USE
    return visitor.show(
        "reference_edition.html",
        here="reference",
        edition=edition,
        label=LISTS[edition.kind].label,
        licence=LICENCES[edition.licence],
        is_in_use=is_in_use,
        answers_today=edition.number == answering,
        next_one=_next_one(edition, others, today) if is_in_use else None,
    )


@router.post("/{number}/rollback", dependencies=[needs(Right.KEEP_REFERENCE)])
def take_out(visitor: CurrentVisitor, number: EditionNumber) -> Response:
    """Take an edition out of use; its rows stay, and a second click changes nothing."""
    with transaction(visitor.site.database_url) as session:
        edition = imported_editions.get_edition(session, number)
        rollback_edition(session, visitor.act, edition.kind, str(number))
    return RedirectResponse("/reference?said=edition_out", HTTPStatus.SEE_OTHER)


@router.post("/{number}/restore", dependencies=[needs(Right.KEEP_REFERENCE)])
def take_back(visitor: CurrentVisitor, number: EditionNumber) -> Response:
    """Take an edition into use again; a second click changes nothing."""
    with transaction(visitor.site.database_url) as session:
        edition = imported_editions.get_edition(session, number)
        restore_edition(session, visitor.act, edition.kind, str(number))
    return RedirectResponse("/reference?said=edition_in", HTTPStatus.SEE_OTHER)


def _page(
    visitor: Visitor,
    *,
    said: str = "",
    problem: str = "",
    kind: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    today = visitor.site.now().date()
    with reading(visitor.site.database_url) as session:
        groups = _groups(session, today)
    return visitor.show(
        "reference.html",
        here="reference",
        status_code=status,
        groups=[one for one in groups if one.lines],
        missing=[one for one in groups if not one.lines],
        choices=[one for one in groups if not one.needs_command],
        notices=LICENCE_NOTICES.values(),
        today=today,
        said=said,
        problem=problem,
        chosen=kind,
        may_keep=visitor.person is not None and visitor.person.access.may(Right.KEEP_REFERENCE),
    )


def _groups(session: Session, today: date) -> list[ListGroup]:
    answering = find_editions(session, list(ReferenceKind), today)
    lines: dict[ReferenceKind, list[EditionLine]] = {}
    for edition in imported_editions.list_editions(session):
        line = _line(edition, today, answers=answering.get(edition.kind) == edition.number)
        lines.setdefault(edition.kind, []).append(line)
    return [
        ListGroup(
            kind,
            words.label,
            words.origin,
            LICENCES[LICENCE_OF_KIND[kind]],
            lines.get(kind, []),
            kind in BY_COMMAND,
        )
        for kind, words in LISTS.items()
    ]


def _line(edition: EditionDocument, today: date, *, answers: bool) -> EditionLine:
    if edition.state == EditionState.ROLLED_BACK:
        standing, tone = "rolled back", "warn"
    elif answers:
        standing, tone = "answers today", "good"
    else:
        standing, tone = ("answers later" if edition.effective_from > today else "in use"), ""
    return EditionLine(edition, LICENCES[edition.licence], standing, tone)


def _next_one(
    edition: EditionDocument, others: Sequence[EditionDocument], today: date
) -> EditionDocument | None:
    """Find what answers today once an edition is out of use."""
    left = sorted(
        (
            one
            for one in others
            if one.number != edition.number and one.state == EditionState.IN_USE
        ),
        key=lambda one: (one.effective_from, one.number),
    )
    begun = [one for one in left if one.effective_from <= today]
    return begun[-1] if begun else next(iter(left), None)


async def _read(visitor: Visitor, form: FormData) -> SentList:
    uploads = files_of(form, "file")
    if len(uploads) != 1:
        msg = "choose one file"
        raise RejectedError(msg)
    title, content = title_of(uploads[0]), await read_upload(uploads[0], BYTES_MAX)
    await scan_upload(visitor.site.scanner, title, content)
    return SentList(
        _to_kind(text_of(form, "kind")),
        title,
        content,
        _to_day(text_of(form, "effective")),
        text_of(form, "attest").strip(),
    )


def _import(visitor: Visitor, sent: SentList) -> str:
    """Import a file; return the word for what became of it."""
    _require_small(sent)
    with TemporaryDirectory() as folder:
        path = Path(folder) / (ODD_IN_NAMES.sub("_", sent.name)[-NAME_LENGTH_MAX:] or "list")
        path.write_bytes(sent.content)
        content, _ = read_edition(
            sent.kind, READERS[sent.kind], [path], effective_from=sent.effective_from
        )
        with transaction(visitor.site.database_url) as session:
            before = find_imported(session, visitor.act, content)
            if before is None:
                import_edition(session, visitor.act, content, attested_by=sent.attested_by)
                return "edition_read"
    return "edition_in" if before.is_restored else "edition_known"


def _require_small(sent: SentList) -> None:
    if sent.kind in BY_COMMAND:
        msg = f"this list is large; on the server, say revcycle refdata import {sent.kind} FILE"
        raise RejectedError(msg)
    if LICENCE_OF_KIND[sent.kind] not in PUBLIC_LICENCES and not sent.attested_by:
        msg = "this list is licensed; write your name below to say that your company may use it"
        raise RejectedError(msg)


def _refuse(visitor: Visitor, kind: str, problem: str) -> Response:
    return _page(visitor, problem=problem, kind=kind, status=HTTPStatus.CONFLICT)


def _to_kind(text: str) -> ReferenceKind:
    try:
        return ReferenceKind(text)
    except ValueError as error:
        msg = "choose which list the file is"
        raise NotFoundError(msg) from error


def _to_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        msg = "the first day in force is no day"
        raise RejectedError(msg) from error
