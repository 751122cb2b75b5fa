"""Give a claim up that no payer will take, as the second person."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.ledger import LedgerSubject
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.values.accounts import receivable_of
from models.values.money import Money, total
from revcycle.operations.submission.request_claim_write_off import ACTION
from revcycle.operations.submission.unsent_claims import (
    close_claim_work,
    get_unsent_claim,
    owed_on_claim,
    write_off_cause,
)
from revcycle.rules.approvals.ladder import check_approval
from revcycle.rules.ledger.movements import write_off_entry
from revcycle.store import encounters, ledger, work_items
from revcycle.store.audit import last_actor, record_act
from revcycle.store.state_changes import move


def approve_claim_write_off(
    session: Session, act: Act, claim_id: UUID, *, approver: Approver
) -> Money:
    """Close a held or rejected claim and write off what its payer owes in our books.

    Args:
        session: The open transaction.
        act: Who decides.
        claim_id: The claim.
        approver: The same person, with the limits of the practice.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: nobody asked for it, the same person did, the claim is under way, or the
            amount is above what the person may approve.
    """
    claim = get_unsent_claim(session, act.client_id, claim_id)
    if not work_items.has_open_cause(session, act.client_id, [write_off_cause(claim_id)]):
        msg = f"nobody asked to write claim {claim_id} off"
        raise RejectedError(msg)
    asked_by = last_actor(session, act.client_id, ACTION, claim_id) or ""
    if asked_by == act.actor:
        msg = f"the write-off of claim {claim_id} needs a second person"
        raise RejectedError(msg)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    owed = owed_on_claim(session, act.client_id, claim)
    amount_owed = total(owed.values())
    for finding in check_approval(amount_owed, requested_by=asked_by, approver=approver):
        raise RejectedError(finding.message)
    entries = [
        write_off_entry(
            f"claim_write_off:{claim_id}:{charge_id}",
            act.today,
            LedgerSubject(encounter.patient_id, charge_id, claim_id),
            amount,
            balance=amount,
            from_account=receivable_of(claim.payer_rank),
        )
        for charge_id, amount in owed.items()
    ]
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CLOSE)
    ledger.insert_entries(session, act.client_id, act, entries)
    close_claim_work(session, act, claim_id, resolution="written off")
    record_act(session, act.client_id, act, "approve_claim_write_off", "claim", claim_id)
    return amount_owed
