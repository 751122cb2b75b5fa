"""The page that searches everything."""

import re
from uuid import UUID

import pytest
from sqlmodel import col, select, update
from starlette.testclient import TestClient

from models.documents.act import Act
from models.tables import AuditEvent, Coverage
from models.values.access import Role
from revcycle.store.session import transaction
from tests.conftest import TODAY
from tests.integration.search.searched_practice import (
    ACCOUNT,
    PAYER_NUMBER,
    STATEMENT_NUMBER,
    TRACE,
    SearchedPractice,
    add_searched_practice,
)
from tests.pages.doors import send_form, sign_in_by_form
from tests.pages.page_examples import HOSTILE, NOON, add_practice
from tests.people import join
from workbench.pages.search import SHOWN_OF_KIND

LINK = re.compile(r'<a class="open" href="([^"]+)"><strong>([^<]*)<')


def practice(url: str, key: str, **names: str) -> SearchedPractice:
    client_id = add_practice(url, key)
    return add_searched_practice(url, Act(client_id, "tester", NOON, TODAY), **names)


@pytest.fixture
def lakeside(database_url: str) -> SearchedPractice:
    """The practice of Ada Wren."""
    return practice(database_url, "lakeside")


def enter(visitor: TestClient, url: str, role: Role, *practices: UUID) -> TestClient:
    sign_in_by_form(visitor, join(url, "ann", [role], practices))
    return visitor


@pytest.fixture
def biller(stranger: TestClient, database_url: str, lakeside: SearchedPractice) -> TestClient:
    """A biller of that practice who has signed in."""
    return enter(stranger, database_url, Role.BILLER, lakeside.client_id)


def found_on(visitor: TestClient, typed: str) -> str:
    """Search the way a browser does, and return the page that shows what was found."""
    answer = send_form(visitor, "/search", "/search", typed=typed)
    assert answer.status_code == 303
    return visitor.get(answer.headers["location"]).text


def test_a_name_is_never_in_an_address_and_back_shows_the_same_again(
    biller: TestClient, lakeside: SearchedPractice
) -> None:
    answer = send_form(biller, "/search", "/search", typed="wren, ada")
    address = answer.headers["location"]
    assert address.startswith("/search?q=")
    assert "wren" not in address.lower()
    for page in (biller.get(address).text, biller.get(address).text):
        assert LINK.findall(page) == [
            (f"/practices/lakeside/patients/{lakeside.patient_id}", "Wren, Ada")
        ]
        assert 'value="wren, ada"' in page


def test_the_address_opens_for_nobody_else(
    biller: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    address = send_form(biller, "/search", "/search", typed="wren").headers["location"]
    biller.cookies.clear()
    sign_in_by_form(biller, join(database_url, "bob", [Role.BILLER], [lakeside.client_id]))
    assert LINK.findall(biller.get(address).text) == []


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        pytest.param(ACCOUNT, "patients/{0.patient_id}", id="account"),
        pytest.param(PAYER_NUMBER, "claims/{0.claim_id}", id="payers-claim-number"),
        pytest.param(STATEMENT_NUMBER, "patients/{0.patient_id}", id="statement"),
    ],
)
def test_a_number_opens_its_record(
    biller: TestClient, lakeside: SearchedPractice, typed: str, place: str
) -> None:
    answer = send_form(biller, "/search", "/search", typed=typed)
    assert answer.headers["location"] == f"/practices/lakeside/{place.format(lakeside)}"


def test_a_trace_number_opens_its_payment_and_a_code_lists_encounters(
    biller: TestClient, lakeside: SearchedPractice
) -> None:
    answer = send_form(biller, "/search", "/search", typed=TRACE.lower())
    assert answer.headers["location"].startswith("/practices/lakeside/remittances/")
    page = found_on(biller, "E11.9")
    assert f"/practices/lakeside/encounters/{lakeside.encounter_id}" in page


