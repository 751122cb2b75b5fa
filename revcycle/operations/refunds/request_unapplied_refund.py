"""Ask for unapplied money to go back to the payer that sent it."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.patient_money import RefundPolicy
from models.errors import RejectedError
from models.tables import Refund
from models.values.accounts import Account
from models.values.money import ZERO
from revcycle.operations.refunds.refund_work import begin_refund, credit_of, refuse_findings
from revcycle.rules.approvals.ladder import needs_second_person
from revcycle.rules.refunds.check_refund import check_refund, payee_of
from revcycle.store import work_items
from revcycle.store.remittance_claims import RemittanceClaimFacts, get_remittance_claim

RESOLUTION: Final = "refund requested"


def request_unapplied_refund(
    session: Session,
    act: Act,
    remittance_claim_id: UUID,
    *,
    reason: str,
    payer_reference: str,
    policy: RefundPolicy,
    work_item_id: UUID,
    token: int,
) -> UUID:
    """Ask for all that a claim of a remittance brought to go back, and close its question.

    Until the refund is refused or void nobody can match the money. Above the practice's limit a
    second person decides.

    Args:
        session: The open transaction.
        act: Who asks.
        remittance_claim_id: A claim of a remittance that stands on none of ours.
        reason: A word of ``REASONS``.
        payer_reference: Under which the payer's next payment will name the refund; may be empty.
        policy: The practice's limit.
        work_item_id: The question about the money, which the actor holds.
        token: Of the lease.

    Raises:
        StaleLeaseError: the item is not the actor's any more.
        NotFoundError: this practice has no such claim of a remittance.
        RejectedError: no money of it waits, it stands on a claim, or no reason of the list.
    """
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=RESOLUTION
    )
    facts = get_remittance_claim(session, act.client_id, remittance_claim_id)
    row = _row(act, facts, reason, payer_reference, policy)
    credit = credit_of(session, act, row)
    if facts.is_given_back or credit <= ZERO:
        msg = "no money of it waits without an owner: it stands on a claim, or is on its way back"
        raise RejectedError(msg)
    refuse_findings(check_refund(row.amount, credit=credit, spoken_for=ZERO, reason=reason))
    begin_refund(session, act, row)
    return row.id


def _row(
    act: Act,
    facts: RemittanceClaimFacts,
    reason: str,
    payer_reference: str,
    policy: RefundPolicy,
) -> Refund:
    return Refund(
        client_id=act.client_id,
        payee=payee_of(Account.UNAPPLIED),
        account=Account.UNAPPLIED,
        remittance_claim_id=facts.id,
        amount=facts.paid,
        two_persons=needs_second_person(facts.paid, limit=policy.limit),
        reason=reason,
        requested_by=act.actor,
        requested_at=act.at,
        payer_reference=payer_reference[:80],
    )
