"""A remittance of another practice: nobody at the practice it reached sees what is in it."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.tables import InboundFile, WorkItem
from models.values.access import Role
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.doors import sign_in_by_form
from tests.pages.money_examples import an_office_at, hire
from tests.people import join

KEY = "lakeside"
FOREIGN_NPI, FOREIGN_TIN = "1999900206", "840000202"
TRACE = "FOREIGNTRACE77"
PORTAL = (
    "/portal",
    "/portal/files",
    "/portal/claims",
    "/portal/claims/export",
    "/portal/queries",
    "/portal/statements",
    "/portal/reports",
)


@dataclass(frozen=True, slots=True)
class Misrouted:
    """A file for somebody else that the practice received."""

    office: BillingOffice
    file: InboundFile
    control_number: str

    def tells(self, page: str) -> list[str]:
        """List what a page says of the file or of what is in it."""
        secrets = (
            "Marmalade",
            TRACE,
            self.control_number,
            self.file.name,
            str(self.file.id),
            FOREIGN_NPI,
        )
        return [one for one in secrets if one in page]


@pytest.fixture(params=["it adds up", "it does not add up"])
def misrouted(request: pytest.FixtureRequest, database_url: str) -> Misrouted:
    """A payment to another practice, right and with a mistake."""
    office = an_office_at(database_url, KEY)
    nobody = new_id()
    claim = BilledClaim(nobody, nobody, nobody, "FOREIGN-01", (nobody,), (Money(15_000),))
    paid = 15_000 if request.param == "it adds up" else 14_000
    decision = a_decision(claim, (paid, []))
    document = a_remittance(decision, trace=TRACE, npi=FOREIGN_NPI, tin=FOREIGN_TIN)
    file_id = office.receive(document)
    office.post_file(file_id)
    with transaction(database_url, office.act.client_id) as session:
        file = session.exec(select(InboundFile).where(InboundFile.id == file_id)).one()
    return Misrouted(office, file, "FOREIGN-01")


@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.CLINICIAN])
def test_nobody_of_the_practice_finds_it_in_the_portal(
    stranger: TestClient, database_url: str, misrouted: Misrouted, role: Role
) -> None:
    practice_ids = [misrouted.office.act.client_id]
    sign_in_by_form(stranger, join(database_url, "olaf", [role], practice_ids))
    told = {address: misrouted.tells(stranger.get(address).text) for address in PORTAL}
    assert {address: found for address, found in told.items() if found} == {}


@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.CLINICIAN])
def test_who_knows_its_address_gets_nothing_either(
    stranger: TestClient, database_url: str, misrouted: Misrouted, role: Role
) -> None:
    practice_ids = [misrouted.office.act.client_id]
    sign_in_by_form(stranger, join(database_url, "olaf", [role], practice_ids))
    record = f"/practices/{KEY}/files/in/{misrouted.file.id}"
    item = item_of(misrouted)
    for address in (
        f"/portal/files/{misrouted.file.id}",
        record,
        f"{record}/download",
        f"{record}/explained",
        f"/queues/{Queue.BPO_INBOX}/{KEY}/{item}",
    ):
        answer = stranger.get(address)
        assert answer.status_code in {403, 404}, address
        assert set(misrouted.tells(answer.text)) <= {str(misrouted.file.id)}, address


def test_it_waits_in_the_inbox_of_the_billing_company_alone(misrouted: Misrouted) -> None:
    with transaction(misrouted.office.database_url, misrouted.office.act.client_id) as session:
        items = session.exec(select(WorkItem)).all()
        assert [(one.queue, one.reason) for one in items] == [
            (Queue.BPO_INBOX, "posting.wrong_payee")
        ]
        assert "Marmalade" not in items[0].detail


def test_a_poster_of_the_practice_does_not_open_it(
    stranger: TestClient, database_url: str, misrouted: Misrouted
) -> None:
    sign_in_by_form(stranger, hire(database_url, "pia", Role.POSTER, misrouted.office))
    record = f"/practices/{KEY}/files/in/{misrouted.file.id}"
    page = stranger.get(record).text
    assert "This file is for another practice, so nobody opens it here." in page
    assert "/download" not in page
    assert stranger.get(f"{record}/download").status_code == 403
    explained = stranger.get(f"{record}/explained").text
    assert "are masked: the file is for another practice" in explained
    assert "Marmalade" not in explained
    assert misrouted.control_number not in explained


def item_of(misrouted: Misrouted) -> UUID:
    """Find the item that asks about the file."""
    with transaction(misrouted.office.database_url, misrouted.office.act.client_id) as session:
        return session.exec(select(WorkItem.id)).one()
