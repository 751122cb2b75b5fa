"""Keep the money of claims that cannot be booked, and ask a person about them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryDraft, LedgerSubject
from models.documents.posting import MatchedClaim, PostingOutcome
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.ledger.movements import unapplied_entry
from revcycle.rules.posting.claim_booking import source_key
from revcycle.store import ledger, work_items

UNMATCHED = "posting.unmatched"
UNMATCHED_LINES = "posting.unmatched_lines"
UNKNOWN_ORIGINAL = "posting.unknown_original"
SECOND_DECISION = "posting.second_decision"
UNEXPECTED_DECISION = "posting.unexpected_decision"
EARLIER_PAYER_MISSING = "posting.earlier_payer_missing"
NO_DECISION = "posting.no_decision"
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        UNMATCHED: "a payment for a claim that nobody knows",
        UNMATCHED_LINES: "a decision whose lines are none of ours",
        UNKNOWN_ORIGINAL: "a decision taken back that we never booked",
        SECOND_DECISION: "a second decision for a claim that has one",
        UNEXPECTED_DECISION: "a decision for a claim that is not at the payer",
        EARLIER_PAYER_MISSING: "a later payer decided before the one we asked; it is booked after"
        " the earlier decision",
        NO_DECISION: "a claim that the payer mentions and does not decide",
    }
)


@dataclass(frozen=True, slots=True)
class Unbookable:
    """A claim of a remittance that changes nothing of ours, and why."""

    match: MatchedClaim
    reason: str


def keep_unapplied(
    session: Session, act: Act, progress: PostingProgress, claims: Iterable[Unbookable]
) -> None:
    """Book their payments as unapplied and open one work item for each."""
    entries = []
    for unbookable in claims:
        entry = kept_entry(progress, unbookable.match, on=progress.effective_date)
        noted = unbookable.reason == NO_DECISION and not entry.postings
        outcome = PostingOutcome.NOTED if noted else PostingOutcome.UNAPPLIED
        progress.outcomes[unbookable.match.remittance_claim_id] = outcome
        reason, keeps_money = unbookable.reason, bool(entry.postings)
        progress.ask_about(unbookable.match, reason, TITLES[reason], keeps_money=keeps_money)
        entries.append(entry)
    ledger.insert_entries(session, act.client_id, act, entries)


def kept_entry(progress: PostingProgress, match: MatchedClaim, *, on: date) -> EntryDraft:
    """Keep the money of one claim of a remittance as unapplied; maybe nothing.

    ``on`` is the day under which the books show it.
    """
    claim = match.claim
    return unapplied_entry(
        source_key(progress.remittance_id, match.ordinal, 0, progress.source_suffix),
        on,
        LedgerSubject(
            patient_id=claim.patient_id if claim else None,
            claim_id=claim.claim_id if claim else None,
            remittance_id=progress.remittance_id,
        ),
        match.decision.paid,
        reference=progress.reference,
    )


def close_questions(
    session: Session, act: Act, remittance_claim_ids: Collection[UUID], *, resolution: str
) -> None:
    """Close what was asked about claims of remittances that changed nothing when they came."""
    causes = [f"{reason}:{id_}" for id_ in sorted(remittance_claim_ids) for reason in TITLES]
    for keys in ledger.in_chunks(causes):
        work_items.close_work_items(session, act.client_id, act, keys, resolution=resolution)
