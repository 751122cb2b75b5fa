"""Match deposits with remittances because a person says so."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.bank_line import BankLineState
from models.values.money import ZERO, Money
from revcycle.operations.deposits.book_pairs import book_pairs
from revcycle.rules.deposits.allocation import allocate_deposits, allocation_gap
from revcycle.store.deposits import (
    as_open_deposit,
    lock_bank_lines,
    lock_remittances,
    open_remittances,
)


def match_by_hand(
    session: Session, act: Act, bank_line_ids: Sequence[UUID], remittance_ids: Sequence[UUID]
) -> None:
    """Match one deposit or several with one remittance or several; the sums must be equal.

    Raises:
        NotFoundError: this practice has not all of them.
        RejectedError: one is matched already, none is named, or the sums differ.
    """
    lines = lock_bank_lines(session, act.client_id, bank_line_ids)
    lock_remittances(session, act.client_id, remittance_ids)
    remittances = open_remittances(session, act.client_id, ids=remittance_ids)
    _require(bool(lines) and bool(remittance_ids), "choose a deposit and a remittance")
    _require(
        all(line.state == BankLineState.UNMATCHED for line in lines),
        "one of these deposits is not open any more: look at it again",
    )
    _require(
        len(remittances) == len(set(remittance_ids)),
        "the money of one of these remittances has come already: look at it again",
    )
    deposits = [as_open_deposit(line) for line in lines]
    gap = allocation_gap(deposits, remittances)
    word = "more" if gap > ZERO else "less"
    _require(
        not gap,
        f"the deposits bring {Money(abs(gap.cents))} {word} than the remittances explain: add what "
        "is missing to one side, or wait for the rest",
    )
    book_pairs(session, act, lines, allocate_deposits(deposits, remittances))


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - reads as the sentence it is
    if not holds:
        raise RejectedError(message)
