"""What stands out in codings, as leads and managers see it."""

import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.tables import AuditEvent
from models.values.access import Role
from revcycle.store.session import transaction
from tests.integration.coding.coded_practice import NOTE, TODAY, CodedPractice, two_practices
from tests.pages.coding_desk import text_of
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import add_practice
from tests.people import hire

PAGE = "/coding/lakeside/anomalies"
FIRST_DAY = date(2026, 10, 1)


@pytest.fixture
def lakeside(database_url: str) -> CodedPractice:
    return CodedPractice(database_url, add_practice(database_url, "lakeside"))


@pytest.fixture
def summit(database_url: str) -> UUID:
    return add_practice(database_url, "summit")


@pytest.fixture
def lead(stranger: TestClient, lakeside: CodedPractice, summit: UUID) -> TestClient:
    """A lead of both practices."""
    practices = [lakeside.client_id, summit]
    sign_in_by_form(stranger, hire(lakeside.url, "tom", Role.TEAM_LEAD, practices))
    return stranger


def links_of(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(rf'href="({PAGE}/encounters[^"]+)"', page)]


def test_a_practice_without_codings_says_what_to_do(lead: TestClient) -> None:
    words = text_of(lead.get(PAGE).text)
    assert "too few coded services" in words
    assert "No day has over 16 hours" in words
    assert "No two notes" in text_of(lead.get(f"{PAGE}/notes").text)


def test_a_figure_names_its_sides_and_leads_to_the_encounters_of_both_periods(
    lead: TestClient, lakeside: CodedPractice, summit: UUID
) -> None:
    two_practices(lakeside.url, lakeside.client_id, summit)
    page = lead.get(PAGE).text
    words = text_of(page)
    assert "mean level of 99211 to 99215" in words
    assert "4.70 of 50 visits" in words
    assert "own past: 3.40 of 50 visits" in words
    assert "4 peers: 3.40 of 200 visits" in words
    assert "fraud" not in words.casefold()
    assert "Benjamini" in words
    totals = {text_of(lead.get(link).text).split("÷")[0].split()[-1] for link in links_of(page)}
    assert totals == {"235", "170"}
    behind = lead.get(links_of(page)[0]).text
    assert len(re.findall(r'href="/encounters/[0-9a-f-]{36}"', behind)) == 50
    assert lead.get(f"{links_of(page)[0]}&page=2").status_code == 404
    with transaction(lakeside.url, lakeside.client_id) as session:
        acts = session.exec(select(AuditEvent.action)).all()
    assert acts.count("see_coding_anomalies") == 1 + len(links_of(page)) + 2


def test_a_lead_of_one_practice_is_compared_with_nobody_elsewhere(
    stranger: TestClient, lakeside: CodedPractice, summit: UUID
) -> None:
    two_practices(lakeside.url, lakeside.client_id, summit)
    person = hire(lakeside.url, "una", Role.TEAM_LEAD, [lakeside.client_id])
    sign_in_by_form(stranger, person)
    words = text_of(stranger.get(PAGE).text)
    assert "own past" in words
    assert "peers: 3.40" not in words
    assert stranger.get("/coding/summit/anomalies").status_code == 404


def test_a_full_day_and_notes_alike_lead_to_encounters_and_no_word_of_a_note_is_shown(
    lead: TestClient, lakeside: CodedPractice
) -> None:
    odette = lakeside.hire("1000000001", "Odette")
    lakeside.see(odette, ["97110"] * 28, first=TODAY, units=4, every=80)
    lakeside.see(odette, ["99213", "99213"], first=FIRST_DAY, note=NOTE)
    words = text_of(lead.get(PAGE).text)
    assert "24 h 44 min more than a day has" in words
    notes = lead.get(f"{PAGE}/notes").text
    assert "100 %" in notes
    assert len(re.findall(r'href="/encounters/[0-9a-f-]{36}"', notes)) == 2
    assert "finding1" not in notes
    later = lead.get(f"{PAGE}/notes?first=2026-11-01&last=2026-11-20").text
    assert "No two notes" in text_of(later)


def test_days_the_wrong_way_round_and_strangers_providers_do_no_harm(
    lead: TestClient, lakeside: CodedPractice, summit: UUID
) -> None:
    people = two_practices(lakeside.url, lakeside.client_id, summit)
    assert lead.get(f"{PAGE}?first=2026-11-20&last=2026-11-01").status_code == 200
    assert lead.get(f"{PAGE}?first=0001-01-01&last=2026-11-01").status_code == 200
    of_another = f"{PAGE}/encounters?provider={people['Ada']}&pattern=level&subject=99215"
    assert lead.get(of_another).status_code == 404
    assert lead.get(f"{PAGE}/encounters").status_code == 404


def test_an_auditor_codes_blind_and_sees_no_anomalies(
    stranger: TestClient, lakeside: CodedPractice
) -> None:
    ida = hire(lakeside.url, "ida", Role.AUDITOR, [lakeside.client_id])
    sign_in_by_form(stranger, ida)
    assert stranger.get(PAGE).status_code == 403
    assert PAGE not in stranger.get("/coding/lakeside/audits").text
