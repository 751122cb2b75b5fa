"""Whose is a claim of a remittance, and which of our lines does it judge?"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from models.documents.posting import PostableClaim, PostableLine
from models.documents.remittance import RemittanceClaim, RemittanceLine


def match_claim(
    decision: RemittanceClaim,
    *,
    by_control_number: Mapping[str, UUID],
    by_payer_number: Mapping[str, frozenset[UUID]],
) -> UUID | None:
    """Find our claim by our number, else by the payer's; never guess between two.

    Args:
        decision: The payer's claim.
        by_control_number: Claims by the number we sent (CLM01).
        by_payer_number: Claims by the number the payer gave before (CLP07).

    Source:
        ASC X12 005010X221A1 (835), CLP01 and CLP07.
    """
    ours = by_control_number.get(decision.claim_control_number)
    if ours is not None or not decision.payer_claim_control_number:
        return ours
    candidates = by_payer_number.get(decision.payer_claim_control_number, frozenset())
    return next(iter(candidates)) if len(candidates) == 1 else None


def match_lines(
    lines: Sequence[RemittanceLine], claim: PostableClaim
) -> tuple[PostableLine | None, ...]:
    """Find our line for each of the payer's: by the number we gave it, else by what it is.

    A line is known by procedure and charge only if exactly one of ours has both.

    Source:
        ASC X12 005010X221A1 (835), loop 2110 REF*6R and SVC.
    """
    by_number = {str(line.number): line for line in claim.lines}
    return tuple(
        by_number.get(line.line_control_number) or _alike(line, claim.lines) for line in lines
    )


def _alike(line: RemittanceLine, ours: Sequence[PostableLine]) -> PostableLine | None:
    charge = line.charge if line.charge.cents >= 0 else -line.charge
    codes = {line.procedure_code, line.submitted_procedure_code} - {""}
    alike = [our for our in ours if our.procedure_code in codes and our.charge == charge]
    return alike[0] if len(alike) == 1 else None
