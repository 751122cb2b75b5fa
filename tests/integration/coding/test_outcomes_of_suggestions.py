"""What was suggested for a chart is noted once, and judged when the chart is completed."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.tables import Client, Encounter, SuggestedCode
from models.values.suggestions import Source, SuggestionOutcome
from revcycle.operations.coding.note_suggestions import note_suggestions, settle_suggestions
from revcycle.rules.suggestions.suggest import Evidence, Suggestion
from revcycle.store.practice_days import Period
from revcycle.store.session import transaction
from revcycle.store.suggested_codes import list_suggested_charts, sum_up_suggestions
from tests.integration.audit.coding_office import CODER, VISIT, CodingOffice, a_coding

FOUND = (
    Suggestion("E119", "Diabetes", 0.9, Evidence(0, 8, "diabetes"), Source.BOOK),
    Suggestion("I119", "Heart disease", 0.5, None, Source.HISTORY),
    Suggestion("I10", "Hypertension", 0.4, None, Source.NEIGHBOUR),
)


@pytest.fixture
def office(database_url: str, act: Act) -> CodingOffice:
    """Two charts wait for a coder."""
    office = CodingOffice(database_url, act)
    office.receive(2)
    return office


def charts_of(office: CodingOffice) -> list[UUID]:
    with transaction(office.url) as session:
        return list(session.exec(select(Encounter.id).order_by(col(Encounter.id))))


def show(
    office: CodingOffice, chart: UUID, *found: Suggestion, model: str = "", days: int = 0
) -> None:
    with transaction(office.url, office.act.client_id) as session:
        note_suggestions(session, office.by(CODER, days=days), chart, model, found or FOUND)


def rows_of(office: CodingOffice) -> list[SuggestedCode]:
    with transaction(office.url) as session:
        return list(
            session.exec(
                select(SuggestedCode).order_by(
                    col(SuggestedCode.shown_at), col(SuggestedCode.encounter_id),
                    col(SuggestedCode.rank),
                )
            )
        )  # fmt: skip


def test_a_list_that_is_shown_again_is_noted_once(office: CodingOffice) -> None:
    chart = charts_of(office)[0]
    show(office, chart)
    show(office, chart, FOUND[2])
    assert [(one.rank, one.code, one.outcome) for one in rows_of(office)] == [
        (1, "E119", SuggestionOutcome.UNDECIDED),
        (2, "I119", SuggestionOutcome.UNDECIDED),
        (3, "I10", SuggestionOutcome.UNDECIDED),
    ]
    assert (rows_of(office)[0].evidence_start, rows_of(office)[0].evidence_end) == (0, 8)


def test_completing_a_chart_says_what_became_of_each_suggestion(office: CodingOffice) -> None:
    for chart in charts_of(office):
        show(office, chart)
    office.code([a_coding("E119", "I10")])
    done = [one for one in rows_of(office) if one.decided_at]
    assert [one.outcome for one in done] == ["accepted", "ignored", "accepted"]
    assert {(one.decided_by, one.final_code_count) for one in done} == {(CODER, 2)}
    others = [one for one in rows_of(office) if not one.decided_at]
    assert {one.outcome for one in others} == {SuggestionOutcome.UNDECIDED}  # the other chart's


def test_figures_count_final_diagnoses_at_their_ranks(office: CodingOffice) -> None:
    for chart in charts_of(office):
        show(office, chart)
    office.code([VISIT, a_coding("E119")])
    period = Period(office.act.today, office.act.today)
    with transaction(office.url, office.act.client_id) as session:
        (figures,) = sum_up_suggestions(session, [office.act.client_id], period)
        charts = list_suggested_charts(
            session, [office.act.client_id], period, CODER, limit=10, offset=0
        )
    assert (figures.login, figures.charts, figures.codes) == (CODER, 2, 3)
    assert (figures.at_first, figures.within_ten) == (2, 3)
    assert sum(one.codes for one in charts) == figures.codes
    assert sum(one.at_first for one in charts) == figures.at_first
    assert sum(one.within_ten for one in charts) == figures.within_ten


def test_the_list_that_was_shown_last_counts(office: CodingOffice) -> None:
    chart = charts_of(office)[0]
    show(office, chart)
    show(office, chart, FOUND[2], FOUND[0], model="b" * 64, days=1)
    with transaction(office.url, office.act.client_id) as session:
        settle_suggestions(session, office.by(CODER, days=1), chart, ["I10"])
    tomorrow = office.act.today + timedelta(days=1)
    with transaction(office.url, office.act.client_id) as session:
        period = Period(tomorrow, tomorrow)
        (figures,) = sum_up_suggestions(session, [office.act.client_id], period)
    assert (figures.charts, figures.at_first, figures.within_ten) == (1, 1, 1)


def test_a_chart_that_is_completed_again_is_judged_anew(office: CodingOffice) -> None:
    chart = charts_of(office)[0]
    show(office, chart)
    for login, final in ((CODER, ["E1165"]), ("cora", ["E119"])):
        with transaction(office.url, office.act.client_id) as session:
            settle_suggestions(session, office.by(login), chart, final)
    first = rows_of(office)[0]
    assert (first.outcome, first.decided_by) == (SuggestionOutcome.ACCEPTED, "cora")


def test_figures_of_another_practice_are_not_counted(office: CodingOffice) -> None:
    other = Client(key="other_practice", name="Other", time_zone="UTC")
    show(office, charts_of(office)[0])
    office.code([VISIT])
    with transaction(office.url) as session:
        session.add(other)
    with transaction(office.url) as session:
        period = Period(office.act.today, office.act.today)
        assert sum_up_suggestions(session, [other.id], period) == []
