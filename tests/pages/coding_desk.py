"""A coder at the pages of charts: what tests of coding share."""

import re
from html import unescape
from uuid import UUID

import pytest
from httpx2 import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from models.documents.coding import CodingDocument
from models.states.work_item import Queue
from models.tables import AuditEvent, Encounter, WorkItem
from models.values.access import Role
from revcycle.store import codings
from revcycle.store.session import transaction
from tests.pages.charts import SERVICE_DATE, add_charts
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.people import hire

Form = dict[str, str | list[str]]
SENT = ("I10",)  # intake writes down what the practice coded itself
GOOD: Form = {
    "diagnosis": ["i10", "e11.9", ""],
    "procedure": ["99214", ""],
    "modifiers": ["", ""],
    "units": ["1", ""],
    "pointers": ["1, 2", ""],
    "service_date": ["", ""],
    "revenue_code": ["", ""],
}


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice with two charts to code."""
    return add_charts(database_url, "lakeside", 2)


@pytest.fixture
def ann(stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
    """A coder of the practice."""
    queues = (Queue.CODING, Queue.PROVIDER_QUERY)
    sign_in_by_form(stranger, hire(database_url, "ann", Role.CODER, [lakeside], *queues))
    return stranger


@pytest.fixture
def chart(ann: TestClient) -> str:
    """The address of the chart that the coder has taken."""
    answer = send(ann, "/", "/next", {})
    assert answer.status_code == 303
    return str(answer.headers["location"]).split("?")[0]


def send(visitor: TestClient, page: str, action: str, fields: Form) -> Response:
    """Send a form of a page as the page gave it, with other fields; the answer is not followed."""
    html = visitor.get(page).text
    held = dict(re.findall(r'type="hidden" name="(token|shown)" value="(\w+)"', html))
    data = {**held, **fields, "form_token": form_token_of(html)}
    return visitor.post(action, data=data, follow_redirects=False)


def encounter_of(url: str, chart: str) -> Encounter:
    with transaction(url) as session:
        return session.exec(
            select(Encounter)
            .join(WorkItem, col(WorkItem.subject_id) == Encounter.id)
            .where(WorkItem.id == UUID(chart.rsplit("/", 1)[1]))
        ).one()


def coding_of(url: str, encounter: Encounter) -> CodingDocument:
    with transaction(url) as session:
        return codings.get_coding(session, encounter.client_id, encounter.id, SERVICE_DATE)


def acts_of(url: str) -> list[str]:
    with transaction(url) as session:
        return list(session.exec(select(AuditEvent.action).order_by(col(AuditEvent.id))))


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
