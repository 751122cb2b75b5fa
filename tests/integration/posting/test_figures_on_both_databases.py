"""Figures of posting, what payers take back, and reversals that wait, on both databases."""

from dataclasses import replace
from datetime import date

from models.documents.posting import PaidCharge
from models.states.work_item import WorkItemState
from models.values.accounts import Account
from models.values.money import Money
from revcycle.store.pending_reversals import list_pending_reversals
from revcycle.store.posting_figures import (
    PayerPosting,
    QuestionsWanted,
    ReasonCount,
    list_asked_claims,
    list_kept_out_files,
    posting_by_payer,
    reasons_by_payer,
)
from revcycle.store.posting_lists import (
    PaymentsWanted,
    Touched,
    list_claims,
    list_payments,
    sum_claims,
    sum_payments,
)
from revcycle.store.recoveries import list_recovery_balances, paid_by_charge
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import a_decision, a_remittance, reversed_decision
from tests.integration.posting.matching_desk import of_nobody
from tests.integration.posting.test_one_claim_on_both_databases import an_office

MONTH = date(2026, 11, 1), date(2026, 11, 30)


def test_what_posts_by_itself_is_counted_by_payer(either_database_url: str) -> None:
    office = an_office(either_database_url)
    claim = office.bill(15_000, 4_000)
    decision = a_decision(claim, (15_000, []), (4_000, []))
    office.post(a_remittance(decision, of_nobody(decision)))
    office.post(replace(a_remittance(decision, trace="EFT2"), amount=Money(1)))
    client_id = office.act.client_id
    with transaction(either_database_url, client_id) as session:
        assert posting_by_payer(session, client_id, *MONTH) == [
            PayerPosting("BLUE HERON", payments=1, claims=2, lines=4, untouched=2, asked=1)
        ]
        assert reasons_by_payer(session, client_id, *MONTH) == [
            ReasonCount("BLUE HERON", "posting.unmatched", 1, 1)
        ]
        wanted = QuestionsWanted(*MONTH, "BLUE HERON", "posting.unmatched", only_open=True)
        (asked,) = list_asked_claims(session, client_id, wanted, after=None, limit=9)
        assert asked.state == WorkItemState.OPEN
        assert not list_asked_claims(session, client_id, wanted, after=asked.item_id, limit=9)
        (kept_out,) = list_kept_out_files(session, client_id, limit=9)
        assert kept_out.reason == "posting.unbalanced"
        period = PaymentsWanted(*MONTH, "BLUE HERON")
        sums = {which: sum_claims(session, client_id, period, which) for which in Touched}
        assert {(which, one.rows, one.lines) for which, one in sums.items()} == {
            (Touched.ALL, 2, 4),
            (Touched.UNTOUCHED, 1, 2),
            (Touched.ASKED, 1, 2),
        }
        claims = list_claims(session, client_id, period, Touched.ALL, after=None, limit=9)
        assert [(one.ordinal, one.lines, one.asked) for one in claims] == [
            (1, 2, False),
            (2, 2, True),
        ]
        payments = list_payments(session, client_id, period, after=None, limit=9)
        assert [(one.claims, one.amount) for one in payments] == [(2, Money(38_000))]
        assert sum_payments(session, client_id, period).money == Money(38_000)


def test_what_payers_take_back_stands_by_reference(either_database_url: str) -> None:
    office = an_office(either_database_url)
    claim = office.bill(15_000)
    office.post(
        a_remittance(
            a_decision(claim, (15_000, [])),
            plb=[("WO", "FCN2", 300), ("WO", "FCN1", 200), ("FB", "NEXT", -100)],
        )
    )
    client_id = office.act.client_id
    with transaction(either_database_url, client_id) as session:
        found = list_recovery_balances(session, client_id, after=None, limit=2)
        assert [(one.account, one.reference, one.balance.cents) for one in found] == [
            (Account.FORWARD_BALANCE, "NEXT", -100),
            (Account.RECOUPMENT_DUE, "FCN1", 200),
        ]
        last = found[-1].posting_id
        (rest,) = list_recovery_balances(session, client_id, after=last, limit=2)
        assert (rest.reference, rest.balance) == ("FCN2", Money(300))
        assert rest.remittance_id is not None
        paid = paid_by_charge(session, client_id, claim.claim_id)
        assert paid == [PaidCharge(claim.charge_ids[0], Money(15_000))]


def test_a_reversal_waits_for_what_it_takes_back(either_database_url: str) -> None:
    office = an_office(either_database_url)
    claim = office.bill(15_000)
    decision = a_decision(claim, (15_000, []))
    client_id = office.act.client_id
    taken_back = reversed_decision(decision)
    office.post(a_remittance(taken_back, a_decision(office.bill(20_000), (20_000, []))))
    with transaction(either_database_url, client_id) as session:
        (waiting,) = list_pending_reversals(session, client_id, [claim.claim_id])
        assert (waiting.claim_id, waiting.paid) == (claim.claim_id, Money(-15_000))
    office.post(a_remittance(decision, trace="EFT2"))
    with transaction(either_database_url, client_id) as session:
        assert list_pending_reversals(session, client_id, [claim.claim_id]) == []
    assert office.books() == {
        "AR:INS1": 15_000,
        "CHARGES": -35_000,
        "REMIT_CLEARING": 20_000,
    }
