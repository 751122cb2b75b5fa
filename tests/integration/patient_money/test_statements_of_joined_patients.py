"""Statements and search after two accounts turned out to be one patient."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session, select

from models.documents.act import Act
from models.documents.finding import Finding, Severity
from models.states.statement import StatementState
from models.tables import (
    Statement,
)
from models.values.money import Money
from revcycle.operations.intake.join_patients import join_patients
from revcycle.operations.statements.draft_statements import DraftCount, draft_statements
from revcycle.operations.statements.release_statements import release_statements
from revcycle.operations.statements.statement_work import update_work
from revcycle.operations.statements.stop_statements import stop_statements
from revcycle.operations.verify.statements import check_statements
from revcycle.rules.statements.delivery import NEEDS_PERSON
from revcycle.store import (
    finding,
    patient_picture,
)
from revcycle.store.session import transaction
from tests.integration.patient_money.test_joined_patients import later
from tests.integration.posting.billing_office import (
    BillingOffice,
)
from tests.integration.statements.practice import POLICY, SENDER, Practice


def joined(practice: Practice, duplicate: UUID, keep: UUID) -> None:
    with transaction(practice.database_url) as session:
        join_patients(session, practice.act, duplicate=duplicate, keep=keep)


def draft_and_release(practice: Practice, act: Act | None = None) -> DraftCount:
    with transaction(practice.database_url) as session:
        count = draft_statements(session, act or practice.act, policy=POLICY)
        ids = [
            row.id for row in session.exec(select(Statement)) if row.state == StatementState.DRAFTED
        ]
        release_statements(session, act or practice.act, ids, sender=SENDER, policy=POLICY)
    return count


@pytest.fixture
def practice(database_url: str, act: Act) -> Practice:
    """A practice whose patients owe after insurance."""
    return Practice(database_url, act)


def statements_of(session: Session, practice: Practice, patient_id: UUID) -> list[int]:
    found = patient_picture.list_statement_facts(
        session, practice.act.client_id, patient_id, limit=9
    )
    return sorted(one.balance.cents for one in found)


def test_statements_of_both_stand_together_and_none_goes_out_for_the_same_balance(
    practice: Practice,
) -> None:
    keep, gone = practice.add_patient("P-1"), practice.add_patient("P-2")
    practice.add_encounter(keep, Money(2_000))
    practice.add_encounter(gone, Money(3_000))
    assert draft_and_release(practice).drafted == 2
    joined(practice, gone, keep)
    assert draft_and_release(practice) == DraftCount(drafted=0, waiting=1, held=0)
    with transaction(practice.database_url) as session:
        assert statements_of(session, practice, keep) == [2_000, 3_000]
        results = check_statements(session, practice.act.client_id)
        assert [one.violations for one in results if one.violations] == []
    after = later(practice.act, date(2026, 12, 28))
    assert draft_and_release(practice, after).drafted == 1
    with transaction(practice.database_url) as session:
        assert statements_of(session, practice, keep) == [2_000, 3_000, 5_000]


def test_a_draft_of_the_duplicate_never_leaves_and_the_next_asks_for_both(
    practice: Practice,
) -> None:
    keep, gone = practice.add_patient("P-1"), practice.add_patient("P-2")
    practice.add_encounter(gone, Money(3_000))
    with transaction(practice.database_url) as session:
        draft_statements(session, practice.act, policy=POLICY)
    practice.add_encounter(keep, Money(2_000))
    joined(practice, gone, keep)
    draft_and_release(practice)
    with transaction(practice.database_url) as session:
        rows = session.exec(select(Statement)).all()
    assert sorted((row.balance.cents, row.state) for row in rows) == [
        (3_000, StatementState.CANCELLED),
        (5_000, StatementState.RELEASED),
    ]


def test_a_stop_of_either_account_stops_the_one_that_goes_on(practice: Practice) -> None:
    keep, gone = practice.add_patient("P-1"), practice.add_patient("P-2")
    practice.add_encounter(keep)
    with transaction(practice.database_url) as session:
        stop_statements(session, practice.act, gone, reason="bankruptcy")
    joined(practice, gone, keep)
    assert draft_and_release(practice) == DraftCount(drafted=0, waiting=1, held=0)


def test_what_held_the_duplicates_statement_waits_for_nobody(practice: Practice) -> None:
    keep, gone = practice.add_patient("P-1"), practice.add_patient("P-2")
    rule = next(iter(NEEDS_PERSON))
    with transaction(practice.database_url) as session:
        update_work(session, practice.act, {gone: [Finding(rule, Severity.ERROR, "email", "none")]})
    office_items = BillingOffice(practice.database_url, practice.act).open_items
    assert office_items() == [rule]
    joined(practice, gone, keep)
    assert office_items() == []


def test_search_finds_the_account_that_goes_on_under_either_number(practice: Practice) -> None:
    keep, gone = practice.add_patient("P-1"), practice.add_patient("P-2", last_name="Quilfeather")
    joined(practice, gone, keep)
    clients = [practice.act.client_id]
    with transaction(practice.database_url) as session:
        by_number = finding.find_patients_by_number(
            session, clients, ["P-2"], sees_member_ids=False, limit=9
        )
        by_name = finding.find_patients_by_name(session, clients, [("quil", "")], None, limit=9)
    assert [one.id for one in by_number] == [keep]
    assert [one.id for one in by_name] == [keep]
