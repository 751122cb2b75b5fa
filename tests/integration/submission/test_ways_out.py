"""What staff can do with visits that no rule lets go on by itself."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.errors import NotFoundError, RejectedError
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Charge, Claim, Coverage, Encounter, Posting, WorkItem
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.operations.submission.bill_as_self_pay import bill_as_self_pay
from revcycle.operations.submission.bill_rest_to_patient import bill_rest_to_patient
from revcycle.operations.submission.build_claims import BuildCount
from revcycle.operations.submission.build_secondary_claims import build_secondary_claims
from revcycle.operations.verification.add_coverage import NewCoverage, add_coverage
from revcycle.store.session import transaction
from tests.integration.submission.office import POLICY, Office
from tests.integration.submission.test_claims_to_later_payers import remit

ENDED = {"coverage": {"valid_to": date(2026, 10, 31)}}
CARD = NewCoverage("next", "N20002", valid_from=date(2026, 11, 1))


def balances(office: Office) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for posting in office.all(Posting):
        sums[posting.account] = sums.get(posting.account, ZERO) + posting.amount
    return {account: amount for account, amount in sums.items() if amount}


def self_pay(office: Office, encounter_id: UUID) -> Money:
    with transaction(office.url) as session:
        return bill_as_self_pay(session, office.act, encounter_id, policy=POLICY)


def add_card(office: Office, card: NewCoverage = CARD) -> int:
    (encounter,) = office.all(Encounter)
    assert encounter.patient_id is not None
    with transaction(office.url) as session:
        return add_coverage(session, office.act, encounter.patient_id, card)


def test_a_patient_whose_insurance_had_ended_is_billed_by_a_persons_decision(
    office: Office,
) -> None:
    encounter_id = office.add_encounter(**ENDED)
    assert office.build(encounter_id) == BuildCount(claims=0, self_pay=0, held=1)
    assert self_pay(office, encounter_id) == Money(12_500)
    assert [row.state for row in office.all(Encounter)] == ["billed"]
    assert balances(office) == {
        Account.AR_PATIENT: Money(12_500),
        Account.CHARGES: Money(-12_500),
    }
    assert office.open_items(Queue.SCRUB) == []


def test_an_insured_patient_may_keep_a_visit_from_the_payer(office: Office) -> None:
    encounter_id = office.add_encounter()
    assert self_pay(office, encounter_id) == Money(12_500)
    assert office.build(encounter_id) == BuildCount(0, 0, 0)
    assert office.all(Claim) == []


def test_a_visit_is_billed_to_its_patient_once(office: Office) -> None:
    encounter_id = office.add_encounter(**ENDED)
    self_pay(office, encounter_id)
    with pytest.raises(IllegalTransitionError):
        self_pay(office, encounter_id)
    assert balances(office)[Account.AR_PATIENT] == Money(12_500)


def test_a_service_without_a_price_cannot_be_billed_to_anybody(office: Office) -> None:
    encounter_id = office.add_encounter("99499", **ENDED)
    with pytest.raises(RejectedError, match=r"price\.no_fee"):
        self_pay(office, encounter_id)
    assert office.all(Posting) == []


def test_a_new_card_lets_the_visit_be_verified_and_claimed(office: Office) -> None:
    encounter_id = office.add_encounter(**ENDED)
    office.build(encounter_id)
    assert add_card(office) == 1
    assert [row.verdict for row in office.all(Encounter)] == [None]
    assert office.build(encounter_id) == BuildCount(claims=1, self_pay=0, held=0)
    (claim,) = office.all(Claim)
    assert claim.payer_id == office.payer_ids["next"]
    assert office.open_items(Queue.SCRUB) == []


def test_a_card_that_begins_after_the_visit_leaves_its_verdict_alone(office: Office) -> None:
    office.add_encounter(**ENDED)
    assert add_card(office, replace(CARD, valid_from=date(2026, 11, 3))) == 0
    assert [row.verdict for row in office.all(Encounter)] == ["active"]


def test_a_known_card_is_renewed_and_not_added_twice(office: Office) -> None:
    office.add_encounter(**ENDED)
    add_card(office, NewCoverage("acme", "M10001"))
    (row,) = office.all(Coverage)
    assert (row.valid_from, row.valid_to) == (None, None)


@pytest.mark.parametrize(
    ("card", "error"),
    [
        pytest.param(replace(CARD, payer_key="nobody"), NotFoundError, id="an-unknown-payer"),
        pytest.param(replace(CARD, member_id=" "), RejectedError, id="no-member-id"),
        pytest.param(
            replace(CARD, valid_to=date(2026, 10, 1)), RejectedError, id="an-end-before-its-begin"
        ),
    ],
)
def test_a_card_that_says_nothing_usable_is_refused(
    office: Office, card: NewCoverage, error: type[Exception]
) -> None:
    office.add_encounter()
    with pytest.raises(error):
        add_card(office, card)
    assert len(office.all(Coverage)) == 1


def waiting_for_an_unknown_payer(office: Office, policy: Any) -> UUID:
    """A visit whose second payer owes 20.00 and is not known."""
    office.submit(payers=("acme",))
    remit(office)
    with transaction(office.url) as session:
        build_secondary_claims(session, office.act, policy=policy)
    (item,) = office.open_items(Queue.SCRUB)
    assert item.reason == "secondary.no_coverage"
    return item.subject_id


def test_a_second_payer_written_down_later_gets_its_claim(
    office: Office, claim_policy: Any
) -> None:
    waiting_for_an_unknown_payer(office, claim_policy)
    add_card(office, replace(CARD, rank=2))
    with transaction(office.url) as session:
        built = build_secondary_claims(session, office.act, policy=claim_policy)
    assert (built.claims, built.without_coverage) == (1, 0)
    assert office.open_items(Queue.SCRUB) == []


def test_what_no_second_payer_will_pay_is_asked_of_the_patient(
    office: Office, claim_policy: Any
) -> None:
    encounter_id = waiting_for_an_unknown_payer(office, claim_policy)
    with transaction(office.url) as session:
        assert bill_rest_to_patient(session, office.act, encounter_id) == Money(2_000)
    assert balances(office)[Account.AR_PATIENT] == Money(2_000)
    assert Account.AR_INSURANCE_2 not in balances(office)
    assert office.open_items(Queue.SCRUB) == []
    with pytest.raises(RejectedError), transaction(office.url) as session:
        bill_rest_to_patient(session, office.act, encounter_id)


def test_a_voided_visit_leaves_the_cycle_with_its_work(office: Office) -> None:
    encounter_id = office.add_encounter("99499")
    office.build(encounter_id)
    with transaction(office.url) as session:
        assert void_encounter(session, office.act, encounter_id, reason="too_old") == 1
    assert [row.state for row in office.all(Encounter)] == ["voided"]
    assert [(item.state, item.resolution) for item in office.all(WorkItem)] == [
        ("cancelled", "voided: too_old")
    ]
    assert office.build(encounter_id) == BuildCount(0, 0, 0)
    assert len(office.all(Charge)) == 1


def test_a_billed_visit_is_not_voided(office: Office) -> None:
    encounter_id = office.add_encounter()
    office.build(encounter_id)
    with pytest.raises(IllegalTransitionError), transaction(office.url) as session:
        void_encounter(session, office.act, encounter_id, reason="too_old")
