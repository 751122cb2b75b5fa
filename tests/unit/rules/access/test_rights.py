"""The table of rights, and adding up what several roles may do."""

from itertools import product

import pytest

from models.states.work_item import Queue
from models.values.access import FieldKind, FieldView, Reach, Right, Role
from revcycle.rules.access.field_masks import HIDDEN_TEXT, see_field
from revcycle.rules.access.rights import (
    ACCESS_OF_ROLES,
    PRACTICE_ROLES,
    access_of,
    check_roles,
)


def test_every_role_has_a_row_and_may_look_after_its_own_account() -> None:
    assert set(ACCESS_OF_ROLES) == set(Role)
    assert all(row.may(Right.OWN_ACCOUNT) for row in ACCESS_OF_ROLES.values())


def test_every_right_and_every_queue_is_somebodys() -> None:
    rows = ACCESS_OF_ROLES.values()
    assert {right for row in rows for right in row.rights} == set(Right)
    takers = [row for row in rows if row.may(Right.TAKE_WORK)]
    assert {queue for row in takers for queue in row.queues} == set(Queue)


def test_nobody_sees_a_whole_social_security_number() -> None:
    assert [role for role, row in ACCESS_OF_ROLES.items() if FieldKind.SSN in row.shown] == []


@pytest.mark.parametrize("role", Role)
def test_a_field_is_shown_or_masked_never_both(role: Role) -> None:
    assert ACCESS_OF_ROLES[role].shown & ACCESS_OF_ROLES[role].masked == frozenset()


def test_who_gives_rights_sees_no_patient_and_no_practice() -> None:
    row = ACCESS_OF_ROLES[Role.ADMINISTRATOR]
    assert (row.reach, row.queues, row.shown | row.masked) == (Reach.NONE, frozenset(), frozenset())
    assert [role for role, one in ACCESS_OF_ROLES.items() if one.may(Right.KEEP_STAFF)] == [
        Role.ADMINISTRATOR
    ]


@pytest.mark.parametrize("role", sorted(PRACTICE_ROLES))
def test_people_of_a_practice_see_no_queue_of_the_billing_company(role: Role) -> None:
    row = ACCESS_OF_ROLES[role]
    assert (row.reach, row.queues) == (Reach.ASSIGNED, frozenset())
    assert not row.may(Right.SEE_WORK)


def test_whoever_opens_glass_does_not_review_it() -> None:
    both = {Right.BREAK_GLASS, Right.REVIEW_BREAK_GLASS}
    assert [role for role, row in ACCESS_OF_ROLES.items() if both <= row.rights] == []


@pytest.mark.parametrize(("first", "second"), list(product(Role, Role)))
def test_two_roles_may_what_either_may(first: Role, second: Role) -> None:
    both = access_of([first, second])
    one, other = ACCESS_OF_ROLES[first], ACCESS_OF_ROLES[second]
    assert both.rights == one.rights | other.rights
    assert both.queues == one.queues | other.queues
    for field in FieldKind:
        views = (one.view_of(field), other.view_of(field))
        assert both.view_of(field) == max(views, key=list(FieldView).index)


def test_without_a_role_nothing_is_allowed() -> None:
    nobody = access_of([])
    assert (nobody.reach, nobody.rights) == (Reach.NONE, frozenset())
    assert nobody.view_of(FieldKind.CONTACT) is FieldView.HIDDEN


@pytest.mark.parametrize(
    ("roles", "practices", "wrong"),
    [
        pytest.param([], 0, "at least one role", id="no-role"),
        pytest.param([Role.CODER, Role.CLINICIAN], 1, "no role of the billing", id="both-sides"),
        pytest.param([Role.ADMINISTRATOR, Role.CODER], 0, "no other role", id="admin-who-codes"),
        pytest.param([Role.CLINICIAN], 2, "that practice only", id="clinician-of-two-practices"),
        pytest.param([Role.CODER, Role.AUDITOR], 9, "", id="two-roles-many-practices"),
        pytest.param([Role.CLINICIAN, Role.OFFICE_MANAGER], 1, "", id="two-roles-of-a-practice"),
        pytest.param([Role.CLINICIAN], 0, "", id="not-yet-assigned"),
    ],
)
def test_roles_that_do_not_go_together(roles: list[Role], practices: int, wrong: str) -> None:
    findings = check_roles(roles, practices=practices)
    assert bool(findings) == bool(wrong)
    assert all(wrong in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("role", "field", "text", "expected"),
    [
        pytest.param(Role.BILLER, FieldKind.SSN, "999-12-3456", "•••-••-3456", id="ssn-masked"),
        pytest.param(Role.BILLER, FieldKind.SSN, "12", HIDDEN_TEXT, id="ssn-too-short-to-mask"),
        pytest.param(Role.CODER, FieldKind.SSN, "999-12-3456", HIDDEN_TEXT, id="ssn-hidden"),
        pytest.param(Role.CODER, FieldKind.MEMBER_ID, "BHH0012340", "•••2340", id="member-id"),
        pytest.param(Role.CODER, FieldKind.MEMBER_ID, "BHH0012", HIDDEN_TEXT, id="short-member-id"),
        pytest.param(Role.BILLER, FieldKind.MEMBER_ID, "BHH0012340", "BHH0012340", id="shown"),
        pytest.param(Role.POSTER, FieldKind.BIRTH_DATE, "1980-02-03", "1980", id="year-only"),
        pytest.param(Role.POSTER, FieldKind.BIRTH_DATE, "3/2/80", HIDDEN_TEXT, id="no-iso-date"),
        pytest.param(Role.MANAGER, FieldKind.CONTACT, "1 Elm St", HIDDEN_TEXT, id="no-part-of-it"),
        pytest.param(Role.ADMINISTRATOR, FieldKind.NOTE, "a note", HIDDEN_TEXT, id="note-hidden"),
        pytest.param(Role.ADMINISTRATOR, FieldKind.NOTE, "", "", id="nothing-to-hide"),
    ],
)
def test_a_field_is_seen_as_the_role_needs_it(
    role: Role, field: FieldKind, text: str, expected: str
) -> None:
    assert see_field(ACCESS_OF_ROLES[role], field, text) == expected
