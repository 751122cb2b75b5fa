"""Money without an owner, as pages show it."""

from dataclasses import replace
from uuid import UUID

from models.documents.act import Act
from models.documents.remittance import RemittanceClaim
from models.tables import WorkItem
from models.values.access import Role
from tests.integration.posting.billing_office import BilledClaim, BillingOffice, a_decision
from tests.integration.posting.matching_desk import MatchingDesk
from tests.pages.page_examples import NOON, YESTERDAY, add_practice

POSTER_QUEUES = ("unapplied", "posting")
POSTER = Role.POSTER


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


def practice_ids(*offices: BillingOffice) -> list[UUID]:
    """Name the practices of offices."""
    return [office.act.client_id for office in offices]


assert NOON > YESTERDAY
