"""Record that a partner would not take a file at all."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import ClaimEvent
from models.states.file import OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent
from models.states.work_item import Queue
from revcycle.operations.files.report_outbound_file import transport_cause
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.sent_claims import (
    follow_word,
    list_sent_claims,
    open_rejections,
)
from revcycle.rules.submission.acknowledged import AcknowledgementWord
from revcycle.store.outbound_files import get_outbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem, open_work_items


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """What was refused; the inquiries of a 270 or 276 are for their own stage to fail."""

    kind: str
    rejected_claims: int


def refuse_outbound_file(
    session: Session,
    act: Act,
    outbound_file_id: UUID,
    *,
    reason: str,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> RefusedFile:
    """Give up a file that the partner refused while we sent it; its claims are rejected.

    Args:
        session: The open transaction.
        act: Who reports it, and when.
        outbound_file_id: The file.
        reason: A code, such as ``transport.refused``; never what the partner wrote.
        terms: How urgent the work on it is.

    Raises:
        NotFoundError: this practice has no such file.
        IllegalTransitionError: nobody was sending it, or it was refused before.
    """
    file = get_outbound_file(session, act.client_id, outbound_file_id)
    move(session, act.client_id, act, file, OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent.REFUSE)
    carried = list_sent_claims(session, act.client_id, [file.id]).get(file.id, [])
    reasons = {
        sent.claim.id: reason
        for sent in carried
        if follow_word(session, act, sent, AcknowledgementWord.FILE_REFUSED) is ClaimEvent.REJECT
    }
    open_rejections(session, act, reasons, terms=terms)
    item = NewWorkItem(
        queue=Queue.TRANSPORT,
        cause_key=transport_cause(file.id),
        subject_kind="outbound_file",
        subject_id=file.id,
        reason=reason,
        detail=f"{file.name}: the partner would not take it",
        service_hours=4,
        priority=1,
    )
    open_work_items(session, act.client_id, act, [item])
    return RefusedFile(file.kind, len(reasons))
