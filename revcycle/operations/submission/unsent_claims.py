"""Claims that wait for a person, and what still stands on them in the books."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.claim import ClaimState
from models.states.work_item import WorkItemEvent
from models.tables import Claim
from models.values.accounts import receivable_of
from models.values.money import ZERO, Money
from revcycle.operations.submission.scrub_claims import scrub_cause
from revcycle.operations.submission.sent_claims import rejection_cause
from revcycle.store import claims, ledger, remittances, work_items

UNSENT = frozenset({ClaimState.HELD, ClaimState.REJECTED})


def get_unsent_claim(session: Session, client_id: UUID, claim_id: UUID) -> Claim:
    """Load and lock a claim that is held or rejected and that no payer decided on.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: it is under way, or a payer decided on it: then its denial is worked.
    """
    claim = claims.get_claim(session, client_id, claim_id)
    if claim.state not in UNSENT:
        msg = f"claim {claim_id} is {claim.state}, neither held nor rejected"
        raise RejectedError(msg)
    if remittances.decided_claim_ids(session, client_id, [claim_id]):
        msg = f"a payer decided on claim {claim_id}: work its denial"
        raise RejectedError(msg)
    return claim


def owed_on_claim(session: Session, client_id: UUID, claim: Claim) -> dict[UUID, Money]:
    """Map the charges of a claim to what its payer owes on them in our books."""
    lines = claims.list_lines(session, client_id, [claim.id])
    balances = ledger.balances_of_charges(session, client_id, [line.charge_id for line in lines])
    account = receivable_of(claim.payer_rank)
    return {
        charge_id: held[account]
        for charge_id, held in balances.items()
        if held.get(account, ZERO) > ZERO
    }


def write_off_cause(claim_id: UUID) -> str:
    """Name the cause of the item of a claim whose write-off a second person must approve."""
    return f"claim_write_off:{claim_id}"


def close_claim_work(session: Session, act: Act, claim_id: UUID, *, resolution: str) -> None:
    """Close every item that asks what shall become of a claim."""
    causes = [scrub_cause(claim_id), rejection_cause(claim_id), write_off_cause(claim_id)]
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        causes,
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )
