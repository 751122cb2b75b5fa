"""Ask for a credit to go back to whose it is."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.patient_money import RefundPolicy
from models.errors import RejectedError
from models.states.refund import RefundPayee
from models.tables import Refund
from models.values.accounts import Account
from models.values.money import Money, total
from revcycle.operations.refunds.refund_work import begin_refund, credit_of, refuse_findings
from revcycle.rules.approvals.ladder import needs_second_person
from revcycle.rules.refunds.check_refund import check_refund, payee_of
from revcycle.store import payments, refunds
from revcycle.store.statements import lock_patients


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Which credit should go back, and how much of it.

    Attributes:
        receivable: What the credit came out of.
        payment_id: The patient's payment that it pays back, if it is one.
        payer_reference: Under which the payer's next payment will name it; payers only.
    """

    account: Account
    receivable: Account
    patient_id: UUID | None
    charge_id: UUID | None
    amount: Money
    reason: str
    payment_id: UUID | None = None
    payer_reference: str = ""


def request_refund(
    session: Session, act: Act, request: RefundRequest, *, policy: RefundPolicy
) -> UUID:
    """Write a refund down; above the practice's limit a second person decides about it.

    Raises:
        RejectedError: the credit holds less than that, other refunds of it included.
        NotFoundError: this practice has no such payment.
    """
    if request.patient_id is not None:
        lock_patients(session, act.client_id, [request.patient_id])
    row = _row(session, act, request, policy)
    spoken_for = total(
        one.amount
        for one in refunds.open_refunds(session, act.client_id)
        if _is_same_credit(one.account, one.charge_id, one.patient_id, request)
    )
    credit = credit_of(session, act, row)
    refuse_findings(
        check_refund(row.amount, credit=credit, spoken_for=spoken_for, reason=row.reason)
    )
    begin_refund(session, act, row)
    return row.id


def _row(session: Session, act: Act, request: RefundRequest, policy: RefundPolicy) -> Refund:
    payee = payee_of(request.account)
    if request.payment_id is not None:
        payment = payments.get_payment(session, act.client_id, request.payment_id)
        if payment.patient_id != request.patient_id or payee is not RefundPayee.PATIENT:
            msg = "the payment is of another patient"
            raise RejectedError(msg)
    return Refund(
        client_id=act.client_id,
        payee=payee,
        account=request.account,
        receivable=request.receivable,
        patient_id=request.patient_id,
        charge_id=request.charge_id,
        patient_payment_id=request.payment_id,
        amount=request.amount,
        two_persons=needs_second_person(request.amount, limit=policy.limit),
        reason=request.reason,
        requested_by=act.actor,
        requested_at=act.at,
        payer_reference=request.payer_reference[:80],
    )


def _is_same_credit(
    account: Account, charge_id: UUID | None, patient_id: UUID | None, request: RefundRequest
) -> bool:
    """Compare without the receivable: two payers of one charge share what is free of it."""
    if account is not request.account or charge_id != request.charge_id:
        return False
    return charge_id is not None or patient_id == request.patient_id
