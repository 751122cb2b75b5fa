"""A claim as learned edits see it."""

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.learned_edit import EditLine, EditSubject


def edit_subject(claim: ClaimDocument, *, is_coverage_verified: bool) -> EditSubject:
    """Reduce a claim to what edits look at; the same for one to be sent and one that was."""
    attending = claim.institutional.attending_provider if claim.institutional else None
    provider = claim.rendering_provider or attending
    return EditSubject(
        provider_npi=provider.npi if provider else "",
        has_authorization=bool(claim.prior_authorization),
        is_coverage_verified=is_coverage_verified,
        lines=tuple(_line(claim, line) for line in claim.lines),
    )


def _line(claim: ClaimDocument, line: ClaimDocumentLine) -> EditLine:
    pointed = [at for at in line.diagnosis_pointers if 1 <= at <= len(claim.diagnoses)]
    named = tuple(claim.diagnoses[at - 1] for at in pointed)
    return EditLine(
        number=line.number,
        procedure_code=line.procedure_code,
        modifiers=frozenset(line.modifiers),
        # An institutional line points at nothing: all diagnoses of the claim speak for it.
        diagnoses=named or claim.diagnoses,
    )
