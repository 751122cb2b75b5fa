"""Authorizations: what a payer allows a patient, and what visits use of it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from models.values.authorized import AuthorizationSource, Counted


@dataclass(frozen=True, slots=True, repr=False)
class NewAuthorization:
    """An authorization as somebody tells it.

    Attributes:
        payer_id: Our row of the payer.
        number: What goes on the claim; empty for a limit of the plan, which has none.
        procedures: Codes and ranges joined by commas, such as ``97110,97140-97150``; empty: all.
        counts: Visits, which are days of service, or units.
        allowed: How many.
        valid_from: The first day; None: open.
        valid_to: The last day, which still counts; None: open.
        counted_from: Since when we count; the payer counted what was before.
        limit_of: For a limit without a number: what of the plan it limits.
    """

    patient_id: UUID
    payer_id: UUID
    number: str
    allowed: int
    procedures: str = ""
    counts: Counted = Counted.VISITS
    valid_from: date | None = None
    valid_to: date | None = None
    counted_from: date | None = None
    limit_of: str = ""

    @property
    def key(self) -> str:
        """Tell one authorization of a patient and payer from another."""
        return self.number or f"limit:{self.limit_of or self.procedures}"[:60]


@dataclass(frozen=True, slots=True, repr=False)
class Authorization(NewAuthorization):
    """An authorization that we know of."""

    id: UUID = field(kw_only=True)
    source: AuthorizationSource = AuthorizationSource.PERSON


@dataclass(frozen=True, slots=True)
class DoneService:
    """One service of a visit, as far as it counts."""

    procedure_code: str
    day: date
    units: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Visit:
    """An encounter as authorizations see it.

    Attributes:
        payer_id: Who is asked first on its day; None: the patient pays.
        number: The authorization that it names; empty: none.
        standing: 0 when a claim carries it, 1 when its codes are complete, 2 before.
    """

    encounter_id: UUID
    payer_id: UUID | None
    number: str
    standing: int
    services: tuple[DoneService, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ToldAuthorization:
    """An authorization as a row of a practice's file tells it.

    Attributes:
        line: Of the file, from 1.
        patient_number: The practice's number of the patient, or our account number.
        payer: Its name, its payer id, or our key.
    """

    line: int
    patient_number: str
    payer: str
    number: str
    procedures: str
    counts: Counted
    allowed: int
    valid_from: date | None = None
    valid_to: date | None = None
