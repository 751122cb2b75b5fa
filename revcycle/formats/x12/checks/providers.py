"""Who bills and who gave the service."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView, child
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

NO_NPI = Rule(
    "x12.billing_npi_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "the billing provider has no NPI",
    "give XX in NM108 and the NPI in NM109, unless the provider gives no health care",
    "005010X222A1 and X223A2, NM109 of 2010AA; 45 CFR 162.410",
    "2",
)
SAME_PROVIDER = Rule(
    "x12.rendering_is_billing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P",
    "the rendering provider is the billing provider",
    "leave the rendering provider (2310B) out",
    "005010X222A1, loop 2310B (only where it differs from 2010AA)",
    "I9",
)
NO_TAX_ID = Rule(
    "x12.billing_tax_id_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837D and others of which we have no guide",
    "the billing provider has no tax id",
    "add REF*EI with the employer's number, or REF*SY with the social security number, to 2010AA",
    "005010X222A1 and X223A2, REF of 2010AA",
    "3",
)


def check_billing(loop: Loop, exam: Examination) -> None:
    """Judge the numbers of the billing provider (2010AA)."""
    if not loop.segments[0].get(9):
        exam.report(NO_NPI, loop.start, "NM109")
    if not exam.has_guide and not loop.has("REF*EI") and not loop.has("REF*SY"):
        exam.report(NO_TAX_ID, loop.start, "REF*EI")


def check_rendering(claim: ClaimView, exam: Examination) -> None:
    """Judge whether a rendering provider says anything new."""
    rendering = claim.parties.get("2310B")
    if rendering is None or not exam.is_professional:
        return
    number = rendering.segments[0].get(9)
    if number and number == child(claim.billing, "2010AA").find("NM1").get(9):
        exam.report(SAME_PROVIDER, rendering.start, "NM109")
