"""Edits that denials propose: what they ask of a claim, and how they did on past claims."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.values.money import Money


class EditKind(StrEnum):
    """What an edit asks of a claim."""

    REQUIRES_MODIFIER = "requires_modifier"
    REQUIRES_DIAGNOSIS = "requires_diagnosis"
    REQUIRES_AUTHORIZATION = "requires_authorization"
    REQUIRES_COVERAGE = "requires_coverage"  # found in force by verification
    CODE_NOT_ACCEPTED = "code_not_accepted"
    PROVIDER_NOT_ENROLLED = "provider_not_enrolled"


class EditSeverity(StrEnum):
    """What an edit does to a claim that it finds."""

    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class EditRule:
    """What a learned edit asks of claims to one payer.

    Attributes:
        payer_key: Of the practice's payer.
        procedure_code: Of the lines it looks at; empty for every line.
        wanted: One of these modifiers or prefixes of diagnoses is needed; of a provider, the NPI
            that is not enrolled.
    """

    kind: EditKind
    payer_key: str
    procedure_code: str = ""
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SwitchedEdit:
    """A learned edit that is on."""

    id: UUID
    rule: EditRule
    severity: EditSeverity


@dataclass(frozen=True, slots=True)
class PastLine:
    """One line of a past claim."""

    procedure_code: str
    modifiers: frozenset[str]
    diagnoses: tuple[str, ...]  # that the line points at
    denied: frozenset[tuple[str, str]]  # group and CARC
    remarks: frozenset[str]
    denied_amount: Money


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim that its payer decided on, as edits judge it."""

    id: UUID
    payer_key: str
    provider_npi: str
    has_authorization: bool
    is_coverage_verified: bool
    decided_on: date
    lines: tuple[PastLine, ...]

    @property
    def was_denied(self) -> bool:
        """Whether any line was denied for any reason."""
        return any(line.denied for line in self.lines)


@dataclass(frozen=True, slots=True)
class BackTest:
    """What an edit would have done.

    Attributes:
        tested: Claims of the payer that it was tried on.
        hits: Claims that it would have stopped and that were denied for its reason.
        false_alarms: Claims that it would have stopped and that were paid.
    """

    tested: int
    hits: tuple[UUID, ...]
    false_alarms: tuple[UUID, ...]

    @property
    def precision_permille(self) -> int:
        """Return hits among all that it would have stopped, in thousandths, rounded down."""
        stopped = len(self.hits) + len(self.false_alarms)
        return 1000 * len(self.hits) // stopped if stopped else 0


@dataclass(frozen=True, slots=True)
class EditProposal:
    """An edit with its evidence."""

    rule: EditRule
    group: str
    reason: str
    remark: str
    denied: tuple[UUID, ...]  # claims
    denied_amount: Money
    test: BackTest
