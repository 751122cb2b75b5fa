"""Who may say yes to money that is given up or paid back."""

import pytest

from models.documents.approval import ApprovalLimits, Approver
from models.values.access import Role
from models.values.money import ZERO, Money
from revcycle.rules.approvals.ladder import approval_limit, check_approval, needs_second_person

LIMITS = ApprovalLimits(team_lead=Money(50_000), manager=Money(500_000))


def approver(*roles: Role, login: str = "ann") -> Approver:
    return Approver(login, roles, LIMITS)


@pytest.mark.parametrize(
    ("roles", "limit"),
    [
        ((), ZERO),
        ((Role.POSTER, Role.DENIAL_SPECIALIST), ZERO),
        ((Role.TEAM_LEAD,), Money(50_000)),
        ((Role.TEAM_LEAD, Role.MANAGER), Money(500_000)),
    ],
    ids=["no role", "who works on money", "a team lead", "the higher of two"],
)
def test_the_highest_limit_of_a_persons_roles_counts(roles: tuple[Role, ...], limit: Money) -> None:
    assert approval_limit(approver(*roles)) == limit


def test_the_limit_itself_may_be_approved_and_a_cent_more_may_not() -> None:
    lead = approver(Role.TEAM_LEAD)
    assert not check_approval(Money(50_000), requested_by="bob", approver=lead)
    (finding,) = check_approval(Money(50_001), requested_by="bob", approver=lead)
    assert "500.00" in finding.message


def test_nobody_approves_what_the_same_person_asked_for() -> None:
    manager = approver(Role.MANAGER, login="ann")
    (finding,) = check_approval(Money(1), requested_by="ann", approver=manager)
    assert finding.message == "you asked for it, so somebody else decides"


def test_what_a_rule_asked_for_is_approved_by_one_person() -> None:
    assert not check_approval(Money(1), requested_by="", approver=approver(Role.TEAM_LEAD))


def test_above_the_limit_two_persons_are_needed() -> None:
    assert not needs_second_person(Money(5_000), limit=Money(5_000))
    assert needs_second_person(Money(5_001), limit=Money(5_000))


def test_a_limit_of_zero_always_asks_for_two() -> None:
    assert needs_second_person(Money(1), limit=ZERO)
