"""Kinds of visits: what was found and done, and the words a provider writes about it.

Code numbers only; every word here is ours.
"""

from dataclasses import dataclass
from decimal import Decimal

from models.documents.encounter import CodeSystem, SourceCode, SourceProcedure


@dataclass(frozen=True, slots=True)
class VisitProcedure:
    """One service of a visit, as a coder would bill it."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = (1,)
    revenue_code: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One kind of visit.

    Attributes:
        name: For people who read the answer key.
        diagnoses: ICD-10-CM without the dot, principal first.
        reason: Completes "came because of ...".
        findings: What the provider saw.
        assessment: What the provider thinks, in plain words.
        plan: What was done and what comes next.
        ages: First and last age in years.
        sex: F or M where only one of them has such a visit.
        medicare: True only for, False never for, people on Medicare; None for both.
        weight: How often, against the others.
        is_short: Such a visit may follow another one on the same day.
        needs_authorization: Payers want it approved before.
    """

    name: str
    diagnoses: tuple[str, ...]
    procedures: tuple[VisitProcedure, ...]
    reason: str
    findings: str
    assessment: str
    plan: str
    ages: tuple[int, int] = (0, 120)
    sex: str = ""
    medicare: bool | None = None
    weight: int = 3
    is_short: bool = False
    needs_authorization: bool = False

    def source_diagnoses(self) -> tuple[SourceCode, ...]:
        """Return the diagnoses as an intake file sends them."""
        return tuple(SourceCode(CodeSystem.ICD10CM, code) for code in self.diagnoses)


def to_source_procedure(procedure: VisitProcedure) -> SourceProcedure:
    """Return a service as an intake file sends it."""
    return SourceProcedure(
        code=SourceCode(CodeSystem.CPT_HCPCS, procedure.code),
        modifiers=procedure.modifiers,
        units=Decimal(procedure.units),
        diagnosis_pointers=procedure.pointers,
        revenue_code=procedure.revenue_code,
    )
