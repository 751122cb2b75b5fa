"""Who asks for money to be given up or paid back, and who may say yes."""

from collections.abc import Collection
from dataclasses import dataclass

from models.values.access import Role
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class ApprovalLimits:
    """Up to which amount each role says yes; ``[approvals]`` of the client file.

    Attributes:
        team_lead: The most that a team lead approves.
        manager: The most that a manager approves; what is above it needs another way.
    """

    team_lead: Money
    manager: Money


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides.

    Attributes:
        login: Compared with who asked.
        roles: All roles of the person; the highest limit counts.
        limits: Of the practice.
    """

    login: str
    roles: Collection[Role]
    limits: ApprovalLimits
