"""A member number that a payer corrected: proposed by a remittance, decided by a person."""

from dataclasses import replace

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.remittance import RemittanceClaim
from models.states.work_item import Queue
from models.tables import Coverage, CoverageCorrection, WorkItem
from models.values.access import Role
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.pages.denial_office import KEY, DenialOffice, act_on, open_office, take
from tests.pages.doors import sign_in_by_form
from tests.people import hire

PAID = (5_000, [("CO", "45", 10_000)])


@pytest.fixture
def practice(database_url: str) -> DenialOffice:
    """A practice with a client file."""
    return open_office(database_url)


@pytest.fixture(autouse=True)
def decision(practice: DenialOffice) -> RemittanceClaim:
    """A decision of the payer under another member number than ours, posted."""
    decision = a_decision(practice.office.bill(15_000), PAID)
    decision = replace(decision, member_id="M1", corrected_member_id="M1-NEW")
    practice.office.post(a_remittance(decision))
    return decision


@pytest.fixture
def clerk(stranger: TestClient, practice: DenialOffice) -> TestClient:
    """Somebody of the front desk."""
    queue = Queue.VERIFICATION
    clerk = hire(practice.url, "vera.stone", Role.VERIFIER, [practice.client_id], queue)
    sign_in_by_form(stranger, clerk)
    return stranger


def item_of(practice: DenialOffice) -> WorkItem:
    with transaction(practice.url, practice.client_id) as session:
        return session.exec(
            select(WorkItem).where(
                WorkItem.client_id == practice.client_id,
                WorkItem.queue == Queue.VERIFICATION,
                WorkItem.subject_kind == "coverage_correction",
            )
        ).one()


def state_of(practice: DenialOffice) -> tuple[str, str]:
    with transaction(practice.url, practice.client_id) as session:
        (row,) = session.exec(
            select(CoverageCorrection).where(CoverageCorrection.client_id == practice.client_id)
        ).all()
        number = session.exec(
            select(Coverage.member_id).where(
                Coverage.client_id == practice.client_id, Coverage.id == row.coverage_id
            )
        ).one()
        return row.state, number


def address_of(practice: DenialOffice) -> str:
    return f"/queues/verification/{KEY}/{item_of(practice).id}"


def decide(clerk: TestClient, practice: DenialOffice, act: str) -> str:
    take(clerk, address_of(practice))
    return act_on(clerk, address_of(practice), act, then="list")


def test_the_item_shows_both_numbers_and_its_text_names_neither(
    clerk: TestClient, practice: DenialOffice
) -> None:
    page = clerk.get(address_of(practice))
    assert page.status_code == 200
    assert "M1-NEW" in page.text
    assert "M1" not in item_of(practice).detail


@pytest.mark.parametrize(
    ("act", "after"),
    [("accept-number", ("accepted", "M1-NEW")), ("refuse-number", ("refused", "M1"))],
)
def test_a_person_decides_which_number_is_right(
    clerk: TestClient, practice: DenialOffice, act: str, after: tuple[str, str]
) -> None:
    assert state_of(practice) == ("proposed", "M1")
    decide(clerk, practice, act)
    assert state_of(practice) == after
    assert item_of(practice).state == "done"


def test_a_number_that_was_refused_is_not_proposed_again(
    clerk: TestClient, practice: DenialOffice, decision: RemittanceClaim
) -> None:
    decide(clerk, practice, "refuse-number")
    back = reversed_decision(decision)
    practice.office.post(a_remittance(back, trace="EFT2", plb=[("FB", "X", -5_000)]))
    practice.office.post(a_remittance(decision, trace="EFT3"))
    assert state_of(practice) == ("refused", "M1")
    assert item_of(practice).state == "done"
