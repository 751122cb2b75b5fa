"""A billing office whose bank sends statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import select

from models.documents.act import Act
from models.documents.remittance import RemittanceDocument
from models.states.bank_line import BankLineState
from models.states.file import InboundFileState
from models.states.work_item import Queue, WorkItemState
from models.tables import BankLine, Remittance, WorkItem
from revcycle.operations.deposits.import_bank_file import (
    ImportCount,
    import_bank_file,
    store_bank_file,
)
from revcycle.operations.deposits.match_by_hand import match_by_hand
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.operations.deposits.settle_deposits import SettledCount, settle_deposits
from revcycle.rules.deposits.matching import MatchTerms
from revcycle.store.session import transaction
from tests.bank_files import BAI2, Movement, bai2
from tests.integration.posting.billing_office import (
    PAID_ON,
    BillingOffice,
    a_decision,
    a_remittance,
)

POLICY = DepositPolicy(BAI2, MatchTerms(), 3)


@dataclass(slots=True)
class DepositDesk:
    """Remittances on one side, the bank on the other."""

    office: BillingOffice
    policy: DepositPolicy = POLICY

    @property
    def act(self) -> Act:
        """Who works here, and when."""
        return self.office.act

    def on_day(self, day: date) -> None:
        """Let it be another day."""
        self.office.act = replace(self.act, today=day)

    def post(self, trace: str, cents: int, *, method: str = "ACH") -> UUID:
        """Post a remittance of one claim that is paid in full, and return its id."""
        claim = self.office.bill(cents)
        document = a_remittance(a_decision(claim, (cents, ())), trace=trace)
        return self.post_document(replace(document, method=method))

    def post_document(self, document: RemittanceDocument) -> UUID:
        """Post a remittance and return its id."""
        count = self.office.post(document)
        assert count.state is InboundFileState.POSTED
        with transaction(self.office.database_url, self.act.client_id) as session:
            return session.exec(
                select(Remittance.id).where(
                    Remittance.client_id == self.act.client_id,
                    Remittance.trace_number == document.trace_number,
                )
            ).one()

    def bank(self, *movements: Movement, on: date = PAID_ON) -> ImportCount:
        """Take a statement in; the books must hold afterwards."""
        return self.take_in(bai2(*movements, on=on))

    def take_in(self, content: bytes) -> ImportCount:
        """Take a file in; the books must hold afterwards."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            file = store_bank_file(
                session, self.act, self.policy, source="bank", name="a.bai", content=content
            )
            count = import_bank_file(session, self.act, file.id, self.policy)
        self.office.check()
        return count

    def settle(self) -> SettledCount:
        """Do what the posting stage does every day."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            count = settle_deposits(session, self.act, self.policy)
        self.office.check()
        return count

    def match(self, lines: Sequence[UUID], remittances: Sequence[UUID]) -> None:
        """Match by hand; the books must hold afterwards."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            match_by_hand(session, self.act, lines, remittances)
        self.office.check()

    def lines(self, state: BankLineState | None = None) -> list[BankLine]:
        """Load the lines of the bank in the order of their statements."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            rows = session.exec(
                select(BankLine)
                .where(BankLine.client_id == self.act.client_id)
                .order_by("posted_on", "ordinal")
            ).all()
        return [row for row in rows if state is None or row.state == state]

    def questions(self) -> list[str]:
        """List the reasons of open items of the queue, sorted."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            return sorted(
                session.exec(
                    select(WorkItem.reason).where(
                        WorkItem.client_id == self.act.client_id,
                        WorkItem.state == WorkItemState.OPEN,
                        WorkItem.queue == Queue.DEPOSIT,
                    )
                )
            )
