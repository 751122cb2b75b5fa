"""Remittances into the books: the worked examples, and what must not post."""

from dataclasses import replace

import pytest

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim
from models.states.claim import ClaimState
from models.states.file import InboundFileState
from models.states.work_item import Queue
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)


def test_a_paid_claim_settles_its_charges(office: BillingOffice) -> None:
    claim = office.bill(15_000, 4_000)
    count = office.post(
        a_remittance(
            a_decision(
                claim,
                (9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]),
                (3_000, [("CO", "45", 1_000)]),
            )
        )
    )
    assert (count.state, count.decided, count.denials_opened) == (InboundFileState.POSTED, 1, 0)
    assert office.books() == {
        "CHARGES": -19_000,
        "REMIT_CLEARING": 12_000,
        "CONTRACTUAL": 5_000,
        "AR:PAT": 2_000,
    }
    row = office.claim(claim)
    assert (row.state, row.payer_claim_control_number) == (ClaimState.PAID, "ICN1")
    assert office.open_items() == []


def test_primary_and_secondary_settle_a_claim_between_them(office: BillingOffice) -> None:
    first = office.bill(50_000, coverages=(1, 2))
    office.post(
        a_remittance(a_decision(first, (30_000, [("CO", "45", 12_500), ("PR", "1", 7_500)])))
    )
    assert office.books()["AR:INS2"] == 7_500
    second = office.bill_next(first)
    office.post(
        a_remittance(
            a_decision(second, (6_500, [("OA", "23", 42_500), ("CO", "45", 1_000)]), status="2"),
            trace="EFT2",
        )
    )
    assert office.books() == {"CHARGES": -50_000, "REMIT_CLEARING": 36_500, "CONTRACTUAL": 13_500}


def test_a_secondary_that_repeats_the_write_off_is_limited_and_reviewed(
    office: BillingOffice,
) -> None:
    first = office.bill(50_000, coverages=(1, 2))
    office.post(
        a_remittance(a_decision(first, (30_000, [("CO", "45", 12_500), ("PR", "1", 7_500)])))
    )
    second = office.bill_next(first)
    office.post(
        a_remittance(a_decision(second, (6_500, [("CO", "45", 43_500)]), status="2"), trace="EFT2")
    )
    assert office.books() == {"CHARGES": -50_000, "REMIT_CLEARING": 36_500, "CONTRACTUAL": 13_500}
    assert office.open_items() == ["posting.adjustment_capped"]


def test_a_forwarded_claim_is_answered_under_the_first_number(office: BillingOffice) -> None:
    claim = office.bill(20_000, coverages=(1, 2))
    office.post(
        a_remittance(
            a_decision(claim, (9_600, [("CO", "45", 8_000), ("PR", "2", 2_400)]), status="19")
        )
    )
    later = a_decision(claim, (2_400, [("OA", "23", 17_600)]), status="2", payer_number="OTHER")
    office.post(a_remittance(later, trace="EFT2"))
    assert office.books() == {"CHARGES": -20_000, "REMIT_CLEARING": 12_000, "CONTRACTUAL": 8_000}
    row = office.claim(claim)
    assert (row.state, row.payer_claim_control_number) == (ClaimState.PAID, "ICN1")
    assert office.post(a_remittance(later, trace="EFT3")).unapplied == 1


def test_a_claim_forwarded_to_a_payer_we_do_not_know_asks_for_the_coverage(
    office: BillingOffice,
) -> None:
    claim = office.bill(20_000)
    office.post(a_remittance(a_decision(claim, (15_000, [("PR", "2", 5_000)]), status="19")))
    assert office.books()["AR:INS2"] == 5_000
    assert office.open_items() == ["posting.forwarded_to_unknown"]


DECISION_OF_150 = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
CORRECTION_OF_150 = (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)])


def test_a_reversal_with_its_correction_leaves_the_correction(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(a_remittance(decision))
    correction = a_decision(claim, CORRECTION_OF_150, payer_number="ICN2")
    count = office.post(a_remittance(correction, reversed_decision(decision), trace="EFT2"))
    assert (count.reversed, count.decided) == (1, 1)
    assert office.books() == {
        "CHARGES": -15_000,
        "REMIT_CLEARING": 4_000,
        "CONTRACTUAL": 7_500,
        "AR:PAT": 3_500,
    }
    row = office.claim(claim)
    assert (row.state, row.payer_claim_control_number) == (ClaimState.PAID, "ICN2")


def test_a_reversal_may_come_long_before_its_correction(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(a_remittance(decision))
    office.post(a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)]))
    assert office.claim(claim).state == ClaimState.REVERSED
    assert office.books_of(claim.charge_ids[0])[Account.AR_INSURANCE_1] == Money(15_000)
    office.post(a_remittance(a_decision(claim, CORRECTION_OF_150), trace="EFT3"))
    assert office.claim(claim).state == ClaimState.PAID
    assert office.books_of(claim.charge_ids[0])[Account.AR_PATIENT] == Money(3_500)


