"""Charts go to coders who know what the chart needs."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.documents.work import Worker
from models.errors import RejectedError
from models.states.work_item import Queue
from models.tables import AuditEvent, Provider, WorkItem
from models.values.access import Role
from revcycle.operations.access.assign_staff import Assignment, assign_staff
from revcycle.operations.coding.ask_provider import answer_query, ask_provider
from revcycle.operations.coding.restate_needs import restate_needs
from revcycle.operations.work.assign_items import assign_items
from revcycle.operations.work.open_item import open_item
from revcycle.operations.work.take_next import take_next
from revcycle.rules.work.needs import NeedsPolicy
from revcycle.store.best_items import HeldItem
from revcycle.store.session import across, transaction
from tests.pages.charts import add_charts
from tests.people import COMMAND, NOON, Colleague, hire

QUEUES = (Queue.CODING, Queue.PROVIDER_QUERY)
BOTH = NeedsPolicy(by_specialty=True, certification="CPC")


@pytest.fixture
def url(either_database_url: str) -> str:
    return either_database_url


@pytest.fixture
def practice(url: str) -> UUID:
    """A practice of cardiologists that asks for certified coders, with two charts."""
    client_id = add_charts(url, "lakeside", 2)
    with transaction(url, client_id) as session:
        for provider in session.exec(select(Provider)):
            provider.taxonomy = "207RC0000X"
        session.flush()
        assert restate_needs(session, act_of(client_id, "system"), BOTH) == 2
    return client_id


def act_of(client_id: UUID, actor: str) -> Act:
    return Act(client_id, actor, NOON, NOON.date())


def coder(url: str, login: str, practice: UUID, *skills: str) -> Colleague:
    """A coder with these specialties and certifications."""
    colleague = hire(url, login, Role.CODER, [practice], *QUEUES)
    know = Assignment(
        specialties=frozenset(one for one in skills if one.islower()),
        certifications=frozenset(one for one in skills if one.isupper()),
    )
    with transaction(url) as session:
        assign_staff(session, COMMAND, colleague.id, know)
    return colleague


def next_of(url: str, practice: UUID, colleague: Colleague) -> HeldItem | None:
    worker = Worker(colleague.id, colleague.login)
    with across(url, [practice]) as session:
        return take_next(session, [practice], worker, QUEUES, at=NOON)


def charts(url: str, practice: UUID) -> list[WorkItem]:
    with transaction(url, practice) as session:
        return list(session.exec(select(WorkItem).order_by(col(WorkItem.id))))


def test_next_gives_charts_only_to_whoever_knows_what_they_need(url: str, practice: UUID) -> None:
    assert {one.needs for one in charts(url, practice)} == {"cardiology CPC"}
    for login, skills in (("new", ()), ("uro", ("urology", "CPC")), ("card", ("cardiology",))):
        assert next_of(url, practice, coder(url, login, practice, *skills)) is None
    ann = coder(url, "ann", practice, "urology", "cardiology", "CPC", "CCS-P")
    assert next_of(url, practice, ann)


def test_a_chart_is_not_taken_from_the_list_without_the_skill(url: str, practice: UUID) -> None:
    coder(url, "ben", practice, "CPC")
    chart = charts(url, practice)[0]
    with (
        transaction(url, practice) as session,
        pytest.raises(RejectedError, match="cardiology, CPC, which you do not have"),
    ):
        open_item(session, act_of(practice, "ben"), chart.id)
    assert charts(url, practice)[0].lease_holder is None


def test_a_lead_assigns_a_chart_in_spite_only_by_saying_so(url: str, practice: UUID) -> None:
    ben = coder(url, "ben", practice, "CPC")
    chart = charts(url, practice)[0]

    def assign(*, is_lead: bool, in_spite: bool) -> int:
        with transaction(url, practice) as session:
            return assign_items(
                session,
                act_of(practice, "lea"),
                [chart.id],
                queue=Queue.CODING,
                assignee="ben",
                is_lead=is_lead,
                in_spite=in_spite,
            )

    for is_lead, in_spite in ((True, False), (False, True)):
        with pytest.raises(RejectedError, match="1 chart of these need"):
            assign(is_lead=is_lead, in_spite=in_spite)
    assert charts(url, practice)[0].assignee is None
    assert assign(is_lead=True, in_spite=True) == 1
    found = next_of(url, practice, ben)
    assert found is not None
    assert found.id == chart.id
    with transaction(url, practice) as session:
        actions = session.exec(select(AuditEvent.action)).all()
        assert "assign_in_spite" in actions


def test_an_answered_question_brings_back_a_chart_that_needs_the_same(
    url: str, practice: UUID
) -> None:
    ann = coder(url, "ann", practice, "cardiology", "CPC")
    held = next_of(url, practice, ann)
    assert held is not None
    with transaction(url, practice) as session:
        encounter_id = session.exec(select(WorkItem.subject_id).where(WorkItem.id == held.id)).one()
        act, token = act_of(practice, "ann"), held.lease_token
        ask_provider(
            session, act, encounter_id, question="Which eye?", work_item_id=held.id, token=token
        )
    with transaction(url, practice) as session:
        act = act_of(practice, "dr")
        answer_query(session, act, encounter_id, answer="The left.", service_hours=48)
    (again,) = [one for one in charts(url, practice) if one.reason == "coding.query_answered"]
    assert again.needs == "cardiology CPC"


def test_what_charts_need_follows_the_client_file(url: str, practice: UUID) -> None:
    with transaction(url, practice) as session:
        act = act_of(practice, "system")
        assert restate_needs(session, act, BOTH) == 0
        assert restate_needs(session, act, NeedsPolicy()) == 2
    assert next_of(url, practice, coder(url, "new", practice))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(Assignment(specialties=frozenset({"hearts"})), id="no-such-specialty"),
        pytest.param(Assignment(certifications=frozenset({"cpc"})), id="small-letters"),
    ],
)
def test_nobody_is_given_a_skill_that_does_not_exist(database_url: str, wrong: Assignment) -> None:
    client_id = add_charts(database_url, "lakeside", 1)
    ann = coder(database_url, "ann", client_id)
    with transaction(database_url) as session, pytest.raises(RejectedError):
        assign_staff(session, COMMAND, ann.id, wrong)
