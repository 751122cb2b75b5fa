"""Codings of services to judge, and facts of reference data. All pairs and limits are synthetic."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import (
    ChartFacts,
    CodeFacts,
    CodingCase,
    PastService,
    ProcedureFacts,
    PtpFacts,
)
from models.documents.finding import Finding, Severity

DAY: Final = date(2026, 11, 18)
PROVIDER: Final = uuid4()
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def a_service(code: str, *modifiers: str, units: str = "1", **changes: Any) -> CodedService:
    return replace(CodedService(code, (1,), modifiers, Decimal(units)), **changes)


def a_case(
    *services: CodedService,
    past: Iterable[PastService] = (),
    diagnoses: tuple[str, ...] = ("I10",),
    place: str = "11",
    **facts: Any,
) -> CodingCase:
    """Case of one provider; ``facts`` are those of ``CodeFacts`` and ``ChartFacts``."""
    chart_facts = {
        key: facts.pop(key)
        for key in ("authorizations", "timed_minutes", "prior_authorization", "payer")
        if key in facts
    }
    return CodingCase(
        CodingDocument(diagnoses, services, DAY),
        chart=ChartFacts(place_of_service=place, provider_id=PROVIDER, **chart_facts),
        past=tuple(past),
        facts=CodeFacts(**facts),
    )


def earlier(
    code: str, *modifiers: str, days: int = 0, units: str = "1", by: UUID | None = PROVIDER
) -> PastService:
    """Return a service of the same patient at another encounter, so many days before."""
    day = DAY - timedelta(days=days)
    return PastService(uuid4(), by, day, a_service(code, *modifiers, units=units))


def known(**facts: Any) -> ProcedureFacts:
    return ProcedureFacts(**facts)


def a_pair(one: str, two: str, indicator: int = 0, **changes: Any) -> PtpFacts:
    return replace(PtpFacts(one, two, date(2020, 1, 1), None, indicator), **changes)


def grave(findings: Iterable[Finding]) -> list[tuple[Severity, str]]:
    """Say of findings what a coder sees first: how grave, and where."""
    return [(finding.severity, finding.field) for finding in findings]
