"""What the client file says about approvals, as operations take it."""

from collections.abc import Collection

from models.documents.approval import ApprovalLimits, Approver
from models.documents.client_config import ApprovalsSection, ClientConfig
from models.values.access import Role
from models.values.money import Money


def approval_limits(config: ClientConfig | None) -> ApprovalLimits:
    """Say up to which amount each role says yes; the standard where there is no client file."""
    section = ApprovalsSection() if config is None else config.approvals
    return ApprovalLimits(Money.parse(section.team_lead), Money.parse(section.manager))


def variance_limit(config: ClientConfig | None) -> Money:
    """Say up to which difference one person lets a payment be that is not as agreed."""
    section = ApprovalsSection() if config is None else config.approvals
    return Money.parse(section.variance)


def to_approver(login: str, roles: Collection[Role], config: ClientConfig | None) -> Approver:
    """Picture who decides, with the limits of the practice."""
    return Approver(login, frozenset(roles), approval_limits(config))
