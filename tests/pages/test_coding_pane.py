"""Coding on a page: what is typed, refused, kept, lost to nobody, asked and finished."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.billing_code import BillingCodeDocument
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.documents.staff_act import StaffAct
from models.states.encounter import EncounterState
from models.tables import Encounter, WorkItemNote
from models.values.access import Role
from models.values.billing_codes import CodeSystem
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.load_codes import load_codes
from revcycle.settings import settings
from revcycle.store import work_leases
from revcycle.store.session import transaction
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
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import HOSTILE, NOON
from tests.people import join

__all__ = ["ann", "chart", "lakeside"]  # fixtures


def test_a_chart_is_coded_and_completed_and_the_next_one_comes(
    ann: TestClient, chart: str, database_url: str
) -> None:
    answer = send(ann, chart, f"{chart}/complete", {**GOOD, "then": "next"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("?said=next")
    assert answer.headers["location"].split("?")[0] != chart
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODED
    assert coding_of(database_url, encounter).diagnoses == ("I10", "E119")
    assert {"see_coding", "assign_codes", "complete_coding"} <= set(acts_of(database_url))


def test_a_finding_that_stops_says_where_and_what_is_allowed_and_keeps_what_was_typed(
    ann: TestClient, chart: str, database_url: str
) -> None:
    answer = send(ann, chart, f"{chart}/complete", {**GOOD, "diagnosis": ["E11", "J06.9"]})
    assert answer.status_code == 422
    text = text_of(answer.text)
    assert "Nothing was saved, and what you typed is still here." in text
    assert "Diagnosis 1 : E11 lacks detail: more characters are needed, such as E11.00" in text
    assert 'value="J06.9"' in answer.text
    assert 'href="#diagnosis-1"' in answer.text
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODING
    assert coding_of(database_url, encounter).diagnoses == SENT


TWICE: Form = {
    **GOOD,
    "procedure": ["99214", "99214"],
    "pointers": ["1", "1"],
}


def test_a_warning_asks_for_a_tick_and_keeps_the_reason(
    ann: TestClient, chart: str, database_url: str
) -> None:
    refused = send(ann, chart, f"{chart}/complete", TWICE)
    assert refused.status_code == 422
    mark = re.search(r'name="accepted" value="(\w+)"', refused.text)
    assert mark
    ticked = {**TWICE, "accepted": mark[1], "why_accepted": "Two separate visits that day"}
    assert send(ann, chart, f"{chart}/complete", ticked).status_code == 303
    assert "accept_warning" in acts_of(database_url)
    with transaction(database_url) as session:
        notes = session.exec(select(WorkItemNote.text)).all()
    assert notes == ["Two separate visits that day"]


def test_a_tick_accepts_no_other_warning(ann: TestClient, chart: str) -> None:
    fields = {**TWICE, "accepted": "0" * 16}
    assert send(ann, chart, f"{chart}/complete", fields).status_code == 422


def test_findings_come_while_one_types_and_save_nothing(
    ann: TestClient, chart: str, database_url: str
) -> None:
    answer = send(ann, chart, f"{chart}/check", {**GOOD, "pointers": ["9", ""]})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Service 1, diagnoses it was for : one to 4 different diagnoses" in text_of(answer.text)
    fine = send(ann, chart, f"{chart}/check", GOOD)
    assert "Nothing stops these codes." in fine.text
    assert coding_of(database_url, encounter_of(database_url, chart)).diagnoses == SENT


def test_a_draft_is_kept_even_if_it_cannot_be_billed_yet(
    ann: TestClient, chart: str, database_url: str
) -> None:
    fields = {**GOOD, "diagnosis": ["E11"], "pointers": ["", ""]}
    assert send(ann, chart, f"{chart}/draft", fields).status_code == 303
    encounter = encounter_of(database_url, chart)
    assert encounter.state == EncounterState.CODING
    assert coding_of(database_url, encounter).diagnoses == ("E11",)
    page = ann.get(chart).text
    assert 'value="E11"' in page
    assert "lacks detail" in page
    assert "keep_coding_draft" in acts_of(database_url)


def somebody_codes(url: str, encounter: Encounter) -> None:
    """Let a colleague change the codes meanwhile."""
    act = Act(encounter.client_id, "ben", NOON, NOON.date())
    coding = CodingDocument(("J069",), (CodedService("99213", (1,)),), SERVICE_DATE)
    with transaction(url, encounter.client_id) as session:
        assign_codes(session, act, encounter.id, coding, AS_WRITTEN)


def test_codes_that_somebody_changed_are_shown_beside_mine_which_can_then_be_kept(
    ann: TestClient, chart: str, database_url: str
) -> None:
    page = ann.get(chart).text
    encounter = encounter_of(database_url, chart)
    somebody_codes(database_url, encounter)
    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', page))
    conflict = ann.post(f"{chart}/complete", data={**held, **GOOD})
    assert conflict.status_code == 409
    text = text_of(conflict.text)
    assert "Diagnosis 1 J06.9 I10" in text
    assert "Diagnosis 2 nothing E11.9" in text
    assert "Service 1 99213; 1 unit(s); for 1 99214; 1 unit(s); for 1, 2" in text
    assert 'value="e11.9"' in conflict.text
    assert coding_of(database_url, encounter).diagnoses == ("J069",)

    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', conflict.text))
    kept = ann.post(f"{chart}/complete", data={**held, **GOOD}, follow_redirects=False)
    assert kept.status_code == 303
    assert coding_of(database_url, encounter).diagnoses == ("I10", "E119")


def test_a_change_is_noticed_even_after_rows_were_moved(
    ann: TestClient, chart: str, database_url: str
) -> None:
    page = ann.get(chart).text
    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', page))
    somebody_codes(database_url, encounter_of(database_url, chart))
    moved = ann.post(f"{chart}/arrange", data={**held, **GOOD, "change": "down:1"}).text
    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', moved))
    assert ann.post(f"{chart}/complete", data={**held, **GOOD}).status_code == 409


def test_whoever_lost_the_chart_changes_nothing_and_still_sees_what_was_typed(
    ann: TestClient, chart: str, database_url: str, lakeside: UUID
) -> None:
    page = ann.get(chart).text
    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', page))
    later = NOON + timedelta(minutes=work_leases.LEASE_MINUTES, seconds=1)
    with transaction(database_url, lakeside) as session:
        work_leases.free_expired_leases(session, [lakeside], later)
        work_leases.lease_work_item(
            session, lakeside, UUID(chart.rsplit("/", 1)[1]), holder="ben", at=later
        )
    for act in ("complete", "draft", "ask"):
        data = {**held, **GOOD, "question": "Which side?"}
        answer = ann.post(f"{chart}/{act}", data=data)
        assert answer.status_code == 409, act
        assert "What you typed stands below and is not saved." in answer.text
        assert "e11.9" in answer.text
    encounter = encounter_of(database_url, chart)
    assert coding_of(database_url, encounter).diagnoses == SENT
    assert encounter.state == EncounterState.CODING


def test_a_double_click_completes_once(ann: TestClient, chart: str, database_url: str) -> None:
    page = ann.get(chart).text
    held = dict(re.findall(r'name="(token|shown|form_token)" value="(\w+)"', page))
    codes = [
        ann.post(f"{chart}/complete", data={**held, **GOOD}, follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert codes == [303, 409]
    assert acts_of(database_url).count("complete_coding") == 1


def test_a_finished_chart_is_read_only_and_says_why(ann: TestClient, chart: str) -> None:
    send(ann, chart, f"{chart}/complete", GOOD)
    page = ann.get(chart).text
    assert "The codes cannot be changed here." in page
    assert "E11.9" in page
    assert "/complete" not in page


@pytest.mark.parametrize(
    ("change", "diagnoses", "pointers"),
    [
        pytest.param("down:1", ["e11.9", "i10"], "2, 1", id="moved-down-services-follow"),
        pytest.param("up:2", ["e11.9", "i10"], "2, 1", id="moved-up"),
        pytest.param("drop-diagnosis:1", ["e11.9"], "1", id="removed"),
        pytest.param("more-diagnoses", ["i10", "e11.9"], "1, 2", id="one-more-row"),
        pytest.param("", ["i10", "e11.9"], "1, 2", id="enter"),
        pytest.param("up:x", ["i10", "e11.9"], "1, 2", id="nonsense"),
        pytest.param("nothing:1", ["i10", "e11.9"], "1, 2", id="a-word-of-nobody"),
    ],
)
def test_rows_move_without_a_script_and_nothing_is_saved(
    ann: TestClient,
    chart: str,
    database_url: str,
    change: str,
    diagnoses: list[str],
    pointers: str,
) -> None:
    answer = send(ann, chart, f"{chart}/arrange", {**GOOD, "change": change})
    assert answer.status_code == 200
    typed = re.findall(r'name="diagnosis" type="text" value="([^"]*)"', answer.text)
    assert typed == [*diagnoses, ""]
    assert f'name="pointers" type="text" value="{pointers}"' in answer.text
    assert coding_of(database_url, encounter_of(database_url, chart)).diagnoses == SENT


def test_a_service_is_removed(ann: TestClient, chart: str) -> None:
    answer = send(ann, chart, f"{chart}/arrange", {**GOOD, "change": "drop-service:1"})
    assert 'value="99214"' not in answer.text


def test_a_code_of_the_practice_is_taken_over_by_a_click_and_never_by_itself(
    ann: TestClient, chart: str
) -> None:
    page = ann.get(chart).text
    assert "44054006" in page
    assert 'value="take-diagnosis:44054006"' not in page  # SNOMED is not billed
    dropped = send(ann, chart, f"{chart}/arrange", {"change": "drop-diagnosis:1"}).text
    assert 'name="diagnosis" type="text" value="I10"' not in dropped
    taken = send(ann, chart, f"{chart}/arrange", {"change": "take-diagnosis:I10"}).text
    assert 'name="diagnosis" type="text" value="I10"' in taken
    service = send(ann, chart, f"{chart}/arrange", {"change": "take-procedure:93000"}).text
    assert 'name="procedure" type="text" value="93000"' in service


def test_titles_are_those_of_the_date_of_service(
    ann: TestClient, chart: str, database_url: str
) -> None:
    next_year = SERVICE_DATE + timedelta(days=300)
    lists = {
        CodeSystem.ICD10CM: ("I10", "Pressure", "Pressure of next year"),
        CodeSystem.HCPCS: ("G0101", "Check of today", "Check of next year"),
    }
    with transaction(database_url) as session:
        for system, (code, title, later) in lists.items():
            periods = [
                BillingCodeDocument(system, code, title, date(2020, 1, 1), SERVICE_DATE),
                BillingCodeDocument(system, code, later, next_year),
            ]
            list(load_codes(session, StaffAct("tester", NOON), system, periods))
    typed = {**GOOD, "diagnosis": ["I10"], "procedure": ["G0101"]}
    text = text_of(send(ann, chart, f"{chart}/arrange", {**typed, "change": ""}).text)
    assert "Pressure" in text
    assert "Check of today" in text
    assert "of next year" not in text


def test_our_words_for_procedures_can_be_taken_out(
    ann: TestClient, chart: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def text() -> str:
        settings.cache_clear()
        return text_of(send(ann, chart, f"{chart}/arrange", {**GOOD, "change": ""}).text)

    assert "established patient visit, moderate" in text()
    monkeypatch.setenv("REVCYCLE_DEMO_WORDS", "false")
    assert "established patient visit, moderate" not in text()


def test_hostile_text_in_every_field_is_shown_as_text(ann: TestClient, chart: str) -> None:
    fields: Form = {name: [HOSTILE] for name in GOOD}
    fields |= {"question": HOSTILE, "why_accepted": HOSTILE, "accepted": [HOSTILE]}
    for act in ("complete", "draft", "ask", "arrange", "check"):
        answer = send(ann, chart, f"{chart}/{act}", {**fields, "change": HOSTILE})
        assert answer.status_code in {200, 422}
        assert "<svg" not in answer.text
        assert "<script>" not in answer.text
        assert "49" not in re.findall(r'value="([^"]*)"', answer.text)


def test_twentyfive_diagnoses_and_sixty_services_are_kept(
    ann: TestClient, chart: str, database_url: str
) -> None:
    diagnoses = [f"M54.{number}" for number in (2, 6)] + [f"Z{20 + n}.{n % 9}" for n in range(23)]
    fields: Form = {
        "diagnosis": diagnoses,
        "procedure": [f"99{213 + number % 3}" for number in range(60)],
        "modifiers": [""] * 60,
        "units": [str(number + 1) for number in range(60)],
        "pointers": [str(number % 25 + 1) for number in range(60)],
        "service_date": [""] * 60,
        "revenue_code": [""] * 60,
    }
    assert send(ann, chart, f"{chart}/draft", fields).status_code == 303
    coding = coding_of(database_url, encounter_of(database_url, chart))
    assert (len(coding.diagnoses), len(coding.services)) == (25, 60)
    page = ann.get(chart).text
    assert len(re.findall('class="service"', page)) == 61


def test_a_compliance_officer_reads_and_changes_nothing(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    sign_in_by_form(stranger, join(database_url, "ida", [Role.COMPLIANCE], [lakeside]))
    listed = stranger.get("/queues/coding").text
    found = re.search(r'href="(/queues/coding/lakeside/[0-9a-f-]{36})', listed)
    assert found
    page = stranger.get(found[1]).text
    assert "Codes as the practice sent them" in page
    assert 'id="coding-form"' not in page
    data = {"form_token": form_token_of(page), "token": "0"}
    for act in ("complete", "draft", "ask", "check", "arrange"):
        assert stranger.post(f"{found[1]}/{act}", data=data).status_code == 403
    assert "see_coding" in acts_of(database_url)
