"""Audits of coding, from the sample to what the coder learns."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.coding_audit import AuditPolicy
from models.errors import NotFoundError, RejectedError
from models.states.audited_case import AuditedCaseState
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.work_item import Queue
from models.tables import AuditedCase, AuditEvent, AuditSample, WorkItem
from models.values.coding_audit import CodePart, CoderStanding, CodeVerdict, SampleMethod
from revcycle.operations.audit.complete_second_coding import (
    CaseInHand,
    OwnWorkError,
    complete_second_coding,
)
from revcycle.operations.audit.decide_case import decide_case
from revcycle.operations.audit.draw_samples import DrawnSample, draw_sample, draw_samples
from revcycle.operations.audit.judge_coders import judge_coders, stand_in, standings
from revcycle.operations.audit.note_education import note_education
from revcycle.operations.audit.withdraw_stale_cases import withdraw_stale_cases
from revcycle.store import audited_cases, encounters, work_leases
from revcycle.store.audited_cases import CaseFilter, SamplePlace
from revcycle.store.session import transaction
from revcycle.store.state_changes import move
from revcycle.store.work_items import StaleLeaseError
from tests.integration.audit.coding_office import (
    AUDITOR,
    CODER,
    LEAD,
    POLICY,
    VISIT,
    CodingOffice,
    a_coding,
)

HIGHER = a_coding("I10", "E119", procedure="99214")

OTHER_OF_CATEGORY = {"E119": "E1165", "M1711": "M1712", "J0190": "J0191", "R1010": "R1012"}
EVERYTHING = CaseFilter(date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
def office(database_url: str, act: Act) -> CodingOffice:
    office = CodingOffice(database_url, act)
    office.receive(3)
    return office


def draw(office: CodingOffice, policy: AuditPolicy = POLICY, *, days: int = 0) -> list[DrawnSample]:
    with transaction(office.url) as session:
        return draw_samples(session, office.by("flow:coding", days=days), policy)


def disputed(office: CodingOffice) -> AuditedCase:
    """A chart that coder and auditor coded at another level."""
    office.code([VISIT])
    draw(office)
    assert office.audit(HIGHER) is AuditedCaseState.DISPUTED
    return office.cases()[0]


def test_every_chart_of_a_new_coder_is_drawn_once_and_waits_for_an_auditor(
    office: CodingOffice,
) -> None:
    office.code([VISIT, VISIT])
    (sample,) = draw(office)
    assert (sample.coder, sample.method, sample.drawn) == (CODER, SampleMethod.FULL_REVIEW, 2)
    assert draw(office) == []
    office.code([VISIT])
    assert [one.drawn for one in draw(office)] == [1]  # joins the same day's review
    with transaction(office.url) as session:
        assert session.exec(select(AuditSample.population)).all() == [3]
    items = office.items(Queue.CODING_AUDIT)
    assert len(items) == len(office.cases()) == 3
    assert {item.patient_id is not None for item in items} == {True}
    assert not any(CODER in item.detail or "I10" in item.detail for item in items)


def test_charts_that_came_coded_are_nobodys_work(database_url: str, act: Act) -> None:
    office = CodingOffice(database_url, act)
    assert draw(office) == []


def test_a_month_of_a_coder_whose_samples_are_enough_is_drawn_once_with_its_seed(
    office: CodingOffice,
) -> None:
    office.code([VISIT, VISIT, a_coding("I10", procedure="99215", modifiers=["25"])])
    policy = replace(POLICY, new_coder_cases=0, random_cases=1, risk_cases=1)
    assert draw(office, policy) == []  # the month is not over
    drawn = draw(office, policy, days=20)
    assert [(one.method, one.population, one.drawn) for one in drawn] == [
        (SampleMethod.RANDOM, 3, 1),
        (SampleMethod.RISK, 2, 1),
    ]
    assert draw(office, policy, days=21) == []
    with transaction(office.url) as session:
        samples = session.exec(select(AuditSample).order_by(col(AuditSample.id))).all()
    assert [(one.first_day, one.last_day) for one in samples] == [
        (date(2026, 11, 1), date(2026, 11, 30))
    ] * 2
    assert all(one.seed for one in samples)


def test_a_person_draws_a_sample_again_with_the_same_seed_only_where_none_was_drawn(
    office: CodingOffice,
) -> None:
    office.code([VISIT] * 3)
    day = office.act.today
    place = SamplePlace(CODER, day, day, SampleMethod.RANDOM)
    with transaction(office.url) as session:
        sample = draw_sample(session, office.act, POLICY, place, count=2, seed="7")
    assert (sample.population, sample.drawn) == (3, 2)
    with transaction(office.url) as session, pytest.raises(RejectedError, match="drawn before"):
        draw_sample(session, office.act, POLICY, place, count=2, seed="8")
    late = replace(place, last_day=day + timedelta(days=1))
    with transaction(office.url) as session, pytest.raises(RejectedError, match="under way"):
        draw_sample(session, office.act, POLICY, late, count=2)


def test_two_who_code_the_same_agree_and_nobody_decides(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    assert office.audit(VISIT) is AuditedCaseState.AGREED
    assert office.items(Queue.CODING_AUDIT) == office.items(Queue.ADJUDICATION) == []
    (case,) = office.cases()
    assert (case.auditor, case.is_blind, case.education) == (AUDITOR, True, "")


def test_a_coding_counts_as_it_was_when_the_chart_was_drawn(office: CodingOffice) -> None:
    case = disputed(office)
    with transaction(office.url) as session:
        rows = audited_cases.list_codes(session, office.act.client_id, case.id)
        differing = [row for row in rows if row.verdict == CodeVerdict.OPEN]
        assert [(row.part, row.coder_code, row.auditor_code) for row in differing] == [
            (CodePart.LEVEL, "99213", "99214")
        ]
        assert all(row.right_code for row in rows if row.verdict == CodeVerdict.SAME)


def test_nobody_audits_or_decides_about_their_own_work(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    with pytest.raises(RejectedError, match="own coding"):
        office.take(Queue.CODING_AUDIT, CODER)
    assert take_next_of(office, Queue.CODING_AUDIT, CODER) is None
    assert office.audit(HIGHER) is AuditedCaseState.DISPUTED
    for who in (CODER, AUDITOR):
        assert take_next_of(office, Queue.ADJUDICATION, who) is None
        with pytest.raises(RejectedError, match="own coding or audit"):
            office.take(Queue.ADJUDICATION, who)
    assert take_next_of(office, Queue.ADJUDICATION, LEAD) is not None


def take_next_of(office: CodingOffice, queue: Queue, who: str) -> WorkItem | None:
    with transaction(office.url) as session:
        found = work_leases.lease_next_work_item(
            session, office.act.client_id, queue, holder=who, at=office.act.at
        )
        if found:
            work_leases.give_back_lease(session, office.act.client_id, found.id, holder=who)
        return found


def test_an_item_that_reached_its_own_coder_is_refused_at_the_end_too(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    (item,) = office.items(Queue.CODING_AUDIT)
    with transaction(office.url) as session:
        held = work_leases.lease_work_item(
            session, office.act.client_id, item.id, holder=CODER, at=office.act.at
        )
        assert held is not None
        in_hand = CaseInHand(item.subject_id, item.id, held.lease_token)
    with transaction(office.url) as session, pytest.raises(OwnWorkError):
        complete_second_coding(session, office.by(CODER), in_hand, VISIT, POLICY)


def test_a_stale_lease_and_an_empty_coding_change_nothing(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    in_hand = office.take(Queue.CODING_AUDIT, AUDITOR)
    act = office.by(AUDITOR)
    stale = replace(in_hand, token=in_hand.token - 1)
    with transaction(office.url) as session, pytest.raises(StaleLeaseError):
        complete_second_coding(session, act, stale, VISIT, POLICY)
    empty = replace(VISIT, diagnoses=(), services=())
    with transaction(office.url) as session, pytest.raises(RejectedError, match="nothing"):
        complete_second_coding(session, act, in_hand, empty, POLICY)
    assert office.cases()[0].state == AuditedCaseState.SAMPLED
    with transaction(office.url) as session:
        complete_second_coding(session, act, in_hand, VISIT, POLICY)
    with transaction(office.url) as session, pytest.raises(StaleLeaseError):
        complete_second_coding(session, act, in_hand, HIGHER, POLICY)


def test_an_auditor_who_opened_the_record_before_did_not_code_blind(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    (case,) = office.cases()
    with transaction(office.url) as session:
        event = AuditEvent(
            client_id=office.act.client_id, at=office.act.at, actor=AUDITOR,
            action="see_encounter", subject_kind="encounter", subject_id=case.encounter_id,
        )  # fmt: skip
        session.add(event)
    office.audit(VISIT)
    assert not office.cases()[0].is_blind


def test_the_third_person_decides_the_coder_learns_and_the_chart_goes_back(
    office: CodingOffice,
) -> None:
    case = disputed(office)
    assert office.decide({number_of(office, case): "99214"}, remark="Two problems.") == 1
    (case,) = office.cases()
    assert (case.state, case.decided_by) == (AuditedCaseState.DECIDED, LEAD)
    assert case.education == (
        "Level of the visit: coded 99213, right is 99214 (material).\nTwo problems."
    )
    assert office.state_of(case.encounter_id) == EncounterState.CODING
    (item,) = office.items(Queue.CODING)[-1:]
    assert office.items(Queue.FOLLOW_UP) == []
    assert "audit.findings" in {one.reason for one in office.items(Queue.CODING)}
    assert item is not None


def test_a_coder_who_was_right_is_sent_nothing_back(office: CodingOffice) -> None:
    case = disputed(office)
    assert office.decide({number_of(office, case): "99213"}) == 0
    (case,) = office.cases()
    assert case.education == ""
    assert office.state_of(case.encounter_id) == EncounterState.CODED


def test_a_billed_chart_brings_work_about_a_corrected_claim(office: CodingOffice) -> None:
    case = disputed(office)
    with transaction(office.url) as session:
        row = encounters.get_encounter(session, office.act.client_id, case.encounter_id)
        move(session, office.act.client_id, office.act, row, ENCOUNTER_TRANSITIONS,
             EncounterEvent.BILL)  # fmt: skip
    office.decide({number_of(office, case): "99212"})
    (item,) = office.items(Queue.FOLLOW_UP)
    assert (item.reason, item.subject_kind) == ("audit.corrected_claim", "encounter")
    assert "right is 99212" in item.detail
    assert office.state_of(case.encounter_id) == EncounterState.BILLED


def test_every_difference_must_be_decided(office: CodingOffice) -> None:
    case = disputed(office)
    number = number_of(office, case)
    with pytest.raises(RejectedError, match=f"number {number}"):
        office.decide({})
    in_hand = CaseInHand(case.id, office.items(Queue.ADJUDICATION)[0].id, 99)
    with transaction(office.url) as session, pytest.raises(StaleLeaseError):
        decide_case(session, office.by(LEAD), in_hand, {number: "1"}, remark="", policy=POLICY)
    with pytest.raises(RejectedError, match="at most"):
        office.decide({number: "9" * 21})


def number_of(office: CodingOffice, case: AuditedCase) -> int:
    with transaction(office.url) as session:
        rows = audited_cases.list_codes(session, office.act.client_id, case.id)
        return next(row.number for row in rows if row.verdict == CodeVerdict.OPEN)


def test_a_chart_that_is_coded_anew_leaves_the_audit(office: CodingOffice) -> None:
    office.code([VISIT])
    draw(office)
    (case,) = office.cases()
    with transaction(office.url) as session:
        row = encounters.get_encounter(session, office.act.client_id, case.encounter_id)
        move(session, office.act.client_id, office.act, row, ENCOUNTER_TRANSITIONS,
             EncounterEvent.REOPEN)  # fmt: skip
    for expected in (1, 0):
        with transaction(office.url) as session:
            assert withdraw_stale_cases(session, office.act) == expected
    assert office.cases()[0].state == AuditedCaseState.WITHDRAWN
    assert office.items(Queue.CODING_AUDIT) == []


def test_a_coder_reads_an_education_note_once_and_nobody_else_does(office: CodingOffice) -> None:
    case = disputed(office)
    office.decide({number_of(office, case): "99214"})
    with transaction(office.url) as session, pytest.raises(NotFoundError):
        note_education(session, office.by(AUDITOR), case.id)
    for days in (1, 2):
        with transaction(office.url) as session:
            note_education(session, office.by(CODER, days=days), case.id)
    assert office.cases()[0].education_seen_at == office.by(CODER, days=1).at


def test_a_coder_is_new_then_judged_by_the_floor(office: CodingOffice) -> None:
    office.code([VISIT] * 2)
    draw(office)
    office.audit(VISIT)
    terms = replace(POLICY, new_coder_cases=2, floor=Decimal("0.40"))

    def standing() -> CoderStanding:
        with transaction(office.url) as session:
            return standings(session, office.act, terms)[CODER]

    assert standing() is CoderStanding.NEW
    office.audit(VISIT)
    assert standing() is CoderStanding.COMPETENT
    terms = replace(terms, floor=Decimal("0.95"))  # six codes say little, however right
    assert standing() is CoderStanding.BELOW_FLOOR


def test_the_report_on_a_coder_who_is_wrong_in_8_of_100_codes_holds_92(
    database_url: str, act: Act
) -> None:
    """A cycle with a seeded coder: coding, full review, second coding, decision, report."""
    office = CodingOffice(database_url, act)
    office.receive(40)
    chance = random.Random(2026)  # noqa: S311 - a simulation, no secret
    truth = [a_coding(*OTHER_OF_CATEGORY, procedure="99213") for _ in range(40)]
    coded = [
        a_coding(
            *(wrong_code(code) if chance.random() < 0.08 else code for code in one.diagnoses),
            procedure="99214" if chance.random() < 0.08 else "99213",
        )
        for one in truth
    ]
    office.code(coded)
    draw(office)
    for one in truth:
        office.audit(one)
    while office.items(Queue.ADJUDICATION):
        decide_for_auditor(office)
    with transaction(database_url) as session:
        (judged,) = judge_coders(session, [act.client_id], EVERYTHING)
    low, high = judged.figures.codes.interval
    assert low <= Decimal("0.92") <= high
    assert (judged.figures.codes.count, judged.figures.cases.count) == (200, 40)
    assert judged.figures.codes.right == sum(
        theirs == ours
        for there, here in zip(coded, truth, strict=True)
        for theirs, ours in zip(codes_of(there), codes_of(here), strict=True)
    )
    assert judged.waiting == 0
    assert stand_in(judged, POLICY) is CoderStanding.BELOW_FLOOR
    assert judged.figures.kappa is not None
    assert judged.figures.kappa < 1


def codes_of(coding: CodingDocument) -> list[str]:
    return [*coding.diagnoses, *(one.procedure_code for one in coding.services)]


def wrong_code(code: str) -> str:
    """Another code of the category, such as coders take for the right one."""
    return OTHER_OF_CATEGORY[code]


def decide_for_auditor(office: CodingOffice) -> None:
    case_id = office.items(Queue.ADJUDICATION)[0].subject_id
    with transaction(office.url) as session:
        rows = audited_cases.list_codes(session, office.act.client_id, case_id)
        right = {row.number: row.auditor_code for row in rows if row.verdict == CodeVerdict.OPEN}
    office.decide(right)


def test_another_practices_case_is_not_found(office: CodingOffice, database_url: str) -> None:
    case = disputed(office)
    with transaction(database_url) as session, pytest.raises(NotFoundError):
        audited_cases.get_case(session, case.id, case.id)
