"""Two accounts that turn out to be one patient: what is booked, owed, paid and asked goes along."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlmodel import SQLModel, select

from models.documents.act import Act
from models.documents.party import Organization
from models.documents.patient_money import PaymentForm, RefundPolicy
from models.documents.practice import PracticeFacts
from models.errors import NotFoundError, RejectedError
from models.states.balance_write_off import BalanceWriteOffKind
from models.states.eligibility import EligibilityState
from models.states.patient_payment import PaymentMethod
from models.states.refund import CreditBalanceState
from models.tables import (
    AuditEvent,
    Claim,
    Coverage,
    CreditBalance,
    EligibilityCheck,
    Encounter,
    PatientJoin,
    PatientPayment,
    VisitAuthorization,
)
from models.tables.owned import Owned
from models.values.authorized import AuthorizationSource, Counted
from models.values.money import Money, total
from revcycle.operations.intake.join_patients import join_patients
from revcycle.operations.patient_money.request_balance_write_off import request_balance_write_off
from revcycle.operations.patient_money.return_payment import return_payment
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.refunds.identify_credits import identify_credits
from revcycle.operations.verify.money import check_money
from revcycle.store import (
    book_extracts,
    credit_balances,
    ledger,
    patient_picture,
    payments,
)
from revcycle.store.claim_documents import claim_documents
from revcycle.store.joined_patients import MOVED
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    PAID_ON,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

OWES_25 = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
REFUNDS = RefundPolicy(limit=Money(10_000), return_days=60)


@dataclass(frozen=True)
class TwoAccounts:
    """One person with two accounts, each with a visit of which 25.00 is the patient's."""

    office: BillingOffice
    kept: BilledClaim
    gone: BilledClaim

    def join(self) -> None:
        with transaction(self.office.database_url) as session:
            join_patients(
                session, self.office.act, duplicate=self.gone.patient_id, keep=self.kept.patient_id
            )
        self.office.check()

    def pay(self, claim: BilledClaim, cents: int, key: str) -> UUID:
        form = PaymentForm(
            method=PaymentMethod.CASH,
            amount=Money(cents),
            received_on=PAID_ON,
            form_key=key.ljust(16, "0"),
        )
        with transaction(self.office.database_url) as session:
            payment_id = take_payment(session, self.office.act, claim.patient_id, form)
        self.office.check()
        return payment_id

    def balances(self) -> list[tuple[UUID, int, int]]:
        with transaction(self.office.database_url) as session:
            found = ledger.patient_balances(session, self.office.act.client_id, minimum=Money(1))
        return [(one.patient_id, one.owed.cents, one.credit.cents) for one in found]

    def rows(self, table: type[Owned]) -> list[Owned]:
        with transaction(self.office.database_url) as session:
            return list(session.exec(select(table)))


@pytest.fixture
def two(office: BillingOffice) -> TwoAccounts:
    """Both visits are decided; each patient owes 25.00."""
    kept, gone = office.bill(15_000), office.bill(15_000)
    office.post(a_remittance(a_decision(kept, OWES_25), a_decision(gone, OWES_25)))
    return TwoAccounts(office, kept, gone)


def test_the_account_that_goes_on_owes_what_both_owed(two: TwoAccounts) -> None:
    assert sorted(cents for _, cents, _ in two.balances()) == [2_500, 2_500]
    two.join()
    assert two.balances() == [(two.kept.patient_id, 5_000, 0)]
    with transaction(two.office.database_url) as session:
        client_id = two.office.act.client_id
        dues = ledger.patient_dues(session, client_id, [two.kept.patient_id])
        sums = book_extracts.sums_of_patient(session, client_id, two.kept.patient_id)
        none = ledger.patient_dues(session, client_id, [two.gone.patient_id])
    assert [due.amount.cents for due in dues[two.kept.patient_id]] == [2_500, 2_500]
    assert sums["AR:PAT"] == Money(5_000)  # type: ignore[index]  # an account is its text
    assert none == {}


def test_a_payment_pays_the_visits_of_both_and_a_credit_of_either_is_used(
    two: TwoAccounts,
) -> None:
    two.pay(two.gone, 4_000, "early")  # 15.00 more than that account owes
    two.join()
    with transaction(two.office.database_url) as session:
        credits_ = ledger.patient_credits(session, two.office.act.client_id, [two.kept.patient_id])
        assert [one.amount.cents for one in credits_[two.kept.patient_id]] == [1_500]
        apply_patient_credits(session, two.office.act)
    two.office.check()
    assert two.balances() == [(two.kept.patient_id, 1_000, 0)]
    two.pay(two.kept, 1_000, "rest")
    assert two.balances() == []
    assert "PATIENT_CREDIT" not in two.office.books()


