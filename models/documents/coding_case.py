"""An encounter's coding together with all that rules of coding judge it by.

Rules know no database: whoever asks them gathers the facts first, for many encounters at once
(``operations/coding/gather_cases.py``). Empty facts mean "nothing is known", and a rule that needs
them then says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from uuid import UUID

from models.documents.coding import CodedService, CodingDocument
from models.values.authorized import Counted


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Who was treated, as far as codes depend on it. ``sex`` is F, M or empty."""

    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """One note of the chart: when it was written, and whether somebody signed it."""

    written_on: date | None
    is_signed: bool
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class AuthorizationFacts:
    """What is left of an authorization that the visit uses.

    Attributes:
        number: As the payer gave it; empty for a limit of the plan.
        counts: What is counted.
        used: By the patient's visits that stand before this one.
        needed: By this visit; 0 on a day that another visit of the day has used already.
        is_in_force: Whether its period holds every day of the visit.
    """

    number: str
    counts: Counted
    allowed: int
    used: int
    needed: int = 1
    first_day: date | None = None
    last_day: date | None = None
    is_in_force: bool = True

    @property
    def left(self) -> int:
        """How many are left before this visit, never less than none."""
        return max(self.allowed - self.used, 0)


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """What stands around the codes. ``notes`` is None where nobody looked for them."""

    place_of_service: str = ""
    last_day: date | None = None  # of a stay; None: it ended on the day of service
    provider_id: UUID | None = None
    payer: str = ""  # our key of the payer asked first; empty: nobody, or not known yet
    prior_authorization: str = ""
    authorizations: tuple[AuthorizationFacts, ...] = ()  # those that this visit uses
    timed_minutes: int | None = None  # of treatments by the clock, as the note says
    notes: tuple[NoteFacts, ...] | None = None


@dataclass(frozen=True, slots=True)
class PastService:
    """A service of the same patient at another encounter of this practice."""

    encounter_id: UUID
    provider_id: UUID | None
    service_date: date
    service: CodedService


@dataclass(frozen=True, slots=True)
class DiagnosisNoteFacts:
    """One instruction of the tabular list that holds for a code: its own or an ancestor's.

    Attributes:
        at: Where it stands: the code, a category (``E11``), a block (``E08-E13``), a chapter.
        kind: ``excludes1``, ``excludes2``, ``code_first``, ``use_additional``, ``code_also``.
        text: The words.
        codes: Codes and ranges in it without dots, such as ``("E10-E14", "J45")``; each stands
            for everything below it.
    """

    at: str
    kind: str
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PtpFacts:
    """An edit of NCCI between two procedures of the coding. Days are the first and the last."""

    column_one: str
    column_two: str
    effective_on: date
    deleted_on: date | None
    indicator: int


@dataclass(frozen=True, slots=True)
class UnitLimitFacts:
    """A medically unlikely edit. ``adjudication`` (MAI): 1 a line, 2 a day, 3 a day, reviewable."""

    units: int
    adjudication: int


@dataclass(frozen=True, slots=True)
class AddOnFacts:
    """Beside which primaries a code may stand; ``primaries`` is empty where the payer says it."""

    edit_type: int
    primaries: frozenset[str]


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """A payer's policy about a procedure: diagnoses as first and last code, without dots."""

    policy: str
    diagnoses: tuple[tuple[str, str], ...]
    never: tuple[tuple[str, str], ...] = ()
    visits_a_year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """What reference data says of one procedure on the date of service.

    Attributes:
        is_known: Whether a loaded list has the code; None where no list of its system is loaded.
        periods: The first and last day of each period in which the list has it in force.
        status: Medicare's status letter, empty where it is not known.
        global_days: ``000``, ``010``, ``090``, ``XXX`` and others; empty where it is not known.
        bilateral: Medicare's indicator, empty where it is not known.
        component: Its indicator of technical and professional parts, empty likewise.
        unit_limit: Its medically unlikely edit.
        add_on: Set for add-on codes only.
        policies: What the payer of the case says of it.
        price: Relative value units; None where they are not known.
    """

    is_known: bool | None = None
    periods: tuple[tuple[date, date | None], ...] = ()
    status: str = ""
    global_days: str = ""
    bilateral: str = ""
    component: str = ""
    unit_limit: UnitLimitFacts | None = None
    add_on: AddOnFacts | None = None
    policies: tuple[PolicyFacts, ...] = ()
    price: Decimal | None = None


NOTHING_KNOWN: Final = ProcedureFacts()


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What reference data says of the codes of one case, on its date of service."""

    notes: Mapping[str, tuple[DiagnosisNoteFacts, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )  # by diagnosis
    pairs: tuple[PtpFacts, ...] = ()
    procedures: Mapping[str, ProcedureFacts] = field(default_factory=lambda: MappingProxyType({}))
    # By modifier, its periods; None where no list of modifiers is loaded.
    modifiers: Mapping[str, tuple[tuple[date, date | None], ...]] | None = None

    def of(self, procedure: str) -> ProcedureFacts:
        """Return what is known of a procedure."""
        return self.procedures.get(procedure, NOTHING_KNOWN)


@dataclass(frozen=True, slots=True)
class CodingCase:
    """A coding and what it is judged by."""

    coding: CodingDocument
    patient: PatientFacts = field(default_factory=PatientFacts)
    chart: ChartFacts = field(default_factory=ChartFacts)
    past: tuple[PastService, ...] = ()  # of three years, any order
    facts: CodeFacts = field(default_factory=CodeFacts)

    @property
    def service_date(self) -> date:
        """The date on which every code must be valid."""
        return self.coding.service_date
