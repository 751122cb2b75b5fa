"""Take a deposit off its remittances again, or off the debit that cancelled it out."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryKind
from models.errors import RejectedError
from models.states.bank_line import BANK_LINE_TRANSITIONS, BankLineEvent, BankLineState
from models.tables import BankLine
from revcycle.operations.deposits.ask_about_deposits import (
    cause_of_line,
    cause_of_remittance,
    refresh_questions,
)
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.rules.deposits.bookings import match_source, return_source
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.store import ledger
from revcycle.store.audit import record_act
from revcycle.store.deposits import lock_bank_lines, standing_matches
from revcycle.store.standing_entries import unreversed_entries_of_sources
from revcycle.store.state_changes import move


def unmatch_deposit(
    session: Session, act: Act, bank_line_id: UUID, policy: DepositPolicy | None
) -> None:
    """Undo what a line is matched with; its entries are reversed to the cent.

    Raises:
        NotFoundError: this practice has no such line.
        RejectedError: nothing is matched with it.
    """
    (line,) = lock_bank_lines(session, act.client_id, [bank_line_id])
    if line.state == BankLineState.RETURNED:
        causes = _part_returned(session, act, line)
    elif line.state == BankLineState.MATCHED:
        causes = _undo_matches(session, act, line)
    else:
        msg = "this line is matched with nothing now"
        raise RejectedError(msg)
    record_act(session, act.client_id, act, "unmatch_deposit", "bank_line", line.id)
    session.flush()
    if policy is not None:
        refresh_questions(session, act, policy, again=causes)


def _undo_matches(session: Session, act: Act, line: BankLine) -> list[str]:
    matches = standing_matches(session, act.client_id, [line.id])
    reverse_entries(session, act, [match_source(match.id) for match in matches])
    for match in matches:
        match.undone_at = act.at
        match.undone_by = act.actor
    move(session, act.client_id, act, line, BANK_LINE_TRANSITIONS, BankLineEvent.UNMATCH)
    remittances = [cause_of_remittance(match.remittance_id) for match in matches]
    return [cause_of_line(line.id), *remittances]


def _part_returned(session: Session, act: Act, line: BankLine) -> list[str]:
    assert line.counterpart_id is not None, "what is returned names its other half"  # noqa: S101
    lines = lock_bank_lines(session, act.client_id, [line.id, line.counterpart_id])
    sources = [return_source(one.id, time) for one in lines for time in bookings_of(one)]
    reverse_entries(session, act, sources)
    for one in lines:
        move(session, act.client_id, act, one, BANK_LINE_TRANSITIONS, BankLineEvent.UNMATCH)
        one.counterpart_id = None
    return [cause_of_line(one.id) for one in lines]


def bookings_of(line: BankLine) -> range:
    """Number every booking that a line ever had; all but the last are reversed."""
    return range(1, line.booking + 1)


def reverse_entries(session: Session, act: Act, source_keys: list[str]) -> None:
    """Book the exact negation of entries of these sources, under today's date."""
    booked = unreversed_entries_of_sources(
        session, act.client_id, source_keys, [EntryKind.BANK_DEPOSIT]
    )
    drafts = [reversal_of(entry, effective_date=act.today) for entry in booked]
    ledger.insert_entries(session, act.client_id, act, drafts)
