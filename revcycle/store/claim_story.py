"""What happened to a claim, from the practice's file to the last letter: one list of events.

The trail is put together from what each stage left: moves between states, acknowledgements,
decisions, entries of the books, work and notes. The number of queries does not depend on how much
happened.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import false, func, or_, tuple_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.ledger import EntryKind
from models.documents.records import FileRef, StoryEvent
from models.tables import (
    Acknowledgement,
    AuditEvent,
    Denial,
    EligibilityCheck,
    InboundFile,
    LedgerEntry,
    OutboundFile,
    Posting,
    StateChange,
    WorkItem,
    WorkItemNote,
)
from models.values.money import ZERO
from revcycle.store.decisions import list_decisions_of_claims
from revcycle.store.story_parts import StoryParts, find_story_parts

READS: Final = ("see_", "export_", "print_")  # who looked is in the audit trail, not here
CAUSES_FIRST: Final = (
    "inbound_file",
    "acknowledgement",
    "remittance",
    "eligibility_check",
    "encounter",
    "outbound_file",
    "claim",
    "denial",
)
# What other events do not say already: charges are booked with the coding, payments when posted.
BOOKED_APART: Final = (
    EntryKind.WRITE_OFF,
    EntryKind.TRANSFER,
    EntryKind.PATIENT_PAYMENT,
    EntryKind.CREDIT,
)


def tell_claim_story(session: Session, client_id: UUID, claim_id: UUID) -> list[StoryEvent]:
    """List everything that happened to a claim of this practice, the latest first."""
    parts = find_story_parts(session, client_id, claim_id)
    moves = list(_moves(session, client_id, parts))
    events = [
        *_intake(session, client_id, parts),
        *moves,
        *_acknowledged(session, client_id, parts),
        *_decided(session, client_id, parts),
        *_booked(session, client_id, parts),
        *_worked(session, client_id, parts),
        *_noted(session, client_id, parts),
        *_without_moves(_acts(session, client_id, parts), moves),
    ]
    return sorted(events, key=lambda event: (event.at, _depth(event.noun)), reverse=True)


def _depth(noun: str) -> int:
    """Order what happened in one instant: first what came from outside, last what followed."""
    return CAUSES_FIRST.index(noun) if noun in CAUSES_FIRST else len(CAUSES_FIRST)


def _intake(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    rows = session.execute(
        select_columns(
            col(InboundFile.id),
            col(InboundFile.kind),
            col(InboundFile.received_at),
            col(InboundFile.source),
        ).where(
            col(InboundFile.client_id) == client_id, col(InboundFile.id) == parts.inbound_file_id
        )
    )
    for file_id, kind, at, source in rows:
        file = FileRef(file_id, is_outbound=False, kind=kind)
        yield StoryEvent(at, source, "inbound_file", file_id, "arrive", code=kind, file=file)


def _moves(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    files = {
        **_file_kinds(session, client_id, parts.outbound_file_ids),
        **_question_files(session, client_id, parts.check_ids),
    }
    amounts = _denied_amounts(session, client_id, parts.denial_ids)
    rows = session.exec(
        select(StateChange).where(
            StateChange.client_id == client_id,
            _is_about(StateChange.noun, StateChange.subject_id, parts.subjects),
        )
    )
    for row in rows:
        reason, amount = amounts.get(row.subject_id, ("", None))
        file = files.get((row.subject_id, row.event)) or files.get((row.subject_id, ""))
        yield StoryEvent(
            row.at, row.actor, row.noun, row.subject_id, row.event, row.to_state,
            code=reason, amount=amount, file=file,
        )  # fmt: skip


def _question_files(
    session: Session, client_id: UUID, ids: Collection[UUID]
) -> dict[tuple[UUID, str], FileRef]:
    """Map questions to payers, and what happened to them, to the files that did it."""
    rows = session.execute(
        select_columns(
            col(EligibilityCheck.id),
            col(EligibilityCheck.outbound_file_id),
            col(EligibilityCheck.inbound_file_id),
        ).where(col(EligibilityCheck.client_id) == client_id, col(EligibilityCheck.id).in_(ids))
    )
    files: dict[tuple[UUID, str], FileRef] = {}
    for check_id, asked_in, answered_in in rows:
        if asked_in:
            files[check_id, "ask"] = FileRef(asked_in, is_outbound=True, kind="270")
        if answered_in:
            files[check_id, "answer"] = FileRef(answered_in, is_outbound=False, kind="271")
    return files


def _file_kinds(
    session: Session, client_id: UUID, ids: Collection[UUID]
) -> dict[tuple[UUID, str], FileRef]:
    """Map files to themselves, whatever happened to them."""
    rows = session.execute(
        select_columns(col(OutboundFile.id), col(OutboundFile.kind)).where(
            col(OutboundFile.client_id) == client_id, col(OutboundFile.id).in_(ids)
        )
    )
    return {(file_id, ""): FileRef(file_id, is_outbound=True, kind=kind) for file_id, kind in rows}


def _denied_amounts(
    session: Session, client_id: UUID, ids: Collection[UUID]
) -> dict[UUID, tuple[str, Any]]:
    rows = session.exec(
        select(Denial).where(Denial.client_id == client_id, col(Denial.id).in_(ids))
    )
    return {row.id: (f"{row.group}-{row.reason}", row.amount) for row in rows}


def _acknowledged(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    """Tell what partners said of the claim, and of whole files that carried it."""
    of_file = col(Acknowledgement.outbound_file_id).in_(parts.outbound_file_ids)
    rows = session.execute(
        select_columns(Acknowledgement, col(InboundFile.received_at), col(InboundFile.source))
        .join(
            InboundFile,
            (col(InboundFile.client_id) == client_id)
            & (col(InboundFile.id) == Acknowledgement.inbound_file_id),
        )
        .where(
            col(Acknowledgement.client_id) == client_id,
            or_(
                col(Acknowledgement.claim_id) == parts.claim_id,
                of_file & col(Acknowledgement.claim_id).is_(None),
            ),
        )
    )
    for row, at, source in rows:
        yield StoryEvent(
            at,
            source,
            "acknowledgement",
            row.id,
            "accept" if row.is_accepted else "reject",
            state=row.kind,
            code=row.code,
            file=FileRef(row.inbound_file_id, is_outbound=False, kind=row.kind),
        )


def _decided(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    for one in list_decisions_of_claims(session, client_id, [parts.claim_id]):
        yield StoryEvent(
            one.posted_at,
            one.payer_name,
            "remittance",
            one.remittance_id,
            "reverse" if one.reverses_id else "decide",
            state=one.outcome,
            code=one.status,
            amount=one.paid,
            file=one.file,
        )


def _booked(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    """Tell what was booked apart from decisions: what was moved is what the entry debits."""
    debit = func.sum(Posting.amount).filter(col(Posting.amount) > ZERO)
    rows = session.execute(
        select_columns(
            col(LedgerEntry.id),
            col(LedgerEntry.kind),
            col(LedgerEntry.posted_at),
            col(LedgerEntry.actor),
            debit,
        )
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.kind).in_(BOOKED_APART),
            col(Posting.charge_id).in_(parts.charge_ids),
        )
        .group_by(
            col(LedgerEntry.id),
            col(LedgerEntry.kind),
            col(LedgerEntry.posted_at),
            col(LedgerEntry.actor),
        )
    )
    for entry_id, kind, at, actor, amount in rows:
        yield StoryEvent(at, actor, "ledger_entry", entry_id, kind, amount=amount)


def _worked(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    for row in session.exec(_items(client_id, parts)):
        yield StoryEvent(
            row.opened_at, "", "work_item", row.id, "open",
            state=row.queue, code=row.reason, text=row.detail,
        )  # fmt: skip
        if row.closed_at:
            yield StoryEvent(
                row.closed_at, row.closed_by, "work_item", row.id, "close",
                state=row.queue, code=row.reason, text=row.resolution,
            )  # fmt: skip


def _noted(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    rows = session.execute(
        select_columns(WorkItemNote, col(WorkItem.queue))
        .join(
            WorkItem,
            (col(WorkItem.client_id) == client_id)
            & (col(WorkItem.id) == WorkItemNote.work_item_id),
        )
        .where(
            col(WorkItemNote.client_id) == client_id,
            _is_about(WorkItem.subject_kind, WorkItem.subject_id, parts.subjects),
        )
    )
    for row, queue in rows:
        yield StoryEvent(
            row.at, row.author, "work_item_note", row.work_item_id, "annotate", queue, text=row.text
        )


def _items(client_id: UUID, parts: StoryParts) -> Any:
    return select(WorkItem).where(
        WorkItem.client_id == client_id,
        _is_about(WorkItem.subject_kind, WorkItem.subject_id, parts.subjects),
    )


def _acts(session: Session, client_id: UUID, parts: StoryParts) -> Iterator[StoryEvent]:
    """Tell what people did, as far as it was no mere look."""
    about = [
        (kind, one) for kind, one in parts.subjects if kind in {"claim", "encounter", "denial"}
    ]
    rows = session.exec(
        select(AuditEvent).where(
            AuditEvent.client_id == client_id,
            _is_about(AuditEvent.subject_kind, AuditEvent.subject_id, about),
            *(~col(AuditEvent.action).startswith(read, autoescape=True) for read in READS),
        )
    )
    for row in rows:
        yield StoryEvent(
            row.at,
            row.actor,
            "audit_event",
            row.subject_id or parts.claim_id,
            row.action,
            row.subject_kind,
            row.outcome,
        )


def _without_moves(acts: Iterable[StoryEvent], moves: Iterable[StoryEvent]) -> Iterator[StoryEvent]:
    """Leave out acts whose outcome, a new state of the same record, is told already."""
    told = {(move.at, move.actor, move.subject_id) for move in moves}
    return (act for act in acts if (act.at, act.actor, act.subject_id) not in told)


def _is_about(kind: Any, subject_id: Any, subjects: Iterable[tuple[str, UUID]]) -> Any:
    wanted = list(subjects)
    return tuple_(col(kind), col(subject_id)).in_(wanted) if wanted else false()
