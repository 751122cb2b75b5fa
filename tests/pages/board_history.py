"""What happened at a practice before a manager looks: claims paid, denied and taken back."""

from uuid import UUID

from models.documents.act import Act
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.pages.page_examples import NOON, YESTERDAY


def add_history(database_url: str, client_id: UUID) -> None:
    """Bill three claims; yesterday one is paid; today one is denied and one paid and taken back."""
    office = BillingOffice(database_url, Act(client_id, "pia", YESTERDAY, YESTERDAY.date()))
    paid, denied, regretted = (office.bill(cents) for cents in (12_000, 15_000, 9_900))
    contract = [("CO", "45", 2_000)]
    office.post(a_remittance(a_decision(paid, (10_000, contract)), trace="EFT-A"))
    office.act = Act(client_id, "pia", NOON, NOON.date())
    office.post(a_remittance(a_decision(denied, (0, [("CO", "197", 15_000)])), trace="EFT-B"))
    decision = a_decision(regretted, (7_900, contract))
    office.post(a_remittance(decision, trace="EFT-C"))
    taken_back = reversed_decision(decision)
    second = a_decision(regretted, (5_000, [("CO", "45", 4_900)]), payer_number="ICN2")
    office.post(a_remittance(taken_back, second, trace="EFT-D", plb=[("WO", "ICN1", 2_900)]))
