"""Do the providers of the claim have NPIs that can be true?"""

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.finding import Finding, Severity
from models.values.identifiers import is_npi

RULE_ID = "scrub.provider_identifiers"


def check_provider_identifiers(claim: ClaimDocument) -> tuple[Finding, ...]:
    """Report a provider who must be named and is not, and each NPI with a wrong check digit.

    A professional claim of a group names who rendered, an institutional one who attended.

    Source:
        45 CFR 162.406 (check digit); ASC X12N/005010X222A1 loops 2010AA and 2310B;
        005010X223A2 loop 2310A.
    """
    if claim.form is ClaimForm.INSTITUTIONAL:
        attending = claim.institutional.attending_provider if claim.institutional else None
        required = {"attending_provider": attending}
    else:
        required = {"rendering_provider": claim.rendering_provider}
    named = {"billing_provider": claim.billing_provider.npi}
    named |= {field: provider.npi if provider else "" for field, provider in required.items()}
    if claim.referring_provider is not None:
        named["referring_provider"] = claim.referring_provider.npi
    return tuple(
        Finding(RULE_ID, Severity.ERROR, f"{field}.npi", "ten digits with a valid check digit")
        for field, npi in named.items()
        if not is_npi(npi)
    )
