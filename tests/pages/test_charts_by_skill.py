"""Charts that need a skill, on the pages of those who have it and of those who assign."""

import re
from uuid import UUID

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.access.assign_staff import Assignment, assign_staff
from revcycle.store.session import transaction
from tests.pages.charts import add_charts
from tests.pages.coding_desk import text_of
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.people import COMMAND, hire

CHOICE = re.compile(r'name="chosen" value="([^"]+)"')


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice with one chart for cardiologists' coders and one for anybody."""
    client_id = add_charts(database_url, "lakeside", 2)
    with transaction(database_url, client_id) as session:
        first = session.exec(select(WorkItem).order_by(col(WorkItem.id))).first()
        assert first
        first.needs = "cardiology CPC"
    return client_id


def test_a_coder_sees_what_charts_need_and_narrows_to_what_she_can_do(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    ann = hire(database_url, "ann", Role.CODER, [lakeside], Queue.CODING)
    sign_in_by_form(stranger, ann)
    everything = stranger.get("/queues/coding").text
    assert "cardiology, CPC" in text_of(everything)
    assert len(CHOICE.findall(everything)) == 2
    assert len(CHOICE.findall(stranger.get("/queues/coding?needs=mine").text)) == 1
    assert len(CHOICE.findall(stranger.get("/queues/coding?needs=cardiology+CPC").text)) == 1
    know = Assignment(specialties=frozenset({"cardiology"}), certifications=frozenset({"CPC"}))
    with transaction(database_url) as session:
        assign_staff(session, COMMAND, ann.id, know)
    assert len(CHOICE.findall(stranger.get("/queues/coding?needs=mine").text)) == 2
    assert "Specialties cardiology" in text_of(stranger.get("/people/me").text)


def test_a_lead_is_warned_before_a_chart_goes_to_whoever_lacks_the_skill(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    hire(database_url, "ann", Role.CODER, [lakeside], Queue.CODING)
    sign_in_by_form(stranger, hire(database_url, "lea", Role.TEAM_LEAD, [lakeside], Queue.CODING))
    page = stranger.get("/queues/coding").text
    data = {
        "form_token": form_token_of(page),
        "chosen": CHOICE.findall(page),
        "assignee": "ann",
    }

    def assign(act: str) -> str:
        answer = stranger.post("/queues/coding/bulk", data={**data, "act": act})
        assert answer.status_code == 200
        return text_of(answer.text)

    assert "Not assigned: whom you chose lacks a skill" in assign("assign")
    assert assignees(database_url) == {None}
    assert "Not assigned" not in assign("assign_in_spite")
    assert assignees(database_url) == {"ann"}


def test_who_lacks_the_skill_at_one_practice_is_given_nothing_at_another(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    both = [add_charts(database_url, "aspen", 1), lakeside]
    hire(database_url, "ann", Role.CODER, both, Queue.CODING)
    sign_in_by_form(stranger, hire(database_url, "lea", Role.TEAM_LEAD, both, Queue.CODING))
    page = stranger.get("/queues/coding").text
    chosen = sorted(CHOICE.findall(page))  # aspen comes first
    data = {"form_token": form_token_of(page), "assignee": "ann", "act": "assign"}
    answer = stranger.post("/queues/coding/bulk", data={**data, "chosen": chosen})
    assert "Not assigned: whom you chose lacks a skill" in text_of(answer.text)
    assert assignees(database_url) == {None}


def assignees(url: str) -> set[str | None]:
    with transaction(url) as session:
        return set(session.exec(select(WorkItem.assignee)))
