"""Who works for whom, and what happens in an emergency."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.break_glass import BreakGlassState
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import AuditEvent, Client
from models.values.access import Right, Role
from revcycle.operations.access.assign_staff import Assignment, assign_queues, assign_staff
from revcycle.operations.access.keep_staff import NewStaff, add_staff, get_member_id
from revcycle.operations.access.open_glass import end_glass, open_glass, review_glass
from revcycle.operations.access.person import Person
from revcycle.store import break_glass, staff
from revcycle.store.session import transaction
from revcycle.store.staff_assignments import list_assigned_queues
from revcycle.store.staff_trail import list_staff_trail
from tests.people import COMMAND, HIRED_AT, NOON, Colleague, cheap_hash, invite, join, sign_in, who

REASON = "payer deadline today, the team is ill"


@pytest.fixture
def url(either_database_url: str) -> str:
    return either_database_url


@pytest.fixture
def practices(url: str) -> dict[str, UUID]:
    """Three practices."""
    rows = [Client(key=key, name=key.title(), time_zone="UTC") for key in ("elm", "fir", "oak")]
    with transaction(url) as session:
        session.add_all(rows)
    return {row.key: row.id for row in rows}


def act_for(client_id: UUID, actor: str) -> Act:
    return Act(client_id, actor, NOON, date(2026, 11, 20))


def person_of(url: str, colleague: Colleague) -> Person:
    person = who(url, sign_in(url, colleague))
    assert person
    return person


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        pytest.param([Role.CODER], ["elm"], id="those-assigned"),
        pytest.param([Role.CODER, Role.COMPLIANCE], ["elm", "fir", "oak"], id="all"),
        pytest.param([Role.CLINICIAN], ["elm"], id="ones-own"),
        pytest.param([Role.ADMINISTRATOR], [], id="none-although-assigned"),
    ],
)
def test_practices_exist_for_those_who_work_for_them(
    url: str, practices: dict[str, UUID], roles: list[Role], seen: list[str]
) -> None:
    ann = join(url, "ann", roles, [practices["elm"]])
    assert person_of(url, ann).practice_ids == {practices[key] for key in seen}


def test_an_assignment_changes_what_is_named_and_is_felt_at_once(
    url: str, practices: dict[str, UUID]
) -> None:
    ann = join(url, "ann", [Role.CODER], [practices["elm"]])
    token = sign_in(url, ann)
    more = Assignment(skills=frozenset({"cardiology", "spanish"}), daily_capacity=80)
    with transaction(url) as session:
        assign_staff(session, COMMAND, ann.id, more)
        moved = Assignment(
            roles=frozenset({Role.BILLER}), practice_ids=frozenset({practices["oak"]})
        )
        assign_staff(session, COMMAND, ann.id, moved)
        assert staff.list_skills(session, ann.id) == {"cardiology", "spanish"}
        assert staff.get_staff_member(session, ann.id).daily_capacity == 80
    person = who(url, token)
    assert person
    assert person.practice_ids == {practices["oak"]}
    assert person.may(Right.RELEASE_CLAIMS)
    assert not person.may(Right.CODE)


@pytest.mark.parametrize(
    "assignment",
    [
        pytest.param(Assignment(roles=frozenset({Role.ADMINISTRATOR, Role.CODER})), id="roles"),
        pytest.param(Assignment(roles=frozenset({Role.CLINICIAN})), id="clinician-of-two"),
    ],
)
def test_roles_that_do_not_go_together_are_not_assigned(
    url: str, practices: dict[str, UUID], assignment: Assignment
) -> None:
    member_id = invite(url, "ann", [Role.CODER], [practices["elm"], practices["fir"]])
    with pytest.raises(RejectedError), transaction(url) as session:
        assign_staff(session, COMMAND, member_id, assignment)
    with transaction(url) as session:
        assert staff.list_roles(session, member_id) == {Role.CODER}


def test_queues_are_given_per_practice_and_only_those_of_ones_roles(
    url: str, practices: dict[str, UUID]
) -> None:
    member_id = invite(url, "ann", [Role.CODER], practices.values())
    elm, oak = practices["elm"], practices["oak"]
    for _ in range(2):  # repeating it changes nothing
        with transaction(url, elm) as session:
            assign_queues(session, act_for(elm, "command:staff"), member_id, [Queue.CODING])
    with pytest.raises(RejectedError, match="denial"), transaction(url, oak) as session:
        assign_queues(session, act_for(oak, "command:staff"), member_id, [Queue.DENIAL])
    with transaction(url, elm) as session:
        assert list_assigned_queues(session, elm, member_id) == {Queue.CODING}
        events = session.exec(select(AuditEvent).where(AuditEvent.client_id == elm)).all()
        assert [event.action for event in events] == ["assign_queues"]
    with transaction(url, oak) as session:
        assert list_assigned_queues(session, oak, member_id) == frozenset()


@pytest.mark.parametrize("login", ["Ann", "a", "flow:submission", "ann meadow", "9lives", "x" * 41])
def test_a_login_that_could_be_mistaken_is_refused(url: str, login: str) -> None:
    person = NewStaff(login, "Ann", frozenset({Role.CODER}), cheap_hash("x"))
    with pytest.raises(RejectedError), transaction(url) as session:
        add_staff(session, COMMAND, person)


def test_a_login_is_somebodys_once(url: str) -> None:
    invite(url, "ann.meadow", [Role.CODER])
    with pytest.raises(RejectedError, match="somebody already"):
        invite(url, "ann.meadow", [Role.BILLER])
    with pytest.raises(NotFoundError), transaction(url) as session:
        get_member_id(session, "ben")


def break_it(url: str, ann: Colleague, practice_id: UUID, reason: str = REASON) -> UUID:
    person = person_of(url, ann)
    with transaction(url, practice_id) as session:
        return open_glass(session, act_for(practice_id, "ann"), person, reason)


def audit_of(url: str, practice_id: UUID) -> list[str]:
    with transaction(url, practice_id) as session:
        rows = session.exec(select(AuditEvent).where(AuditEvent.client_id == practice_id)).all()
        return [f"{row.actor} {row.action} {row.outcome}" for row in rows]


def test_broken_glass_opens_one_practice_for_an_hour_and_is_told(
    url: str, practices: dict[str, UUID]
) -> None:
    ann = join(url, "ann", [Role.CODER], [practices["elm"]])
    break_it(url, ann, practices["oak"])
    token = sign_in(url, ann, at=NOON + timedelta(minutes=1))
    expected = {59: {practices["elm"], practices["oak"]}, 60: {practices["elm"]}}
    for minutes in range(10, 61):  # whoever stays in must be seen
        person = who(url, token, at=NOON + timedelta(minutes=minutes))
        assert person
        if minutes in expected:
            assert person.practice_ids == expected[minutes]
    with transaction(url) as session:
        waiting = break_glass.list_to_review(session)
        assert [(row.state, row.reason) for row in waiting] == [(BreakGlassState.OPEN, REASON)]
        actions = [row.action for row in list_staff_trail(session, ann.id)]
    assert "break_glass" in actions
    assert audit_of(url, practices["oak"]) == ["ann break_glass open"]


@pytest.mark.parametrize(
    ("roles", "practice", "reason"),
    [
        pytest.param([Role.CODER], "oak", "because", id="no-reason"),
        pytest.param([Role.CODER], "elm", REASON, id="ones-own-practice"),
        pytest.param([Role.CLINICIAN], "oak", REASON, id="a-person-of-a-practice"),
        pytest.param([Role.ADMINISTRATOR], "oak", REASON, id="an-administrator"),
    ],
)
def test_glass_that_does_not_break(
    url: str, practices: dict[str, UUID], roles: list[Role], practice: str, reason: str
) -> None:
    ann = join(url, "ann", roles, [practices["elm"]])
    with pytest.raises(RejectedError):
        break_it(url, ann, practices[practice], reason)
    with transaction(url) as session:
        assert break_glass.list_to_review(session) == []


def test_glass_is_given_back_by_its_person_and_judged_once_by_another(
    url: str, practices: dict[str, UUID]
) -> None:
    oak = practices["oak"]
    ann, cora = join(url, "ann", [Role.CODER]), join(url, "cora", [Role.COMPLIANCE])
    opened = break_it(url, ann, oak)
    reviewer = person_of(url, cora)
    with pytest.raises(NotFoundError), transaction(url, oak) as session:
        end_glass(session, act_for(oak, "cora"), reviewer, opened)
    again = person_of_later(url, ann)
    with transaction(url, oak) as session:
        end_glass(session, act_for(oak, "ann"), again, opened)
    with pytest.raises(RejectedError), transaction(url, oak) as session:
        review_glass(session, act_for(oak, "ann"), again, opened, is_justified=True, note="")
    elsewhere = act_for(practices["elm"], "cora")
    with pytest.raises(NotFoundError), transaction(url, practices["elm"]) as session:
        review_glass(session, elsewhere, reviewer, opened, is_justified=True, note="")
    with transaction(url, oak) as session:
        review_glass(
            session, act_for(oak, "cora"), reviewer, opened, is_justified=False, note="no need"
        )
    with pytest.raises(IllegalTransitionError), transaction(url, oak) as session:
        review_glass(session, act_for(oak, "cora"), reviewer, opened, is_justified=True, note="")
    with transaction(url) as session:
        row = break_glass.get_break_glass(session, opened)
        assert (row.state, row.reviewed_by) == (BreakGlassState.OBJECTED, "cora")
        assert row.review_note == "no need"
    outcomes = [line.rsplit(" ", 1)[1] for line in audit_of(url, oak)]
    assert sorted(outcomes) == ["ended", "objected", "open"]


def test_a_review_ends_what_still_lasts(url: str, practices: dict[str, UUID]) -> None:
    oak = practices["oak"]
    ann, cora = join(url, "ann", [Role.CODER]), join(url, "cora", [Role.COMPLIANCE])
    opened = break_it(url, ann, oak)
    reviewer = person_of_later(url, cora)
    with transaction(url, oak) as session:
        review_glass(session, act_for(oak, "cora"), reviewer, opened, is_justified=True, note="")
    assert person_of_later(url, ann).practice_ids == frozenset()


def person_of_later(url: str, colleague: Colleague) -> Person:
    """Sign in a minute later, because a code is taken once."""
    at = NOON + timedelta(minutes=2)
    person = who(url, sign_in(url, colleague, at=at), at=at)
    assert person
    return person


@pytest.mark.parametrize(
    "change", ["UPDATE staff_trail SET actor = 'x'", "DELETE FROM staff_trail"]
)
def test_the_trail_of_people_is_never_edited(url: str, change: str) -> None:
    invite(url, "ann", [Role.CODER])
    with (
        pytest.raises(DBAPIError, match="staff_trail is append-only"),
        transaction(url) as session,
    ):
        session.execute(text(change))


def test_the_trail_says_who_added_whom(url: str) -> None:
    member_id = invite(url, "ann", [Role.CODER, Role.AUDITOR])
    with transaction(url) as session:
        first = list_staff_trail(session, member_id)[0]
        assert (first.actor, first.action, first.outcome, first.at) == (
            "command:staff",
            "add_staff",
            "auditor, coder",
            HIRED_AT,
        )
