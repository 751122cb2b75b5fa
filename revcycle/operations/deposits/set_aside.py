"""Say of a bank line that no payer's money came with it, and take that back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.bank_line import BANK_LINE_TRANSITIONS, BankLineEvent
from revcycle.operations.deposits.ask_about_deposits import cause_of_line, refresh_questions
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.operations.deposits.unmatch_deposit import bookings_of, reverse_entries
from revcycle.rules.deposits.bookings import deposit_entry, deposit_source
from revcycle.store import ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.deposits import lock_bank_lines
from revcycle.store.state_changes import move

SET_ASIDE_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bank_fee": "a fee of the bank",
        "own_payment": "what the practice spent",
        "patients": "payments of patients, booked when they were taken",
        "own_transfer": "between the practice's own accounts",
        "not_patient_care": "income that is not for treatment",
        "other_practice": "money of another practice, to be passed on",
    }
)


def set_aside(session: Session, act: Act, bank_line_id: UUID, *, reason: str) -> None:
    """Take a line out of the books of receivables; its entry is reversed to the cent.

    Raises:
        NotFoundError: this practice has no such line.
        RejectedError: the reason is none of the list.
        IllegalTransitionError: the line is matched; take it off first.
    """
    if reason not in SET_ASIDE_REASONS:
        msg = "choose why this line is set aside"
        raise RejectedError(msg)
    (line,) = lock_bank_lines(session, act.client_id, [bank_line_id])
    move(session, act.client_id, act, line, BANK_LINE_TRANSITIONS, BankLineEvent.SET_ASIDE)
    line.reason = reason
    reverse_entries(session, act, [deposit_source(line.id, time) for time in bookings_of(line)])
    work_items.close_work_items(
        session, act.client_id, act, [cause_of_line(line.id)], resolution="set aside"
    )
    record_act(
        session, act.client_id, act, "set_deposit_aside", "bank_line", line.id, outcome=reason
    )


def bring_back(
    session: Session, act: Act, bank_line_id: UUID, policy: DepositPolicy | None
) -> None:
    """Book a line that was set aside; it waits for its remittance again.

    Raises:
        NotFoundError: this practice has no such line.
        IllegalTransitionError: the line was not set aside.
    """
    (line,) = lock_bank_lines(session, act.client_id, [bank_line_id])
    move(session, act.client_id, act, line, BANK_LINE_TRANSITIONS, BankLineEvent.BRING_BACK)
    line.reason = ""
    line.booking += 1
    entry = deposit_entry(line.id, line.amount, posted_on=line.posted_on, booking=line.booking)
    ledger.insert_entries(session, act.client_id, act, [entry])
    record_act(session, act.client_id, act, "bring_deposit_back", "bank_line", line.id)
    session.flush()
    if policy is not None:
        refresh_questions(session, act, policy, again=[cause_of_line(line.id)])
