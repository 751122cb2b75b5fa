"""A practice whose front desk has work, for tests of the panes, and the people who do it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.encounter import IntakeRecord
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.store import work_items
from revcycle.store.session import transaction
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import NOON, YESTERDAY, add_practice
from tests.people import join

POLICY = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
HIDDEN = re.compile(r'name="(token|seen)" value="([^"]*)"')


def add_office(url: str, key: str = "lakeside_family") -> UUID:
    """Register a practice with payers and a provider."""
    client_id = add_practice(url, key)
    with transaction(url, client_id) as session:
        add_partners(session, client_id)
    return client_id


def act_of(client_id: UUID, actor: str = "tester") -> Act:
    """Act at a practice, a day before noon."""
    return Act(client_id, actor, YESTERDAY, YESTERDAY.date())


def receive(
    url: str, client_id: UUID, records: Iterable[IntakeRecord], content: bytes = b"{}"
) -> UUID:
    """Let a practice send records."""
    act = act_of(client_id)
    kind = "CSV" if content != b"{}" else "FHIR"
    with transaction(url, client_id) as session:
        file = store_inbound_file(
            session, act, source="ehr", kind=kind, name="visits.csv", content=content
        )
        record_encounters(session, act, file.id, list(records), policy=POLICY)
    return file.id


def hire(
    visitor: TestClient, url: str, practices: Iterable[UUID], role: Role, *queues: Queue
) -> TestClient:
    """Let a person sign in who takes work of these queues."""
    ids = list(practices)
    colleague = join(url, "vera", [role], ids)
    for client_id in ids:
        with transaction(url, client_id) as session:
            assign_queues(session, act_of(client_id), colleague.id, queues)
    sign_in_by_form(visitor, colleague, NOON)
    return visitor


def items_of(url: str, client_id: UUID, queue: Queue) -> list[WorkItem]:
    """List what is open in a queue."""
    with transaction(url, client_id) as session:
        return list(work_items.list_open_work_items(session, client_id, queue))


def take(visitor: TestClient, key: str, item: WorkItem) -> str:
    """Take an item; return its address."""
    address = f"/queues/{item.queue}/{key}/{item.id}"
    page = visitor.get(address).text
    answer = visitor.post(
        f"{address}/take", data={"form_token": form_token_of(page)}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return address


def fill(visitor: TestClient, address: str, **fields: str) -> dict[str, str]:
    """Fill in a form of an item's page, with what the page hides in it."""
    page = visitor.get(address).text
    return {"form_token": form_token_of(page), **dict(HIDDEN.findall(page)), **fields}


def replaced(record: IntakeRecord, **changes: object) -> IntakeRecord:
    """Change a record's encounter."""
    assert record.encounter is not None
    return replace(record, encounter=replace(record.encounter, **changes))  # type: ignore[arg-type] # the fields are named by the test
