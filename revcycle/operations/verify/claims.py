"""Do records, claims and files hold what they promise?"""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from models.documents.invariant import InvariantResult
from revcycle.store import invariants_claims as records
from revcycle.store.invariants_recoding import claims_unlike_charts

Query = Callable[[Session, UUID], records.Violations]

CLAIM_INVARIANTS: tuple[tuple[str, str, Query], ...] = (
    (
        "I-C1",
        "the history of every encounter, claim and file leads to its present state",
        records.states_unlike_history,
    ),
    ("I-C2", "only moves of the transition tables occur", records.moves_outside_tables),
    (
        "I-C4",
        "versions of a claim count from 1, and an original goes out again only after an answer",
        records.versions_out_of_order,
    ),
    (
        "I-C5",
        "control numbers towards a partner are 1, 2, 3 ... each on one file",
        records.control_numbers_with_gaps,
    ),
    ("I-C6", "the bytes of every file have the hash stored with them", records.files_unlike_hash),
    (
        "I-C6b",
        "a claim was put into a file exactly as often as it was submitted",
        records.claims_unlike_files,
    ),
    ("I-C6c", "an 837 file holds as many claims as it says", records.files_unlike_contents),
    (
        "I-C9",
        "every accepted or rejected claim has the partner's word for it",
        records.answers_without_evidence,
    ),
    (
        "I-C12",
        "a file in quarantine, in doubt, or about nothing of ours has a work item",
        records.troubles_without_work,
    ),
    (
        "I-C13",
        "a claim waits for its coder while the chart is with one; a payer's turn has one claim",
        claims_unlike_charts,
    ),
)


def check_claims(session: Session, client_id: UUID) -> tuple[InvariantResult, ...]:
    """Evaluate every invariant of encounters, claims and files of one practice."""
    return tuple(
        InvariantResult(invariant_id, description, *query(session, client_id))
        for invariant_id, description, query in CLAIM_INVARIANTS
    )
