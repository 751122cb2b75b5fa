"""Decide about files that a sender took and never reported on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ResendPolicy
from models.states.file import OUTBOUND_FILE_TRANSITIONS, OutboundFileEvent, OutboundFileState
from models.states.work_item import Queue
from models.tables import OutboundFile
from revcycle.operations.files.report_outbound_file import confirm_file, transport_cause
from revcycle.store.outbound_files import find_files_by_id
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem, open_work_items


@dataclass(frozen=True, slots=True)
class PartnerLook:
    """What lies at the partner under the name of one of our files."""

    outbound_file_id: UUID
    sha256: str | None  # None: nothing was found


@dataclass(frozen=True, slots=True)
class DoubtCount:
    """What became of the doubtful files."""

    confirmed: int
    returned: int
    uncertain: int


def doubt_outbound_files(
    session: Session, act: Act, looks: Sequence[PartnerLook], *, resend_policy: ResendPolicy
) -> DoubtCount:
    """Confirm what lies at the partner; send again, or hold for a person, what does not.

    The same bytes and control number go out again only to a partner that refuses what it already
    has. Other bytes under our name are never overwritten: a person looks. Files that are no
    longer being sent are left out, so repeating it changes nothing.
    """
    rows = find_files_by_id(session, act.client_id, [look.outbound_file_id for look in looks])
    events = [
        _decide(session, act, row, look.sha256, resend_policy)
        for look in looks
        if (row := rows.get(look.outbound_file_id)) and row.state == OutboundFileState.SENDING
    ]
    count = Counter(events)
    return DoubtCount(
        count[OutboundFileEvent.CONFIRM],
        count[OutboundFileEvent.RETURN],
        count[OutboundFileEvent.DOUBT],
    )


def _decide(
    session: Session, act: Act, row: OutboundFile, found_sha256: str | None, policy: ResendPolicy
) -> OutboundFileEvent:
    if found_sha256 == row.sha256:
        confirm_file(session, act, row)
        return OutboundFileEvent.CONFIRM
    if found_sha256 is None and policy is ResendPolicy.IDENTICAL:
        event = OutboundFileEvent.RETURN
    else:
        event = OutboundFileEvent.DOUBT
        reason = "transport.uncertain" if found_sha256 is None else "transport.other_bytes"
        _open_item(session, act, row, reason)
    move(session, act.client_id, act, row, OUTBOUND_FILE_TRANSITIONS, event)
    return event


def _open_item(session: Session, act: Act, row: OutboundFile, reason: str) -> None:
    item = NewWorkItem(
        queue=Queue.TRANSPORT,
        cause_key=transport_cause(row.id),
        subject_kind="outbound_file",
        subject_id=row.id,
        reason=reason,
        detail=f"{row.name}: ask the partner whether it arrived",
        service_hours=4,
        priority=1,
    )
    open_work_items(session, act.client_id, act, [item])
