"""All rules of this stage over one claim."""

from dataclasses import dataclass
from datetime import date

from models.documents.claim import ClaimDocument
from models.documents.coding_case import CodingCase
from models.documents.coding_policy import AS_WRITTEN, CodingPolicy
from models.documents.finding import Finding
from models.documents.learned_edit import SwitchedEdit
from models.states.eligibility import EligibilityVerdict
from revcycle.rules.submission import CLAIM_RULES
from revcycle.rules.submission.claim_size import check_claim_size
from revcycle.rules.submission.duplicate_claim import BilledService, check_duplicate_claim
from revcycle.rules.submission.learned_edits import check_learned_edits
from revcycle.rules.submission.service_edits import check_service_edits
from revcycle.rules.submission.timely_filing import check_timely_filing
from revcycle.rules.submission.verified_coverage import check_verified_coverage


@dataclass(frozen=True, slots=True)
class ScrubPolicy:
    """How strict a practice wants the scrubber."""

    filing_warning_days: int = 14
    duplicate_window_days: int = 0
    require_verified_coverage: bool = True
    coding: CodingPolicy = AS_WRITTEN  # how grave rules of coding are that are asked again


@dataclass(frozen=True, slots=True)
class ScrubFacts:
    """What the claim itself does not say.

    Attributes:
        file_by: The last day on which the payer takes this claim.
        verdict: What verification found; None if nobody asked, or the answer is still out.
        billed_services: Services of the same patient on other claims to the same payer.
        learned_edits: Those that a manager switched on for the claim's payer.
        services: Its services as a coding with its facts; None where they are not judged again.
    """

    file_by: date
    verdict: EligibilityVerdict | None
    billed_services: frozenset[BilledService] = frozenset()
    learned_edits: tuple[SwitchedEdit, ...] = ()
    services: CodingCase | None = None


def scrub(
    claim: ClaimDocument, *, policy: ScrubPolicy, facts: ScrubFacts, today: date
) -> tuple[Finding, ...]:
    """Judge a claim by every rule, so that a person sees all that is wrong at once.

    A claim without lines is judged by its size only: there is nothing else to judge.
    """
    if not claim.lines:
        return check_claim_size(claim)
    return (
        *(finding for check in CLAIM_RULES for finding in check(claim)),
        *check_timely_filing(
            claim, file_by=facts.file_by, warning_days=policy.filing_warning_days, today=today
        ),
        *check_duplicate_claim(
            claim, billed=facts.billed_services, window_days=policy.duplicate_window_days
        ),
        *check_verified_coverage(
            claim, verdict=facts.verdict, is_required=policy.require_verified_coverage
        ),
        *check_learned_edits(
            claim,
            edits=facts.learned_edits,
            is_coverage_verified=facts.verdict is EligibilityVerdict.ACTIVE,
        ),
        *check_service_edits(facts.services, policy.coding),
    )
