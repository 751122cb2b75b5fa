"""Was this patient's payer asked for the same services before?"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.finding import Finding, Severity

RULE_ID = "scrub.duplicate_claim"


@dataclass(frozen=True, slots=True)
class BilledService:
    """What makes two services of one patient the same to a payer."""

    service_date: date
    procedure_code: str
    modifiers: frozenset[str]  # 76, 77, 59 and their like say that a repetition is meant
    provider_npi: str = ""
    revenue_code: str = ""


def services_of(claim: ClaimDocument) -> tuple[BilledService, ...]:
    """List the services of a claim as they are compared."""
    npi = provider_npi_of(claim)
    return tuple(
        BilledService(
            line.service_date,
            line.procedure_code,
            frozenset(line.modifiers),
            npi,
            line.revenue_code,
        )
        for line in claim.lines
    )


def provider_npi_of(claim: ClaimDocument) -> str:
    """Return the NPI of who rendered or attended; empty when nobody is named."""
    detail = claim.institutional
    provider = (
        detail.attending_provider
        if claim.form is ClaimForm.INSTITUTIONAL and detail
        else claim.rendering_provider
    )
    return provider.npi if provider else ""


def check_duplicate_claim(
    claim: ClaimDocument, *, billed: AbstractSet[BilledService], window_days: int
) -> tuple[Finding, ...]:
    """Report services that another claim to this payer carries already.

    The same provider, date, code and modifiers are an error. The same within ``window_days``
    before or after is a warning, because visits do repeat.

    Args:
        claim: The claim to judge.
        billed: Services of the same patient on earlier claims to the same payer, this one left
            out, those of closed claims too.
        window_days: How near another date must be to be pointed out; 0 compares dates only.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 1, section 120 (duplicate claims).
    """
    return tuple(
        finding
        for number, service in enumerate(services_of(claim), start=1)
        if (finding := _compare(service, number, billed, window_days)) is not None
    )


def _compare(
    service: BilledService, number: int, billed: AbstractSet[BilledService], window_days: int
) -> Finding | None:
    field = f"lines[{number}]"
    if service in billed:
        message = "the same service is on an earlier claim"
        return Finding(RULE_ID, Severity.ERROR, field, message)
    near = [
        other.service_date
        for other in billed
        if 0 < abs((other.service_date - service.service_date).days) <= window_days
        and other.procedure_code == service.procedure_code
        and other.modifiers == service.modifiers
    ]
    if not near:
        return None
    return Finding(RULE_ID, Severity.WARNING, field, f"billed also on {min(near)}")