def test_a_payment_taken_before_may_still_be_returned_by_the_bank(two: TwoAccounts) -> None:
    payment_id = two.pay(two.gone, 4_000, "check")
    two.join()
    with transaction(two.office.database_url) as session:
        apply_patient_credits(session, two.office.act)
    with transaction(two.office.database_url) as session:
        listed = payments.list_payments(
            session, two.office.act.client_id, two.kept.patient_id, limit=9
        )
        assert [one.id for one in listed] == [payment_id]
        return_payment(session, two.office.act, payment_id, reason="nsf", fee=Money(0))
    two.office.check()
    assert two.balances() == [(two.kept.patient_id, 5_000, 0)]


def test_a_reversal_of_what_was_booked_before_ends_where_it_began(two: TwoAccounts) -> None:
    two.join()
    decision = a_decision(two.gone, OWES_25)
    two.office.post(
        a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)])
    )
    assert two.balances() == [(two.kept.patient_id, 2_500, 0)]


def test_what_comes_after_belongs_to_the_account_that_goes_on(office: BillingOffice) -> None:
    kept, gone = office.bill(15_000), office.bill(15_000)
    two = TwoAccounts(office, kept, gone)
    two.join()
    office.post(a_remittance(a_decision(gone, OWES_25)))
    assert two.balances() == [(kept.patient_id, 2_500, 0)]
    with transaction(office.database_url) as session:
        # Its coverage is the same card: the claim can be written with the one that stays.
        found = claim_documents(
            session,
            office.act.client_id,
            [gone.claim_id],
            practice=PracticeFacts(Organization("Lakeside")),
        )
    assert found[gone.claim_id].subscriber.member_id == "M1"


def test_one_card_of_both_becomes_one_coverage_with_claims_and_questions(
    office: BillingOffice,
) -> None:
    two = TwoAccounts(office, office.bill(100), office.bill(100))
    asked = [(two.kept, 5), (two.gone, 5), (two.gone, 6)]
    with transaction(office.database_url) as session:
        held = {row.patient_id: row.id for row in session.exec(select(Coverage))}
        session.add_all(
            EligibilityCheck(
                client_id=office.act.client_id,
                coverage_id=held[claim.patient_id],
                service_date=date(2026, 10, day),
                trace_number=f"T{number}",
                state=EligibilityState.OPEN,
            )
            for number, (claim, day) in enumerate(asked)
        )
    two.join()
    with transaction(office.database_url) as session:
        assert {row.coverage_id for row in session.exec(select(Claim))} == {
            held[two.kept.patient_id]
        }
        checks = session.exec(select(EligibilityCheck).order_by("trace_number")).all()
        kept, gone = held[two.kept.patient_id], held[two.gone.patient_id]
        assert [row.coverage_id for row in checks] == [kept, gone, kept]


def test_a_second_card_of_the_duplicate_comes_along(office: BillingOffice) -> None:
    two = TwoAccounts(office, office.bill(100), office.bill(100, coverages=(1, 2)))
    two.join()
    with transaction(office.database_url) as session:
        held = patient_picture.list_coverage_facts(
            session, office.act.client_id, two.kept.patient_id
        )
    assert [(one.rank, one.member_id) for one in held] == [(1, "M1"), (2, "M2")]


def test_joining_twice_changes_nothing_the_second_time(two: TwoAccounts) -> None:
    two.join()
    with transaction(two.office.database_url) as session:
        before = len(session.exec(select(AuditEvent.id)).all())
    two.join()
    with transaction(two.office.database_url) as session:
        assert len(session.exec(select(AuditEvent.id)).all()) == before
        assert len(session.exec(select(PatientJoin.id)).all()) == 1
    assert two.balances() == [(two.kept.patient_id, 5_000, 0)]


def test_an_account_joined_with_one_that_is_joined_itself_ends_at_the_last(
    two: TwoAccounts,
) -> None:
    last = two.office.bill(15_000)
    two.join()
    with transaction(two.office.database_url) as session:
        join_patients(session, two.office.act, duplicate=two.gone.patient_id, keep=last.patient_id)
    two.office.check()
    assert two.balances() == [(last.patient_id, 5_000, 0)]
    with transaction(two.office.database_url) as session:
        joins = session.exec(select(PatientJoin)).all()
        assert {row.duplicate_id for row in joins} == {two.kept.patient_id, two.gone.patient_id}
        assert {row.kept_id for row in joins} == {last.patient_id}


def test_the_other_way_round_afterwards_changes_nothing(two: TwoAccounts) -> None:
    two.join()
    with transaction(two.office.database_url) as session:
        kept = join_patients(
            session, two.office.act, duplicate=two.kept.patient_id, keep=two.gone.patient_id
        )
    assert kept == two.kept.patient_id
    assert len(two.rows(PatientJoin)) == 1


