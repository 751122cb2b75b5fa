"""The audit trail as managers and compliance read and export it."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import AuditEvent, StaffTrail
from models.values.access import Role
from models.values.identifiers import new_id
from revcycle.store import work_items
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON, add_practice, items_in, rows_of
from tests.people import join

CLAIM = new_id()


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice where sixty-one things were done today, one of them by a hostile name."""
    client_id = add_practice(database_url, "lakeside", items_in(Queue.CODING, 1))
    with transaction(database_url, client_id) as session:
        for number in range(60):
            act = Act(client_id, "ben", NOON - timedelta(seconds=number), NOON.date())
            record_act(session, client_id, act, "see_claim", "claim", CLAIM)
        hostile = Act(client_id, '=HYPERLINK("x")', NOON, NOON.date())
        record_act(session, client_id, hostile, "assign_codes", "encounter", None)
        act = Act(client_id, "ben", NOON, NOON.date())
        work_items.close_work_items(session, client_id, act, ["coding:5:48:1"], resolution="x")
    return client_id


def exported(visitor: TestClient, address: str) -> list[list[str]]:
    """Read an export as a spreadsheet does."""
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


@pytest.mark.usefixtures("lakeside")
def test_the_trail_has_acts_and_moves_by_page_and_misses_none(visitor: TestClient) -> None:
    page = visitor.get("/audit").text
    assert len(rows_of(page)) == 51
    address = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = rows_of(visitor.get(address).text)
    assert len(rows_of(page)) - 1 + len(second) - 1 == 62
    moves = rows_of(visitor.get("/audit?action=work_item:cancel").text)
    assert [row[1:] for row in moves[1:]] == [
        ["ben", "work_item:cancel", f"work item {_id_of(moves[1])}", "open to cancelled"]
    ]


def _id_of(row: list[str]) -> str:
    return row[3].rsplit(" ", 1)[-1]


@pytest.mark.usefixtures("lakeside")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(f"subject={CLAIM}&actor=ben&client=lakeside&after=", 50, id="all-of-a-claim"),
        pytest.param("actor=nobody", 0, id="of-nobody"),
        pytest.param("action=assign_codes", 1, id="one-action"),
        pytest.param("until=2026-11-19", 0, id="the-day-before"),
    ],
)
def test_filters_narrow_it(visitor: TestClient, query: str, expected: int) -> None:
    rows = rows_of(visitor.get(f"/audit?{query}").text)
    assert max(len(rows) - 1, 0) == expected


def test_an_export_holds_every_line_and_no_formula_and_is_noted_itself(
    visitor: TestClient, database_url: str, lakeside: UUID
) -> None:
    rows = exported(visitor, "/audit.csv")
    assert rows[0][:3] == ["at", "practice", "who"]
    # The export itself is in the trail before it is written.
    assert len(rows) - 1 == 63
    assert [row[2] for row in rows if "HYPERLINK" in row[2]] == ['\'=HYPERLINK("x")']
    with transaction(database_url, lakeside) as session:
        actions = session.exec(
            select(AuditEvent.action).where(AuditEvent.actor == "mia.hill")
        ).all()
    assert actions == ["export_audit_trail"]


def test_the_trail_of_people_shows_sign_ins_and_names_them_by_login(
    visitor: TestClient, database_url: str
) -> None:
    page = visitor.get("/audit?trail=people").text
    assert "mia.hill" in page
    rows = exported(visitor, "/audit.csv?trail=people")
    assert {row[4] for row in rows[1:]} == {"person"}
    with transaction(database_url) as session:
        (noted,) = session.exec(
            select(StaffTrail).where(StaffTrail.action == "export_staff_trail")
        ).all()
    assert noted.actor == "mia.hill"


@pytest.mark.parametrize(
    "query", ["subject=x", "after=x", "after=2026-11-20T17:00:00~x", "trail=x"]
)
def test_an_address_that_nobody_gave_is_not_found(visitor: TestClient, query: str) -> None:
    assert visitor.get(f"/audit?{query}").status_code == 404


def test_compliance_reads_it_and_a_team_lead_does_not(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    sign_in_by_form(stranger, join(database_url, "lea", [Role.TEAM_LEAD], [lakeside]))
    assert stranger.get("/audit").status_code == 403
    assert stranger.get("/audit.csv").status_code == 403
