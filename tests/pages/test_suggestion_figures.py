"""How often suggested codes became final, as coders and those who lead them see it."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.tables import Encounter
from models.values.access import Role
from models.values.suggestions import Source
from revcycle.operations.coding.note_suggestions import note_suggestions, settle_suggestions
from revcycle.rules.suggestions.suggest import Suggestion
from revcycle.store.session import transaction
from tests.pages.charts import SERVICE_DATE, add_charts
from tests.pages.coding_desk import acts_of, text_of
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON
from tests.people import hire

PAGE = "/coding/suggestions"


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    """A practice in which one coder completed two charts that had suggestions."""
    client_id = add_charts(database_url, "lakeside", 2)
    complete(database_url, client_id, [("I10", "E119"), ("E119",)])
    return client_id


def complete(url: str, client_id: UUID, finals: Sequence[tuple[str, ...]]) -> None:
    """Suggest two codes for charts, and let ann complete them."""
    act = Act(client_id, "ann", NOON, SERVICE_DATE)
    found = [Suggestion(code, code, 0.5, None, Source.BOOK) for code in ("I10", "E119")]
    with transaction(url, client_id) as session:
        charts = session.exec(select(Encounter.id).where(Encounter.client_id == client_id)).all()
        for chart, final in zip(charts, finals, strict=True):
            note_suggestions(session, act, chart, "", found)
            session.flush()
            settle_suggestions(session, act, chart, final)


def arrive(visitor: TestClient, url: str, login: str, role: Role, practice: UUID) -> TestClient:
    sign_in_by_form(visitor, hire(url, login, role, [practice]))
    return visitor


def test_a_lead_sees_the_shares_and_the_charts_that_they_count(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    tom = arrive(stranger, database_url, "tom", Role.TEAM_LEAD, lakeside)
    page = text_of(tom.get(PAGE).text)
    assert "ann" in page
    assert "33 % 1 of 3" in page
    assert "100 % 3 of 3" in page
    charts = tom.get(PAGE, params={"client": "lakeside", "login": "ann"})
    assert charts.text.count('href="/practices/lakeside/encounters/') == 2
    assert "see_suggested_charts" in acts_of(database_url)


def test_a_coder_sees_the_own_shares_and_not_the_page_of_all(
    stranger: TestClient, database_url: str, lakeside: UUID
) -> None:
    ann = arrive(stranger, database_url, "ann", Role.CODER, lakeside)
    own = text_of(ann.get("/people/me").text)
    assert "Suggested codes in charts completed in these days" in own
    assert "33 % 1 of 3" in own
    assert ann.get(PAGE).status_code == 403


def test_a_practice_without_suggestions_is_told_what_to_do(
    stranger: TestClient, database_url: str
) -> None:
    summit = add_charts(database_url, "summit", 1)
    tom = arrive(stranger, database_url, "tom", Role.TEAM_LEAD, summit)
    assert "No chart with suggestions was completed" in text_of(tom.get(PAGE).text)
    assert tom.get(PAGE, params={"login": "nobody"}).status_code == 200
    assert tom.get(PAGE, params={"page": 9}).status_code == 404
