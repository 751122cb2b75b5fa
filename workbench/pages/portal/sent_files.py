"""Files that come with a form: read in full, never trusted, scanned before anything is kept."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import UploadFile

from models.errors import RejectedError
from revcycle.connectors.virus_scan import FileScanner
from revcycle.operations.attachments.add_attachment import SentFile, require_allowed
from workbench.pages.form_texts import without_controls

FILES_MAX: Final = 5
NAMELESS: Final = "a file without a name"
TITLE_LENGTH: Final = 120


async def read_attachments(uploads: Sequence[UploadFile], scanner: FileScanner) -> list[SentFile]:
    """Read the files of a form that may be kept beside a record.

    Raises:
        RejectedError: there are too many, or one may not be kept; it is named with what is
            allowed.
        UnavailableError: the scanner does not answer; nothing is kept.
    """
    chosen = [one for one in uploads if one.filename]
    if len(chosen) > FILES_MAX:
        msg = f"{len(chosen)} files were sent; {FILES_MAX} are allowed with one answer"
        raise RejectedError(msg)
    files = []
    for upload in chosen:
        title, content = title_of(upload), await upload.read()
        require_allowed(title, content)
        files.append(SentFile(title, content, scanner.scan(content)))
    return files


def title_of(upload: UploadFile) -> str:
    """Say what a sender calls a file; shown only, never a path or part of a header."""
    return without_controls(upload.filename or "").strip()[:TITLE_LENGTH] or NAMELESS
