"""A claim that no payer holds waits while its chart is coded anew, and goes on as the same one."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.errors import NotFoundError, RejectedError
from models.states.claim import ClaimState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import (
    AuditEvent,
    Charge,
    Claim,
    ClaimLine,
    ClaimVersion,
    Encounter,
    LedgerEntry,
    Posting,
    WorkItem,
)
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import ZERO, Money
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.operations.submission.bill_as_self_pay import bill_as_self_pay
from revcycle.operations.submission.build_claims import BuildCount
from revcycle.operations.submission.redirect_claim import redirect_claim
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.submission.request_claim_write_off import request_claim_write_off
from revcycle.operations.submission.send_back_to_coder import SENT_BACK, send_back_to_coder
from revcycle.operations.verify.claims import check_claims
from revcycle.operations.verify.money import check_money
from revcycle.store import codings, work_leases
from revcycle.store.session import transaction
from tests.integration.submission.office import POLICY, SERVICE_DATE, Office
from tests.integration.submission.test_acknowledgements_of_claims import REFUSED, t277ca

WORDS = "The visit was shorter than the code says"
LACKS_BIRTH_DATE = {"patient": {"birth_date": None}}
VISIT = CodedService("99213", (1,))
COUNT = CodedService("85025", (1,))


def coded(*services: CodedService) -> CodingDocument:
    return CodingDocument(("J069",), services, SERVICE_DATE)


def held(office: Office, *procedures: str) -> Claim:
    """A claim that an edit stopped."""
    office.build(office.add_encounter(*procedures, **LACKS_BIRTH_DATE))
    assert office.scrub().held == 1
    return office.all(Claim)[-1]


def send_back(office: Office, claim: Claim, words: str = WORDS) -> None:
    with transaction(office.url, office.act.client_id) as session:
        send_back_to_coder(session, office.act, claim.id, words=words)


def code_anew(office: Office, claim: Claim, *services: CodedService) -> None:
    """A coder takes the chart, writes codes down, and completes it."""
    with transaction(office.url, office.act.client_id) as session:
        item = work_leases.lease_next_work_item(
            session, office.act.client_id, Queue.CODING, holder=office.act.actor, at=office.act.at
        )
        assert item is not None
        assert item.subject_id == claim.encounter_id
        keep(session, office.act, claim.encounter_id, *services)
        complete_coding(
            session,
            office.act,
            claim.encounter_id,
            work_item_id=item.id,
            token=item.lease_token,
            policy=AS_WRITTEN,
        )


def keep(session: Session, act: Act, encounter_id: UUID, *services: CodedService) -> None:
    codings.replace_coding(session, act.client_id, encounter_id, coded(*services))
    session.flush()


def balances(office: Office) -> dict[Account, Money]:
    sums: dict[Account, Money] = {}
    for posting in office.all(Posting):
        account = Account(posting.account)
        sums[account] = sums.get(account, ZERO) + posting.amount
    return {account: amount for account, amount in sums.items() if amount}


def lines_of(office: Office) -> list[tuple[int, str, int]]:
    lines = sorted(office.all(ClaimLine), key=lambda one: one.number)
    return [(one.number, one.procedure_code, one.charge.cents) for one in lines]


def violations(office: Office) -> list[str]:
    with transaction(office.url, office.act.client_id) as session:
        results = [
            *check_claims(session, office.act.client_id),
            *check_money(session, office.act.client_id),
        ]
    return [one.id for one in results if one.violations]


def owed(cents: int) -> dict[Account, Money]:
    return {Account.AR_INSURANCE_1: Money(cents), Account.CHARGES: Money(-cents)}


def test_the_coder_gets_the_chart_with_the_billers_words(office: Office) -> None:
    claim = held(office)
    send_back(office, claim, f"  {WORDS} ")
    assert office.claim_states() == ["recoding"]
    assert [row.state for row in office.all(Encounter)] == ["coding"]
    (item,) = office.open_items(Queue.CODING)
    assert (item.subject_id, item.reason, item.detail) == (claim.encounter_id, SENT_BACK, WORDS)
    assert office.open_items(Queue.SCRUB) == []
    assert office.all(AuditEvent)[-1].action == "send_back_to_coder"
    assert violations(office) == []


def test_one_claim_goes_out_with_the_new_codes(office: Office) -> None:
    claim = held(office, "99213", "85025")
    assert balances(office) == owed(15_500)
    send_back(office, claim)
    code_anew(office, claim, replace(COUNT, units=Decimal(2)))
    assert violations(office) == []
    assert office.build(claim.encounter_id) == BuildCount(claims=1, self_pay=0, held=0)
    (same,) = office.all(Claim)
    assert (same.id, same.control_number, same.state) == (claim.id, claim.control_number, "draft")
    assert same.charge_total == Money(6_000)
    assert lines_of(office) == [(1, "85025", 6_000)]
    assert balances(office) == owed(6_000)
    assert [row.state for row in office.all(Encounter)] == ["billed"]
    assert violations(office) == []


def test_building_again_changes_nothing(office: Office) -> None:
    claim = held(office)
    send_back(office, claim)
    code_anew(office, claim, COUNT)
    office.build(claim.encounter_id)
    entries = len(office.all(LedgerEntry))
    assert office.build(claim.encounter_id) == BuildCount(0, 0, 0)
    assert len(office.all(LedgerEntry)) == entries
    assert len(office.all(Claim)) == 1


def test_what_is_not_coded_any_more_is_taken_back_to_the_cent(office: Office) -> None:
    claim = held(office, "99213", "85025")
    send_back(office, claim)
    code_anew(office, claim, VISIT)
    office.build(claim.encounter_id)
    entries = office.all(LedgerEntry)
    (reversal,) = [one for one in entries if one.kind == "reversal"]
    (taken,) = [one for one in entries if one.id == reversal.reverses_id]
    assert reversal.effective_date == taken.effective_date == SERVICE_DATE
    cents: dict[UUID, list[int]] = {}
    for posting in office.all(Posting):
        cents.setdefault(posting.ledger_entry_id, []).append(posting.amount.cents)
    assert sorted(cents[reversal.id]) == sorted(-one for one in cents[taken.id]) == [-3_000, 3_000]
    assert [one.is_withdrawn for one in office.all(Charge)] == [False, True]
    assert lines_of(office) == [(1, "99213", 12_500)]


def test_a_chart_coded_as_it_was_moves_no_money(office: Office) -> None:
    claim = held(office, "99213", "85025")
    entries = len(office.all(LedgerEntry))
    send_back(office, claim)
    code_anew(office, claim, VISIT, COUNT)
    office.build(claim.encounter_id)
    assert len(office.all(LedgerEntry)) == entries
    assert lines_of(office) == [(1, "99213", 12_500), (2, "85025", 3_000)]


def test_a_chart_may_come_back_as_often_as_it_takes(office: Office) -> None:
    claim = held(office, "99213", "85025")
    for services in ((VISIT,), (VISIT, COUNT), (COUNT,), (VISIT, COUNT)):
        send_back(office, claim)
        code_anew(office, claim, *services)
        office.build(claim.encounter_id)
        assert office.scrub().held == 1
        assert violations(office) == []
    assert lines_of(office) == [(1, "99213", 12_500), (2, "85025", 3_000)]
    assert balances(office) == owed(15_500)
    assert len(office.all(Claim)) == 1
    assert len([one for one in office.all(WorkItem) if one.reason == SENT_BACK]) == 4


def test_a_draft_of_the_coder_moves_no_money(office: Office) -> None:
    claim = held(office, "99213", "85025")
    send_back(office, claim)
    with transaction(office.url, office.act.client_id) as session:
        keep(session, office.act, claim.encounter_id)
    assert balances(office) == owed(15_500)
    assert lines_of(office) == [(1, "99213", 12_500), (2, "85025", 3_000)]
    code_anew(office, claim, VISIT, COUNT)
    office.build(claim.encounter_id)
    assert balances(office) == owed(15_500)


def test_codes_without_a_fee_wait_and_the_claim_with_them(office: Office) -> None:
    claim = held(office)
    send_back(office, claim)
    code_anew(office, claim, CodedService("99499", (1,)))
    assert office.build(claim.encounter_id) == BuildCount(0, 0, held=1)
    assert [one.reason for one in office.open_items(Queue.SCRUB)] == ["price.no_fee"]
    assert office.claim_states() == ["recoding"]
    assert balances(office) == owed(12_500)
    assert violations(office) == []


def test_nobody_is_billed_for_a_visit_whose_claim_waits(office: Office) -> None:
    claim = held(office)
    send_back(office, claim)
    code_anew(office, claim, VISIT)
    with (
        pytest.raises(RejectedError, match="goes on with the new codes"),
        transaction(office.url, office.act.client_id) as session,
    ):
        bill_as_self_pay(session, office.act, claim.encounter_id, policy=POLICY)
    assert balances(office) == owed(12_500)


def test_a_second_click_sends_nothing_back_again(office: Office) -> None:
    claim = held(office)
    send_back(office, claim)
    with pytest.raises(RejectedError, match="is recoding"):
        send_back(office, claim)
    assert len(office.open_items(Queue.CODING)) == 1


@pytest.mark.parametrize("words", ["", "  ", "x" * 401])
def test_a_chart_goes_back_with_words_that_fit_only(office: Office, words: str) -> None:
    claim = held(office)
    with pytest.raises(RejectedError, match="say what the coder shall look at"):
        send_back(office, claim, words)
    assert office.claim_states() == ["held"]


def test_nothing_else_is_done_with_a_claim_that_waits_for_its_coder(office: Office) -> None:
    claim = held(office)
    send_back(office, claim)
    with (
        pytest.raises(IllegalTransitionError),
        transaction(office.url, office.act.client_id) as session,
    ):
        release_held_claim(session, office.act, claim.id)
    with (
        pytest.raises(IllegalTransitionError),
        transaction(office.url, office.act.client_id) as session,
    ):
        correct_claim(session, office.act, claim.id, takes_replacements=True)
    with pytest.raises(RejectedError), transaction(office.url, office.act.client_id) as session:
        redirect_claim(session, office.act, claim.id, policy=POLICY)
    with pytest.raises(RejectedError), transaction(office.url, office.act.client_id) as session:
        request_claim_write_off(session, office.act, claim.id, reason="timely_filing")
    assert office.scrub().held == 0
    assert office.batch().batched == 0


def test_a_claim_at_its_payer_is_not_recoded(office: Office) -> None:
    office.submit()
    (claim,) = office.all(Claim)
    with pytest.raises(RejectedError, match="is submitted"):
        send_back(office, claim)


def test_a_clean_claim_can_be_stopped_before_it_leaves(office: Office) -> None:
    office.build(office.add_encounter())
    office.scrub()
    (claim,) = office.all(Claim)
    send_back(office, claim)
    assert office.batch().batched == 0
    code_anew(office, claim, COUNT)
    office.build(claim.encounter_id)
    assert office.scrub().ready == 1
    assert office.batch().batched == 1


def test_a_claim_that_was_turned_away_goes_out_again_as_a_first_one(office: Office) -> None:
    office.answer(t277ca(office.submit(), REFUSED))
    (claim,) = office.all(Claim)
    assert claim.state == ClaimState.REJECTED
    send_back(office, claim)
    assert office.open_items(Queue.REJECTION) == []
    code_anew(office, claim, COUNT)
    office.build(claim.encounter_id)
    assert office.scrub().ready == 1
    office.batch()
    assert [one.frequency_code for one in office.all(ClaimVersion)] == ["1", "1"]
    assert violations(office) == []


def test_a_visit_that_is_voided_closes_its_claim_and_charges_nothing(office: Office) -> None:
    claim = held(office, "99213", "85025")
    send_back(office, claim)
    with transaction(office.url, office.act.client_id) as session:
        keep(session, office.act, claim.encounter_id, VISIT)
        void_encounter(session, office.act, claim.encounter_id, reason="no_show")
    assert office.claim_states() == ["closed"]
    assert balances(office) == {}
    assert office.open_items(Queue.CODING) == []
    assert office.build(claim.encounter_id) == BuildCount(0, 0, 0)
    assert violations(office) == []


def test_another_practices_claim_is_not_found(office: Office) -> None:
    claim = held(office)
    stranger = replace(office.act, client_id=new_id())
    with pytest.raises(NotFoundError), transaction(office.url, office.act.client_id) as session:
        send_back_to_coder(session, stranger, claim.id, words=WORDS)
