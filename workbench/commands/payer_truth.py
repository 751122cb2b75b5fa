"""Compare our record of what was sent with the payer's own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from models.documents.client_config import ClientConfig
from models.documents.invariant import InvariantResult
from revcycle.sandbox.record import accepted_claim_versions
from revcycle.settings import settings
from revcycle.store import claims
from revcycle.store.session import transaction
from workbench.commands.practices import chosen_practices

DESCRIPTION = "the payer took no claim version twice, and none that we do not know (I-C7)"


def check_payer_truth(
    sandbox_home: Path, configs: Sequence[ClientConfig]
) -> list[tuple[str, InvariantResult]]:
    """Compare per practice; the payer's record is its own, so the two cannot share a mistake."""
    taken: dict[str, Counter[str]] = {config.key: Counter() for config in configs}
    for account, control_number, count in accepted_claim_versions(sandbox_home):
        taken.setdefault(account, Counter())[control_number] += count
    results = []
    for key, counts in taken.items():
        known = _known_versions(key)
        bad = tuple(number for number, count in counts.items() if count > 1 or number not in known)
        results.append((key, InvariantResult("I-C7", DESCRIPTION, len(counts), bad)))
    return results


def _known_versions(key: str) -> set[str]:
    ((_, client_id),) = chosen_practices(key)
    with transaction(settings().database, client_id) as session:
        return claims.list_version_control_numbers(session, client_id)
