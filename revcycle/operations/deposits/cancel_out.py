"""Put a debit against the deposit that it took back."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.bank_line import BANK_LINE_TRANSITIONS, BankLineEvent
from models.values.money import ZERO
from revcycle.operations.deposits.ask_about_deposits import cause_of_line
from revcycle.rules.deposits.bookings import return_entry
from revcycle.store import ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.deposits import lock_bank_lines
from revcycle.store.state_changes import move


def cancel_out(session: Session, act: Act, one_id: UUID, other_id: UUID) -> None:
    """Say that a debit took back exactly one deposit; both are open, and nothing together.

    Raises:
        NotFoundError: this practice has not both lines.
        RejectedError: their amounts are not each other's opposite.
        IllegalTransitionError: one of them is matched; take it off its remittance first.
    """
    lines = lock_bank_lines(session, act.client_id, {one_id, other_id})
    if len(lines) != 2 or lines[0].amount != -lines[1].amount:  # noqa: PLR2004 - a pair
        msg = "a debit takes back a deposit of the same amount"
        raise RejectedError(msg)
    debit, deposit = sorted(lines, key=lambda line: line.amount > ZERO)
    for line, counterpart in ((debit, deposit), (deposit, debit)):
        move(session, act.client_id, act, line, BANK_LINE_TRANSITIONS, BankLineEvent.CANCEL_OUT)
        line.counterpart_id = counterpart.id
        record_act(session, act.client_id, act, "cancel_deposit_out", "bank_line", line.id)
    debit.booking += 1
    entry = return_entry(deposit.id, debit.id, deposit.amount, on=act.today, booking=debit.booking)
    ledger.insert_entries(session, act.client_id, act, [entry])
    causes = [cause_of_line(line.id) for line in lines]
    work_items.close_work_items(session, act.client_id, act, causes, resolution="returned")
