"""A practice that was asked something, and its office manager, for tests of the portal."""

import re
from uuid import UUID

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from models.documents.coding_policy import AS_WRITTEN
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.connectors.virus_scan import InMemoryScanner
from revcycle.operations.coding.ask_provider import ask_provider
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.store import encounters, work_leases
from revcycle.store.session import transaction
from tests.integration.intake_records import a_record
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.front_desk_office import act_of, add_office, receive
from tests.pages.page_examples import NOON
from tests.people import KEY, join
from workbench.pages.app import create_app

OWN, FOREIGN = "lakeside_family", "summit_cardiology"
QUESTION = "Which knee was it, and was it acute?"
PDF = b"%PDF-1.7 an operative report"
QUERY = r'href="(/portal/queries/[0-9a-f-]{36})"'
BAD = b"something that scanners know"


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice of which a coder asked something, beside another practice."""
    add_office(database_url, FOREIGN)
    client_id = add_office(database_url, OWN)
    receive(database_url, client_id, [a_record(1)])
    ask(database_url, client_id)
    return client_id


def ask(url: str, client_id: UUID, question: str = QUESTION) -> None:
    """Let a coder take the chart and ask the provider."""
    act = act_of(client_id)
    with transaction(url, client_id) as session:
        ids = encounters.list_encounter_ids(session, client_id, EncounterState.REGISTERED)
        queue_encounters(session, act, ids, service_hours=48, policy=AS_WRITTEN)
        item = work_leases.lease_next_work_item(
            session, client_id, Queue.CODING, holder=act.actor, at=act.at
        )
        assert item is not None
        ask_provider(
            session,
            act,
            item.subject_id,
            question=question,
            work_item_id=item.id,
            token=item.lease_token,
        )


@pytest.fixture
def scanned(database_url: str, lakeside: UUID) -> TestClient:
    """An office manager, where a scanner looks at what people send."""
    app = create_app(database_url, key=KEY, now=lambda: NOON, scanner=InMemoryScanner([BAD]))
    visitor = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    sign_in_by_form(visitor, join(database_url, "olaf", [Role.OFFICE_MANAGER], [lakeside]))
    return visitor


@pytest.fixture
def olaf(stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
    """An office manager of the practice."""
    sign_in_by_form(stranger, join(database_url, "olaf", [Role.OFFICE_MANAGER], [lakeside]))
    return stranger


def record_of(item: WorkItem) -> str:
    """Name the page of the encounter that an item is about."""
    return f"/practices/{OWN}/encounters/{item.subject_id}"


def question_of(visitor: TestClient) -> str:
    """Find the address of the first question."""
    match = re.search(QUERY, visitor.get("/portal/queries").text)
    assert match, "no question is listed"
    return match[1]


def answer(visitor: TestClient, address: str, text: str, *files: tuple[str, bytes]) -> Response:
    """Send an answer with files."""
    return visitor.post(
        address,
        data={"form_token": form_token_of(visitor.get("/account").text), "answer": text},
        files=[("files", (name, content)) for name, content in files],
        follow_redirects=False,
    )
