"""An encounter as a practice's file tells it, before any rule judged it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.finding import Finding
from models.documents.party import Person, Provider
from models.values.money import Money


class CodeSystem:
    """Names of code systems as we store them."""

    ICD10CM = "icd10cm"
    SNOMED = "snomed"
    CPT_HCPCS = "hcpcs"  # CPT is level I of HCPCS
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SourceCode:
    """A code as it was sent. Codes we cannot bill with are kept for the coder."""

    system: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SourceProcedure:
    """A service as it was sent."""

    code: SourceCode
    service_date: date | None = None
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge: Money | None = None
    diagnosis_pointers: tuple[int, ...] = ()  # 1-based into EncounterDocument.diagnoses
    revenue_code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SourceCoverage:
    """A coverage as it was sent."""

    rank: int  # 1 primary, 2 secondary, 3 tertiary
    payer_name: str
    member_id: str
    payer_id: str = ""
    plan_name: str = ""
    group_number: str = ""
    relationship: str = "18"  # as in Subscriber.relationship
    subscriber: Person | None = None  # None: the patient
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SourceNote:
    """A visit note."""

    text: str
    written_on: date | None = None
    author: str = ""
    is_signed: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class EncounterDocument:
    """One meeting of patient and provider as one record of a file tells it.

    Attributes:
        source_key: The practice's own number of the encounter; with it the record is recognized
            when it comes again.
        identifiers: The patient's numbers at the practice, as ``(system, value)``, most
            trustworthy first.
    """

    source_key: str
    patient: Person
    identifiers: tuple[tuple[str, str], ...]
    service_date: date | None
    coverages: tuple[SourceCoverage, ...] = ()
    guarantor: Person | None = None  # None: the patient
    rendering_provider: Provider | None = None
    place_of_service: str = ""
    service_end_date: date | None = None
    diagnoses: tuple[SourceCode, ...] = ()
    procedures: tuple[SourceProcedure, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    prior_authorization: str = ""


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """One record of an intake file: what could be read of it and what could not.

    Attributes:
        ordinal: Its place in the file, from 1.
        position: The same for people: ``line 12``, ``entry 7``, ``message 3``.
        encounter: What was read; None if the record is quarantined, with a finding that says why.
    """

    ordinal: int
    position: str
    encounter: EncounterDocument | None
    findings: tuple[Finding, ...] = ()
