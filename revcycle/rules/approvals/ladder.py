"""May this person approve this amount, and is a second person needed at all?"""

from models.documents.approval import ApprovalLimits, Approver
from models.documents.finding import Finding, Severity
from models.values.access import Role
from models.values.money import ZERO, Money

RULE_ID = "approvals.ladder"


def needs_second_person(amount: Money, *, limit: Money) -> bool:
    """Tell whether one person alone may not decide; a limit of zero always asks for two.

    Source:
        Segregation of duties: who asks for money to leave does not let it leave (COSO Internal
        Control, principle 10; GAO-14-704G, 10.12 to 10.14).
    """
    return limit <= ZERO or amount > limit


def approval_limit(approver: Approver) -> Money:
    """Return the most that a person approves: the highest limit of the person's roles.

    Source:
        Limits by role are the practice's own, in its client file.
    """
    limits = _limits_of_roles(approver.limits)
    return max((limits[role] for role in approver.roles if role in limits), default=ZERO)


def check_approval(amount: Money, *, requested_by: str, approver: Approver) -> tuple[Finding, ...]:
    """Report why a person may not approve an amount; nothing means that the person may.

    Args:
        amount: What is given up or paid back; above zero.
        requested_by: The login of who asked; empty where a rule asked and no person.
        approver: Who decides.

    Source:
        Two distinct persons, and an amount within the limit of a role (see ``approval_limit``).
    """
    wrong = []
    if requested_by and requested_by == approver.login:
        wrong.append("you asked for it, so somebody else decides")
    if amount > approval_limit(approver):
        wrong.append(f"{amount} is above what your roles may approve: {approval_limit(approver)}")
    return tuple(Finding(RULE_ID, Severity.ERROR, "amount", text) for text in wrong)


def _limits_of_roles(limits: ApprovalLimits) -> dict[Role, Money]:
    return {Role.TEAM_LEAD: limits.team_lead, Role.MANAGER: limits.manager}
