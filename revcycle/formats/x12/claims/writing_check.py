"""What we wrote, read back as strictly as a receiver would; what it would not take never leaves."""

from bisect import bisect_right

from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import read_interchanges

FAULTS_NAMED_MAX = 5
LEVEL_LOOPS = ("2000", "2010")
Heads = dict[tuple[str, str], list[tuple[int, str]]]


def refuse_faulty(written: bytes) -> None:
    """Refuse a file of claims in which the check finds an error.

    Raises:
        ClaimRefusedError: it names the first claim at fault and the rules that it breaks.
    """
    errors = [one for one in check_file(written) if one.severity is Severity.ERROR]
    if not errors:
        return
    heads = _heads(written)
    first = _claim_of(errors[0], heads)
    named = [one for one in errors if _claim_of(one, heads) == first][:FAULTS_NAMED_MAX]
    faults = "; ".join(f"{one.rule_id}: {one.subject} {one.message}" for one in named)
    raise ClaimRefusedError(first, f"our own check refuses it: {faults}")


def _heads(written: bytes) -> Heads:
    """List position and control number of every CLM, by interchange and transaction."""
    return {
        (interchange.control_number, transaction.control_number): [
            (position, one.get(1))
            for position, one in enumerate(transaction.each(), start=1)
            if one[0] == "CLM"
        ]
        for interchange in read_interchanges(written)
        for transaction in interchange.transactions
    }


def _claim_of(error: Diagnostic, heads: Heads) -> str:
    """Name the claim an error is in; of one in a level above the claims, the first below it."""
    claims = heads.get((error.interchange, error.transaction), [])
    if not claims:
        return ""
    positions = [position for position, _ in claims]
    at = bisect_right(positions, error.segment) - 1
    if error.loop.startswith(LEVEL_LOOPS) or error.tag == "HL":
        at += 1
    return claims[min(max(at, 0), len(claims) - 1)][1]
