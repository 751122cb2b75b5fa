"""Codes of payers in the words of imported lists: on pages beside our words, and nowhere else."""

import re
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Remittance, WorkItem
from models.values.access import Role
from models.values.reference import ReferenceKind
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import a_remittance
from tests.integration.reference.editions import list_of_words
from tests.integration.submission.office import open_office
from tests.integration.submission.test_acknowledgements_of_claims import REFUSED, t277ca
from tests.pages import denial_office
from tests.pages.denial_office import KEY, DenialOffice, fields_of, take
from tests.pages.doors import sign_in_by_form
from tests.pages.money_examples import nobodys, waiting_address
from tests.pages.page_examples import HOSTILE, NOON, add_practice
from tests.people import hire

HEADING = "Codes in the words of their lists"
LICENSED = "Authorization was not on file in invented words."
REASONS, REMARKS = ReferenceKind.ADJUSTMENT_REASON, ReferenceKind.REMARK


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return denial_office.open_office(database_url)


@pytest.fixture
def lena(stranger: TestClient, database_url: str, office: DenialOffice) -> TestClient:
    """A team lead who works denials and money without an owner."""
    queues = (Queue.DENIAL, Queue.UNAPPLIED)
    sign_in_by_form(
        stranger, hire(database_url, "lena", Role.TEAM_LEAD, [office.client_id], *queues)
    )
    return stranger


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_denial_its_claim_and_its_payment_show_the_words_of_the_day(
    lena: TestClient, office: DenialOffice
) -> None:
    denial_id = office.deny("CO", "197", remarks=["N290"])
    denial = office.denial(denial_id)
    addresses = [
        office.address(Queue.DENIAL, denial_id),
        f"/practices/{KEY}/claims/{denial.claim_id}",
        f"/practices/{KEY}/remittances/{_payment(office)}",
    ]
    assert not any(HEADING in lena.get(address).text for address in addresses)
    list_of_words(office.url, REASONS, date(2020, 1, 1), _197="Older words.", _16="Not here.")
    list_of_words(office.url, REASONS, _197=LICENSED)
    list_of_words(office.url, REASONS, date(2027, 1, 1), _197="Words of next year.")
    list_of_words(office.url, REMARKS, N290=HOSTILE)
    for address in addresses:
        page = lena.get(address).text
        assert f"reason 197 {LICENSED} remark N290" in words(page), address
        assert "<svg" not in page
        assert "Not here" not in page


def _payment(office: DenialOffice) -> object:
    with transaction(office.url, office.client_id) as session:
        return session.exec(select(Remittance.id)).one()


def test_licensed_words_go_into_no_letter(lena: TestClient, office: DenialOffice) -> None:
    list_of_words(office.url, REASONS, _197=LICENSED)
    address = office.address(Queue.DENIAL, office.deny("CO", "197"))
    take(lena, address)
    page = lena.get(address).text
    assert page.count(LICENSED) == 1  # beside our words, and not in the draft
    fields = {**fields_of(page, f"{address}/appeal"), "fresh": "1", "wording": "authorization"}
    part = lena.post(f"{address}/letter", data=fields, headers={"HX-Request": "true"}).text
    assert "letter-draft" in part
    assert LICENSED not in part


def test_money_without_an_owner_shows_them_too(lena: TestClient, office: DenialOffice) -> None:
    list_of_words(office.url, REASONS, _45="Words about the fee.")
    claim = office.office.bill(15_000)
    office.office.post(a_remittance(nobodys(claim)))
    page = words(lena.get(waiting_address(office.office, KEY)).text)
    assert f"{HEADING} reason 45 Words about the fee." in page


def test_an_answer_about_a_claim_shows_category_and_status(
    stranger: TestClient, database_url: str
) -> None:
    client_id = add_practice(database_url, KEY)
    office = open_office(database_url, client_id, Act(client_id, "tester", NOON, NOON.date()))
    office.answer(t277ca(office.submit(), REFUSED))
    sign_in_by_form(stranger, hire(database_url, "ben", Role.BILLER, [client_id], Queue.REJECTION))
    (item,) = [one for one in office.all(WorkItem) if one.queue == Queue.REJECTION]
    address = f"/queues/rejection/{KEY}/{item.id}"
    assert HEADING not in stranger.get(address).text
    list_of_words(database_url, ReferenceKind.CLAIM_STATUS_CATEGORY, A7="Refused, it says.")
    list_of_words(database_url, ReferenceKind.CLAIM_STATUS, _562="A number, it says.")
    page = words(stranger.get(address).text)
    assert "status category A7 Refused, it says. status 562 A number, it says." in page
