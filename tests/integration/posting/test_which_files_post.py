"""Which remittance files are ours to post, and which come a second time."""

from sqlmodel import select

from models.states.file import InboundFileState
from models.tables import WorkItem
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.integration.posting.matching_desk import MatchingDesk

PAID = (5_000, [("CO", "45", 10_000)])


def test_an_interchange_number_with_other_content_is_set_aside(office: BillingOffice) -> None:
    first, second = office.bill(15_000), office.bill(15_000)
    office.post(a_remittance(a_decision(first, PAID)))
    office.files = 0
    count = office.post(a_remittance(a_decision(second, PAID), trace="EFT2"))
    assert (count.state, count.reason) == (
        InboundFileState.QUARANTINED,
        "posting.interchange_reused",
    )
    assert office.books()["AR:INS1"] == 15_000
    assert office.open_items() == ["posting.interchange_reused"]


def test_a_file_that_was_refused_keeps_no_interchange_number(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, PAID)
    office.post(a_remittance(decision, npi="1999900016", tin="990009999"))
    office.files = 0
    assert office.post(a_remittance(decision)).state is InboundFileState.POSTED


def test_a_person_may_have_it_posted_all_the_same(office: BillingOffice) -> None:
    first, second = office.bill(15_000), office.bill(15_000)
    office.post(a_remittance(a_decision(first, PAID)))
    office.files = 0
    file_id = office.receive(a_remittance(a_decision(second, PAID), trace="EFT2"))
    office.post_file(file_id)
    with transaction(office.database_url, office.act.client_id) as session:
        item = session.exec(
            select(WorkItem).where(
                WorkItem.client_id == office.act.client_id, WorkItem.state == "open"
            )
        ).one()
    token = MatchingDesk(office).take(item)
    with transaction(office.database_url, office.act.client_id) as session:
        release_inbound_file(session, office.act, item.id, token=token)
    assert office.post_file(file_id).state is InboundFileState.POSTED
    assert office.books() == {"CHARGES": -30_000, "CONTRACTUAL": 20_000, "REMIT_CLEARING": 10_000}
