"""How often providers code what: counts of coded encounters, without anything of a patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from models.values.anomalies import Against, Pattern

Tally = Mapping[Decimal, int]  # how often each value was seen


@dataclass(frozen=True, slots=True)
class ProviderOfMix:
    """Whose codings are counted: one person at one practice."""

    id: UUID
    client_id: UUID
    npi: str
    name: str
    specialty: str  # taxonomy; empty: not known


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines of one provider that look the same."""

    provider_id: UUID
    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class EncounterGroup:
    """Encounters of one provider with the same number of services."""

    provider_id: UUID
    services: int
    encounters: int


@dataclass(frozen=True, slots=True)
class CodingMix:
    """Everything that was counted of some days."""

    lines: tuple[LineGroup, ...] = ()
    encounters: tuple[EncounterGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that can be asked about one provider.

    Attributes:
        subject: The family of levels by its last code, the modifier, or the procedure; empty for
            services of an encounter.
    """

    provider_id: UUID
    pattern: Pattern
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a provider has, and what others have, each a tally for one person and some days."""

    asked: Asked
    against: Against
    own: Tally
    others: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A comparison that a person should look at. It says nothing about who is right.

    Attributes:
        own: The provider's figure, see ``revcycle/rules/anomalies/compare.py``.
        other: The figure of the middle one of the others.
        chance: How often chance alone would bring such a difference.
        share_of_false: The same, adjusted for how many questions were asked.
    """

    comparison: Comparison
    own: Fraction
    other: Fraction
    own_count: int
    other_count: int
    chance: float
    share_of_false: float


@dataclass(frozen=True, slots=True)
class TimedLines:
    """Units by the clock that one provider has at one encounter on one day."""

    provider_id: UUID
    day: date
    encounter_id: UUID
    treatment_units: Decimal
    critical_care_units: Decimal


@dataclass(frozen=True, slots=True)
class FullDay:
    """A day on which services by the clock fill more hours than is usual, or than there are."""

    provider_id: UUID
    day: date
    minutes: int
    is_impossible: bool
    encounters: tuple[tuple[UUID, int], ...]  # each with its minutes at the least


@dataclass(frozen=True, slots=True)
class AuthoredNote:
    """A note with whoever wrote it. ``writer`` is the author, or else the provider."""

    encounter_id: UUID
    patient_id: UUID | None
    day: date
    writer: str
    text: str


@dataclass(frozen=True, slots=True)
class NotePair:
    """Two notes of one writer with nearly the same words; no word of them is kept."""

    writer: str
    first_id: UUID
    first_day: date
    second_id: UUID
    second_day: date
    is_same_patient: bool
    share: Fraction
