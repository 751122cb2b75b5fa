"""Go on with a denial after the payer looked at the records, or will not."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from revcycle.operations.denials.appeal_work import (
    UPHELD,
    close_item,
    denial_cause,
    reopen_denial_item,
)
from revcycle.rules.denials.find_play import find_play
from revcycle.store import denials
from revcycle.store.audit import record_act
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.records_requests import lock_last_request
from revcycle.store.state_changes import move


def end_records(session: Session, act: Act, denial_id: UUID, *, plays: Sequence[Play]) -> None:
    """Give a denial back to whoever works it: the payer keeps to it, or records do not exist.

    What was sent and not accepted goes on as an earlier decision that stands; without anything
    sent, the denial begins anew with its own play.

    Raises:
        NotFoundError: this client has no such denial, or nothing was asked for.
        IllegalTransitionError: the denial does not wait for records.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.END_RECORDS)
    was_sent = lock_last_request(session, act.client_id, denial_id).sent_on is not None
    picture = get_denial_picture(session, act.client_id, denial_id)
    carc = UPHELD if was_sent else picture.reason
    remarks = () if was_sent else picture.remarks
    play = find_play(
        picture.group,
        carc,
        remarks,
        picture.payer_key,
        plays,
        procedure_code=picture.procedure_code,
    )
    close_item(session, act, denial_cause(denial_id), resolution="records did not help")
    reopen_denial_item(session, act, denial, play)
    record_act(session, act.client_id, act, "end_records", "denial", denial_id)
