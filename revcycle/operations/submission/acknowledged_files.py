"""What statements about whole files do: TA1 and 999."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import ClaimEvent
from models.states.file import OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent, OutboundFileState
from models.tables import OutboundFile
from revcycle.operations.files.report_outbound_file import NOT_CONFIRMED, confirm_file
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.sent_claims import (
    SentClaim,
    follow_word,
    list_sent_claims,
    open_rejections,
)
from revcycle.rules.submission.acknowledged import AcknowledgementWord
from revcycle.store import acknowledgements, outbound_files
from revcycle.store.state_changes import move

DUPLICATE_NUMBER = "025"  # TA105: the partner has this interchange already
CLAIM_FILE_KINDS = frozenset({"837P", "837I"})


@dataclass(frozen=True, slots=True)
class FileStatement:
    """What one TA1 or 999 says of one file of ours."""

    kind: str  # TA1, 999
    control_number: int  # ISA13 or GS06; ours are the same
    is_accepted: bool
    code: str  # TA104, or IK501 or AK901
    note_code: str = ""  # TA105


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What the statements did, and which of our files each is about."""

    subjects: tuple[tuple[FileStatement, UUID | None], ...]
    claim_events: tuple[ClaimEvent, ...]
    refused_inquiry_file_ids: tuple[UUID, ...]


def apply_file_statements(
    session: Session,
    act: Act,
    statements: Sequence[FileStatement],
    *,
    connection_key: str,
    terms: WorkTerms,
) -> FileOutcome:
    """Confirm or refuse files, and with them the claims that they carry."""
    files = outbound_files.find_by_control_numbers(
        session,
        act.client_id,
        [statement.control_number for statement in statements],
        connection_key=connection_key,
    )
    carried = list_sent_claims(session, act.client_id, [file.id for file in files.values()])
    events: list[ClaimEvent] = []
    refused: list[UUID] = []
    for statement in statements:
        file = files.get(statement.control_number)
        word = None if file is None else _apply_to_file(session, act, file, statement)
        if file is None or word is None:
            continue
        events.extend(
            _apply_to_claims(session, act, statement, carried.get(file.id, ()), word, terms)
        )
        if word is AcknowledgementWord.FILE_REFUSED and file.kind not in CLAIM_FILE_KINDS:
            refused.append(file.id)
    subjects = tuple(
        (statement, file.id if (file := files.get(statement.control_number)) else None)
        for statement in statements
    )
    return FileOutcome(subjects, tuple(events), tuple(dict.fromkeys(refused)))


def _apply_to_file(
    session: Session, act: Act, file: OutboundFile, statement: FileStatement
) -> AcknowledgementWord | None:
    """Follow what is said of the file; return what it means for its claims, if anything.

    Any answer proves that the file arrived. A TA1 that accepts says nothing of the claims. One
    that refuses a number which the partner has already is about a second copy of a file that left
    more than once, or that was accepted before: the first copy counts.
    """
    if file.state in NOT_CONFIRMED:
        confirm_file(session, act, file)
    if statement.is_accepted:
        return AcknowledgementWord.FILE_PASSED if statement.kind == "999" else None
    if statement.note_code == DUPLICATE_NUMBER and (
        outbound_files.was_in_doubt(session, act.client_id, file.id)
        or acknowledgements.was_accepted(session, act.client_id, file.id)
    ):
        return None
    if statement.kind == "TA1" and file.state == OutboundFileState.SENT:
        move(session, act.client_id, act, file, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.REFUSE)
    return AcknowledgementWord.FILE_REFUSED


def _apply_to_claims(
    session: Session,
    act: Act,
    statement: FileStatement,
    carried: Sequence[SentClaim],
    word: AcknowledgementWord,
    terms: WorkTerms,
) -> list[ClaimEvent]:
    moved = {sent.claim.id: follow_word(session, act, sent, word) for sent in carried}
    reason = ":".join(filter(None, (statement.kind, statement.code, statement.note_code)))
    reasons = {id_: reason for id_, event in moved.items() if event is ClaimEvent.REJECT}
    open_rejections(session, act, reasons, terms=terms)
    return [event for event in moved.values() if event is not None]
