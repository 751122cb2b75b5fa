"""Give a claim of a remittance to the claim of ours that a person chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import PostingOutcome
from models.errors import RejectedError
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.posting.book_match import book_match
from revcycle.operations.posting.level_credits import level_credits
from revcycle.operations.posting.policies import NO_TERMS, PostingTerms
from revcycle.operations.posting.prepare_match import (
    MatchChoice,
    PreparedMatch,
    prepare_match,
    preview_match,
    suffix_of,
)
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.reference.playbook import standard_plays
from revcycle.store import work_items
from revcycle.store.audit import record_act

MATCHED = "matched"


class ChangedFiguresError(RejectedError):
    """The balances moved since they were shown; ``now`` is what would be booked now."""

    def __init__(self, now: Mapping[Account, Money]) -> None:
        self.now = now
        super().__init__("the balances changed since they were shown")


@dataclass(frozen=True, slots=True)
class MatchCount:
    """What a match came to."""

    outcome: PostingOutcome
    denials_opened: int


def match_remittance_claim(
    session: Session,
    act: Act,
    remittance_claim_id: UUID,
    choice: MatchChoice,
    *,
    work_item_id: UUID,
    token: int,
    shown: Mapping[Account, Money],
    terms: PostingTerms = NO_TERMS,
) -> MatchCount:
    """Take the money out of where it waits and book the decision as if it had matched by itself.

    All in one transaction; the item is finished with it. A second call finds the item finished
    and changes nothing.

    Args:
        session: The open transaction.
        act: Who decides whose it is.
        remittance_claim_id: The payer's claim.
        choice: Ours, and which lines.
        work_item_id: The item that asks; the actor holds it.
        token: Of its lease.
        shown: What the person was shown that it would move, by account.
        terms: What the practice itself says; the product's plays come after its own.

    Raises:
        StaleLeaseError: the actor does not hold the item any more.
        NotFoundError: this practice has no such claim.
        RejectedError: it was matched meanwhile, or cannot be booked on this claim.
        ChangedFiguresError: it would book something else now than was shown.
    """
    work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    opened = read_remittance_claim(session, act.client_id, remittance_claim_id)
    suffix = suffix_of(work_item_id)
    prepared = prepare_match(
        session,
        act,
        opened,
        choice,
        source_suffix=suffix,
        capitated_payers=terms.capitated_payers,
    )
    _require_as_shown(session, act, prepared, shown)
    book_match(session, act, prepared, (*terms.plays, *standard_plays()))
    _follow_up(session, act, prepared, cause=f"match:{work_item_id}")
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=MATCHED
    )
    progress = prepared.progress
    for kind, subject_id in (
        ("remittance_claim", remittance_claim_id),
        ("claim", choice.claim_id),
    ):
        record_act(session, act.client_id, act, "match_remittance_claim", kind, subject_id)
    return MatchCount(progress.outcomes[remittance_claim_id], progress.denials_opened)


def _require_as_shown(
    session: Session, act: Act, prepared: PreparedMatch, shown: Mapping[Account, Money]
) -> None:
    preview = preview_match(session, act, prepared)
    if preview.refusal:
        raise RejectedError(preview.refusal)
    if preview.totals != dict(shown):
        raise ChangedFiguresError(preview.totals)


def _follow_up(session: Session, act: Act, prepared: PreparedMatch, *, cause: str) -> None:
    """Level the credits and leave to people what posting would have left to them."""
    progress = prepared.progress
    level_credits(
        session,
        act,
        progress.charge_ids,
        cause=cause,
        effective_date=progress.effective_date,
    )
    work_items.open_work_items(session, act.client_id, act, progress.items)
