"""Was a past claim denied in the pattern of an edit?"""

from models.documents.learned_edit import EditKind, EditRule, PastClaim, PastDenial
from revcycle.rules.prevention.denial_kinds import kind_of


def concerns(rule: EditRule, claim: PastClaim) -> bool:
    """Tell whether a claim of the edit's payer was denied for a reason of its kind.

    Of an edit about a service the denied line must be that service; of one about a provider, the
    claim that provider's.
    """
    return bool(concerned_denials(rule, claim))


def concerned_denials(rule: EditRule, claim: PastClaim) -> tuple[PastDenial, ...]:
    """List the denials of a claim that are of an edit's pattern."""
    if claim.payer_key != rule.payer_key:
        return ()
    if (
        rule.kind is EditKind.PROVIDER_NOT_ENROLLED
        and claim.subject.provider_npi not in rule.wanted
    ):
        return ()
    of_service = {
        line.number
        for line in claim.subject.lines
        if rule.procedure_code in {"", line.procedure_code}
    }
    return tuple(
        denial
        for denial in claim.denials
        if denial.line_number in of_service and kind_of(denial.reason) is rule.kind
    )
