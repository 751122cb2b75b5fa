"""Give a denied amount up, as the second person."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.errors import RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.states.work_item import WorkItemEvent
from models.values.accounts import Account
from revcycle.operations.denials.move_denied_money import denied_balance, source_key, subject_of
from revcycle.rules.approvals.ladder import check_approval
from revcycle.rules.ledger.movements import write_off_entry
from revcycle.store import denials, ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


class SamePersonError(RejectedError):
    """Who asked for a write-off may not approve it."""


def approve_write_off(session: Session, act: Act, denial_id: UUID, *, approver: Approver) -> None:
    """Write a denial off, by its amount and never by more than what is denied.

    Args:
        session: The open transaction.
        act: Who decides.
        denial_id: The denial.
        approver: The same person, with the limits of the practice.

    Raises:
        NotFoundError: this client has no such denial.
        SamePersonError: the actor asked for it.
        IllegalTransitionError: no write-off was asked for.
        RejectedError: the amount is above what the person may approve, or the denied receivable
            holds less than the denial says.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.APPROVE_WRITE_OFF)
    if denial.requested_by == act.actor:
        msg = f"the write-off of denial {denial.id} needs a second person"
        raise SamePersonError(msg)
    for finding in check_approval(
        denial.amount, requested_by=denial.requested_by, approver=approver
    ):
        raise RejectedError(finding.message)
    entry = write_off_entry(
        source_key(denial),
        act.today,
        subject_of(session, act, denial),
        denial.amount,
        balance=denied_balance(session, act, denial),
        from_account=Account.AR_DENIED,
    )
    ledger.insert_entries(session, act.client_id, act, [entry])
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [f"write_off:{denial.id}"],
        resolution="approved",
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "approve_write_off", "denial", denial.id)
