"""Match deposits with remittances where nobody needs to be asked, then ask about the rest."""

from dataclasses import dataclass

from sqlmodel import Session

from models.documents.act import Act
from revcycle.operations.deposits.ask_about_deposits import refresh_questions
from revcycle.operations.deposits.book_pairs import book_pairs
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.rules.deposits.matching import choose_pairs
from revcycle.store.deposits import (
    lock_bank_lines,
    lock_remittances,
    open_deposits,
    open_remittances,
)
from revcycle.store.ledger import in_chunks


@dataclass(frozen=True, slots=True)
class SettledCount:
    """What came of it.

    Attributes:
        asked: Questions that are new.
    """

    matched: int
    asked: int


def settle_deposits(session: Session, act: Act, policy: DepositPolicy) -> SettledCount:
    """Match what is sure and ask about what stays open; repeating it changes nothing."""
    client_id = act.client_id
    pairs = choose_pairs(
        open_deposits(session, client_id), open_remittances(session, client_id), policy.terms
    )
    for chunk in in_chunks(pairs):
        lines = lock_bank_lines(session, client_id, [pair.bank_line_id for pair in chunk])
        lock_remittances(session, client_id, [pair.remittance_id for pair in chunk])
        book_pairs(session, act, lines, chunk)
    session.flush()
    return SettledCount(len(pairs), refresh_questions(session, act, policy))
