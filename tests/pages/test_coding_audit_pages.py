"""The panes of auditor and third person, the figures, and what a coder learns."""

import re

import pytest
from starlette.testclient import TestClient

from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from models.values.access import Role
from tests.integration.audit.coding_office import CodingOffice
from tests.pages.audit_desk import KEY, SECRET_CODES, dispute, open_audit
from tests.pages.coding_desk import Form, send, text_of
from tests.pages.doors import send_form, sign_in_by_form
from tests.people import hire

AUDIT_QUEUES = (Queue.CODING_AUDIT, Queue.ADJUDICATION)
CODES: Form = {
    "diagnosis": ["i10", ""],
    "procedure": ["99213", ""],
    "modifiers": ["", ""],
    "units": ["1", ""],
    "pointers": ["1", ""],
    "service_date": ["", ""],
    "revenue_code": ["", ""],
}


@pytest.fixture
def office(database_url: str) -> CodingOffice:
    return open_audit(database_url)


@pytest.fixture
def ida(stranger: TestClient, office: CodingOffice) -> TestClient:
    """An auditor of the practice."""
    person = hire(office.url, "ida", Role.AUDITOR, [office.act.client_id], *AUDIT_QUEUES)
    sign_in_by_form(stranger, person)
    return stranger


def take(visitor: TestClient, queue: Queue) -> str:
    """Take the first item of a queue; return its address."""
    listed = visitor.get(f"/queues/{queue}").text
    found = re.search(rf'href="(/queues/{queue}/{KEY}/[0-9a-f-]{{36}})', listed)
    assert found
    assert send(visitor, found[1], f"{found[1]}/take", {}).status_code == 303
    return found[1]


def test_an_auditor_sees_the_note_and_nothing_of_the_first_coding(ida: TestClient) -> None:
    listed = ida.get("/queues/coding_audit").text
    chart = take(ida, Queue.CODING_AUDIT)
    page = ida.get(chart).text
    assert "Blood pressure is high again." in page
    assert 'id="coding-form"' in page
    case_page = ida.get("/coding/lakeside/audits")
    assert case_page.status_code == 200
    checked = send(ida, chart, f"{chart}/check", CODES).text
    for secret in SECRET_CODES:
        for shown in (listed, page, checked):
            assert secret not in shown


def test_the_rows_of_the_form_are_arranged_and_nothing_is_saved(
    ida: TestClient, office: CodingOffice
) -> None:
    chart = take(ida, Queue.CODING_AUDIT)
    answer = send(ida, chart, f"{chart}/arrange", {**CODES, "change": "more-diagnoses"})
    assert answer.status_code == 200
    assert 'value="i10"' in answer.text
    assert {case.state for case in office.cases()} == {AuditedCaseState.SAMPLED}


def test_a_second_coding_that_differs_goes_to_a_third_person_who_decides(
    ida: TestClient, office: CodingOffice
) -> None:
    chart = take(ida, Queue.CODING_AUDIT)
    answer = send(ida, chart, f"{chart}/complete", {**CODES, "then": "stay"})
    assert answer.status_code == 303
    assert "a third person decides" in text_of(ida.get(answer.headers["location"]).text)
    for secret in SECRET_CODES:
        assert secret not in ida.get(chart).text

    listed = ida.get("/queues/adjudication").text
    found = re.search(rf'href="(/queues/adjudication/{KEY}/[0-9a-f-]{{36}})', listed)
    assert found
    own = text_of(ida.get(found[1]).text)
    assert "You coded or audited this chart yourself" in own
    refused = send(ida, found[1], f"{found[1]}/take", {})
    assert refused.status_code == 422

    tom = hire(office.url, "tom", Role.TEAM_LEAD, [office.act.client_id], *AUDIT_QUEUES)
    sign_in_by_form(ida, tom)
    item = take(ida, Queue.ADJUDICATION)
    page = ida.get(item).text
    assert "20610" in page
    assert "cleo" not in page
    assert "ida" not in re.findall(r"\w+", text_of(page))
    numbers = re.findall(r'name="number" value="(\d+)"', page)
    choices = ["first", *["second"] * (len(numbers) - 1)]
    half: Form = {"number": numbers, "choice": ["", *choices[1:]], "other": [""] * len(numbers)}
    stopped = send(ida, item, f"{item}/decide", {**half, "remark": "Keep this."})
    assert stopped.status_code == 422
    assert "Keep this." in stopped.text
    assert f"open is number {numbers[0]}" in stopped.text
    typed = send(ida, item, f"{item}/decide", {**half, "choice": ["other", *choices[1:]]})
    assert f"type what is right of number {numbers[0]}" in typed.text
    done = send(ida, item, f"{item}/decide", {**half, "choice": choices, "then": "stay"})
    assert done.status_code == 303
    (case,) = [one for one in office.cases() if one.state == AuditedCaseState.DECIDED]
    assert "right is 99213" in case.education
    whole = text_of(ida.get(f"/coding/{KEY}/audits/{case.id}").text)
    assert "right is 99213" in whole
    assert "tom" in whole


