"""Money whose owner a person finds is booked as if it had matched by itself."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from models.documents.posting import PostingOutcome
from models.documents.remittance import RemittanceClaim
from models.errors import NotFoundError, RejectedError
from models.states.claim import ClaimState
from models.tables import Client
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.posting.match_remittance_claim import ChangedFiguresError
from revcycle.operations.posting.prepare_match import MatchChoice
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.operations.posting.unmatch_remittance_claim import unmatch_remittance_claim
from revcycle.store.session import transaction
from revcycle.store.work_items import StaleLeaseError
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody

REASONS = [("CO", "45"), ("PR", "1"), ("CO", "29"), ("PR", "96"), ("CO", "253"), ("PI", "A1")]


@pytest.fixture
def desk(office: BillingOffice) -> MatchingDesk:
    """Somebody who finds owners of payments."""
    return MatchingDesk(office)


def a_story(chance: random.Random, claim: BilledClaim) -> RemittanceClaim:
    """Decide a claim at random; each line adds up."""
    lines = []
    for charge in claim.charges:
        said, left = [], charge.cents
        for group, reason in chance.sample(REASONS, chance.randrange(4)):
            amount = chance.randrange(1, left + 1) if left else 0
            if amount:
                said.append((group, reason, amount))
                left -= amount
        lines.append((left, said))
    return a_decision(claim, *lines, status=chance.choice(["1", "4", "19"]))


def another_office(office: BillingOffice) -> BillingOffice:
    """Open the office of another practice in the same database."""
    client = Client(key="foreign_meadow", name="Foreign Meadow", time_zone="America/New_York")
    with transaction(office.database_url) as session:
        session.add(client)
    return BillingOffice(office.database_url, replace(office.act, client_id=client.id))


def picture(office: BillingOffice, claim: BilledClaim) -> dict[str, object]:
    """Say all that a decision left: books, denials, state of the claim, open questions."""
    denials = [(one.group, one.reason, one.amount, one.category) for one in office.denials()]
    return {
        "books": office.books(),
        "charges": [office.books_of(charge_id) for charge_id in claim.charge_ids],
        "denials": sorted(denials, key=str),
        "state": office.claim(claim).state,
        "number": office.claim(claim).payer_claim_control_number,
        "questions": office.open_items(),
    }


@pytest.mark.parametrize("seed", range(12))
def test_a_match_by_hand_books_what_posting_books_by_itself(
    office: BillingOffice, desk: MatchingDesk, seed: int
) -> None:
    twin = another_office(office)
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    charges = [chance.randrange(1_000, 30_000) for _ in range(chance.randrange(1, 4))]
    coverages = chance.choice([(1,), (1, 2)])
    by_hand = office.bill(*charges, coverages=coverages)
    by_itself = twin.bill(*charges, coverages=coverages)
    decision = a_story(chance, by_itself)

    twin.post(a_remittance(decision))
    office.post(a_remittance(of_nobody(decision)))
    assert office.claim(by_hand).state == ClaimState.ACCEPTED
    desk.match(by_hand)

    assert picture(office, by_hand) == picture(twin, by_itself)


def test_what_is_shown_before_is_what_is_booked(office: BillingOffice, desk: MatchingDesk) -> None:
    claim = office.bill(15_000)
    said = [("CO", "45", 7_000), ("PR", "1", 2_000), ("CO", "29", 1_000)]
    office.post(a_remittance(of_nobody(a_decision(claim, (5_000, said)))))
    before = office.books()
    preview = desk.preview(desk.waiting().subject_id, MatchChoice(claim.claim_id))
    desk.match(claim)
    moved = {
        account: amount - before.get(account, 0)
        for account, amount in {**dict.fromkeys(before, 0), **office.books()}.items()
    }
    assert {str(one): amount.cents for one, amount in preview.totals.items()} == {
        account: amount for account, amount in moved.items() if amount
    }
    assert [one.share.adjustment.reason for one in preview.denied] == ["29"]


def test_taking_it_off_the_claim_restores_the_trial_balance_and_asks_again(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    wrong, right = office.bill(15_000, coverages=(1, 2)), office.bill(15_000)
    said = [("CO", "45", 7_000), ("PR", "1", 2_000), ("CO", "29", 1_000)]
    office.post(a_remittance(of_nobody(a_decision(wrong, (5_000, said)))))
    before = office.books()
    desk.match(wrong)
    row_id = desk.rows()[0].id

    desk.unmatch(row_id)
    assert office.books() == before
    assert office.open_items() == ["posting.unmatched"]
    assert office.claim(wrong).state == ClaimState.REVERSED
    assert office.claim(wrong).payer_claim_control_number == ""
    assert [one.state for one in office.denials()] == ["reversed"]

    desk.match(right)
    assert office.claim(right).state == ClaimState.DENIED
    assert office.books()["AR:PAT"] == 2_000


def test_the_same_claim_may_get_it_back(office: BillingOffice, desk: MatchingDesk) -> None:
    claim = office.bill(15_000)
    said = [("CO", "29", 6_000), ("PR", "96", 4_000)]
    office.post(a_remittance(of_nobody(a_decision(claim, (5_000, said)))))
    desk.match(claim)
    once = office.books()
    desk.unmatch(desk.rows()[0].id)
    desk.match(claim)
    assert office.books() == once
    assert sorted(one.state for one in office.denials()) == ["open", "open", *["reversed"] * 2]
    desk.unmatch(desk.rows()[0].id)
    assert office.books()["UNAPPLIED"] == -5_000


def test_what_people_did_about_a_denial_is_taken_back_too(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (4_000, [("PR", "96", 6_000)])))))
    before = office.books()
    desk.match(claim)
    with transaction(office.database_url, office.act.client_id) as session:
        bill_patient(session, office.act, office.denials()[0].id)
    assert office.books()["AR:PAT"] == 6_000
    desk.unmatch(desk.rows()[0].id)
    assert office.books() == before


def test_a_patient_who_paid_meanwhile_keeps_a_credit(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (8_000, [("PR", "1", 2_000)])))))
    desk.match(claim)
    with transaction(office.database_url, office.act.client_id) as session:
        record_patient_payment(
            session, office.act, claim.patient_id, amount=Money(2_000), payment_key="card 1"
        )
    desk.unmatch(desk.rows()[0].id)
    assert office.books()["PATIENT_CREDIT"] == -2_000
    assert office.open_items() == ["posting.credit_balance", "posting.unmatched"]


def test_the_payers_reversal_of_a_matched_decision_finds_it(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    decision = of_nobody(a_decision(claim, (8_000, [("PR", "1", 2_000)])))
    office.post(a_remittance(decision))
    opening = {"AR:INS1": 10_000, "CHARGES": -10_000}
    desk.match(claim)
    office.post(a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "F1", -8_000)]))
    assert office.books() == {**opening, "REMIT_CLEARING": 8_000, "RECOUP_DUE": -8_000}
    with pytest.raises(RejectedError, match="took this decision back"):
        desk.unmatch(desk.rows()[0].id)


def test_a_reversal_of_nobody_is_given_to_the_decision_it_takes_back(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    decision = a_decision(claim, (8_000, [("PR", "1", 2_000)]))
    office.post(a_remittance(decision))
    theirs = replace(of_nobody(reversed_decision(decision)), payer_claim_control_number="ANOTHER")
    office.post(a_remittance(theirs, trace="EFT2", plb=[("WO", "F1", -8_000)]))
    assert office.books()["UNAPPLIED"] == 8_000
    assert desk.match(claim).outcome is PostingOutcome.REVERSED
    assert "UNAPPLIED" not in office.books()
    assert office.claim(claim).state == ClaimState.REVERSED


def test_a_line_that_is_not_surely_ours_waits_for_a_choice(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000, 5_000)
    decision = of_nobody(a_decision(claim, (10_000, []), (4_000, [("CO", "45", 1_000)])))
    other = [replace(one, line_control_number="", procedure_code="0001U") for one in decision.lines]
    office.post(a_remittance(replace(decision, lines=tuple(other))))
    subject = desk.waiting().subject_id
    preview = desk.preview(subject, MatchChoice(claim.claim_id))
    assert preview.refusal.startswith("say which of our lines is meant")
    desk.match(claim, lines=desk.lines_of(claim))
    assert office.books_of(claim.charge_ids[1])[Account.CONTRACTUAL] == Money(1_000)
    assert office.claim(claim).state == ClaimState.PAID


def test_lines_of_another_claim_are_refused(office: BillingOffice, desk: MatchingDesk) -> None:
    claim, other = office.bill(10_000), office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    for lines in (desk.lines_of(other), (None, None)):
        with pytest.raises(RejectedError, match="not one of this claim"):
            desk.preview(desk.waiting().subject_id, MatchChoice(claim.claim_id, lines))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param(ClaimState.DRAFT, "not at the payer", id="a-draft"),
        pytest.param(ClaimState.REJECTED, "not at the payer", id="a-rejected-claim"),
        pytest.param(ClaimState.PAID, "has a decision already", id="a-paid-claim"),
        pytest.param(ClaimState.CLOSED, "has a decision already", id="a-closed-claim"),
    ],
)
def test_a_claim_that_waits_for_no_decision_takes_none(
    office: BillingOffice, desk: MatchingDesk, state: ClaimState, words: str
) -> None:
    claim = office.bill(10_000, state=state)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    before = office.books()
    with pytest.raises(RejectedError, match=words):
        desk.match(claim)
    assert office.books() == before


def test_two_people_at_once_book_it_once(office: BillingOffice, desk: MatchingDesk) -> None:
    claim, other = office.bill(10_000), office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    item = desk.waiting()
    token = desk.take(item)
    choice = MatchChoice(claim.claim_id)
    shown = desk.preview(item.subject_id, choice).totals
    desk.book(item, token, choice, shown)
    books = office.books()
    for again in (choice, MatchChoice(other.claim_id)):
        with pytest.raises(StaleLeaseError):
            desk.book(item, token, again, shown)
    assert office.books() == books
    with pytest.raises(RejectedError, match="meanwhile"):
        desk.preview(item.subject_id, choice)


def test_a_stale_lease_books_nothing(office: BillingOffice, desk: MatchingDesk) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    before = office.books()
    item = desk.waiting()
    token = desk.take(item, holder="somebody.else")
    choice = MatchChoice(claim.claim_id)
    with pytest.raises(StaleLeaseError):
        desk.book(item, token, choice, desk.preview(item.subject_id, choice).totals)
    assert office.books() == before


def test_balances_that_moved_since_they_were_shown_are_shown_again(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (8_000, [("CO", "45", 2_000)])))))
    before = office.books()
    with pytest.raises(ChangedFiguresError) as caught:
        desk.match(claim, shown={Account.UNAPPLIED: Money(1)})
    assert caught.value.now[Account.CONTRACTUAL] == Money(2_000)
    assert office.books() == before


def test_nothing_of_another_practice_can_be_matched(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    item = desk.waiting()
    foreign = MatchingDesk(another_office(office))
    theirs = foreign.office.bill(10_000)
    with pytest.raises(NotFoundError):
        desk.preview(item.subject_id, MatchChoice(theirs.claim_id))
    with pytest.raises(NotFoundError):
        foreign.preview(item.subject_id, MatchChoice(theirs.claim_id))
    with pytest.raises(NotFoundError):
        foreign.unmatch(item.subject_id)


def test_undoing_needs_a_reason_and_something_to_undo(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    row_id = desk.rows()[0].id
    with pytest.raises(RejectedError, match="stands on no claim"):
        desk.unmatch(row_id)
    desk.match(claim)
    with (
        pytest.raises(RejectedError, match="say why"),
        transaction(office.database_url, office.act.client_id) as session,
    ):
        unmatch_remittance_claim(session, office.act, row_id, why="  ")
    desk.unmatch(row_id)
    with pytest.raises(RejectedError, match="stands on no claim"):
        desk.unmatch(row_id)


def test_a_decision_that_matched_by_itself_can_be_taken_off_too(
    office: BillingOffice, desk: MatchingDesk
) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(a_decision(claim, (7_000, [("CO", "45", 3_000)]))))
    office.act = replace(office.act, today=office.act.today + timedelta(days=3))
    desk.unmatch(desk.rows()[0].id)
    assert office.books() == {
        "AR:INS1": 10_000,
        "CHARGES": -10_000,
        "REMIT_CLEARING": 7_000,
        "UNAPPLIED": -7_000,
    }
