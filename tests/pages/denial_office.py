"""Denied claims of a practice that is known by a client file, and who works on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue, WorkItemState
from models.tables import AuditEvent, Denial, Payer, WorkItem
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.page_examples import YESTERDAY, add_practice

KEY = "lakeside_family"
PAYER_OF_FILE = "commonweal"  # takes replacements; appeals within 65 days


@dataclass
class DenialOffice:
    """A practice with denials, one of 150 dollars for each reason that is posted."""

    url: str
    client_id: UUID
    office: BillingOffice
    claims: dict[str, BilledClaim] = field(default_factory=dict)

    def deny(
        self, group: str, reason: str, *, remarks: Sequence[str] = (), cents: int = 15_000
    ) -> UUID:
        """Bill a claim, let the payer deny it, and return the denial."""
        claim = self.office.bill(cents)
        decision = a_decision(claim, (0, [(group, reason, cents)]), remarks=tuple(remarks))
        self.office.post(a_remittance(decision, trace=f"EFT{self.office.files}"))
        self.claims[f"{group}-{reason}"] = claim
        with transaction(self.url, self.client_id) as session:
            found = session.exec(select(Denial).where(Denial.claim_id == claim.claim_id)).one()
        return found.id

    def denial(self, denial_id: UUID) -> Denial:
        """Load a denial."""
        with transaction(self.url, self.client_id) as session:
            return session.exec(select(Denial).where(Denial.id == denial_id)).one()

    def open_item(self, queue: Queue, subject_id: UUID) -> WorkItem:
        """Find the open item about something."""
        with transaction(self.url, self.client_id) as session:
            return session.exec(
                select(WorkItem).where(
                    WorkItem.queue == queue,
                    WorkItem.subject_id == subject_id,
                    WorkItem.state == WorkItemState.OPEN,
                )
            ).one()

    def address(self, queue: Queue, subject_id: UUID) -> str:
        """Name the page of the open item about something."""
        return f"/queues/{queue}/{KEY}/{self.open_item(queue, subject_id).id}"

    def trail(self, action: str) -> int:
        """Count what the audit trail says of an action."""
        with transaction(self.url, self.client_id) as session:
            found = session.exec(select(AuditEvent).where(AuditEvent.action == action)).all()
        return len(found)


def open_office(url: str) -> DenialOffice:
    """Register the practice; its first payer is one of its client file."""
    client_id = add_practice(url, KEY)
    office = BillingOffice(url, Act(client_id, "tester", YESTERDAY, YESTERDAY.date()))
    with transaction(url, client_id) as session:
        payer = session.exec(select(Payer).where(Payer.key == "payer_1")).one()
        payer.key, payer.name = PAYER_OF_FILE, "Commonweal Mutual"
        session.add(payer)
    return DenialOffice(url, client_id, office)


def fields_of(page: str, action: str) -> dict[str, str]:
    """Read the hidden fields of the form that is sent to an address."""
    form = page.split(f'action="{action}"')[1].split("</form>", maxsplit=1)[0]
    parts = form.split('<input type="hidden" name="')[1:]
    return {part.split('"')[0]: part.split('value="')[1].split('"')[0] for part in parts}


def take(visitor: TestClient, address: str) -> None:
    """Take an item."""
    fields = fields_of(visitor.get(address).text, f"{address}/take")
    answer = visitor.post(f"{address}/take", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def act_on(visitor: TestClient, address: str, verb: str, **typed: str) -> str:
    """Send a form of an item's page; return where it leads."""
    fields = fields_of(visitor.get(address).text, f"{address}/{verb}")
    answer = visitor.post(f"{address}/{verb}", data={**fields, **typed}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]
