"""Is each coverage with a payer that the practice bills?"""

from collections.abc import Sequence
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from revcycle.rules.intake.match_payer import KnownPayer, is_self_pay, match_payer

RULE_ID: Final = "intake.known_payer"


def check_known_payer(
    document: EncounterDocument, *, payers: Sequence[KnownPayer]
) -> tuple[Finding, ...]:
    """Report coverages whose payer is none of the practice's; self-pay is no payer.

    Source:
        Our rule; a claim needs a payer id and a connection, and both stand in the client's file.
    """
    unknown = (
        coverage
        for coverage in document.coverages
        if not is_self_pay(coverage.payer_name)
        and match_payer(payers, name=coverage.payer_name, payer_id=coverage.payer_id) is None
    )
    return tuple(
        Finding(
            RULE_ID,
            Severity.ERROR,
            f"coverages[{coverage.rank}].payer_name",
            "no payer of this practice has this id, name or alias",
        )
        for coverage in unknown
    )
