"""Past claims as learned edits judge them: as they were first sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.claim import ClaimDocument
from models.documents.learned_edit import PastClaim
from models.documents.practice import PracticeFacts
from models.errors import RejectedError
from revcycle.formats.x12 import t837i, t837p
from revcycle.rules.prevention.edit_subject import edit_subject
from revcycle.store import past_claims
from revcycle.store.claim_documents import claim_documents
from revcycle.store.ledger import in_chunks
from revcycle.store.past_claims import DecidedClaim, FirstSending

INSTITUTIONAL: Final = "837I"


def load_past_claims(
    session: Session,
    client_id: UUID,
    *,
    since: date,
    until: date,
    limit: int,
    practice: PracticeFacts,
) -> list[PastClaim]:
    """Load the latest decided claims with what was denied of them.

    A claim that was sent once is read from its rows. One that was corrected and sent again is read
    from the first file that carried it, because its rows say what was corrected since; where that
    file cannot be read, the claim is left out.
    """
    decided = past_claims.list_decided_claims(
        session, client_id, since=since, until=until, limit=limit
    )
    ids = [claim.id for claim in decided]
    denials = past_claims.list_past_denials(session, client_id, ids)
    documents = _documents(session, client_id, ids, practice)
    return [
        PastClaim(
            id=claim.id,
            payer_id=claim.payer_id,
            payer_key=claim.payer_key,
            decided_on=claim.decided_on,
            subject=edit_subject(
                documents[claim.id], is_coverage_verified=claim.is_coverage_verified
            ),
            denials=tuple(denials.get(claim.id, ())),
        )
        for claim in decided
        if claim.id in documents
    ]


def payer_ids(claims: Sequence[DecidedClaim | PastClaim]) -> dict[str, UUID]:
    """Map the keys of payers to their ids."""
    return {claim.payer_key: claim.payer_id for claim in claims}


def _documents(
    session: Session, client_id: UUID, ids: Sequence[UUID], practice: PracticeFacts
) -> Mapping[UUID, ClaimDocument]:
    sendings = past_claims.list_first_sendings(session, client_id, ids)
    again = {sending.claim_id for sending in sendings}
    found: dict[UUID, ClaimDocument] = {}
    for chunk in in_chunks([id_ for id_ in ids if id_ not in again]):
        found |= claim_documents(session, client_id, chunk, practice=practice)
    return found | _as_first_sent(session, client_id, sendings)


def _as_first_sent(
    session: Session, client_id: UUID, sendings: Sequence[FirstSending]
) -> dict[UUID, ClaimDocument]:
    by_file: dict[UUID, list[FirstSending]] = defaultdict(list)
    for sending in sendings:
        by_file[sending.outbound_file_id].append(sending)
    found: dict[UUID, ClaimDocument] = {}
    for file_id, carried in by_file.items():
        read = _read(*past_claims.load_claim_file(session, client_id, file_id))
        found |= {
            one.claim_id: read[one.control_number] for one in carried if one.control_number in read
        }
    return found


def _read(kind: str, content: bytes) -> dict[str, ClaimDocument]:
    try:
        claims, _ = (t837i if kind == INSTITUTIONAL else t837p).read_claims(content)
    except RejectedError:  # not X12: its claims are left out, and counted as not tested
        return {}
    return {claim.control_number: claim for claim in claims}
