"""Decide about a file nobody knows the fate of, by what the partner said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.file import OutboundFileState
from models.states.work_item import WorkItemState
from models.tables import OutboundFile, WorkItem
from revcycle.operations.files.refuse_outbound_file import refuse_outbound_file
from revcycle.operations.files.report_outbound_file import (
    record_outbound_returned,
    record_outbound_sent,
)
from revcycle.operations.verification.apply_answers import fail_checks
from revcycle.store import acknowledgements, work_items, work_notes
from revcycle.store.audit import record_act
from revcycle.store.outbound_files import get_outbound_file

OTHER_BYTES: Final = "transport.other_bytes"
REFUSED_REASON: Final = "transport.refused"
FILE_REFUSED: Final = "file_refused"  # the same word as when an acknowledgement says it


class FileFate(StrEnum):
    """What the partner said of the file. The value stands in the form and in the trail."""

    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ResendTerms:
    """Whether the same bytes may leave again.

    Attributes:
        refuses_repeats: The partner refuses a control number that it has.
        is_lead: A team lead decides; without a partner that refuses repeats nobody else may.
    """

    refuses_repeats: bool
    is_lead: bool


def settle_outbound_doubt(
    session: Session,
    act: Act,
    work_item_id: UUID,
    *,
    token: int,
    fate: FileFate,
    evidence: str,
    terms: ResendTerms,
) -> None:
    """Follow what a person found out about a file in doubt, with the evidence written down.

    What arrived is never sent again. What did not arrive leaves again with the same bytes and
    control number, so that whoever has it after all can tell. What was refused is given up: its
    claims go to the rejections, its questions fail.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: no evidence is given, the file is in doubt no more, or sending it again
            could leave it twice with the partner.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    file = get_outbound_file(session, act.client_id, item.subject_id)
    if not evidence.strip():
        msg = "say who at the partner said so, when, and what they looked at"
        raise RejectedError(msg)
    if file.state != OutboundFileState.UNCERTAIN:
        msg = f"the file is not in doubt any more: it is {file.state}"
        raise RejectedError(msg)
    if fate is FileFate.NOT_ARRIVED:
        _refuse_doubles(session, act, item, file, terms)
    text = f"{fate.replace('_', ' ').capitalize()}: {evidence.strip()}"
    work_notes.add_note(session, act.client_id, act, work_item_id, text)
    record_act(
        session,
        act.client_id,
        act,
        "settle_outbound_doubt",
        "outbound_file",
        file.id,
        outcome=fate,
    )
    _follow(session, act, file, fate)
    session.flush()
    if item.state == WorkItemState.OPEN:
        work_items.close_leased_work_item(
            session, act.client_id, act, work_item_id, token=token, resolution=fate
        )


def why_not_again(
    session: Session, client_id: UUID, item_reason: str, file_id: UUID, terms: ResendTerms
) -> str:
    """Say why a file may not be sent again; empty if it may."""
    if item_reason == OTHER_BYTES:
        return "other bytes lie at the partner under its name, and are never overwritten"
    if acknowledgements.was_accepted(session, client_id, file_id):
        return "the partner has acknowledged it"
    if not (terms.refuses_repeats or terms.is_lead):
        return "this partner takes the same file twice: a team lead decides"
    return ""


def _refuse_doubles(
    session: Session, act: Act, item: WorkItem, file: OutboundFile, terms: ResendTerms
) -> None:
    reason = why_not_again(session, act.client_id, item.reason, file.id, terms)
    if reason:
        msg = f"it is not sent again: {reason}"
        raise RejectedError(msg)


def _follow(session: Session, act: Act, file: OutboundFile, fate: FileFate) -> None:
    if fate is FileFate.ARRIVED:
        record_outbound_sent(session, act, file.id)
    elif fate is FileFate.NOT_ARRIVED:
        record_outbound_returned(session, act, file.id)
    else:
        refuse_outbound_file(session, act, file.id, reason=REFUSED_REASON)
        fail_checks(session, act, [file.id], reason=FILE_REFUSED)
