"""Is there a rendering provider with a valid NPI?"""

from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from models.values.identifiers import is_npi

RULE_ID: Final = "intake.rendering_provider"


def check_rendering_provider(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report a provider who is missing, has no NPI, or has one with a wrong check digit.

    Source:
        45 CFR 162.410: covered providers use their NPI; 45 CFR 162.406: its form and check digit.
    """
    provider = document.rendering_provider
    if provider is None:
        return (_error("the rendering provider is missing"),)
    if not provider.npi:
        return (_error("the rendering provider's NPI is missing"),)
    if not is_npi(provider.npi):
        return (_error("an NPI has ten digits and a valid check digit"),)
    return ()


def _error(message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, "rendering_provider.npi", message)
