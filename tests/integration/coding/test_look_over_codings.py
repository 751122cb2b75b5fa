"""What stands out in the codings of a practice, asked of the database."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from models.documents.coding_mix import Asked
from models.states.encounter import EncounterState
from models.values.anomalies import Against, Pattern
from revcycle.operations.coding.find_anomalies import (
    FoundAnomalies,
    choose_days,
    days_before,
    list_encounters_behind,
    list_notes_to_compare,
    look_over_codings,
)
from revcycle.rules.anomalies.copied_notes import find_copied_notes
from revcycle.store.session import reading
from tests.integration.coding.coded_practice import NOTE, TODAY, CodedPractice, two_practices
from tests.pages.page_examples import add_practice

DAYS = choose_days(TODAY)


@pytest.fixture
def lakeside(either_database_url: str) -> CodedPractice:
    return CodedPractice(either_database_url, add_practice(either_database_url, "lakeside"))


@pytest.fixture
def summit(either_database_url: str) -> UUID:
    return add_practice(either_database_url, "summit")


def look(practice: CodedPractice, *others: UUID) -> FoundAnomalies:
    client_ids = [practice.client_id, *others]
    with reading(practice.url, client_ids) as session:
        return look_over_codings(session, practice.client_id, client_ids, DAYS)


def test_the_days_before_are_as_many_and_end_where_the_days_begin() -> None:
    earlier = days_before(DAYS)
    assert earlier.last == DAYS.first - timedelta(days=1)
    assert earlier.last - earlier.first == DAYS.last - DAYS.first


def test_a_shift_of_levels_is_found_and_its_encounters_sum_to_it(
    lakeside: CodedPractice, summit: UUID
) -> None:
    odette = two_practices(lakeside.url, lakeside.client_id, summit)["Odette"]
    found = look(lakeside, summit)
    asked = Asked(odette, Pattern.LEVEL, "99215")
    assert {one.comparison.asked for one in found.anomalies} == {asked}
    assert {one.comparison.against for one in found.anomalies} == set(Against)
    for one in found.anomalies:
        assert (one.own, one.other, one.own_count) == (Fraction(47, 10), Fraction(34, 10), 50)
    with reading(lakeside.url, [lakeside.client_id]) as session:
        behind = list_encounters_behind(session, lakeside.client_id, asked, DAYS)
        services = Asked(odette, Pattern.SERVICES)
        each = list_encounters_behind(session, lakeside.client_id, services, DAYS)
    assert len(behind) == 50
    assert sum(sum(one.values) for one in behind) / Decimal(50) == Decimal("4.7")
    assert [one.day for one in behind] == sorted((one.day for one in behind), reverse=True)
    assert {one.values for one in each} == {(Decimal(1),)}


def test_peers_are_taken_only_from_practices_that_the_reader_may_see(
    lakeside: CodedPractice, summit: UUID
) -> None:
    people = two_practices(lakeside.url, lakeside.client_id, summit)
    alone = look(lakeside)
    assert {one.comparison.against for one in alone.anomalies} == {Against.PAST}
    assert [one.id for one in alone.providers] == [people["Odette"]]
    with reading(lakeside.url, [lakeside.client_id]) as session:
        asked = Asked(people["Ada"], Pattern.LEVEL, "99215")
        assert list_encounters_behind(session, lakeside.client_id, asked, DAYS) == []


def test_only_codings_that_stand_are_counted(lakeside: CodedPractice) -> None:
    provider = lakeside.hire("1000000001", "Odette")
    lakeside.see(provider, ["99213"] * 40, first=DAYS.first, state=EncounterState.VOIDED)
    lakeside.see(provider, ["97110"] * 40, first=TODAY, units=9, state=EncounterState.CODING)
    found = look(lakeside)
    assert (found.asked, found.anomalies, found.full_days) == (0, (), ())


def test_a_day_with_more_treatment_than_hours_is_found_with_its_encounters(
    lakeside: CodedPractice,
) -> None:
    provider = lakeside.hire("1000000001", "Odette")
    lakeside.see(provider, ["97110"] * 28, first=TODAY, units=4, every=80)
    (day,) = look(lakeside).full_days
    assert (day.provider_id, day.day, day.is_impossible) == (provider, TODAY, True)
    assert day.minutes == 28 * 53
    assert len(day.encounters) == 28


def test_a_note_without_an_author_is_the_providers(lakeside: CodedPractice) -> None:
    odette, rose = lakeside.hire("1000000001", "Odette"), lakeside.hire("1000000002", "Rose")
    lakeside.see(odette, ["99213", "99213"], first=DAYS.first, note=NOTE)
    lakeside.see(rose, ["99213"], first=DAYS.first, note=NOTE)
    with reading(lakeside.url, [lakeside.client_id]) as session:
        notes = list_notes_to_compare(session, lakeside.client_id, DAYS)
    (pair,) = find_copied_notes(notes)
    assert (pair.writer, pair.share) == ("Odette", Fraction(1))
