"""What one remittance has come to while it is being posted."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from models.documents.playbook import NewDenial
from models.documents.posting import MatchedClaim, PostingOutcome
from models.documents.remittance import RemittanceDocument
from models.states.work_item import Queue
from revcycle.store.work_items import NewWorkItem

SERVICE_HOURS = 24
PRIORITY = 3


@dataclass(slots=True, repr=False)
class PostingProgress:
    """One remittance inside the transaction that posts it.

    Attributes:
        outcomes: What became of each claim, by remittance claim id.
        reversed_ids: The decision that each reversal took back.
        charge_ids: Charges whose balances moved.
        items: Work that posting leaves to people.
        denied: What booked decisions deny, and is not opened yet.
        ranks: As which payer a claim was decided, where not as our claim says.
        recovered: Sub-ledgers out of which money was taken back, PLB pairs left out.
        source_suffix: Ends the keys of entries that a person's match books; empty while the
            remittance posts by itself.
        capitated_payers: Keys of payers that pay the practice per person.
    """

    remittance_id: UUID
    document: RemittanceDocument
    outcomes: dict[UUID, PostingOutcome] = field(default_factory=dict)
    reversed_ids: dict[UUID, UUID] = field(default_factory=dict)
    charge_ids: set[UUID] = field(default_factory=set)
    items: list[NewWorkItem] = field(default_factory=list)
    denied: list[NewDenial] = field(default_factory=list)
    ranks: dict[UUID, int] = field(default_factory=dict)
    recovered: set[str] = field(default_factory=set)
    denials_opened: int = 0
    source_suffix: str = ""
    capitated_payers: frozenset[str] = frozenset()

    @property
    def effective_date(self) -> date:
        """The day of the payment."""
        return self.document.payment_date

    @property
    def reference(self) -> str:
        """The sub-ledger of money of this payment that nobody owns yet."""
        return f"{self.document.payer_trace_id}:{self.document.trace_number}"[:80]

    def as_decided(self, match: MatchedClaim) -> MatchedClaim:
        """Return a claim with the payer's place under which it was booked."""
        return replace(match, rank=self.ranks.get(match.remittance_claim_id, match.rank))

    def ask_about(
        self, match: MatchedClaim, reason: str, detail: str = "", *, keeps_money: bool = False
    ) -> None:
        """Leave a claim of the remittance to a person.

        Args:
            match: The payer's claim.
            reason: What is asked.
            detail: For the page.
            keeps_money: Whether money of it waits as unapplied; such work has its own queue.
        """
        self.items.append(
            NewWorkItem(
                queue=Queue.UNAPPLIED if keeps_money else Queue.POSTING,
                cause_key=f"{reason}:{match.remittance_claim_id}",
                subject_kind="remittance_claim",
                subject_id=match.remittance_claim_id,
                reason=reason,
                detail=detail,
                service_hours=SERVICE_HOURS,
                priority=PRIORITY,
            )
        )

    def drop_questions(self, remittance_claim_ids: Collection[UUID]) -> None:
        """Ask nothing about claims of the remittance that were settled meanwhile."""
        self.items[:] = [one for one in self.items if one.subject_id not in remittance_claim_ids]
