"""Denials worked to the end: other payers, records, levels, voids, write-offs by cause."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.claim import ClaimForm, FrequencyCode
from models.documents.denial import AppealLevel, DenialTerms, LevelStart
from models.documents.party import Organization
from models.documents.practice import PracticeFacts
from models.errors import NotFoundError, RejectedError
from models.states.cause_party import CauseParty
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Claim, Coverage, Denial, EligibilityCheck
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.operations.denials.acknowledge_appeal import acknowledge_appeal
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.denials.end_records import end_records
from revcycle.operations.denials.lose_appeal import lose_appeal
from revcycle.operations.denials.prepare_appeal import prepare_appeal
from revcycle.operations.denials.rebill_other_payer import open_coverages, rebill_other_payer
from revcycle.operations.denials.request_records import request_records
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.denials.send_appeal import SendingWay, send_appeal
from revcycle.operations.denials.send_records import send_records
from revcycle.operations.denials.verify_again import verify_again, verify_denied_coverages
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.reasons import WRITE_OFF_REASONS
from revcycle.store import appeals, work_items
from revcycle.store.claim_documents import claim_documents
from revcycle.store.records_requests import list_records_requests
from revcycle.store.session import transaction
from revcycle.store.write_offs import written_off_denials
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.people import approver

PLAYS = standard_plays()
POLICY = ClaimPolicy(ClaimForm.PROFESSIONAL, {}, {})
PRACTICE = PracticeFacts(Organization("Invented Practice", "1999900008"), "11", "0131", {})
TERMS = DenialTerms(
    levels=(
        AppealLevel("Reconsideration", 60, is_reconsideration=True),
        AppealLevel("Appeal", 90, LevelStart.ANSWER),
    )
)


def deny(
    office: BillingOffice,
    reason: str = "27",
    *,
    cents: int = 15_000,
    coverages: tuple[int, ...] = (1, 2),
    remarks: tuple[str, ...] = (),
) -> tuple[BilledClaim, Denial]:
    """Bill a claim and let its payer deny all of it."""
    claim = office.bill(cents, coverages=coverages)
    decision = a_decision(claim, (0, [("CO", reason, cents)]), remarks=remarks)
    office.post(a_remittance(decision, trace=f"EFT{office.files}"))
    (denial,) = (one for one in office.denials() if one.claim_id == claim.claim_id)
    return claim, denial


def coverage_of(office: BillingOffice, claim: BilledClaim, rank: int) -> Coverage:
    with transaction(office.database_url, office.act.client_id) as session:
        return session.exec(
            select(Coverage).where(Coverage.patient_id == claim.patient_id, Coverage.rank == rank)
        ).one()


def rebill(office: BillingOffice, claim: BilledClaim, denial: Denial, rank: int = 2) -> Claim:
    coverage = coverage_of(office, claim, rank)
    with transaction(office.database_url, office.act.client_id) as session:
        new_claim_id = rebill_other_payer(
            session, office.act, denial.id, coverage_id=coverage.id, policy=POLICY
        )
    office.check()
    with transaction(office.database_url, office.act.client_id) as session:
        return session.exec(select(Claim).where(Claim.id == new_claim_id)).one()


def test_the_responsible_payer_gets_a_first_claim_and_owes_the_amount(
    office: BillingOffice,
) -> None:
    claim, denial = deny(office)
    new = rebill(office, claim, denial)
    assert (new.state, new.payer_rank, new.stands_alone) == (ClaimState.DRAFT, 2, True)
    assert new.frequency_code == FrequencyCode.ORIGINAL
    assert new.file_by > office.claim(claim).file_by - timedelta(days=365)
    (after,) = office.denials()
    assert (after.state, after.rebilled_claim_id) == (DenialState.CORRECTED, new.id)
    assert office.books() == {"AR:INS2": 15_000, "CHARGES": -15_000}
    assert office.open_items() == []
    with transaction(office.database_url, office.act.client_id) as session:
        found = claim_documents(session, office.act.client_id, [new.id], practice=PRACTICE)
        assert open_coverages(session, office.act, claim.encounter_id) == []
    document = found[new.id]
    assert document.payer.responsibility == "P"
    assert document.other_payers == ()
    assert [line.adjudications for line in document.lines] == [()]


def test_the_first_claim_is_over_once_the_other_payer_owes(office: BillingOffice) -> None:
    claim, denial = deny(office)
    rebill(office, claim, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        assert close_settled_claims(session, office.act) == 1
    assert office.claim(claim).state == ClaimState.CLOSED
    assert office.denials()[0].state == DenialState.CLOSED
    office.check()


def test_a_coverage_that_was_billed_or_is_not_the_patients_is_refused(
    office: BillingOffice,
) -> None:
    claim, denial = deny(office)
    asked_id = coverage_of(office, claim, 1).id
    with transaction(office.database_url, office.act.client_id) as session:
        with pytest.raises(RejectedError, match="billed for it already"):
            rebill_other_payer(session, office.act, denial.id, coverage_id=asked_id, policy=POLICY)
        with pytest.raises(NotFoundError):
            rebill_other_payer(session, office.act, denial.id, coverage_id=new_id(), policy=POLICY)
    rebill(office, claim, denial)
    with pytest.raises((RejectedError, IllegalTransitionError)):
        rebill(office, claim, denial)
    assert office.books() == {"AR:INS2": 15_000, "CHARGES": -15_000}


def test_a_partial_denial_sends_only_the_denied_service(office: BillingOffice) -> None:
    claim = office.bill(10_000, 4_000, coverages=(1, 2))
    decision = a_decision(claim, (10_000, []), (0, [("CO", "109", 4_000)]))
    office.post(a_remittance(decision))
    (denial,) = office.denials()
    assert rebill(office, claim, denial).charge_total == Money(4_000)
    assert office.books()["AR:INS2"] == 4_000


def test_a_claim_is_taken_back_as_a_whole(office: BillingOffice) -> None:
    claim, _ = deny(office, "16")
    with transaction(office.database_url, office.act.client_id) as session:
        found = correct_claim(
            session, office.act, claim.claim_id, takes_replacements=False, voids=True
        )
    assert found.frequency_code is FrequencyCode.VOID
    assert office.claim(claim).original_reference == "ICN1"
    office.check()


def test_what_was_never_processed_goes_out_as_a_new_claim_and_takes_no_letter(
    office: BillingOffice,
) -> None:
    claim, denial = deny(office, "16", remarks=("MA130",))
    with pytest.raises(RejectedError, match="there is no appeal"):
        prepare(office, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        found = correct_claim(session, office.act, claim.claim_id, takes_replacements=True)
    assert found.frequency_code is FrequencyCode.ORIGINAL


def prepare(office: BillingOffice, denial: Denial) -> UUID:
    with transaction(office.database_url, office.act.client_id) as session:
        return prepare_appeal(
            session,
            office.act,
            denial.id,
            wording="general",
            letter="Please decide anew.",
            answer_by=office.act.today + timedelta(days=60),
            terms=TERMS,
        )


def lose(office: BillingOffice, denial: Denial) -> None:
    appeal_id = prepare(office, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        send_appeal(session, office.act, appeal_id, way=SendingWay.FAX, sent_on=office.act.today)
        acknowledge_appeal(
            session, office.act, appeal_id, on=office.act.today, reference=" CASE 7 "
        )
        lose_appeal(session, office.act, appeal_id, plays=PLAYS)


def test_each_level_of_the_payer_is_used_once_with_its_own_limit(office: BillingOffice) -> None:
    _, denial = deny(office, "50")
    lose(office, denial)
    lose(office, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        first, second = appeals.list_appeals(session, office.act.client_id, denial.id)
    with pytest.raises(RejectedError, match="no appeal is left"):
        prepare(office, denial)
    assert (first.level_name, first.is_reconsideration) == ("Reconsideration", True)
    assert (first.payer_reference, first.acknowledged_on) == ("CASE 7", office.act.today)
    assert first.decided_on == office.act.today
    assert (second.level_name, second.send_by) == ("Appeal", office.act.today + timedelta(days=90))
    office.check()


def test_a_letter_that_is_answered_is_not_acknowledged(office: BillingOffice) -> None:
    _, denial = deny(office, "50")
    lose(office, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        (appeal,) = appeals.list_appeals(session, office.act.client_id, denial.id)
        with pytest.raises(RejectedError, match="does not wait"):
            acknowledge_appeal(session, office.act, appeal.id, on=office.act.today, reference="")


def ask_for_records(office: BillingOffice, denial: Denial, days: int = 30) -> None:
    with transaction(office.database_url, office.act.client_id) as session:
        request_records(
            session,
            office.act,
            denial.id,
            asked="the operative note",
            send_by=office.act.today + timedelta(days=days),
        )


def test_records_are_asked_for_sent_and_waited_for(office: BillingOffice) -> None:
    _, denial = deny(office, "252")
    ask_for_records(office, denial)
    assert office.denials()[0].state == DenialState.RECORDS_REQUESTED
    assert office.open_items() == ["records_requested"]
    with transaction(office.database_url, office.act.client_id) as session:
        send_records(
            session, office.act, denial.id, way=SendingWay.PORTAL, sent_on=office.act.today
        )
    assert office.open_items() == ["records_sent"]
    with transaction(office.database_url, office.act.client_id) as session:
        (asked,) = list_records_requests(session, office.act.client_id, denial.id)
        with pytest.raises(RejectedError, match="left already"):
            send_records(
                session, office.act, denial.id, way=SendingWay.FAX, sent_on=office.act.today
            )
    assert (asked.asked, asked.way) == ("the operative note", "portal")
    assert asked.answer_by == office.act.today + timedelta(days=45)
    with transaction(office.database_url, office.act.client_id) as session:
        end_records(session, office.act, denial.id, plays=PLAYS)
    (after,) = office.denials()
    assert (after.state, after.first_action) == (
        DenialState.OPEN,
        "decide on the next level of appeal",
    )
    assert office.open_items() == ["CO-252"]
    office.check()


def test_records_that_do_not_exist_bring_the_first_step_back(office: BillingOffice) -> None:
    _, denial = deny(office, "252")
    ask_for_records(office, denial)
    with transaction(office.database_url, office.act.client_id) as session:
        end_records(session, office.act, denial.id, plays=PLAYS)
    assert office.denials()[0].first_action == "send what the payer asked for"


@pytest.mark.parametrize("days", [-1, 400])
def test_records_are_due_within_a_year(office: BillingOffice, days: int) -> None:
    _, denial = deny(office, "252")
    with pytest.raises(RejectedError, match="within a year"):
        ask_for_records(office, denial, days)
    assert office.denials()[0].state == DenialState.OPEN


def checks(office: BillingOffice) -> list[EligibilityCheck]:
    with transaction(office.database_url, office.act.client_id) as session:
        return list(session.exec(select(EligibilityCheck)))


def verify_all(office: BillingOffice) -> int:
    with transaction(office.database_url, office.act.client_id) as session:
        return verify_denied_coverages(
            session, office.act, verifying_payer_keys=["payer_1", "payer_2"]
        )


def test_a_coverage_denial_asks_the_payer_about_the_day_once(office: BillingOffice) -> None:
    deny(office, "27")
    deny(office, "50")  # says nothing about the coverage
    assert verify_all(office) == 1
    assert [one.state for one in checks(office)] == [EligibilityState.OPEN]
    assert verify_all(office) == 0


def test_an_answer_from_before_the_denial_is_asked_again(office: BillingOffice) -> None:
    claim, denial = deny(office, "27")
    coverage_id = coverage_of(office, claim, 1).id
    with transaction(office.database_url, office.act.client_id) as session:
        verify_again(session, office.act, denial.id, coverage_id=coverage_id)
        with pytest.raises(RejectedError, match="has not come yet"):
            verify_again(session, office.act, denial.id, coverage_id=coverage_id)
    for answered_at, asked in (
        (datetime(2026, 1, 5, tzinfo=UTC), 1),
        (office.act.at + timedelta(hours=1), 0),
    ):
        with transaction(office.database_url, office.act.client_id) as session:
            (check,) = session.exec(select(EligibilityCheck))
            check.state, check.verdict = EligibilityState.ANSWERED, EligibilityVerdict.ACTIVE
            check.answered_at = answered_at
        assert verify_all(office) == asked


def test_a_write_off_says_who_caused_it_and_stays_below_the_approvers_limit(
    office: BillingOffice,
) -> None:
    _, denial = deny(office, "29")
    second = replace(office.act, actor="second")
    with transaction(office.database_url, office.act.client_id) as session:
        request_write_off(
            session, office.act, denial.id, reason="timely_filing", cause=CauseParty.CLIENT
        )
    with transaction(office.database_url, office.act.client_id) as session:
        (item,) = work_items.list_open_work_items(session, office.act.client_id, Queue.APPROVAL)
        assert (item.detail, item.field) == (WRITE_OFF_REASONS["timely_filing"], "client")
    with (
        pytest.raises(RejectedError, match="above what your roles may approve"),
        transaction(office.database_url, office.act.client_id) as session,
    ):
        approve_write_off(session, second, denial.id, approver=approver(cents=14_999))
    with transaction(office.database_url, office.act.client_id) as session:
        approve_write_off(session, second, denial.id, approver=approver(cents=15_000))
    day = timedelta(days=1)
    with transaction(office.database_url, office.act.client_id) as session:
        (given_up,) = written_off_denials(
            session, office.act.client_id, since=office.act.at - day, until=office.act.at + day
        )
    assert (given_up.cause_party, given_up.reason) == ("client", "timely_filing")
    assert given_up.amount == Money(15_000)
    office.check()