def test_a_code_that_cannot_be_read_saves_nothing_and_keeps_what_was_typed(
    ida: TestClient, office: CodingOffice
) -> None:
    chart = take(ida, Queue.CODING_AUDIT)
    answer = send(ida, chart, f"{chart}/complete", {**CODES, "procedure": ["99-213", ""]})
    assert answer.status_code == 422
    assert 'value="99-213"' in answer.text
    stale = send(ida, chart, f"{chart}/complete", {**CODES, "token": "99"})
    assert stale.status_code == 409
    assert {case.state for case in office.cases()} == {AuditedCaseState.SAMPLED}


def test_the_coder_of_a_chart_cannot_take_its_audit(
    stranger: TestClient, office: CodingOffice
) -> None:
    cleo = hire(office.url, "cleo", Role.TEAM_LEAD, [office.act.client_id], *AUDIT_QUEUES)
    sign_in_by_form(stranger, cleo)
    found = re.search(
        rf'href="(/queues/coding_audit/{KEY}/[0-9a-f-]{{36}})',
        stranger.get("/queues/coding_audit").text,
    )
    assert found
    assert "You coded this chart yourself" in stranger.get(found[1]).text
    assert send(stranger, found[1], f"{found[1]}/take", {}).status_code == 422
    nothing = send(stranger, "/", "/next", {"queue": "coding_audit"})
    assert "nothing_left" in nothing.headers["location"]


def test_the_figures_name_their_interval_and_lead_to_the_cases(
    ida: TestClient, office: CodingOffice
) -> None:
    empty = text_of(ida.get(f"/coding/{KEY}/audits?first=2026-01-01&last=2026-01-31").text)
    assert "No chart of these days is in an audit" in empty
    case_id = dispute(office)
    numbers = dict.fromkeys(range(1, 12), "")  # more than there are: what is not open is left alone
    office.decide(numbers, "tom")
    page = ida.get(f"/coding/{KEY}/audits?first=2026-11-01&last=2026-11-30").text
    words = text_of(page)
    assert "cleo" in words
    assert re.search(r"[0-9.]+ % \([0-9.]+ to [0-9.]+\), \d+ of \d+", words)
    assert "Wilson" in words
    assert f"/coding/{KEY}/audits/{case_id}" in page
    assert "Coding audits" in text_of(ida.get("/coding/audits").text)
    waiting = next(one for one in office.cases() if one.state == AuditedCaseState.SAMPLED)
    hidden = ida.get(f"/coding/{KEY}/audits/{waiting.id}").text
    assert "shown when the case is closed" in text_of(hidden)
    assert "20610" not in hidden
    assert ida.get(f"/coding/{KEY}/audits?page=2").status_code == 404


def test_a_coder_reads_what_an_audit_teaches_and_sees_the_own_accuracy(
    stranger: TestClient, office: CodingOffice
) -> None:
    case_id = dispute(office)
    office.decide(dict.fromkeys(range(1, 12), "99213"), "tom")
    cleo = hire(office.url, "cleo", Role.CODER, [office.act.client_id], Queue.CODING)
    sign_in_by_form(stranger, cleo)
    page = stranger.get("/people/me").text
    words = text_of(page)
    assert "Accuracy in audits" in words
    assert "right is 99213" in words
    assert stranger.get(f"/coding/{KEY}/audits").status_code == 403
    answer = send_form(stranger, "/people/me", f"/people/me/education/{KEY}/{case_id}")
    assert answer.status_code in {200, 303}
    (case,) = [one for one in office.cases() if one.id == case_id]
    assert case.education_seen_at is not None
    assert "I have read it" not in stranger.get("/people/me").text
