"""Money without an owner, as pages show it."""

from dataclasses import replace

from httpx2 import Response
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.remittance import RemittanceClaim
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BilledClaim, BillingOffice, a_decision
from tests.integration.posting.matching_desk import MatchingDesk
from tests.pages.doors import form_token_of
from tests.pages.page_examples import YESTERDAY, add_practice
from tests.people import Colleague, join


def an_office_at(database_url: str, key: str) -> BillingOffice:
    """Open the billing office of a practice with pages."""
    client_id = add_practice(database_url, key)
    return BillingOffice(database_url, Act(client_id, "tester", YESTERDAY, YESTERDAY.date()))


def nobodys(claim: BilledClaim, *, patient: str = "Marmalade") -> RemittanceClaim:
    """Decide a claim under a number with a slip, with a share of everything."""
    said = [("CO", "45", 5_000), ("PR", "1", 2_000), ("CO", "29", 1_000)]
    decision = a_decision(claim, (claim.charges[0].cents - 8_000, said))
    number = decision.claim_control_number
    slipped = ("A" if number[0] != "A" else "B") + number[1:]
    return replace(decision, claim_control_number=slipped, patient_last_name=patient)


def address_of(item: WorkItem, key: str) -> str:
    """Say where an item is."""
    return f"/queues/{item.queue}/{key}/{item.id}"


def waiting_address(office: BillingOffice, key: str) -> str:
    """Find the one claim of a remittance that waits, and say where."""
    return address_of(MatchingDesk(office).waiting(), key)


def hire(url: str, login: str, role: Role, *offices: BillingOffice) -> Colleague:
    """Let a person join who takes work about money at practices."""
    ids = [office.act.client_id for office in offices]
    colleague = join(url, login, [role], ids)
    for client_id in ids:
        act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
        with transaction(url, client_id) as session:
            assign_queues(session, act, colleague.id, [Queue.UNAPPLIED, Queue.POSTING])
    return colleague


def send(visitor: TestClient, page: str, action: str, **fields: object) -> Response:
    """Send a form with the token of a page; the answer is not followed."""
    fields["form_token"] = form_token_of(visitor.get(page).text)
    return visitor.post(action, data=fields, follow_redirects=False)