def test_a_reversal_is_not_taken_twice(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(a_remittance(decision))
    back = reversed_decision(decision)
    office.post(a_remittance(back, trace="EFT2", plb=[("FB", "X", -5_000)]))
    count = office.post(a_remittance(back, trace="EFT3", plb=[("FB", "X", -5_000)]))
    assert (count.reversed, count.unapplied) == (0, 1)
    assert office.books()["UNAPPLIED"] == 5_000
    assert office.open_items() == ["posting.unknown_original"]


def test_a_reversal_of_what_we_never_had_waits_for_a_person(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    back = reversed_decision(a_decision(claim, DECISION_OF_150))
    office.post(a_remittance(back, plb=[("FB", "X", -5_000)]))
    assert office.claim(claim).state == ClaimState.ACCEPTED
    assert office.open_items() == ["posting.unknown_original"]


def test_a_second_decision_without_a_reversal_stays_unapplied(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(a_remittance(decision))
    before = office.books()
    office.post(a_remittance(decision, trace="EFT2"))
    changed = {**before, "REMIT_CLEARING": 10_000, "UNAPPLIED": -5_000}
    assert office.books() == changed
    assert office.open_items() == ["posting.second_decision"]
    count = office.post(
        a_remittance(reversed_decision(decision), trace="EFT3", plb=[("FB", "X", -5_000)])
    )
    assert count.reversed == 1
    assert "UNAPPLIED" not in office.books()
    assert office.claim(claim).state == ClaimState.PAID


def test_of_two_decisions_in_one_payment_the_first_counts(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    count = office.post(a_remittance(decision, decision))
    assert (count.decided, count.unapplied) == (1, 1)


def test_a_decision_on_a_claim_that_was_not_sent_stays_unapplied(office: BillingOffice) -> None:
    claim = office.bill(15_000, state=ClaimState.HELD)
    office.post(a_remittance(a_decision(claim, DECISION_OF_150)))
    assert office.open_items() == ["posting.unexpected_decision"]
    assert office.claim(claim).state == ClaimState.HELD


def test_money_of_a_claim_nobody_knows_is_kept_apart(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    stranger = replace(
        a_decision(claim, DECISION_OF_150),
        claim_control_number="XYZ",
        payer_claim_control_number="UNHEARD",
    )
    count = office.post(a_remittance(stranger))
    assert count.unapplied == 1
    assert office.books()["UNAPPLIED"] == -5_000
    assert office.open_items() == ["posting.unmatched"]


def test_a_line_nobody_knows_keeps_the_rest_of_its_claim_going(office: BillingOffice) -> None:
    claim = office.bill(15_000, 4_000)
    decision = a_decision(claim, DECISION_OF_150, (4_000, []))
    lines = (
        decision.lines[0],
        replace(decision.lines[1], line_control_number="77", procedure_code="90658"),
    )
    office.post(a_remittance(replace(decision, lines=lines)))
    assert office.books()["UNAPPLIED"] == -4_000
    assert office.books()["AR:INS1"] == 4_000
    assert office.open_items() == ["posting.unmatched_line"]


@pytest.mark.parametrize("status", ["23", "25"])
def test_what_decides_nothing_books_nothing(office: BillingOffice, status: str) -> None:
    claim = office.bill(15_000)
    noted = a_decision(claim, (0, [("OA", "101", 15_000)]), status=status)
    office.post(a_remittance(noted))
    assert office.claim(claim).state == ClaimState.ACCEPTED
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}
    assert office.open_items() == ["posting.no_decision"]


def test_a_claim_level_deductible_is_split_over_the_paid_lines(office: BillingOffice) -> None:
    claim = office.bill(10_000, 5_000)
    decision = a_decision(claim, (8_000, [("CO", "45", 2_000)]), (0, [("CO", "97", 5_000)]))
    decision = replace(
        decision, paid=Money(5_000), adjustments=(Adjustment("PR", "1", Money(3_000)),)
    )
    office.post(a_remittance(decision))
    assert office.books_of(claim.charge_ids[0])[Account.AR_PATIENT] == Money(3_000)
    assert office.books_of(claim.charge_ids[1])[Account.AR_DENIED] == Money(5_000)
    assert office.claim(claim).state == ClaimState.DENIED


def test_a_claim_priced_as_a_whole_is_booked_on_all_charges(office: BillingOffice) -> None:
    claim = office.bill(10_000, 10_000, 10_000)
    whole = RemittanceClaim(
        claim.control_number,
        "1",
        Money(30_000),
        Money(10_000),
        filing_indicator="12",
        payer_claim_control_number="ICN1",
        facility_code="11",
        frequency_code="1",
        adjustments=(Adjustment("CO", "45", Money(20_000)),),
        patient_last_name="Marmalade",
        patient_first_name="Otto",
    )
    office.post(a_remittance(whole))
    assert office.books() == {
        "CHARGES": -30_000,
        "REMIT_CLEARING": 10_000,
        "CONTRACTUAL": 20_000,
    }


def test_provider_adjustments_move_the_payment_and_ask_where_nobody_announced_them(
    office: BillingOffice,
) -> None:
    claim = office.bill(100_000)
    office.post(
        a_remittance(
            a_decision(claim, (100_000, [])),
            plb=[("WO", "FCN9", 12_000), ("L6", "FCN9", -250), ("CS", "MISC", 100)],
        )
    )
    assert office.books() == {
        "CHARGES": -100_000,
        "REMIT_CLEARING": 88_150,
        "RECOUP_DUE": 12_000,
        "INTEREST_INC": -250,
        "SUSPENSE": 100,
    }
    assert office.open_items() == ["posting.provider_adjustment", "posting.unannounced_recovery"]


def test_a_recovery_announced_by_a_reversal_asks_nobody(office: BillingOffice) -> None:
    claim, other = office.bill(15_000), office.bill(9_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(a_remittance(decision))
    office.post(
        a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "ICN1", -5_000)])
    )
    office.post(
        a_remittance(a_decision(other, (9_000, [])), trace="EFT3", plb=[("WO", "ICN1", 5_000)])
    )
    assert "RECOUP_DUE" not in office.books()
    assert office.open_items() == []


def test_the_same_file_posts_once(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    file_id = office.receive(a_remittance(a_decision(claim, DECISION_OF_150)))
    assert not office.post_file(file_id).was_posted_before
    before = office.books()
    assert office.post_file(file_id).was_posted_before
    assert office.books() == before


def test_the_same_payment_in_another_file_is_refused(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    remittance = a_remittance(a_decision(claim, DECISION_OF_150))
    office.post(remittance)
    before = office.books()
    count = office.post(remittance)
    assert (count.state, count.reason) == (
        InboundFileState.QUARANTINED,
        "posting.duplicate_trace",
    )
    assert office.books() == before
    assert office.open_items() == ["posting.duplicate_trace"]


def test_a_trace_number_with_other_content_is_refused(office: BillingOffice) -> None:
    claim, other = office.bill(15_000), office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DECISION_OF_150)))
    count = office.post(a_remittance(a_decision(other, DECISION_OF_150)))
    assert count.reason == "posting.trace_reused"
    assert office.claim(other).state == ClaimState.ACCEPTED


def test_one_bad_payment_keeps_the_whole_file_out(office: BillingOffice) -> None:
    claim, other = office.bill(15_000), office.bill(15_000)
    good = a_remittance(a_decision(claim, DECISION_OF_150))
    bad = replace(
        a_remittance(a_decision(other, DECISION_OF_150), trace="EFT2"), amount=Money(5_001)
    )
    count = office.post(good, bad)
    assert count.reason == "posting.unbalanced"
    assert office.books() == {"AR:INS1": 30_000, "CHARGES": -30_000}
    assert office.claim(claim).state == ClaimState.ACCEPTED


def test_a_payment_to_another_payee_is_refused(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    count = office.post(a_remittance(decision, npi="1999900016", tin="990009999"))
    assert count.reason == "posting.wrong_payee"
    assert office.open_items() == ["posting.wrong_payee"]
    with transaction(office.database_url) as session:
        assert list_open_work_items(session, office.act.client_id, Queue.BPO_INBOX)


def test_several_payments_of_one_file_all_post(office: BillingOffice) -> None:
    claim, other = office.bill(15_000), office.bill(15_000)
    count = office.post(
        a_remittance(a_decision(claim, DECISION_OF_150)),
        a_remittance(a_decision(other, DECISION_OF_150), trace="EFT2"),
    )
    assert (count.remittances, count.decided) == (2, 2)


def test_a_correction_in_the_same_file_finds_the_decision_before_it(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION_OF_150)
    office.post(
        a_remittance(decision),
        a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)]),
    )
    assert office.claim(claim).state == ClaimState.REVERSED
    assert office.books_of(claim.charge_ids[0]).get(Account.CONTRACTUAL, ZERO) == ZERO
