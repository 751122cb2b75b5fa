"""The pages of files: what became of one, what is inside, the bytes, and the bytes in words."""

import re
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.records import FileRef
from models.errors import NotFoundError
from revcycle.formats.x12.segments import NotX12Error
from revcycle.rules.access.file_fields import may_open_file
from revcycle.rules.posting.refusal import Refusal
from revcycle.store import audit, claim_picture, file_picture, remittance_picture, work_lists
from revcycle.store.file_picture import FileFacts
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, NoRightError, Visitor, person_of
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, PageOf, page_of
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.downloads import attachment
from workbench.pages.records.explained import (
    CHARACTERS_MAX,
    LINES_MAX,
    Reading,
    read_aloud,
)
from workbench.pages.records.record_page import (
    RecordId,
    record_router,
    show_record,
)

router = record_router()
ANSWERS_SHOWN: Final = 200
CLAIM_FILES: Final = "837"
NOT_IN_A_NAME: Final = re.compile(r"[^0-9A-Za-z]+")
ClaimChoice = Annotated[UUID | None, Query()]


@router.get("/files/in/{file_id}")
def show_inbound(
    visitor: CurrentVisitor, client: str, file_id: RecordId, page: PageNumber = 1
) -> Response:
    """Show a file that we received and what became of it."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        file = file_picture.get_inbound_facts(session, practice.id, file_id)
        _note(session, act, "see_file", file)
        counts = file_picture.count_records(session, practice.id, file_id)
        shown = page_of(page, sum(counts.values()))
        facts = {
            **_common(visitor, session, practice.id, file),
            "counts": counts,
            "records": file_picture.list_record_facts(
                session, practice.id, file_id, offset=shown.offset, limit=LINES_OF_PAGE
            ),
            "answers": file_picture.list_answers_in(
                session, practice.id, file_id, limit=ANSWERS_SHOWN
            ),
            "payments": remittance_picture.list_remittances_of_file(session, practice.id, file_id),
            "claims": [],
        }
    return show_record(visitor, "file.html", practice, file=file, page=shown, **facts)


@router.get("/files/out/{file_id}")
def show_outbound(
    visitor: CurrentVisitor, client: str, file_id: RecordId, page: PageNumber = 1
) -> Response:
    """Show a file that we wrote, what it carries and what was said of it."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        file = file_picture.get_outbound_facts(session, practice.id, file_id)
        _note(session, act, "see_file", file)
        has_claims = file.ref.kind.startswith(CLAIM_FILES)
        shown = page_of(page, file.records or 0 if has_claims else 0)
        facts = {
            **_common(visitor, session, practice.id, file),
            "counts": {},
            "records": [],
            "answers": file_picture.list_answers_about(
                session, practice.id, file_id, limit=ANSWERS_SHOWN
            ),
            "payments": [],
            "claims": _claims(session, practice.id, file_id, shown),
        }
    return show_record(visitor, "file.html", practice, file=file, page=shown, **facts)


@router.get("/files/in/{file_id}/download")
def download_inbound(visitor: CurrentVisitor, client: str, file_id: RecordId) -> Response:
    """Save the bytes of a file that we received."""
    return _download(visitor, client, file_id, is_outbound=False)


@router.get("/files/out/{file_id}/download")
def download_outbound(visitor: CurrentVisitor, client: str, file_id: RecordId) -> Response:
    """Save the bytes of a file that we wrote."""
    return _download(visitor, client, file_id, is_outbound=True)


@router.get("/files/in/{file_id}/explained")
def explain_inbound(
    visitor: CurrentVisitor, client: str, file_id: RecordId, claim: ClaimChoice = None
) -> Response:
    """Show a file that we received in words."""
    return _explain(visitor, client, file_id, claim, is_outbound=False)


@router.get("/files/out/{file_id}/explained")
def explain_outbound(
    visitor: CurrentVisitor, client: str, file_id: RecordId, claim: ClaimChoice = None
) -> Response:
    """Show a file that we wrote in words."""
    return _explain(visitor, client, file_id, claim, is_outbound=True)


