"""Ask for a patient's balance to be given up, and decide about it as a second person."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.finding import is_blocking
from models.documents.ledger import LedgerSubject, PatientDue
from models.errors import RejectedError
from models.states.balance_write_off import (
    BALANCE_WRITE_OFF_TRANSITIONS,
    BalanceWriteOffEvent,
    BalanceWriteOffKind,
)
from models.states.work_item import Queue, WorkItemEvent
from models.tables import BalanceWriteOff
from models.values.accounts import Account
from models.values.money import Money, total
from revcycle.rules.approvals.ladder import check_approval
from revcycle.rules.ledger.movements import write_off_entry
from revcycle.store import ledger, refunds, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move, record_creation
from revcycle.store.statements import lock_patients
from revcycle.store.work_items import NewWorkItem

SUBJECT: Final = "balance_write_off"
SERVICE_HOURS: Final = 72
REASONS: Final = {
    "hardship": "the patient showed that it cannot be paid",
    "charity_policy": "the practice's charity policy covers it",
    "no_answer": "three statements and no answer",
    "bankruptcy": "the patient is bankrupt",
    "deceased": "the patient died and left nothing",
}
ACCOUNT_OF_KINDS: Final = {
    BalanceWriteOffKind.CHARITY: Account.CHARITY,
    BalanceWriteOffKind.BAD_DEBT: Account.BAD_DEBT,
}


def request_balance_write_off(
    session: Session, act: Act, patient_id: UUID, *, kind: BalanceWriteOffKind, reason: str
) -> UUID:
    """Ask a second person to give up all that a patient owes; return the request.

    Raises:
        RejectedError: the patient owes nothing, a request waits already, or no reason of the list.
    """
    if reason not in REASONS:
        msg = "choose a reason of the list"
        raise RejectedError(msg)
    lock_patients(session, act.client_id, [patient_id])
    if refunds.find_open_write_off(session, act.client_id, patient_id) is not None:
        msg = "somebody asked for it already: a second person decides"
        raise RejectedError(msg)
    amount = _owed(session, act, patient_id)
    if not amount:
        msg = "the patient owes nothing"
        raise RejectedError(msg)
    row = BalanceWriteOff(
        client_id=act.client_id,
        patient_id=patient_id,
        kind=kind,
        reason=reason,
        amount=amount,
        requested_by=act.actor,
        requested_at=act.at,
    )
    record_creation(session, act.client_id, act, row)
    session.flush()
    work_items.open_work_items(session, act.client_id, act, [_item(row)])
    record_act(session, act.client_id, act, "request_balance_write_off", SUBJECT, row.id)
    return row.id


def approve_balance_write_off(
    session: Session, act: Act, request_id: UUID, *, approver: Approver
) -> Money:
    """Write off what the patient owes now, never more than was asked for; return how much.

    Raises:
        NotFoundError: this practice has no such request.
        IllegalTransitionError: it was decided before.
        RejectedError: the same person asked, the amount is above the person's limit, or the
            patient owes more than was asked for.
    """
    row = refunds.lock_write_off(session, act.client_id, request_id)
    lock_patients(session, act.client_id, [row.patient_id])
    findings = check_approval(row.amount, requested_by=row.requested_by, approver=approver)
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    owed = _owed(session, act, row.patient_id)
    if owed > row.amount:
        msg = f"the patient owes {owed} by now: refuse it, and let it be asked for anew"
        raise RejectedError(msg)
    _decide(session, act, row, BalanceWriteOffEvent.APPROVE, "approved")
    ledger.insert_entries(
        session,
        act.client_id,
        act,
        [
            write_off_entry(
                f"balance_write_off:{row.id}:{due.charge_id}",
                act.today,
                LedgerSubject(patient_id=row.patient_id, charge_id=due.charge_id),
                due.amount,
                balance=due.amount,
                from_account=Account.AR_PATIENT,
                to_account=ACCOUNT_OF_KINDS[BalanceWriteOffKind(row.kind)],
            )
            for due in _dues(session, act, row.patient_id)
        ],
    )
    return owed


def refuse_balance_write_off(session: Session, act: Act, request_id: UUID) -> None:
    """Let the patient owe it still.

    Raises:
        NotFoundError: this practice has no such request.
        IllegalTransitionError: it was decided before.
    """
    row = refunds.lock_write_off(session, act.client_id, request_id)
    _decide(session, act, row, BalanceWriteOffEvent.REFUSE, "refused")


def _decide(
    session: Session, act: Act, row: BalanceWriteOff, event: BalanceWriteOffEvent, word: str
) -> None:
    move(session, act.client_id, act, row, BALANCE_WRITE_OFF_TRANSITIONS, event)
    row.decided_by = act.actor
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [_cause(row.id)],
        resolution=word,
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, f"{event}_balance_write_off", SUBJECT, row.id)


def _dues(session: Session, act: Act, patient_id: UUID) -> list[PatientDue]:
    return ledger.patient_dues(session, act.client_id, [patient_id]).get(patient_id, [])


def _owed(session: Session, act: Act, patient_id: UUID) -> Money:
    return total(due.amount for due in _dues(session, act, patient_id))


def _cause(request_id: UUID) -> str:
    return f"balance_write_off:{request_id}"


def _item(row: BalanceWriteOff) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason="balance_write_off_requested",
        field=str(row.kind),
        detail=REASONS[row.reason],
        service_hours=SERVICE_HOURS,
    )
