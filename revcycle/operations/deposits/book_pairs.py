"""Book that deposits pay remittances, in one transaction with their states."""

from collections.abc import Sequence

from sqlmodel import Session

from models.documents.act import Act
from models.documents.deposit import DepositPair
from models.states.bank_line import BANK_LINE_TRANSITIONS, BankLineEvent
from models.tables import BankLine
from revcycle.operations.deposits.ask_about_deposits import cause_of_line, cause_of_remittance
from revcycle.rules.deposits.bookings import match_entry
from revcycle.store import ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.deposits import insert_matches
from revcycle.store.state_changes import move

MATCHED = "matched"


def book_pairs(
    session: Session, act: Act, lines: Sequence[BankLine], pairs: Sequence[DepositPair]
) -> None:
    """Match locked lines with remittances, book it, and close what was asked about both.

    Raises:
        IllegalTransitionError: a line is not open any more.
    """
    client_id = act.client_id
    for line in lines:
        move(session, client_id, act, line, BANK_LINE_TRANSITIONS, BankLineEvent.MATCH)
        record_act(session, client_id, act, "match_deposit", "bank_line", line.id)
    made = insert_matches(session, client_id, act, pairs)
    entries = [
        match_entry(match_id, pair.bank_line_id, pair.remittance_id, pair.amount, on=act.today)
        for match_id, pair in made
    ]
    ledger.insert_entries(session, client_id, act, entries)
    causes = [cause_of_line(line.id) for line in lines]
    causes += [cause_of_remittance(pair.remittance_id) for pair in pairs]
    for chunk in ledger.in_chunks(causes):
        work_items.close_work_items(session, client_id, act, chunk, resolution=MATCHED)
