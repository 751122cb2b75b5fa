"""Finding records over several practices, on both databases."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.act import Act
from models.documents.search import FoundKind
from models.tables import AuditEvent, Client, OutboundFile
from revcycle.operations.search.find_records import FoundGroup, find_records
from revcycle.operations.search.read_question import read_question
from revcycle.store.session import across, transaction
from tests.conftest import NOON, TODAY
from tests.integration.search.searched_practice import (
    ACCOUNT,
    CHART_NUMBER,
    PAYER_NUMBER,
    STATEMENT_NUMBER,
    TRACE,
    SearchedPractice,
    add_searched_practice,
)


def add_practice(url: str, key: str) -> Act:
    client = Client(key=key, name=key.title(), time_zone="America/New_York")
    with transaction(url) as session:
        session.add(client)
    return Act(client.id, "tester", NOON, TODAY)


@pytest.fixture
def wren(either_database_url: str) -> SearchedPractice:
    """The practice of Ada Wren."""
    return add_searched_practice(either_database_url, add_practice(either_database_url, "lake"))


@pytest.fixture
def wrenfield(either_database_url: str) -> SearchedPractice:
    """Another practice, where Étienne McWrenfield goes."""
    return add_searched_practice(
        either_database_url,
        add_practice(either_database_url, "hill"),
        last_name="McWrenfield",
        first_name="Étienne",
        account="A00090002",
        trace="EFT900124",
    )


def found(
    url: str, typed: str, practices: Sequence[UUID], kinds: Sequence[FoundKind] = tuple(FoundKind)
) -> list[FoundGroup]:
    act = Act(practices[0], "biller", NOON, TODAY)
    with across(url, practices) as session:
        question = read_question(typed)
        return find_records(session, practices, question, act, limit=8, kinds=kinds)


def ids_of(groups: Sequence[FoundGroup], kind: FoundKind) -> set[UUID]:
    return {one.id for group in groups if group.kind is kind for one in group.records}


def patients_found(url: str, typed: Sequence[str], practice: UUID) -> dict[str, set[UUID]]:
    """Search for each text; one database for all of them keeps this quick."""
    return {one: ids_of(found(url, one, [practice]), FoundKind.PATIENT) for one in typed}


def test_a_patient_is_found_by_name_birth_date_or_number(
    either_database_url: str, wren: SearchedPractice
) -> None:
    typed = (
        *("Wren, Ada", "ada wren", "WREN", "wr", "ada", "wren 3/14/1980", "3/14/1980"),
        *(ACCOUNT, f" {ACCOUNT.lower()} ", CHART_NUMBER, CHART_NUMBER.lower()),
    )
    answers = patients_found(either_database_url, typed, wren.client_id)
    assert answers == {one: {wren.patient_id} for one in typed}


def test_capitals_inside_a_name_and_marks_do_not_matter(
    either_database_url: str, wrenfield: SearchedPractice
) -> None:
    typed = ("étienne", "Étienne", "mcwren", "McWrenfield, É")
    answers = patients_found(either_database_url, typed, wrenfield.client_id)
    assert answers == {one: {wrenfield.patient_id} for one in typed}


def test_who_is_not_meant_is_not_found(either_database_url: str, wren: SearchedPractice) -> None:
    typed = ("wrenn", "wren, bob", "wren 3/15/1980", "A0009", "%", "wren_")
    answers = patients_found(either_database_url, typed, wren.client_id)
    assert answers == {one: set() for one in typed}


def test_a_claim_is_found_by_our_numbers_and_the_payers(
    either_database_url: str, wren: SearchedPractice
) -> None:
    for typed in (wren.control_number, f"{wren.control_number}01", PAYER_NUMBER):
        (group,) = found(either_database_url, typed, [wren.client_id])
        assert group.is_exact
        assert ids_of([group], FoundKind.CLAIM) == {wren.claim_id}


def test_payments_statements_and_files_are_found_by_their_numbers(
    either_database_url: str, wren: SearchedPractice
) -> None:
    with transaction(either_database_url, wren.client_id) as session:
        file = session.exec(
            select(OutboundFile).where(OutboundFile.client_id == wren.client_id)
        ).one()
        file_id, name, number = file.id, file.name, file.control_number
    expected = {
        TRACE: FoundKind.REMITTANCE,
        STATEMENT_NUMBER: FoundKind.STATEMENT,
        name: FoundKind.FILE,
        f"{number:09d}": FoundKind.FILE,
    }
    for typed, kind in expected.items():
        (group,) = found(either_database_url, typed, [wren.client_id])
        assert (group.kind, group.is_exact, len(group.records)) == (kind, True, 1)
        if kind is FoundKind.FILE:
            assert group.records[0].id == file_id


def test_a_code_leads_to_the_encounters_that_have_it(
    either_database_url: str, wren: SearchedPractice
) -> None:
    for typed in ("E11.9", "e119", "99213"):
        (group,) = found(either_database_url, typed, [wren.client_id])
        assert not group.is_exact
        assert ids_of([group], FoundKind.ENCOUNTER) == {wren.encounter_id}


def test_every_practice_of_the_person_is_searched_and_no_other(
    either_database_url: str, wren: SearchedPractice, wrenfield: SearchedPractice
) -> None:
    both = [wren.client_id, wrenfield.client_id]
    in_both = ids_of(found(either_database_url, "3/14/1980", both), FoundKind.PATIENT)
    assert in_both == {wren.patient_id, wrenfield.patient_id}
    for typed in ("3/14/1980", PAYER_NUMBER, STATEMENT_NUMBER, "99213", wrenfield.control_number):
        for group in found(either_database_url, typed, [wren.client_id]):
            assert {one.client_id for one in group.records} == {wren.client_id}


def test_the_trail_of_each_practice_says_what_kinds_were_shown_and_not_what_was_typed(
    either_database_url: str, wren: SearchedPractice, wrenfield: SearchedPractice
) -> None:
    both = [wren.client_id, wrenfield.client_id]
    found(either_database_url, "wren, ada", both)
    for client_id, expected in ((wren.client_id, ["patient"]), (wrenfield.client_id, [])):
        with transaction(either_database_url, client_id) as session:
            told = session.exec(
                select(AuditEvent).where(
                    AuditEvent.client_id == client_id, col(AuditEvent.action) == "see_search"
                )
            ).all()
            assert [one.outcome for one in told] == expected


def test_only_the_kind_that_is_wanted_is_shown(
    either_database_url: str, wren: SearchedPractice
) -> None:
    groups = found(either_database_url, "99213", [wren.client_id], [FoundKind.CLAIM])
    assert groups == []
