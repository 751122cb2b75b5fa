"""Productivity and quality of people, as leads and the people themselves see it."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.work import Worker
from models.states.work_item import Queue
from models.tables import AuditEvent, StateChange
from models.values.access import Role
from revcycle.operations.coding.ask_provider import ask_provider
from revcycle.operations.work.finish_item import finish_item
from revcycle.operations.work.take_next import take_next
from revcycle.store import work_items
from revcycle.store.session import transaction
from revcycle.store.staff_assignments import replace_queues
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.pages.charts import add_charts
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON, YESTERDAY, add_practice, items_in, rows_of
from tests.people import Colleague, hire, join


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice with claim edits, of which the most urgent is due within an hour."""
    items = [
        *items_in(Queue.SCRUB, 1, service_hours=1, priority=1),
        *items_in(Queue.SCRUB, 2, priority=2),
    ]
    return add_practice(database_url, "lakeside", items)


@pytest.fixture
def ben(database_url: str, lakeside: UUID) -> Colleague:
    """A biller who skips one item, finishes two, one of them late, and meets one cause again."""
    colleague = join(database_url, "ben", [Role.BILLER], [lakeside])
    worker = Worker(colleague.id, "ben")
    with transaction(database_url, lakeside) as session:
        replace_queues(session, lakeside, colleague.id, [Queue.SCRUB])

    def take(at: datetime, leaving: UUID | None = None) -> tuple[UUID, int]:
        with transaction(database_url, lakeside) as session:
            line = take_next(session, [lakeside], worker, [Queue.SCRUB], at=at, leaving=leaving)
        assert line is not None
        return line.id, line.lease_token

    def finish(item_id: UUID, token: int, at: datetime) -> None:
        act = Act(lakeside, "ben", at, at.date())
        with transaction(database_url, lakeside) as session:
            finish_item(session, act, item_id, token=token, what="Called the payer")

    urgent, _ = take(YESTERDAY + timedelta(minutes=1))
    second, token = take(YESTERDAY + timedelta(minutes=2), leaving=urgent)
    finish(second, token, YESTERDAY + timedelta(minutes=6))  # four minutes, in time
    urgent, token = take(NOON - timedelta(minutes=30))
    finish(urgent, token, NOON - timedelta(minutes=20))  # ten minutes, late
    _open_again(database_url, lakeside, urgent)
    return colleague


def _open_again(database_url: str, practice: UUID, item_id: UUID) -> None:
    """Open an item of the same cause about the same claim."""
    act = Act(practice, "flow:submission", NOON, NOON.date())
    with transaction(database_url, practice) as session:
        done = work_items.get_work_item(session, practice, item_id)
        assert done is not None
        again = work_items.NewWorkItem(
            Queue.SCRUB, done.cause_key, done.subject_kind, done.subject_id, done.reason
        )
        assert work_items.open_work_items(session, practice, act, [again]) == 1


@pytest.mark.usefixtures("ben")
def test_everybody_is_listed_by_name_with_the_same_figures(visitor: TestClient) -> None:
    page = visitor.get("/people").text
    (row,) = [row for row in rows_of(page) if row[0] == "Ben"]
    # Done, in time, handling of how many, given back, came back; nothing was coded.
    assert row[1:6] == ["2", "50 %", "7 min of 2", "1", "1"]
    assert row[6:] == ["0", "not measured", "0", "0", "none"]
    listed = re.findall(r'<a href="(/board/items[^"]*)">2</a>', page)
    assert len(rows_of(visitor.get(listed[0].replace("&amp;", "&")).text)) - 1 == 2


def test_a_person_sees_what_leads_see(
    stranger: TestClient, database_url: str, lakeside: UUID, ben: Colleague
) -> None:
    sign_in_by_form(stranger, ben)
    own = stranger.get("/people/me").text
    assert "Your leads see the same" in own
    assert stranger.get("/people").status_code == 403
    assert stranger.get("/people/ben").status_code == 403
    stranger.cookies.clear()
    sign_in_by_form(stranger, join(database_url, "lea", [Role.TEAM_LEAD], [lakeside]))
    assert rows_of(stranger.get("/people/ben").text) == rows_of(own)
    figures = rows_of(own)
    assert ["Claim edits", "2", "50 %", "7 min of 2", "1"] in figures
    assert ["11/20/2026", "1"] in figures


