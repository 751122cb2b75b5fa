"""Note a letter in which a payer announces that it takes money back."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import EarlierDecision, PostingOutcome
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.posting.book_provider_adjustments import recovery_cause
from revcycle.operations.posting.level_credits import level_credits
from revcycle.rules.ledger.provider_adjustments import sub_ledger
from revcycle.rules.ledger.recoupment import Recoupment, recoupment_entry
from revcycle.store import ledger, recoveries, remittances, work_items
from revcycle.store.audit import record_act
from revcycle.store.postable_claims import get_postable_claim, lock_claims
from revcycle.store.work_items import NewWorkItem

RECOUPED: Final = "posting.recouped"
SERVICE_HOURS: Final = 72
REFERENCE_MAX: Final = 50  # PLB03-2


@dataclass(frozen=True, slots=True)
class RecoupmentLetter:
    """What the letter says.

    Attributes:
        claim_number: Ours, as we sent it.
        reference: The payer's number, under which it will take the money (PLB03-2).
        on: The date of the letter.
    """

    claim_number: str
    reference: str
    amount: Money
    on: date


def note_recoupment(session: Session, act: Act, letter: RecoupmentLetter) -> UUID:
    """Let the payer owe again what it takes back, against the sub-ledger of its reference.

    Work for the claim opens: object, correct or give up. If the money was taken before the letter
    came, the question about it closes. The same letter is booked once.

    Returns:
        The claim.

    Raises:
        RejectedError: no claim has the number, nothing of it was paid, the amount is more than was
            paid, or the letter is from the future.
        AlreadyBookedError: the letter was noted before.
    """
    claim_id, decision = _decided_claim(session, act, letter)
    claim = get_postable_claim(session, act.client_id, claim_id)
    trace_id = recoveries.payer_trace_of(session, act.client_id, decision.remittance_id)
    reference = sub_ledger(trace_id, letter.reference)
    entry = recoupment_entry(
        Recoupment(
            f"recoup:{claim_id}:{letter.reference}",
            claim_id,
            claim.patient_id,
            decision.rank,
            reference,
            letter.amount,
            letter.on,
        ),
        recoveries.paid_by_charge(session, act.client_id, claim_id),
    )
    ledger.insert_entries(session, act.client_id, act, [entry])
    level_credits(
        session,
        act,
        [line.charge_id for line in claim.lines],
        cause=entry.source_key,
        effective_date=letter.on,
    )
    _follow_up(session, act, claim_id, entry.source_key, reference)
    record_act(session, act.client_id, act, "note_recoupment", "claim", claim_id)
    return claim_id


def _decided_claim(
    session: Session, act: Act, letter: RecoupmentLetter
) -> tuple[UUID, EarlierDecision]:
    if not 0 < len(letter.reference) <= REFERENCE_MAX:
        msg = f"the payer's reference has 1 to {REFERENCE_MAX} characters"
        raise RejectedError(msg)
    if letter.on > act.today:
        msg = "the letter is dated after today"
        raise RejectedError(msg)
    claim_id = recoveries.find_claim_by_number(session, act.client_id, letter.claim_number)
    if claim_id is None:
        msg = "no claim was sent under this number"
        raise RejectedError(msg)
    lock_claims(session, act.client_id, [claim_id])
    standing = remittances.standing_decisions(session, act.client_id, [claim_id])
    decided = [one for one in standing.get(claim_id, []) if one.outcome is PostingOutcome.DECIDED]
    if not decided:
        msg = "no payer decided this claim, so there is nothing to take back"
        raise RejectedError(msg)
    return claim_id, decided[-1]


def _follow_up(session: Session, act: Act, claim_id: UUID, source_key: str, reference: str) -> None:
    """Ask what to do about the claim, and close the question of money that nobody announced."""
    item = NewWorkItem(
        queue=Queue.FOLLOW_UP,
        cause_key=f"{RECOUPED}:{source_key}",
        subject_kind="claim",
        subject_id=claim_id,
        reason=RECOUPED,
        detail="the payer takes back what it paid, by letter",
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
    account = Account.RECOUPMENT_DUE
    left = ledger.balances_of_references(session, act.client_id, [account], [reference])
    if left.get((account, reference), ZERO) <= ZERO:
        cause = recovery_cause(account, reference)
        work_items.close_work_items(
            session, act.client_id, act, [cause], resolution="explained by a letter"
        )