def test_while_one_types_a_piece_of_the_page_comes(biller: TestClient) -> None:
    answer = send_form(biller, "/search", "/search/typed", typed="wre")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert [name for _, name in LINK.findall(answer.text)] == ["Wren, Ada"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("w", "Type a little more", id="too-short"),
        pytest.param("zebra", "Nothing is found", id="nothing"),
        pytest.param("", "Names and dates as in", id="empty"),
    ],
)
def test_a_search_that_finds_nothing_says_how_to_search(
    biller: TestClient, typed: str, said: str
) -> None:
    assert said in found_on(biller, typed)


def test_a_poster_sees_the_year_of_birth_only(
    stranger: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    page = found_on(enter(stranger, database_url, Role.POSTER, lakeside.client_id), "wren")
    assert "born 1980" in page
    assert "03/14/1980" not in page


def test_patients_of_another_practice_do_not_exist(biller: TestClient, database_url: str) -> None:
    practice(database_url, "meadow", last_name="Wrenfield", account="B1000", trace="EFT2")
    assert "Wrenfield" not in found_on(biller, "wren")
    for typed in ("B1000", "EFT2"):
        assert LINK.findall(found_on(biller, typed)) == []


def test_a_person_of_a_practice_does_not_search(
    stranger: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    visitor = enter(stranger, database_url, Role.OFFICE_MANAGER, lakeside.client_id)
    assert visitor.get("/search").status_code == 403


def test_many_of_a_kind_are_cut_and_all_can_be_asked_for(
    stranger: TestClient, database_url: str
) -> None:
    keys = [f"practice_{number}" for number in range(SHOWN_OF_KIND + 1)]
    ids = [practice(database_url, key).client_id for key in keys]
    page = found_on(enter(stranger, database_url, Role.BILLER, *ids), "wren")
    assert len(LINK.findall(page)) == SHOWN_OF_KIND
    (everything,) = re.findall(r'href="(/search\?q=[^"]+)">All patients found', page)
    page = stranger.get(everything.replace("&amp;", "&")).text
    assert len(LINK.findall(page)) == len(keys)
    assert "Back to every kind" in page


def test_what_was_shown_is_in_the_trail_and_what_was_typed_is_not(
    biller: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    found_on(biller, "wren, ada")
    with transaction(database_url, lakeside.client_id) as session:
        events = session.exec(
            select(AuditEvent).where(
                AuditEvent.client_id == lakeside.client_id, col(AuditEvent.actor) == "ann"
            )
        ).all()
    told = [f"{one.action} {one.subject_kind} {one.outcome}" for one in events]
    assert "see_search search patient" in told
    assert "wren" not in " ".join(told).lower()


def test_a_hostile_name_and_a_hostile_question_are_only_text(
    stranger: TestClient, database_url: str
) -> None:
    client_id = practice(database_url, "lakeside", first_name=HOSTILE[:35]).client_id
    visitor = enter(stranger, database_url, Role.BILLER, client_id)
    for page in (found_on(visitor, "wren"), found_on(visitor, HOSTILE)):
        assert "<svg" not in page
        assert "<script>" not in page


MEMBER_ID = "XQK900112233"


def insure(url: str, practice: SearchedPractice) -> None:
    """Let the payer know the patient under a number as long as they are."""
    with transaction(url, practice.client_id) as session:
        session.execute(
            update(Coverage)
            .where(
                col(Coverage.client_id) == practice.client_id,
                col(Coverage.patient_id) == practice.patient_id,
            )
            .values(member_id=MEMBER_ID)
        )


def test_a_payers_number_finds_its_patient_for_those_who_may_see_it(
    biller: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    insure(database_url, lakeside)
    answer = send_form(biller, "/search", "/search", typed=MEMBER_ID.lower())
    assert answer.headers["location"].endswith(f"/patients/{lakeside.patient_id}")
    assert MEMBER_ID not in answer.headers["location"]


def test_who_sees_payers_numbers_masked_finds_nobody_by_them(
    stranger: TestClient, database_url: str, lakeside: SearchedPractice
) -> None:
    insure(database_url, lakeside)
    coder = enter(stranger, database_url, Role.CODER, lakeside.client_id)
    assert LINK.findall(found_on(coder, MEMBER_ID)) == []
