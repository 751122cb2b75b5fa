"""Clocks run for what has a last day, stop when it is done, and tell people in time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.documents.acknowledgement import ClaimStatus
from models.documents.clock import ClockKind
from models.states.work_item import Queue
from models.tables import Claim, ClockRow
from revcycle.operations.follow_up.keep_clocks import KeptClocks, keep_clocks
from revcycle.operations.follow_up.policies import AskTerms, ClockPolicy
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.store import clocks
from revcycle.store.clocks import ClockChoice
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import (
    POLICY,
    TERMS,
    claim_id,
    follow_ups,
    later,
)
from tests.integration.follow_up.partner_answers import judged, passed
from tests.integration.submission.office import SERVICE_DATE, Office

TAKEN, RECEIVED, REFUSED = (
    ClaimStatus("A2", "20"),
    ClaimStatus("A1", "19"),
    ClaimStatus("A7", "562"),
)
FILE_BY = SERVICE_DATE + timedelta(days=90)


def keep(office: Office, days: int = 0, policy: ClockPolicy = POLICY) -> KeptClocks:
    with transaction(office.url) as session:
        return keep_clocks(session, later(office.act, days), policy=policy, terms=TERMS)


def running(office: Office) -> list[tuple[str, date]]:
    rows = [row for row in office.all(ClockRow) if row.state == "running"]
    return sorted((str(row.kind), row.ends_on) for row in rows)


def days_until(office: Office, day: date) -> int:
    return (day - office.act.today).days


def test_a_claim_that_was_built_must_be_filed(office: Office) -> None:
    office.build(office.add_encounter())
    assert keep(office).started == 1
    assert running(office) == [("filing", FILE_BY)]
    assert keep(office) == KeptClocks()


def test_a_sent_claim_runs_two_clocks_until_the_payer_has_it(office: Office) -> None:
    file = office.submit()
    keep(office)
    sent_on = office.act.today
    assert running(office) == [("filing", FILE_BY), ("silent", sent_on + timedelta(days=30))]
    office.answer(passed(file))
    office.answer(judged(file, TAKEN))
    assert keep(office).stopped == 1
    assert running(office) == [("silent", sent_on + timedelta(days=30))]


def test_a_clearinghouses_receipt_does_not_stop_the_clock(office: Office) -> None:
    file = office.submit()
    office.answer(passed(file))
    office.answer(judged(file, RECEIVED))
    keep(office)
    assert ("filing", FILE_BY) in running(office)


def test_it_does_where_the_partners_contract_says_so(office: Office) -> None:
    file = office.submit()
    policy = replace(POLICY, ask_terms={"acme": AskTerms(takes_file_receipt=True)})
    office.answer(passed(file))
    keep(office, policy=policy)
    assert ("filing", FILE_BY) in running(office)
    office.answer(judged(file, RECEIVED))
    keep(office, policy=policy)
    assert ("filing", FILE_BY) not in running(office)


def test_a_refused_claim_runs_its_clock_again(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, TAKEN))
    keep(office)
    assert ("filing", FILE_BY) not in running(office)
    office.answer(judged(file, REFUSED, number=3))
    assert keep(office).started == 1
    assert running(office) == [("filing", FILE_BY)]


def test_a_claim_near_its_limit_without_proof_is_forced_to_a_person(office: Office) -> None:
    office.submit()
    left = days_until(office, FILE_BY)
    assert keep(office, left - 15).items == 0
    assert keep(office, left - 14).items == 1
    assert keep(office, left - 14).items == 0
    (item,) = follow_ups(office)
    assert (item.reason, item.subject_id, item.priority) == ("clock.filing", claim_id(office), 2)
    assert item.detail == "By 01/31/2027: file the claim; no receipt proves that the payer has it"


def test_the_last_days_come_first_and_an_expired_clock_is_not_silent(office: Office) -> None:
    office.submit()
    left = days_until(office, FILE_BY)
    keep(office, left - 14)
    assert keep(office, left - 3).raised == 1
    assert [item.priority for item in follow_ups(office)] == [1]
    keep(office, left + 1)
    assert ("filing", FILE_BY) in running(office)


def test_expired_without_an_item_opens_one_that_says_so(office: Office) -> None:
    office.submit()
    keep(office, days_until(office, FILE_BY) + 5)
    assert follow_ups(office)[0].detail.startswith("Ended on 01/31/2027")


def test_work_that_is_open_already_comes_first_instead_of_a_second_item(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, REFUSED))
    (rejection,) = office.open_items(Queue.REJECTION)
    assert rejection.priority > 2
    kept = keep(office, days_until(office, FILE_BY) - 10)
    assert (kept.items, kept.raised) == (0, 1)
    assert office.open_items(Queue.REJECTION)[0].priority == 2
    assert follow_ups(office) == []


def test_the_item_closes_when_the_payer_takes_the_claim(office: Office) -> None:
    file = office.submit()
    days = days_until(office, FILE_BY) - 5
    keep(office, days)
    assert len(follow_ups(office)) == 1
    office.answer(judged(file, TAKEN))
    keep(office, days)
    assert follow_ups(office) == []


def test_a_clock_moves_with_what_it_is_about(office: Office) -> None:
    office.build(office.add_encounter())
    keep(office)
    with transaction(office.url) as session:
        claim = session.get_one(Claim, (office.act.client_id, claim_id(office)))
        claim.file_by = FILE_BY + timedelta(days=10)
    assert keep(office).moved == 1
    assert running(office) == [("filing", FILE_BY + timedelta(days=10))]


def test_a_claim_that_is_corrected_keeps_its_one_clock(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, REFUSED))
    keep(office)
    with transaction(office.url) as session:
        release_held_claim(session, office.act, claim_id(office))
    assert keep(office) == KeptClocks()


def test_lists_page_by_the_end_and_never_lose_or_repeat_a_clock(office: Office) -> None:
    office.build(*(office.add_encounter() for _ in range(5)))
    keep(office)
    seen = []
    choice = ClockChoice(frozenset({ClockKind.FILING}))
    with transaction(office.url) as session:
        while page := clocks.list_running_clocks(session, [office.act.client_id], choice, limit=2):
            seen += [clock.id for clock in page]
            choice = replace(choice, after=(page[-1].ends_on, page[-1].id))
        counts = clocks.count_running_clocks(
            session, [office.act.client_id], ClockChoice(), today=FILE_BY + timedelta(days=1)
        )
    assert len(seen) == len(set(seen)) == 5
    assert counts == {ClockKind.FILING: (5, 5, 5)}


def test_another_practice_sees_none_of_them(office: Office) -> None:
    office.build(office.add_encounter())
    keep(office)
    with transaction(office.url) as session:
        assert clocks.list_running_clocks(session, [claim_id(office)], ClockChoice(), limit=9) == []


@pytest.mark.parametrize("choice", [ClockChoice(until=FILE_BY), ClockChoice()])
def test_a_claim_lists_its_own_clocks(office: Office, choice: ClockChoice) -> None:
    office.submit()
    keep(office)
    with transaction(office.url) as session:
        of_claim = clocks.list_clocks_of_claim(session, office.act.client_id, claim_id(office))
        listed = clocks.list_running_clocks(session, [office.act.client_id], choice, limit=9)
    assert of_claim == listed
    assert {clock.client_key for clock in listed} == {"demo_practice"}
