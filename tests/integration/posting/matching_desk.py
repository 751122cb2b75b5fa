"""A desk where somebody finds the owners of payments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import select

from models.documents.act import Act
from models.documents.remittance import RemittanceClaim
from models.tables import ClaimLine, RemittanceClaimRow, WorkItem
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.posting.match_remittance_claim import MatchCount, match_remittance_claim
from revcycle.operations.posting.policies import PostingTerms
from revcycle.operations.posting.prepare_match import (
    MatchChoice,
    MatchPreview,
    prepare_match,
    preview_match,
)
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.operations.posting.unmatch_remittance_claim import unmatch_remittance_claim
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BilledClaim, BillingOffice

QUEUES_OF_MONEY = ("unapplied", "posting")


def of_nobody(decision: RemittanceClaim) -> RemittanceClaim:
    """Give a decision a number that no claim of ours has."""
    return replace(decision, claim_control_number="NOBODYS01")


@dataclass(frozen=True, slots=True)
class MatchingDesk:
    """Somebody of the office who may match payments.

    Attributes:
        capitated: Keys of payers that pay the practice per person.
    """

    office: BillingOffice
    capitated: frozenset[str] = frozenset()

    @property
    def act(self) -> Act:
        """Who, when."""
        return self.office.act

    def waiting(self, claim_of_remittance: UUID | None = None) -> WorkItem:
        """Find the one open item about a claim of a remittance."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(WorkItem).where(
                WorkItem.client_id == self.act.client_id,
                WorkItem.state == "open",
                WorkItem.subject_kind == "remittance_claim",
            )
            if claim_of_remittance is not None:
                statement = statement.where(WorkItem.subject_id == claim_of_remittance)
            return session.exec(statement).one()

    def take(self, item: WorkItem, holder: str = "") -> int:
        """Lease an item and return the token; who holds it already goes on holding it."""
        if item.lease_holder == self.act.actor and not holder:
            return item.lease_token
        with transaction(self.office.database_url, self.act.client_id) as session:
            leased = work_leases.lease_work_item(
                session,
                self.act.client_id,
                item.id,
                holder=holder or self.act.actor,
                at=self.act.at,
            )
        assert leased is not None
        return leased.lease_token

    def preview(self, subject_id: UUID, choice: MatchChoice) -> MatchPreview:
        """Look at what a match would book."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            opened = read_remittance_claim(session, self.act.client_id, subject_id)
            prepared = prepare_match(
                session,
                self.act,
                opened,
                choice,
                source_suffix=":preview",
                capitated_payers=self.capitated,
            )
            return preview_match(session, self.act, prepared)

    def match(
        self,
        claim: BilledClaim,
        *,
        lines: tuple[UUID | None, ...] | None = None,
        shown: Mapping[Account, Money] | None = None,
        row_id: UUID | None = None,
    ) -> MatchCount:
        """Take the waiting item and give its payment to a claim, as shown before."""
        item = self.waiting(row_id)
        token = self.take(item)
        choice = MatchChoice(claim.claim_id, lines)
        if shown is None:
            shown = self.preview(item.subject_id, choice).totals
        count = self.book(item, token, choice, shown)
        self.office.check()
        return count

    def book(
        self, item: WorkItem, token: int, choice: MatchChoice, shown: Mapping[Account, Money]
    ) -> MatchCount:
        """Book a match in a transaction of its own."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            return match_remittance_claim(
                session,
                self.act,
                item.subject_id,
                choice,
                work_item_id=item.id,
                token=token,
                shown=shown,
                terms=PostingTerms(capitated_payers=self.capitated),
            )

    def unmatch(self, remittance_claim_id: UUID) -> UUID:
        """Take a decision off its claim."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            item_id = unmatch_remittance_claim(
                session, self.act, remittance_claim_id, why="it is another patient's"
            )
        self.office.check()
        return item_id

    def lines_of(self, claim: BilledClaim) -> tuple[UUID, ...]:
        """Name the lines of one of our claims in order."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(ClaimLine.id).where(
                ClaimLine.client_id == self.act.client_id, ClaimLine.claim_id == claim.claim_id
            )
            return tuple(session.exec(statement.order_by("number")))

    def rows(self) -> list[RemittanceClaimRow]:
        """Load all claims of remittances, oldest first."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(RemittanceClaimRow).where(
                RemittanceClaimRow.client_id == self.act.client_id
            )
            return list(session.exec(statement.order_by("id")))
