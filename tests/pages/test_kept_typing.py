"""What was typed and not saved comes back to whoever typed it, and to nobody else."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.states.work_item import Queue
from models.tables import TypedCodingRow
from models.values.access import Role
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.work.keep_item import give_back_item
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tests.integration.audit.coding_office import CodingOffice
from tests.pages.audit_desk import SECRET_CODES, open_audit
from tests.pages.charts import SERVICE_DATE
from tests.pages.coding_desk import (
    GOOD,
    SENT,
    Form,
    acts_of,
    ann,
    chart,
    coding_of,
    encounter_of,
    lakeside,
    send,
    text_of,
)
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON
from tests.pages.test_coding_audit_pages import AUDIT_QUEUES, CODES, take
from tests.people import hire

__all__ = ["ann", "chart", "lakeside"]  # fixtures
TYPED = {**GOOD, "question": "Which side?"}
BACK = "What you typed stands below, kept from Nov 20, 2026, 12:00 PM EST."


def item_of(chart: str) -> UUID:
    return UUID(chart.rsplit("/", 1)[1])


def kept_by(url: str) -> list[str]:
    with transaction(url) as session:
        return list(session.exec(select(TypedCodingRow.login)))


def lose(url: str, client_id: UUID, chart: str, *, to: str = "") -> None:
    """Let the lease run out; somebody else may take the item."""
    later = NOON + timedelta(minutes=work_leases.LEASE_MINUTES, seconds=1)
    with transaction(url, client_id) as session:
        work_leases.free_expired_leases(session, [client_id], later)
        if to:
            work_leases.lease_work_item(session, client_id, item_of(chart), holder=to, at=later)


def test_a_closed_page_loses_nothing_and_the_chart_stays_as_it_is(
    ann: TestClient, chart: str, database_url: str
) -> None:
    for _ in range(2):  # one types on
        said = send(ann, chart, f"{chart}/typed", TYPED)
        assert said.status_code == 200
        assert "Kept for you alone from Nov 20, 2026, 12:00 PM EST" in text_of(said.text)
    assert coding_of(database_url, encounter_of(database_url, chart)).diagnoses == SENT
    page = ann.get(chart).text
    assert BACK in text_of(page)
    for typed in ('value="e11.9"', 'value="99214"', "Which side?</textarea>"):
        assert typed in page
    assert "data-unsaved" not in page
    assert acts_of(database_url).count("keep_typed_codes") == 1


def test_what_is_saved_already_needs_no_words(ann: TestClient, chart: str) -> None:
    assert send(ann, chart, f"{chart}/typed", {"diagnosis": ["i10"]}).status_code == 200
    assert "kept from" not in ann.get(chart).text


def test_a_lost_chart_is_typed_on_when_it_is_taken_again(
    ann: TestClient, chart: str, database_url: str, lakeside: UUID
) -> None:
    send(ann, chart, f"{chart}/typed", TYPED)
    lose(database_url, lakeside, chart, to="ben")
    late = send(ann, chart, f"{chart}/typed", {**TYPED, "token": "1"})
    assert late.status_code == 409
    assert "the item is not in your hands any more" in late.text
    page = ann.get(chart).text
    assert "What you typed is kept from" in page
    assert "e11.9" not in page
    with transaction(database_url, lakeside) as session:
        give_back_item(session, Act(lakeside, "ben", NOON, NOON.date()), item_of(chart))
    assert send(ann, chart, f"{chart}/take", {}).status_code == 303
    assert BACK in text_of(ann.get(chart).text)


def test_a_chart_that_somebody_changed_meanwhile_shows_both_versions(
    ann: TestClient, chart: str, database_url: str, lakeside: UUID
) -> None:
    send(ann, chart, f"{chart}/typed", TYPED)
    encounter = encounter_of(database_url, chart)
    coding = CodingDocument(("J069",), (CodedService("99213", (1,)),), SERVICE_DATE)
    with transaction(database_url, lakeside) as session:
        ben = Act(lakeside, "ben", NOON, NOON.date())
        assign_codes(session, ben, encounter.id, coding, AS_WRITTEN)
    text = text_of(ann.get(chart).text)
    assert BACK in text
    assert "Diagnosis 1 J06.9 I10" in text
    assert "Service 1 99213; 1 unit(s); for 1 99214; 1 unit(s); for 1, 2" in text
    assert send(ann, chart, f"{chart}/complete", GOOD).status_code == 303
    assert coding_of(database_url, encounter).diagnoses == ("I10", "E119")


def test_nobody_else_is_shown_what_a_coder_typed(
    ann: TestClient, chart: str, database_url: str, lakeside: UUID
) -> None:
    send(ann, chart, f"{chart}/typed", TYPED)
    lose(database_url, lakeside, chart)
    sign_in_by_form(ann, hire(database_url, "ben", Role.CODER, [lakeside], Queue.CODING))
    assert send(ann, chart, f"{chart}/take", {}).status_code == 303
    page = ann.get(chart).text
    assert "kept from" not in page
    assert "Which side?</textarea>" not in page
    assert kept_by(database_url) == ["ann"]


@pytest.mark.parametrize("act", ["complete", "draft", "ask"])
def test_saving_leaves_nothing_kept(
    ann: TestClient, chart: str, database_url: str, act: str
) -> None:
    send(ann, chart, f"{chart}/typed", TYPED)
    assert kept_by(database_url) == ["ann"]
    assert send(ann, chart, f"{chart}/{act}", TYPED).status_code == 303
    assert kept_by(database_url) == []


def test_what_was_kept_is_thrown_away_by_a_button_pressed_twice(
    ann: TestClient, chart: str, database_url: str
) -> None:
    send(ann, chart, f"{chart}/typed", TYPED)
    for _ in range(2):
        assert send(ann, chart, f"{chart}/forget", {}).status_code == 303
    assert kept_by(database_url) == []
    assert "kept from" not in ann.get(chart).text


def test_a_second_coding_comes_back_to_its_auditor_and_shows_nothing_of_the_first(
    stranger: TestClient, database_url: str
) -> None:
    office: CodingOffice = open_audit(database_url)
    client_id = office.act.client_id
    sign_in_by_form(stranger, hire(office.url, "ida", Role.AUDITOR, [client_id], *AUDIT_QUEUES))
    item = take(stranger, Queue.CODING_AUDIT)
    assert send(stranger, item, f"{item}/typed", CODES).status_code == 200
    page = stranger.get(item).text
    assert BACK in text_of(page)
    assert 'value="99213"' in page
    assert not any(secret in page for secret in SECRET_CODES)
    assert send(stranger, item, f"{item}/complete", CODES).status_code == 303
    assert kept_by(office.url) == []

    sign_in_by_form(stranger, hire(office.url, "tom", Role.TEAM_LEAD, [client_id], *AUDIT_QUEUES))
    item = take(stranger, Queue.ADJUDICATION)
    numbers = re.findall(r'name="number" value="(\d+)"', stranger.get(item).text)
    fields: Form = {
        "number": numbers,
        "choice": ["second", *[""] * (len(numbers) - 1)],
        "other": [""] * len(numbers),
        "remark": "Look at the laterality.",
    }
    assert send(stranger, item, f"{item}/typed", fields).status_code == 200
    page = stranger.get(item).text
    assert BACK in text_of(page)
    assert "Look at the laterality." in page
    assert '<option value="second" selected>' in page
