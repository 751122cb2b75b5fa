"""Say that the records which a payer asked for left."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.denial import DenialState
from revcycle.operations.denials.appeal_work import (
    close_item,
    denial_cause,
    open_records_answer_item,
)
from revcycle.operations.denials.send_appeal import SendingWay
from revcycle.store import attachments, claims, denials
from revcycle.store.attachments import AttachmentLine
from revcycle.store.audit import record_act
from revcycle.store.records_requests import lock_last_request

ANSWER_DAYS: Final = 45  # payers decide within 30 to 45 days of complete records
ATTACHMENTS_MAX: Final = 10


def send_records(
    session: Session,
    act: Act,
    denial_id: UUID,
    *,
    way: SendingWay,
    sent_on: date,
    attachment_ids: Sequence[UUID] = (),
) -> None:
    """Keep when, how and which files were sent, and wait for the payer's decision.

    Raises:
        NotFoundError: this client has no such denial, or nothing was asked for.
        RejectedError: the records left before, the day is before the request or still to come, or
            a file is not one of the denial or its visit.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    if DenialState(denial.state) is not DenialState.RECORDS_REQUESTED:
        msg = f"denial {denial_id} does not wait for records"
        raise RejectedError(msg)
    request = lock_last_request(session, act.client_id, denial_id)
    if request.sent_on is not None:
        msg = "the records left already"
        raise RejectedError(msg)
    if not request.asked_on <= sent_on <= act.today:
        msg = "records leave between the day they were asked for and today"
        raise RejectedError(msg)
    known = {one.id for one in files_of_denial(session, act, denial_id)}
    chosen = list(dict.fromkeys(attachment_ids))
    if not known.issuperset(chosen) or len(chosen) > ATTACHMENTS_MAX:
        msg = f"choose at most {ATTACHMENTS_MAX} of the files of this denial and its visit"
        raise RejectedError(msg)
    request.sent_on, request.way = sent_on, str(way)
    request.answer_by = sent_on + timedelta(days=ANSWER_DAYS)
    request.attachment_ids = " ".join(map(str, chosen))
    close_item(session, act, denial_cause(denial_id), resolution=f"records sent by {way}")
    open_records_answer_item(session, act, denial, request.answer_by)
    record_act(session, act.client_id, act, "send_records", "denial", denial_id, outcome=way)


def files_of_denial(session: Session, act: Act, denial_id: UUID) -> list[AttachmentLine]:
    """List the files that may be sent: those beside the denial, its claim and its visit.

    Raises:
        NotFoundError: this client has no such denial.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    claim = claims.get_claim(session, act.client_id, denial.claim_id)
    subjects = (("denial", denial_id), ("claim", claim.id), ("encounter", claim.encounter_id))
    return [
        file
        for kind, subject_id in subjects
        for file in attachments.list_attachments(session, act.client_id, kind, [subject_id])
    ]
