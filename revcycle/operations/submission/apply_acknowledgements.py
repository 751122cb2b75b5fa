"""Take what a partner says of files and claims we sent: TA1, 999, 277CA."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding, Severity
from models.errors import RejectedError
from models.states.claim import ClaimEvent
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.work_item import Queue
from models.tables import Acknowledgement, InboundFile
from revcycle.operations.submission.acknowledged_claims import (
    ClaimStatement,
    apply_claim_statements,
)
from revcycle.operations.submission.acknowledged_files import (
    FileStatement,
    apply_file_statements,
)
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.read_acknowledgements import (
    ReadStatements,
    read_acknowledgements,
)
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem, open_work_items


@dataclass(frozen=True, slots=True)
class AppliedAcknowledgements:
    """What the acknowledgements of one file did.

    Attributes:
        applied: How many statements the file makes, all recorded.
        accepted: Claims that the payer took.
        rejected: Claims that were refused.
        unknown: Statements about nothing of ours; a work item is open.
        refused_inquiry_file_ids: 270 and 276 files refused as a whole, for their own stages.
    """

    applied: int = 0
    accepted: int = 0
    rejected: int = 0
    unknown: int = 0
    refused_inquiry_file_ids: tuple[UUID, ...] = ()


def apply_acknowledgements(
    session: Session,
    act: Act,
    inbound_file_id: UUID,
    *,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> AppliedAcknowledgements:
    """Record every statement of a file and move on what it is about, never backwards.

    Repeating it is safe: a file that is not newly received changes nothing. A file that cannot be
    read is quarantined; a statement about nothing of ours is recorded and a person looks.

    Raises:
        NotFoundError: this practice has no such file.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state != InboundFileState.RECEIVED:
        return AppliedAcknowledgements()
    try:
        statements = read_acknowledgements(file.content)
    except RejectedError:
        _quarantine(session, act, file, "ack.unreadable")
        return AppliedAcknowledgements()
    if not (statements.files or statements.claims):
        _quarantine(session, act, file, "ack.empty")
        return AppliedAcknowledgements()
    return _apply(session, act, file, statements, terms)


def _apply(
    session: Session, act: Act, file: InboundFile, statements: ReadStatements, terms: WorkTerms
) -> AppliedAcknowledgements:
    of_files = apply_file_statements(
        session, act, statements.files, connection_key=file.source, terms=terms
    )
    of_claims = apply_claim_statements(
        session, act, statements.claims, connection_key=file.source, terms=terms
    )
    rows = [
        *(_file_row(act, file, statement, id_) for statement, id_ in of_files.subjects),
        *(_claim_row(act, file, statement, *ids) for statement, ids in of_claims.subjects),
    ]
    for ordinal, row in enumerate(rows, start=1):
        row.ordinal = ordinal
    session.add_all(rows)
    unknown = sum(row.outbound_file_id is None for row in rows)
    _report(session, act, file, unknown, statements.findings)
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)
    events = Counter([*of_files.claim_events, *of_claims.claim_events])
    return AppliedAcknowledgements(
        len(rows),
        events[ClaimEvent.ACCEPT],
        events[ClaimEvent.REJECT],
        unknown,
        of_files.refused_inquiry_file_ids,
    )


def _file_row(
    act: Act, file: InboundFile, statement: FileStatement, outbound_file_id: UUID | None
) -> Acknowledgement:
    return Acknowledgement(
        client_id=act.client_id,
        inbound_file_id=file.id,
        ordinal=0,
        kind=statement.kind,
        is_accepted=statement.is_accepted,
        code=statement.code,
        outbound_file_id=outbound_file_id,
    )


def _claim_row(
    act: Act,
    file: InboundFile,
    statement: ClaimStatement,
    claim_id: UUID | None,
    outbound_file_id: UUID | None,
) -> Acknowledgement:
    return Acknowledgement(
        client_id=act.client_id,
        inbound_file_id=file.id,
        ordinal=0,
        kind="277CA",
        is_accepted=statement.is_accepted,
        code=statement.code,
        claim_id=claim_id,
        outbound_file_id=outbound_file_id,
        payer_claim_control_number=statement.payer_claim_control_number,
    )


def _report(
    session: Session, act: Act, file: InboundFile, unknown: int, findings: Sequence[Finding]
) -> None:
    """Open work for what fits nothing of ours, and for what could not be read."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    items = []
    if unknown:
        detail = f"{unknown} statements are about nothing that we sent"
        items.append(_item(file, f"ack.unknown:{file.id}", "ack.unknown", detail))
    if errors:
        first = errors[0]
        detail = f"{len(errors)} parts not understood; first: {first.position} {first.message}"
        items.append(_item(file, f"ack.partly_read:{file.id}", first.rule_id, detail))
    open_work_items(session, act.client_id, act, items)


def _quarantine(session: Session, act: Act, file: InboundFile, reason: str) -> None:
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.QUARANTINE)
    file.reason = reason
    item = _item(file, f"quarantine:{file.id}", reason, "the file says nothing we can read")
    open_work_items(session, act.client_id, act, [item])


def _item(file: InboundFile, cause: str, reason: str, detail: str) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.TRANSPORT,
        cause_key=cause,
        subject_kind="inbound_file",
        subject_id=file.id,
        reason=reason,
        detail=detail,
    )
