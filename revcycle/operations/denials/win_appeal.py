"""Write down that a payer gave in."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.appeal import APPEAL_TRANSITIONS, AppealEvent
from revcycle.operations.denials.appeal_work import appeal_cause, close_item, open_money_item
from revcycle.store import appeals, denials
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def win_appeal(session: Session, act: Act, appeal_id: UUID, *, money_by: date) -> None:
    """End an appeal that the payer granted, and wait for the money.

    The books change when the payer's remittance takes the denial back, not on its word: until
    then the denial stays appealed.

    Args:
        session: The open transaction.
        act: Who writes it down.
        appeal_id: The appeal.
        money_by: When the payment should have come.

    Raises:
        NotFoundError: this client has no such appeal.
        IllegalTransitionError: it was not sent, or is decided.
        RejectedError: the money is expected in the past.
    """
    if money_by < act.today:
        msg = "the money is expected from today on"
        raise RejectedError(msg)
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    move(session, act.client_id, act, appeal, APPEAL_TRANSITIONS, AppealEvent.WIN)
    appeal.decided_on = act.today
    denial = denials.lock_denial(session, act.client_id, appeal.denial_id)
    close_item(session, act, appeal_cause(denial.id), resolution="won")
    open_money_item(session, act, denial, money_by)
    record_act(session, act.client_id, act, "win_appeal", "appeal", appeal_id)
