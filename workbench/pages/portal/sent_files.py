"""Files that come with a form: refused by their size unread, scanned before anything is kept.

Starlette keeps an upload in memory up to a megabyte and on disk beyond that; only what is small
enough for its purpose is read into memory here.
"""

from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from models.errors import RejectedError
from models.states.attachment import ScanVerdict
from revcycle.connectors.virus_scan import FileScanner, InfectedError
from revcycle.operations.attachments.add_attachment import SentFile, require_allowed
from revcycle.rules.attachments.allowed import BYTES_MAX, MEGABYTE
from workbench.pages.form_texts import without_controls

FILES_MAX: Final = 5
NAMELESS: Final = "a file without a name"
TITLE_LENGTH: Final = 120


def text_of(form: FormData, name: str) -> str:
    """Read what was typed into a field; empty where there is none."""
    value = form.get(name)
    return without_controls(value) if isinstance(value, str) else ""


def files_of(form: FormData, name: str) -> list[UploadFile]:
    """List the files that were chosen in a field."""
    return [one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename]


async def read_attachments(uploads: Sequence[UploadFile], scanner: FileScanner) -> list[SentFile]:
    """Read the files of a form that may be kept beside a record.

    Raises:
        RejectedError: there are too many, or one may not be kept; it is named with what is
            allowed.
        UnavailableError: the scanner does not answer; nothing is kept.
    """
    if len(uploads) > FILES_MAX:
        msg = f"{len(uploads)} files were sent; {FILES_MAX} are allowed with one answer"
        raise RejectedError(msg)
    files = []
    for upload in uploads:
        title, content = title_of(upload), await read_upload(upload, BYTES_MAX)
        require_allowed(title, content)
        verdict = await scan_upload(scanner, title, content)
        files.append(SentFile(title, content, verdict))
    return files


async def read_upload(upload: UploadFile, bytes_max: int) -> bytes:
    """Read a file into memory, unless it is too big for that.

    Raises:
        RejectedError: it is; its size and the limit are named.
    """
    size = upload.size or 0
    if size > bytes_max:
        msg = (
            f"{title_of(upload)} has {size / MEGABYTE:.1f} MB; "
            f"{bytes_max // MEGABYTE} MB are allowed"
        )
        raise RejectedError(msg)
    return await upload.read()


async def scan_upload(scanner: FileScanner, title: str, content: bytes) -> ScanVerdict:
    """Let the scanner judge a file, while others are served.

    Raises:
        InfectedError: something was found; the file is named.
        UnavailableError: the scanner does not answer.
    """
    try:
        return await run_in_threadpool(scanner.scan, content)
    except InfectedError as error:
        msg = f"{title}: {error}"
        raise InfectedError(msg) from error


def title_of(upload: UploadFile) -> str:
    """Say what a sender calls a file; shown only, never a path or part of a header."""
    return without_controls(upload.filename or "").strip()[:TITLE_LENGTH] or NAMELESS
