"""Where the bank's folder is missing, one item says so and posting goes on."""

import pytest

from models.documents.act import Act
from revcycle.operations.deposits.note_bank_folder import note_bank_folder
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    """A billing office with an empty database of its own."""
    return BillingOffice(database_url, act)


def note(office: BillingOffice, *, is_there: bool) -> None:
    with transaction(office.database_url, office.act.client_id) as session:
        note_bank_folder(session, office.act, is_there=is_there)


def test_a_missing_folder_asks_once_however_often_it_is_missed(office: BillingOffice) -> None:
    note(office, is_there=False)
    note(office, is_there=False)
    assert office.open_items() == ["deposit.folder_missing"]


def test_the_question_closes_itself_when_the_folder_is_there(office: BillingOffice) -> None:
    note(office, is_there=False)
    note(office, is_there=True)
    assert office.open_items() == []
    note(office, is_there=True)
