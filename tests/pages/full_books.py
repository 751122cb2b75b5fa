"""What a full practice has in its books: a deposit, money paid ahead, a variance, an edit."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from models.documents.learned_edit import EditKind
from models.documents.patient_money import PaymentForm, RefundPolicy
from models.states.patient_payment import PaymentMethod
from models.tables import BankLine, LearnedEdit, Patient, Payer
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.store.session import transaction
from tests.bank_files import an_eft
from tests.integration.contracts.contract_office import ContractOffice
from tests.integration.deposits.deposit_desk import DepositDesk
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance

AHEAD = Money(4_000)
TRACE = "EFT900777"


def fill_books(office: BillingOffice, words: str) -> None:
    """Let money come, be too little, be too much and be asked back; each leaves work."""
    _pay_too_little(office)
    _leave_deposit(office, words)
    _pay_ahead(office)
    propose(office, words)


def _pay_too_little(office: BillingOffice) -> None:
    """Let a payer allow less than it agreed to."""
    contracts = ContractOffice(office)
    claim = office.bill(15_000)
    contracts.price_all()
    short = a_decision(claim, (8_000, [("CO", "45", 7_000)]))
    office.post(a_remittance(short, trace=TRACE))
    contracts.compare_all()


def _leave_deposit(office: BillingOffice, words: str) -> None:
    """Let the bank show less than the remittance of this number explains."""
    desk = DepositDesk(office)
    desk.bank(an_eft(7_000, TRACE), on=office.act.today - timedelta(days=1))
    with transaction(office.database_url, office.act.client_id) as session:
        line = session.exec(
            select(BankLine).where(BankLine.client_id == office.act.client_id)
        ).one()
        line.text, line.reference = words[:300], words[:80]


def _pay_ahead(office: BillingOffice) -> None:
    """Let a patient pay ahead and ask for it again: a second person decides."""
    act = replace(office.act, actor="tester")
    with transaction(office.database_url, act.client_id) as session:
        patient_id = session.exec(
            select(Patient.id).where(Patient.client_id == act.client_id).order_by(col(Patient.id))
        ).first()
        assert patient_id is not None
        form = PaymentForm(PaymentMethod.CASH, AHEAD, act.today, f"{patient_id.hex}-full")
        payment_id = take_payment(session, act, patient_id, form)
        session.flush()
        request = RefundRequest(
            account=Account.PATIENT_CREDIT, receivable=Account.AR_PATIENT, patient_id=patient_id,
            charge_id=None, amount=AHEAD.allocate((1, 1))[0], reason="asked_back",
            payment_id=payment_id,
        )  # fmt: skip
        request_refund(session, act, request, policy=RefundPolicy(ZERO, 60))


def propose(office: BillingOffice, words: str) -> None:
    """Propose an edit, as denials would; its pattern holds the words."""
    act = office.act
    with transaction(office.database_url, act.client_id) as session:
        payer = session.exec(select(Payer).where(Payer.client_id == act.client_id)).first()
        assert payer is not None
        edit = LearnedEdit(
            client_id=act.client_id, pattern=words[:200], kind=EditKind.REQUIRES_AUTHORIZATION,
            payer_id=payer.id, procedure_code="99213", group="CO", reason="197",
            since=act.today - timedelta(days=90), until=act.today, denied_claims=4,
            denied_amount=Money(60_000), tested_claims=9, hits=4, false_alarms=2,
            counted_at=act.at,
        )  # fmt: skip
        session.add(edit)