def test_a_coder_sees_the_charts_and_questions_behind_the_own_pace(
    stranger: TestClient, database_url: str
) -> None:
    summit = add_charts(database_url, "summit", 2)
    ann = hire(database_url, "ann", Role.CODER, [summit], Queue.CODING)
    worker = Worker(ann.id, "ann")
    for minutes, question in ((20, ""), (10, "Which knee?")):
        begin = NOON - timedelta(minutes=minutes)
        with transaction(database_url, summit) as session:
            line = take_next(session, [summit], worker, [Queue.CODING], at=begin)
            assert line is not None
            act = Act(summit, "ann", begin + timedelta(minutes=6), NOON.date())
            if question:
                item = work_items.get_work_item(session, summit, line.id)
                assert item is not None
                ask_provider(
                    session,
                    act,
                    item.subject_id,
                    question=question,
                    work_item_id=line.id,
                    token=line.lease_token,
                )
            else:
                work_items.close_leased_work_item(
                    session, summit, act, line.id, token=line.lease_token, resolution="coded"
                )
    sign_in_by_form(stranger, ann)
    page = stranger.get("/people/me").text
    rows = {row[0]: row[1] for row in rows_of(page) if len(row) == 3}
    assert rows["Charts completed"] == "1"
    assert rows["Charts an hour in hand"] == "10.0"  # one in six minutes
    assert (rows["Questions to providers"], rows["Answered, of these"]) == ("1", "0")
    charts = rows_of(stranger.get("/people/me/charts").text)
    assert [row[2] for row in charts[1:]] == ["6 min"]
    questions = rows_of(stranger.get("/people/me/questions").text)
    assert [row[1:3] for row in questions[1:]] == [["not yet", "waits"]]
    assert stranger.get("/people/ann/charts").status_code == 403
    early = {"since": "2026-10-01", "until": "2026-10-02"}
    assert "No chart was completed" in stranger.get("/people/me/charts", params=early).text
    with transaction(database_url, summit) as session:
        seen = session.exec(select(AuditEvent.action).where(AuditEvent.actor == "ann")).all()
    assert {"see_coder_charts", "see_coder_questions"} <= set(seen)
    assert seen.count("see_coder_charts") == 1  # an empty list shows nobody


@pytest.mark.usefixtures("ben")
def test_nobody_is_looked_up_through_another_practice(
    stranger: TestClient, database_url: str
) -> None:
    summit = add_practice(database_url, "summit")
    sign_in_by_form(stranger, join(database_url, "lea", [Role.TEAM_LEAD], [summit]))
    assert stranger.get("/people/ben").status_code == 404
    assert stranger.get("/people/ben/charts").status_code == 404
    assert stranger.get("/people/ben/questions").status_code == 404
    assert stranger.get("/people?client=lakeside").status_code == 404
    assert "Ben" not in stranger.get("/people").text


def test_what_payers_said_is_put_down_to_codes_only_where_that_is_honest(
    visitor: TestClient, database_url: str, lakeside: UUID
) -> None:
    join(database_url, "cleo", [Role.CODER], [lakeside])
    office = BillingOffice(database_url, Act(lakeside, "pia", NOON, NOON.date()))
    paid, denied, unpaid = (office.bill(cents) for cents in (12_000, 15_000, 5_000))
    for claim in (paid, denied, unpaid):
        _code(database_url, lakeside, claim.encounter_id)
    office.post(a_remittance(a_decision(paid, (12_000, [])), trace="A"))
    decision = a_decision(denied, (0, [("CO", "97", 15_000)]))
    office.post(a_remittance(decision, trace="B"))
    office.post(a_remittance(a_decision(unpaid, (0, [("CO", "27", 5_000)])), trace="C"))
    rows = rows_of(visitor.get("/people/cleo").text)
    assert ["Claims made", "3", ""] in rows
    assert ["Accepted at the first try, of those", "3", "100 %"] in rows
    assert ["coding", "the codes", "1", "$150.00"] in rows
    assert ["eligibility", "not the codes", "1", "$50.00"] in rows


def _code(database_url: str, practice: UUID, encounter_id: UUID) -> None:
    """Note that an encounter was coded a day before its claim was decided."""
    with transaction(database_url, practice) as session:
        session.add(
            StateChange(
                client_id=practice,
                noun="encounter",
                subject_id=encounter_id,
                event="complete",
                from_state="coding",
                to_state="coded",
                at=YESTERDAY,
                actor="cleo",
            )
        )
