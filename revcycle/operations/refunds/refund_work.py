"""What operations on refunds share: causes of work, the credit that a refund gives back."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding, is_blocking
from models.documents.patient_money import StandingCredit
from models.documents.posting import PostingOutcome
from models.errors import RejectedError
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Refund
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.posting.keep_unapplied import TITLES, UNMATCHED
from revcycle.operations.posting.level_credits import CREDIT_BALANCE, credit_cause
from revcycle.operations.posting.take_unapplied_back import restore_after_refund
from revcycle.rules.refunds.check_refund import REASONS
from revcycle.store import credit_balances, work_items
from revcycle.store.audit import record_act
from revcycle.store.remittance_claims import get_remittance_claim
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

SUBJECT: Final = "refund"
REFUND_REQUESTED: Final = "refund_requested"
REFUND_TO_PAY: Final = "refund_to_pay"
SERVICE_HOURS: Final = 72
Subject = tuple[str, UUID]


def subject_cause(subject: Subject) -> str:
    """Name the cause of the item of a credit: of its charge, or of the patient without one."""
    kind, subject_id = subject
    return (
        credit_cause(subject_id) if kind == "charge" else f"{CREDIT_BALANCE}:patient:{subject_id}"
    )


def decision_cause(refund_id: UUID) -> str:
    """Name the cause of the item in which a second person decides."""
    return f"refund:{refund_id}:decide"


def payment_cause(refund_id: UUID) -> str:
    """Name the cause of the item in which somebody writes the check."""
    return f"refund:{refund_id}:pay"


def ask_to_decide(session: Session, act: Act, row: Refund, *, detail: str) -> None:
    """Open the item in which a second person decides."""
    item = NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=decision_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason=REFUND_REQUESTED,
        field=str(row.payee),
        detail=detail,
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def ask_to_pay(session: Session, act: Act, row: Refund) -> None:
    """Open the item in which somebody pays and writes the number of the check down."""
    item = NewWorkItem(
        queue=Queue.CREDIT_BALANCE,
        cause_key=payment_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason=REFUND_TO_PAY,
        field=str(row.payee),
        detail="approved: pay it and write the number of the check down",
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def close_refund_work(session: Session, act: Act, refund_id: UUID, *, resolution: str) -> None:
    """Close whatever waits about a refund."""
    causes = [decision_cause(refund_id), payment_cause(refund_id)]
    event = WorkItemEvent.COMPLETE
    work_items.close_work_items(
        session, act.client_id, act, causes, resolution=resolution, event=event
    )


def close_credit_work(session: Session, act: Act, row: Refund) -> None:
    """Close the item of a credit of which nothing is left."""
    subject_id = row.charge_id or row.patient_id
    if subject_id is None or standing(session, act, row.patient_id, row.charge_id):
        return
    cause = subject_cause(("charge" if row.charge_id else "patient", subject_id))
    work_items.close_work_items(session, act.client_id, act, [cause], resolution="refunded")


def begin_refund(session: Session, act: Act, row: Refund) -> None:
    """Keep a refund that was asked for: a second person decides, or it may be paid at once."""
    record_creation(session, act.client_id, act, row)
    session.flush()
    if row.two_persons:
        ask_to_decide(session, act, row, detail=REASONS[row.reason])
    else:
        move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.APPROVE)
        row.decided_by = act.actor
        ask_to_pay(session, act, row)
    record_act(session, act.client_id, act, "request_refund", SUBJECT, row.id)


def ask_whose_again(session: Session, act: Act, row: Refund) -> None:
    """Ask again whose unapplied money is that does not go back after all; else nothing.

    What the payer took back itself meanwhile waits for nobody.
    """
    if row.remittance_claim_id is None:
        return
    if restore_after_refund(session, act, row.remittance_claim_id):
        return
    item = NewWorkItem(
        queue=Queue.UNAPPLIED,
        cause_key=f"{UNMATCHED}:{row.remittance_claim_id}",
        subject_kind="remittance_claim",
        subject_id=row.remittance_claim_id,
        reason=UNMATCHED,
        detail=TITLES[UNMATCHED],
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def credit_of(session: Session, act: Act, row: Refund) -> Money:
    """Return what the credit of a refund holds now, or the unapplied money that it gives back."""
    if row.remittance_claim_id is not None:
        facts = get_remittance_claim(session, act.client_id, row.remittance_claim_id)
        waits = facts.outcome is PostingOutcome.UNAPPLIED and not facts.is_taken_back
        return facts.paid if waits and facts.claim_id is None else ZERO
    return held(standing(session, act, row.patient_id, row.charge_id), row.account, row.receivable)


def standing(
    session: Session, act: Act, patient_id: UUID | None, charge_id: UUID | None
) -> list[StandingCredit]:
    """List the credits of one charge, or of a patient's money that no charge has."""
    if charge_id is not None:
        return credit_balances.find_credits_of_charge(session, act.client_id, charge_id)
    if patient_id is None:
        return []
    found = credit_balances.list_standing_credits(session, act.client_id, patient_id=patient_id)
    return [credit for credit in found if credit.charge_id is None]


def held(credits_: list[StandingCredit], account: Account, receivable: str) -> Money:
    """Return what one of some credits holds; nothing if it is gone."""
    return next(
        (
            credit.amount
            for credit in credits_
            if credit.account == account and credit.receivable == receivable
        ),
        ZERO,
    )


def refuse_findings(findings: tuple[Finding, ...]) -> None:
    """Stop where anything is wrong.

    Raises:
        RejectedError: with every reason.
    """
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
