"""What the front desk writes down late: two patients who paid an older visit twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.patient_money import PaymentForm
from models.states.patient_payment import PaymentMethod
from models.tables import Encounter
from models.values.accounts import Account
from models.values.money import ZERO, total
from revcycle.operations.patient_money.policies import refund_policy
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.settings import settings
from revcycle.store import credit_balances, encounters, ledger, payments
from revcycle.store.session import transaction
from revcycle.synthetic.evening import PAID, PAID_DAYS_AGO, Trouble
from workbench.commands.simulated_front_desk import FRONT_DESK

CHECK_DAYS_AGO: Final = PAID_DAYS_AGO - 5  # the check came after the cash
CHECK_NUMBER: Final = "1042"


@dataclass(slots=True)
class LateRegister:
    """The receipts of one practice. Whatever is written down already is not written again.

    Attributes:
        source_keys: The practice's numbers of the encounters that came in the evening.
    """

    config: ClientConfig
    act: Act
    source_keys: Mapping[Trouble, str]
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Write both payments of each such visit down; ask to give one of them back."""
        act = replace(self.act, actor=FRONT_DESK)
        with transaction(settings().database, act.client_id) as session:
            keys = {self.source_keys[one] for one in PAID}
            rows = encounters.find_encounters_by_source_key(session, act.client_id, keys)
            for trouble in sorted(PAID):
                row = rows.get(self.source_keys[trouble])
                if row is None or row.patient_id is None:
                    continue
                is_new = self._take_twice(session, act, row, row.patient_id)
                if is_new and trouble is Trouble.REPAID:
                    self._ask_back(session, act, row.patient_id)
        return self.done

    def _take_twice(self, session: Session, act: Act, row: Encounter, patient_id: UUID) -> bool:
        """Take both payments in one; tell whether they are new."""
        key = f"{row.id.hex}-late"
        if payments.find_by_form_key(session, act.client_id, key) is not None:
            return False
        dues = ledger.patient_dues(session, act.client_id, [patient_id]).get(patient_id, [])
        owed = total(due.amount for due in dues)
        if owed == ZERO:
            return False
        cash_on = act.today - timedelta(days=PAID_DAYS_AGO)
        check_on = act.today - timedelta(days=CHECK_DAYS_AGO)
        self._take(session, act, patient_id, PaymentForm(PaymentMethod.CASH, owed, cash_on, key))
        second = PaymentForm(PaymentMethod.CHECK, owed, check_on, f"{key}-2", CHECK_NUMBER)
        self._take(session, act, patient_id, second)
        return True

    def _take(self, session: Session, act: Act, patient_id: UUID, form: PaymentForm) -> None:
        take_payment(session, act, patient_id, form)
        session.flush()
        self.done["front desk: took a patient's payment"] += 1

    def _ask_back(self, session: Session, act: Act, patient_id: UUID) -> None:
        standing = credit_balances.list_standing_credits(
            session, act.client_id, patient_id=patient_id
        )
        request = RefundRequest(
            account=Account.PATIENT_CREDIT,
            receivable=Account.AR_PATIENT,
            patient_id=patient_id,
            charge_id=None,
            amount=total(one.amount for one in standing if one.charge_id is None),
            reason="paid_twice",
        )
        request_refund(session, act, request, policy=refund_policy(self.config))
        self.done["front desk: asked to give money back"] += 1