def _download(visitor: Visitor, client: str, file_id: UUID, *, is_outbound: bool) -> Response:
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        file = _find(session, practice, file_id, is_outbound=is_outbound)
        if not _may_open(visitor, file):
            raise NoRightError
        _note(session, act, "export_file", file)
        content = file_picture.load_content(session, practice.id, file.ref)
    return attachment(content, saved_name(file))


def _explain(
    visitor: Visitor, client: str, file_id: UUID, claim: UUID | None, *, is_outbound: bool
) -> Response:
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        file = _find(session, practice, file_id, is_outbound=is_outbound)
        number = _number(session, practice, file.ref, claim)
        _note(session, act, "see_file_content", file)
        content = file_picture.load_content(session, practice.id, file.ref)
    may_open = _may_open(visitor, file)
    return show_record(
        visitor,
        "explained.html",
        practice,
        file=file,
        claim_id=claim,
        reading=_reading(content, number, show_phi=may_open),
        is_masked=not may_open,
        is_misrouted=file.reason == Refusal.WRONG_PAYEE,
        lines_max=LINES_MAX,
        characters_max=CHARACTERS_MAX,
    )


def _reading(content: bytes, number: str, *, show_phi: bool) -> Reading | None:
    """Read a file as far as the person may; None where nothing of it may be shown."""
    try:
        return read_aloud(content, show_phi=show_phi, claim=number)
    except NotX12Error:
        return None


def saved_name(file: FileFacts) -> str:
    """Name a file for saving, such as ``837P-000000012.txt``; no word of a partner is in it."""
    kind = NOT_IN_A_NAME.sub("", file.ref.kind) or "file"
    number = file.ref.id.hex[-12:] if file.number is None else f"{file.number:09d}"
    return f"{kind}-{number}.txt"


def _number(session: Session, practice: Practice, file: FileRef, claim: UUID | None) -> str:
    """Find the number under which a file names a claim.

    Raises:
        NotFoundError: the file has no such claim.
    """
    if claim is None:
        return ""
    number = file_picture.find_number_in_file(session, practice.id, file, claim)
    if number is None:
        msg = f"file {file.id} names no claim {claim}"
        raise NotFoundError(msg)
    return number


def _find(session: Session, practice: Practice, file_id: UUID, *, is_outbound: bool) -> FileFacts:
    if is_outbound:
        return file_picture.get_outbound_facts(session, practice.id, file_id)
    return file_picture.get_inbound_facts(session, practice.id, file_id)


def _note(session: Session, act: Act, action: str, file: FileFacts) -> None:
    audit.record_act(session, act.client_id, act, action, file.noun, file.ref.id)


def _may_open(visitor: Visitor, file: FileFacts) -> bool:
    """Tell whether a person may read all of a file; nobody here reads one that is for others."""
    is_misrouted = file.reason == Refusal.WRONG_PAYEE
    return may_open_file(person_of(visitor).access, file.ref.kind) and not is_misrouted


def _common(
    visitor: Visitor, session: Session, client_id: UUID, file: FileFacts
) -> dict[str, object]:
    subjects = [(file.noun, file.ref.id)]
    return {
        "moves": file_picture.list_moves(session, client_id, file.ref),
        "work": work_lists.list_work_of_subject(session, client_id, subjects),
        "answers_shown": ANSWERS_SHOWN,
        "saved_name": saved_name(file),
        "may_open": _may_open(visitor, file),
        "is_misrouted": file.reason == Refusal.WRONG_PAYEE,
    }


def _claims(session: Session, client_id: UUID, file_id: UUID, page: PageOf) -> list[object]:
    found = claim_picture.list_claims_of_file(
        session, client_id, file_id, offset=page.offset, limit=LINES_OF_PAGE
    )
    return list(found)
