"""Edits that denials propose: what they ask of a claim, and how they did on past claims."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.states.learned_edit import EditState
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
class EditLine:
    """One line of a claim, as edits see it."""

    number: int
    procedure_code: str
    modifiers: frozenset[str]
    diagnoses: tuple[str, ...]  # that the line points at


@dataclass(frozen=True, slots=True)
class EditSubject:
    """A claim as edits see it, before it left."""

    provider_npi: str
    has_authorization: bool
    is_coverage_verified: bool
    lines: tuple[EditLine, ...]


@dataclass(frozen=True, slots=True)
class PastDenial:
    """One denial of a line of a past claim."""

    line_number: int
    group: str
    reason: str  # CARC
    remark: str  # the first RARC
    amount: Money


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim as it was first sent, with what its payer denied of it."""

    id: UUID
    payer_id: UUID
    payer_key: str
    decided_on: date
    subject: EditSubject
    denials: tuple[PastDenial, ...]


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


@dataclass(frozen=True, slots=True)
class EditPicture:
    """A proposed edit as it is kept: its evidence, its back-test and what was decided."""

    id: UUID
    rule: EditRule
    state: EditState
    severity: EditSeverity
    group: str
    reason: str
    remark: str
    since: date
    until: date
    denied_claims: int
    denied_amount: Money
    tested_claims: int
    hits: int
    false_alarms: int
    counted_at: datetime
    switched_on: date | None
    decided_by: str

    @property
    def precision_percent(self) -> int:
        """Return hits among what it would have stopped, in percent, rounded down."""
        stopped = self.hits + self.false_alarms
        return 100 * self.hits // stopped if stopped else 0


@dataclass(frozen=True, slots=True)
class EditEffect:
    """What became of a pattern since its edit was switched on.

    Attributes:
        days: How long each of the two times is.
        denied_before: Claims of the payer with this pattern among those decided before.
        decided_before: All claims of the payer decided in those days.
        denied_since: The same since.
        decided_since: The same since.
    """

    days: int
    denied_before: tuple[UUID, ...]
    decided_before: tuple[UUID, ...]
    denied_since: tuple[UUID, ...]
    decided_since: tuple[UUID, ...]

    @property
    def before_per_hundred(self) -> str:
        """Return denials of the pattern per 100 claims, to a tenth; empty without claims."""
        return _per_hundred(len(self.denied_before), len(self.decided_before))

    @property
    def after_per_hundred(self) -> str:
        """Return the same for the time since."""
        return _per_hundred(len(self.denied_since), len(self.decided_since))


def _per_hundred(count: int, of: int) -> str:
    whole, tenth = divmod(1000 * count // of, 10) if of else (0, 0)
    return f"{whole}.{tenth}" if of else ""
