"""Statements on hold: the account, what holds it, and what lets it leave."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Message, Patient
from models.values.access import Role
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.store.session import transaction
from tests.integration.statements.practice import POLICY, Practice
from tests.pages.front_desk_office import act_of, add_office, fill, hire, items_of, take
from tests.people import NOON

KEY = "lakeside_family"
HOSTILE = '"><svg onload=alert(1)>{{7*7}}'


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    return add_office(database_url)


@pytest.fixture
def act(lakeside: UUID) -> Act:
    return replace(act_of(lakeside), at=NOON, today=NOON.date())


@pytest.fixture
def ben(stranger: TestClient, database_url: str, lakeside: UUID, act: Act) -> TestClient:
    """A biller, at a practice with an account that owes 25.00 and has no e-mail address."""
    practice = Practice(database_url, act)
    practice.add_encounter(practice.add_patient(email=""))
    with transaction(database_url, lakeside) as session:
        draft_statements(session, act, policy=POLICY)
    return hire(stranger, database_url, [lakeside], Role.BILLER, Queue.STATEMENT)


@pytest.fixture
def address(ben: TestClient, database_url: str, lakeside: UUID) -> str:
    (item,) = items_of(database_url, lakeside, Queue.STATEMENT)
    return take(ben, KEY, item)


def look(url: str, lakeside: UUID) -> Patient:
    with transaction(url, lakeside) as session:
        return session.exec(select(Patient).where(Patient.account_number == "P-1")).one()


def test_the_account_stands_there_with_what_holds_it(ben: TestClient, address: str) -> None:
    page = ben.get(address).text
    assert "no usable e-mail address" in page
    assert "$25.00" in page
    assert "What the statement would say" in page


def test_an_address_is_corrected_and_the_item_closes(
    ben: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    half = ben.post(f"{address}/correct", data=fill(ben, address, **values(email=HOSTILE)))
    assert "Something still holds the statement" in half.text
    assert "<svg onload" not in half.text
    data = fill(ben, address, **values(email="alma@home.example"), then="list")
    answer = ben.post(f"{address}/correct", data=data, follow_redirects=False)
    assert answer.headers["location"].endswith("said=guarantor_corrected")
    assert look(database_url, lakeside).guarantor_email == "alma@home.example"
    assert items_of(database_url, lakeside, Queue.STATEMENT) == []


def values(**changes: str) -> dict[str, str]:
    """Fill in the form as the account stands, but for some fields."""
    known = {
        "last_name": "Quillfeather",
        "first_name": "Alma",
        "line1": "48 Harrow Lane",
        "city": "Yarmouth",
        "state": "ME",
        "zip_code": "04096",
    }
    return {**known, **changes}


def test_an_account_changed_meanwhile_shows_both_versions(
    ben: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    data = fill(ben, address, **values(email="mine@home.example"))
    with transaction(database_url, lakeside) as session:
        session.exec(select(Patient).where(Patient.account_number == "P-1")).one().email = "t@h.io"
    answer = ben.post(f"{address}/correct", data=data)
    assert answer.status_code == 409
    assert "t@h.io" in answer.text
    assert "mine@home.example" in answer.text


def test_statements_are_stopped_for_a_reason(
    ben: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    wrong = ben.post(f"{address}/stop", data=fill(ben, address, reason="because"))
    assert wrong.status_code == 422
    ben.post(f"{address}/stop", data=fill(ben, address, reason="bankruptcy"))
    assert look(database_url, lakeside).statements_stopped == "bankruptcy"
    assert items_of(database_url, lakeside, Queue.STATEMENT) == []


def test_a_statement_leaves_when_the_gate_lets_it(
    ben: TestClient, address: str, database_url: str, lakeside: UUID
) -> None:
    held = ben.post(f"{address}/release", data=fill(ben, address))
    assert held.status_code == 422
    assert "no usable e-mail address" in held.text
    with transaction(database_url, lakeside) as session:
        session.exec(select(Patient).where(Patient.account_number == "P-1")).one().email = "t@h.io"
    data = fill(ben, address, then="list")
    codes = [
        ben.post(f"{address}/release", data=data, follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert codes == [303, 409]
    with transaction(database_url, lakeside) as session:
        assert session.exec(select(Message.recipient)).all() == ["t@h.io"]
