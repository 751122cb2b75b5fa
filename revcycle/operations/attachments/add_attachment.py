"""Keep a file beside a record."""

from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.attachment import ScanVerdict
from revcycle.rules.attachments.allowed import check_attachment, find_media_type
from revcycle.store import attachments
from revcycle.store.audit import record_act

TITLE_LENGTH_MAX = 120


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as somebody sent it, and what the scanner said of it before.

    Attributes:
        title: As the sender called it; shown, never used as a name on a disk.
    """

    title: str
    content: bytes = field(repr=False)
    verdict: ScanVerdict = ScanVerdict.NOT_SCANNED


def require_allowed(title: str, content: bytes) -> None:
    """Refuse a file that may not be kept, before anybody scans it.

    Raises:
        RejectedError: names the file and what is allowed.
    """
    for finding in check_attachment(content):
        msg = f"{title[:TITLE_LENGTH_MAX]}: {finding.message}"
        raise RejectedError(msg)


def add_attachment(session: Session, act: Act, subject: tuple[str, UUID], file: SentFile) -> UUID:
    """Keep a file beside a record; the same bytes beside the same record are kept once.

    Raises:
        RejectedError: the file may not be kept.
    """
    require_allowed(file.title, file.content)
    digest = sha256(file.content).hexdigest()
    known = attachments.find_attachment(session, act.client_id, subject, digest)
    if known is not None:
        return known
    kind, subject_id = subject
    attachment_id = attachments.insert_attachment(
        session,
        act.client_id,
        act,
        subject,
        title=file.title[:TITLE_LENGTH_MAX],
        media_type=find_media_type(file.content),
        content=file.content,
        digest=digest,
        verdict=file.verdict,
    )
    record_act(session, act.client_id, act, "add_attachment", kind, subject_id)
    return attachment_id
