"""Frozen pictures of audits of coding, as rules judge them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from models.documents.coding import CodingDocument
from models.states.audited_case import AuditedCaseState
from models.values.coding_audit import CodePart, CodeVerdict, Gravity, SampleMethod
from models.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class CodeDecision:
    """One thing that two people coded; empty where one of them coded nothing of the kind."""

    part: CodePart
    coder: str
    auditor: str
    weight: Gravity

    @property
    def is_same(self) -> bool:
        """Whether both decided the same."""
        return self.coder == self.auditor


@dataclass(frozen=True, slots=True)
class JudgedCode:
    """A decision with what came of it.

    Attributes:
        number: Its place in the case, from 1.
        right: What is right; empty when nothing of the kind should stand there.
        service: Of which procedure a modifier or units are; both codes where they differ. Empty
            for what stands by itself.
    """

    number: int
    part: CodePart
    coder: str
    auditor: str
    weight: Gravity
    verdict: CodeVerdict
    right: str
    service: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the coder was right."""
        return self.verdict in {CodeVerdict.SAME, CodeVerdict.CODER}


@dataclass(frozen=True, slots=True)
class CodedChart:
    """One chart that a coder finished, as sampling sees it.

    Attributes:
        completion_id: The state change by which it was finished: a chart coded anew is another.
        amount: What its services are priced at.
        new_codes: How many of its codes this practice did not bill before.
        is_unsure: The coder asked the provider, or let a warning stand.
    """

    encounter_id: UUID
    completion_id: UUID
    coder: str
    coded_at: datetime
    coded_on: date  # the practice's day
    coding: CodingDocument
    amount: Money = ZERO
    new_codes: int = 0
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class AuditPolicy:
    """How much a practice wants audited.

    Attributes:
        floor: The share of right codes that a coder must reach, such as 0.95.
        random_cases: Charts of each coder and month that are drawn at random.
        risk_cases: Charts of each coder and month that are drawn by risk, besides.
        new_coder_cases: Closed cases before samples can be enough.
        window_days: How far back cases count for a coder's standing.
    """

    floor: Decimal = Decimal("0.95")
    random_cases: int = 20
    risk_cases: int = 10
    new_coder_cases: int = 30
    window_days: int = 180
    time_zone: str = "UTC"
    audit_hours: int = 72
    audit_priority: int = 5
    decision_hours: int = 48
    decision_priority: int = 4
    correction_hours: int = 72


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """An audited case as lists and panes show it; nothing of the codings stands in it."""

    id: UUID
    encounter_id: UUID
    coder: str
    auditor: str
    decided_by: str
    method: SampleMethod
    state: AuditedCaseState
    coded_on: date
    service_date: date
    is_blind: bool
    education: str
    education_seen_at: datetime | None
    audited_at: datetime | None
