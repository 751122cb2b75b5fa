"""Decide about a mail nobody knows the fate of, by the log of the mail server."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.operations.statements.report_message import record_message_sent, return_message
from revcycle.store import work_items, work_notes
from revcycle.store.audit import record_act


def settle_message_doubt(
    session: Session, act: Act, work_item_id: UUID, *, token: int, has_left: bool, evidence: str
) -> None:
    """Confirm a mail, or put it back into the outbox, with the evidence written down.

    It is sent again under the same Message-ID, so that a mail program can tell the two apart from
    two mails; a mailbox may still show both.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: no evidence is given.
        IllegalTransitionError: the mail is in doubt no more.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if not evidence.strip():
        msg = "say what the log of the mail server says, and who looked"
        raise RejectedError(msg)
    text = f"{'Left' if has_left else 'Did not leave'}: {evidence.strip()}"
    work_notes.add_note(session, act.client_id, act, work_item_id, text)
    if has_left:
        record_message_sent(session, act, item.subject_id)
    else:
        return_message(session, act, item.subject_id)
    outcome = "left" if has_left else "returned"
    record_act(
        session,
        act.client_id,
        act,
        "settle_message_doubt",
        "message",
        item.subject_id,
        outcome=outcome,
    )
