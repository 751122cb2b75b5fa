"""Read one claim of a remittance as the payer wrote it: the bytes are the record."""

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlmodel import Session

from models.documents.posting import PostingOutcome
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.errors import RejectedError
from revcycle.formats.x12.t835 import iter_remittances
from revcycle.operations.posting.progress import PostingProgress
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.remittance_claims import RemittanceClaimFacts, get_remittance_claim


@dataclass(frozen=True, slots=True, repr=False)
class OpenedRemittanceClaim:
    """A claim of a remittance: what we keep of it, and what the payer wrote."""

    facts: RemittanceClaimFacts
    document: RemittanceDocument
    decision: RemittanceClaim

    @property
    def is_unapplied(self) -> bool:
        """Whether it waits for somebody who knows whose it is, and no money of it went back."""
        facts = self.facts
        went_back = facts.is_taken_back or facts.is_given_back
        return facts.outcome is PostingOutcome.UNAPPLIED and not went_back

    def progress(
        self, source_suffix: str, capitated_payers: frozenset[str] = frozenset()
    ) -> PostingProgress:
        """Begin to post it; the suffix tells this booking from others of the same claim."""
        return PostingProgress(
            self.facts.remittance_id,
            self.document,
            source_suffix=source_suffix,
            capitated_payers=capitated_payers,
        )


def read_remittance_claim(
    session: Session, client_id: UUID, remittance_claim_id: UUID
) -> OpenedRemittanceClaim:
    """Load and lock a claim of a remittance, and read it from the bytes of its file.

    Raises:
        NotFoundError: this practice has no such claim of a remittance.
        RejectedError: the file does not say any more what was posted from it.
    """
    facts = get_remittance_claim(session, client_id, remittance_claim_id)
    file = get_inbound_file(session, client_id, facts.inbound_file_id)
    documents = (one for one, _ in iter_remittances(file.content) if one is not None)
    document = next(islice(documents, facts.file_ordinal - 1, None), None)
    if document is None or len(document.claims) < facts.ordinal:
        msg = f"file {file.id} does not hold remittance claim {facts.id}"
        raise RejectedError(msg)
    return OpenedRemittanceClaim(facts, document, document.claims[facts.ordinal - 1])
