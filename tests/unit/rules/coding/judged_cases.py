"""Codings to be judged, all invented, and one rule at a time to judge them."""

from datetime import date

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import (
    ChartFacts,
    CodeFacts,
    CodingCase,
    DiagnosisNoteFacts,
    NoteFacts,
    PatientFacts,
)
from models.documents.finding import Finding
from revcycle.rules.coding import CODING_RULES

SERVICE_DATE = date(2026, 11, 18)


def diagnosed(
    text: str,
    *services: CodedService,
    notes: dict[str, tuple[DiagnosisNoteFacts, ...]] | None = None,
    patient: PatientFacts | None = None,
    on: date = SERVICE_DATE,
) -> CodingCase:
    """Make a case of diagnoses written as ``I10 E11.9``; each note holds for the code it names."""
    codes = tuple(text.replace(".", "").split())
    return CodingCase(
        CodingDocument(codes, services or (CodedService("99213", (1,)),), on),
        patient=patient or PatientFacts(),
        facts=CodeFacts(notes=notes or {}),
    )


def charted(
    *notes: NoteFacts, place: str = "11", services: tuple[CodedService, ...] = ()
) -> CodingCase:
    """Make a case whose chart has these notes."""
    coding = CodingDocument(("I10",), services or (CodedService("99213", (1,)),), SERVICE_DATE)
    return CodingCase(coding, chart=ChartFacts(place_of_service=place, notes=notes))


def judge(rule_id: str, case: CodingCase) -> tuple[Finding, ...]:
    """Ask one rule of the catalogue."""
    rule = next(rule for rule in CODING_RULES if rule.id == rule_id)
    return rule.check(case)