def test_nobody_of_another_practice_is_joined(two: TwoAccounts) -> None:
    stranger = two.office.act.client_id  # an id of no patient
    with transaction(two.office.database_url) as session, pytest.raises(NotFoundError):
        join_patients(session, two.office.act, duplicate=stranger, keep=two.kept.patient_id)


def test_no_money_is_taken_for_an_account_that_was_joined(two: TwoAccounts) -> None:
    two.join()
    with pytest.raises(NotFoundError):
        two.pay(two.gone, 100, "stale")
    assert two.rows(PatientPayment) == []


def test_two_requests_to_give_a_balance_up_are_decided_before(two: TwoAccounts) -> None:
    with transaction(two.office.database_url) as session:
        for claim in (two.kept, two.gone):
            request_balance_write_off(
                session,
                two.office.act,
                claim.patient_id,
                kind=BalanceWriteOffKind.CHARITY,
                reason="hardship",
            )
    with transaction(two.office.database_url) as session, pytest.raises(RejectedError):
        join_patients(
            session, two.office.act, duplicate=two.gone.patient_id, keep=two.kept.patient_id
        )


def later(act: Act, day: date) -> Act:
    return Act(
        act.client_id, act.actor, datetime(day.year, day.month, day.day, 15, tzinfo=UTC), day
    )


def test_one_clock_runs_for_money_of_no_charge_from_the_first_day(office: BillingOffice) -> None:
    two = TwoAccounts(office, office.bill(100), office.bill(100))
    for claim in (two.kept, two.gone):
        office.post(a_remittance(a_decision(claim, (100, [])), trace=str(claim.claim_id)[-12:]))
    two.pay(two.gone, 700, "first")
    with transaction(office.database_url) as session:
        identify_credits(session, later(office.act, date(2027, 1, 4)), policy=REFUNDS)
    two.pay(two.kept, 900, "second")
    with transaction(office.database_url) as session:
        identify_credits(session, later(office.act, date(2027, 2, 1)), policy=REFUNDS)
    two.join()
    with transaction(office.database_url) as session:
        identify_credits(session, later(office.act, date(2027, 2, 2)), policy=REFUNDS)
        rows = session.exec(select(CreditBalance)).all()
        standing = credit_balances.list_standing_credits(
            session, office.act.client_id, patient_id=two.kept.patient_id
        )
    assert total(one.amount for one in standing) == Money(1_600)
    (open_,) = (row for row in rows if row.state == CreditBalanceState.OPEN)
    assert (open_.subject_id, open_.identified_on) == (two.kept.patient_id, date(2027, 1, 4))
    assert {row.patient_id for row in rows} == {two.kept.patient_id}
    assert office.open_items() == ["posting.credit_balance"]
    office.check()


def test_verify_names_a_joined_account_that_kept_something(office: BillingOffice) -> None:
    two = TwoAccounts(office, office.bill(100), office.bill(100))
    two.join()
    with transaction(office.database_url) as session:
        row = session.exec(select(Encounter).where(Encounter.id == two.gone.encounter_id)).one()
        row.patient_id = two.gone.patient_id
    with transaction(office.database_url) as session:
        results = check_money(session, office.act.client_id)
    assert {one.id: one.violations for one in results if one.violations} == {
        "I-M20": (str(two.gone.patient_id),)
    }


def test_an_authorization_of_either_account_counts_and_one_of_both_once(
    office: BillingOffice,
) -> None:
    two = TwoAccounts(office, office.bill(100), office.bill(100))
    day = office.act.at
    said = [
        (two.kept, "A1", 10, day),
        (two.gone, "A1", 12, day),
        (two.gone, "A2", 5, day),
    ]
    with transaction(office.database_url) as session:
        session.add_all(
            VisitAuthorization(
                client_id=office.act.client_id,
                patient_id=claim.patient_id,
                payer_id=office.payer_ids[1],
                key=number,
                number=number,
                counts=next(iter(Counted)),
                allowed=allowed,
                source=next(iter(AuthorizationSource)),
                noted_at=at,
                noted_by="vera",
            )
            for claim, number, allowed, at in said
        )
    two.join()
    with transaction(office.database_url) as session:
        rows = session.exec(select(VisitAuthorization)).all()
    assert {(row.key, row.allowed) for row in rows if row.patient_id == two.kept.patient_id} == {
        ("A1", 10),
        ("A2", 5),
    }


def test_everything_that_names_a_patient_is_thought_of() -> None:
    """A table that is added later moves with the others, or is handled and named here."""
    otherwise = {"posting", "coverage", "visit_authorization"}
    named = {
        name for name, table in SQLModel.metadata.tables.items() if "patient_id" in table.columns
    }
    assert named == otherwise | {str(table.__tablename__) for table in MOVED}
