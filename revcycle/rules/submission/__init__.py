"""Submission: may this claim leave?"""

from revcycle.rules.submission.claim_size import check_claim_size
from revcycle.rules.submission.code_validity import check_code_validity
from revcycle.rules.submission.diagnosis_pointers import check_claim_pointers
from revcycle.rules.submission.duplicate_claim import check_duplicate_claim
from revcycle.rules.submission.learned_edits import check_learned_edits
from revcycle.rules.submission.original_reference import check_original_reference
from revcycle.rules.submission.provider_identifiers import check_provider_identifiers
from revcycle.rules.submission.required_data import check_required_data
from revcycle.rules.submission.service_edits import check_service_edits
from revcycle.rules.submission.timely_filing import check_timely_filing
from revcycle.rules.submission.totals import check_totals
from revcycle.rules.submission.verified_coverage import check_verified_coverage

# What a claim alone tells, in the order in which findings are shown.
CLAIM_RULES = (
    check_required_data,
    check_provider_identifiers,
    check_claim_size,
    check_code_validity,
    check_claim_pointers,
    check_totals,
    check_original_reference,
)
# What needs more than the claim: the deadline, what was billed before, the payer's answer, what
# denials taught, and what rules of coding say anew.
FACT_RULES = (
    check_timely_filing,
    check_duplicate_claim,
    check_verified_coverage,
    check_learned_edits,
    check_service_edits,
)
