"""What takes an entry back?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from models.documents.ledger import BookedEntry, EntryDraft, EntryKind, LedgerSubject, PostingDraft


def reversal_of(
    entry: BookedEntry, *, effective_date: date, remittance_id: UUID | None = None
) -> EntryDraft:
    """Negate an entry posting by posting; stored cents are copied, never computed again.

    Args:
        entry: What stands in the books.
        effective_date: The day on which it is taken back.
        remittance_id: The remittance that takes it back; the money it moves is that one's.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8: a reversal repeats the original group codes
        with all amounts negated.
    """
    return EntryDraft.of(
        EntryKind.REVERSAL,
        f"reversal:{entry.source_key}",
        effective_date,
        (_negated(posting, remittance_id) for posting in entry.postings),
        reverses_id=entry.id,
    )


def _negated(posting: PostingDraft, remittance_id: UUID | None) -> PostingDraft:
    return replace(posting, amount=-posting.amount, subject=_moved(posting.subject, remittance_id))


def _moved(subject: LedgerSubject, remittance_id: UUID | None) -> LedgerSubject:
    if subject.remittance_id is None or remittance_id is None:
        return subject
    return replace(subject, remittance_id=remittance_id)
