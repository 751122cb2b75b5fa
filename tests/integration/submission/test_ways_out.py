"""What staff can do with visits and claims that no rule lets go on by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.errors import NotFoundError, RejectedError
from models.states.eligibility import EligibilityVerdict
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Charge, Claim, Coverage, Encounter, Posting, WorkItem
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.operations.submission.approve_claim_write_off import approve_claim_write_off
from revcycle.operations.submission.bill_as_self_pay import bill_as_self_pay
from revcycle.operations.submission.bill_claim_to_patient import bill_claim_to_patient
from revcycle.operations.submission.bill_rest_to_patient import bill_rest_to_patient
from revcycle.operations.submission.build_claims import BuildCount
from revcycle.operations.submission.build_secondary_claims import build_secondary_claims
from revcycle.operations.submission.redirect_claim import redirect_claim
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.submission.request_claim_write_off import request_claim_write_off
from revcycle.operations.submission.scrub_claims import ScrubCount
from revcycle.operations.verification.add_coverage import NewCoverage, add_coverage
from revcycle.store.session import transaction
from tests.integration.submission.office import POLICY, Office
from tests.integration.submission.test_claims_to_later_payers import remit
from tests.people import approver

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


def held_claim(office: Office, *, was_ended: bool = True) -> UUID:
    """A claim held because the payer does not know the coverage, which a person then ended."""
    office.build(office.add_encounter(verdict=EligibilityVerdict.INACTIVE))
    office.scrub()
    if was_ended:
        (row,) = office.all(Coverage)
        with transaction(office.url) as session:
            row.valid_to = date(2026, 10, 31)
            session.add(row)
    (claim,) = office.all(Claim)
    assert claim.state == "held"
    return claim.id


def later(office: Office, days: int) -> Office:
    return replace(office, act=replace(office.act, today=office.act.today + timedelta(days=days)))


def test_a_claim_whose_coverage_a_person_ended_is_not_let_go_by_releasing_it(
    office: Office,
) -> None:
    claim_id = held_claim(office)
    (encounter,) = office.all(Encounter)
    with transaction(office.url) as session:
        encounter.verdict = EligibilityVerdict.NOT_VERIFIABLE  # as it stands without coverage
        session.add(encounter)
        release_held_claim(session, office.act, claim_id)
    assert office.scrub() == ScrubCount(ready=0, held=1)
    (item,) = office.open_items(Queue.SCRUB)
    assert item.reason == "scrub.verified_coverage"


def test_a_held_claim_of_a_patient_without_insurance_is_asked_of_the_patient(
    office: Office,
) -> None:
    claim_id = held_claim(office)
    with transaction(office.url) as session:
        assert bill_claim_to_patient(session, office.act, claim_id) == Money(12_500)
    assert office.claim_states() == ["closed"]
    assert balances(office) == {
        Account.AR_PATIENT: Money(12_500),
        Account.CHARGES: Money(-12_500),
    }
    assert office.open_items(Queue.SCRUB) == []


def test_an_insured_patient_does_not_owe_what_the_practice_filed_wrongly(office: Office) -> None:
    claim_id = held_claim(office, was_ended=False)
    with pytest.raises(RejectedError, match="in force"), transaction(office.url) as session:
        bill_claim_to_patient(session, office.act, claim_id)
    assert office.claim_states() == ["held"]


def test_a_held_claim_goes_to_the_insurance_that_is_in_force(office: Office) -> None:
    claim_id = held_claim(office)
    add_card(office)
    with transaction(office.url) as session:
        redirect_claim(session, office.act, claim_id, policy=POLICY)
    assert office.open_items(Queue.SCRUB) == []
    assert office.scrub() == ScrubCount(ready=1, held=0)
    (claim,) = office.all(Claim)
    assert claim.payer_id == office.payer_ids["next"]
    assert claim.file_by == date(2026, 11, 2) + timedelta(days=180)


def test_a_claim_cannot_be_redirected_to_an_insurance_nobody_knows(office: Office) -> None:
    claim_id = held_claim(office)
    with pytest.raises(RejectedError, match="no other"), transaction(office.url) as session:
        redirect_claim(session, office.act, claim_id, policy=POLICY)
    assert office.claim_states() == ["held"]


def test_a_late_claim_is_given_up_by_two_persons(office: Office) -> None:
    office.build(office.add_encounter())
    late = later(office, 365)
    late.scrub()
    (item,) = office.open_items(Queue.SCRUB)
    assert item.reason == "scrub.timely_filing"
    with transaction(office.url) as session:
        request_claim_write_off(session, late.act, item.subject_id, reason="timely_filing")
    with pytest.raises(RejectedError, match="second person"), transaction(office.url) as session:
        approve_claim_write_off(session, late.act, item.subject_id, approver=approver())
    second = replace(late.act, actor="supervisor")
    with transaction(office.url) as session:
        assert approve_claim_write_off(
            session, second, item.subject_id, approver=approver()
        ) == Money(12_500)
    assert office.claim_states() == ["closed"]
    assert balances(office) == {
        Account.ADMINISTRATIVE_WRITE_OFF: Money(12_500),
        Account.CHARGES: Money(-12_500),
    }
    assert office.open_items(Queue.SCRUB) == []


def test_a_claim_is_not_given_up_unasked(office: Office) -> None:
    claim_id = held_claim(office)
    with pytest.raises(RejectedError, match="nobody asked"), transaction(office.url) as session:
        approve_claim_write_off(session, office.act, claim_id, approver=approver())


def test_a_claim_under_way_is_neither_redirected_nor_given_up(office: Office) -> None:
    office.submit()
    (claim,) = office.all(Claim)
    for act_on in (
        lambda session: bill_claim_to_patient(session, office.act, claim.id),
        lambda session: redirect_claim(session, office.act, claim.id, policy=POLICY),
        lambda session: request_claim_write_off(session, office.act, claim.id, reason="late"),
    ):
        with pytest.raises(RejectedError, match="neither held"), transaction(office.url) as session:
            act_on(session)
