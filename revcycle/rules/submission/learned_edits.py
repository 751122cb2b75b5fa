"""Would this claim be denied as others were before?"""

from collections.abc import Sequence
from typing import Final

from models.documents.claim import ClaimDocument
from models.documents.finding import Finding, Severity
from models.documents.learned_edit import EditKind, EditLine, EditSeverity, SwitchedEdit
from revcycle.rules.prevention.edit_subject import edit_subject
from revcycle.rules.prevention.stopped_lines import stopped_lines

RULE_ID: Final = "scrub.learned"
SEVERITIES: Final = {EditSeverity.WARNING: Severity.WARNING, EditSeverity.ERROR: Severity.ERROR}


def check_learned_edits(
    claim: ClaimDocument, *, edits: Sequence[SwitchedEdit], is_coverage_verified: bool
) -> tuple[Finding, ...]:
    """Report what edits find that this practice's denials proposed and a manager switched on.

    Args:
        claim: The claim to judge.
        edits: Those that are on for the claim's payer.
        is_coverage_verified: Whether verification found the coverage in force.

    Returns:
        One finding for each edit and line; its id ends with that of the edit, which its page shows.

    Source:
        The practice's own denials; the evidence and the back-test are kept with each edit.
    """
    subject = edit_subject(claim, is_coverage_verified=is_coverage_verified)
    return tuple(
        Finding(
            f"{RULE_ID}.{edit.id}",
            SEVERITIES[edit.severity],
            _field(edit, line),
            say_fix(edit),
        )
        for edit in edits
        for line in _named(edit, stopped_lines(edit.rule, subject))
    )


def say_fix(edit: SwitchedEdit) -> str:
    """Say what the payer wants, and what to do."""
    rule = edit.rule
    wanted = ", ".join(rule.wanted)
    match rule.kind:
        case EditKind.REQUIRES_MODIFIER:
            return f"this payer denies {rule.procedure_code} without a modifier such as {wanted}"
        case EditKind.REQUIRES_DIAGNOSIS:
            return f"this payer pays {rule.procedure_code} for diagnoses that begin with {wanted}"
        case EditKind.REQUIRES_AUTHORIZATION:
            return f"this payer denies {rule.procedure_code} without an authorization; enter it"
        case EditKind.REQUIRES_COVERAGE:
            return "this payer denied claims whose coverage was not found in force; verify it"
        case EditKind.CODE_NOT_ACCEPTED:
            return f"this payer does not pay {rule.procedure_code}; code it otherwise or ask first"
        case EditKind.PROVIDER_NOT_ENROLLED:
            return f"this payer does not know provider {wanted} as enrolled; enroll, then release"


def _field(edit: SwitchedEdit, line: EditLine) -> str:
    match edit.rule.kind:
        case EditKind.REQUIRES_MODIFIER:
            return f"lines[{line.number}].modifiers"
        case EditKind.REQUIRES_DIAGNOSIS:
            return f"lines[{line.number}].diagnosis_pointers"
        case EditKind.REQUIRES_AUTHORIZATION:
            return "prior_authorization"
        case EditKind.REQUIRES_COVERAGE:
            return "coverage"
        case EditKind.CODE_NOT_ACCEPTED:
            return f"lines[{line.number}].procedure_code"
        case EditKind.PROVIDER_NOT_ENROLLED:
            return "rendering_provider"


def _named(edit: SwitchedEdit, lines: tuple[EditLine, ...]) -> tuple[EditLine, ...]:
    """Keep one line of what is wrong with the claim as a whole."""
    of_claim = {
        EditKind.REQUIRES_AUTHORIZATION,
        EditKind.REQUIRES_COVERAGE,
        EditKind.PROVIDER_NOT_ENROLLED,
    }
    return lines[:1] if edit.rule.kind in of_claim else lines
