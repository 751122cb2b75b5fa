"""Which lines of a claim would a learned edit stop?"""

from models.documents.learned_edit import EditKind, EditLine, EditRule, EditSubject


def stopped_lines(rule: EditRule, claim: EditSubject) -> tuple[EditLine, ...]:
    """Return the lines that an edit stops; none if the claim may go as far as it is concerned.

    Whether the claim goes to the edit's payer is for the caller to ask.
    """
    concerned = tuple(
        line for line in claim.lines if rule.procedure_code in {"", line.procedure_code}
    )
    match rule.kind:
        case EditKind.REQUIRES_MODIFIER:
            return tuple(line for line in concerned if not line.modifiers & set(rule.wanted))
        case EditKind.REQUIRES_DIAGNOSIS:
            return tuple(line for line in concerned if not _supports(line, rule.wanted))
        case EditKind.REQUIRES_AUTHORIZATION:
            return () if claim.has_authorization else concerned
        case EditKind.REQUIRES_COVERAGE:
            return () if claim.is_coverage_verified else concerned
        case EditKind.CODE_NOT_ACCEPTED:
            return concerned
        case EditKind.PROVIDER_NOT_ENROLLED:
            return concerned if claim.provider_npi in rule.wanted else ()


def _supports(line: EditLine, prefixes: tuple[str, ...]) -> bool:
    return any(code.startswith(prefixes) for code in line.diagnoses)
