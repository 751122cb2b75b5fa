"""Give up what a patient owes, as the second person."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.finding import is_blocking
from models.documents.ledger import LedgerSubject
from models.errors import RejectedError
from models.states.balance_write_off import BalanceWriteOffEvent, BalanceWriteOffKind
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.patient_money.balance_write_off_work import (
    dues_of,
    owed_by,
    record_decision,
)
from revcycle.rules.approvals.ladder import check_approval
from revcycle.rules.ledger.movements import write_off_entry
from revcycle.store import ledger, refunds
from revcycle.store.statements import lock_patients

ACCOUNT_OF_KINDS: Final = {
    BalanceWriteOffKind.CHARITY: Account.CHARITY,
    BalanceWriteOffKind.BAD_DEBT: Account.BAD_DEBT,
}


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
    owed = owed_by(session, act, row.patient_id)
    if owed > row.amount:
        msg = f"the patient owes {owed} by now: refuse it, and let it be asked for anew"
        raise RejectedError(msg)
    record_decision(session, act, row, BalanceWriteOffEvent.APPROVE, "approved")
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
            for due in dues_of(session, act, row.patient_id)
        ],
    )
    return owed
