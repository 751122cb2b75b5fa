"""Accounts whose statements do not leave: corrected, stopped, and let go."""

from typing import Any

import pytest
from sqlmodel import select

from models.errors import RejectedError
from models.states.statement import StatementState
from models.states.work_item import Queue
from models.tables import Message, Patient, Statement
from revcycle.operations.statements.correct_guarantor import GuarantorCorrection, correct_guarantor
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.release_account import release_account
from revcycle.operations.statements.stop_statements import lift_stop, stop_statements
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.statements.practice import POLICY, SENDER, Practice


def held(practice: Practice, **facts: Any) -> Patient:
    """Add an account that owes, and let a run hold its statement."""
    practice.add_encounter(practice.add_patient(**facts))
    with transaction(practice.database_url) as session:
        draft_statements(session, practice.act, policy=POLICY)
        return session.exec(select(Patient).where(Patient.account_number == "P-1")).one()


def reasons(practice: Practice) -> list[str]:
    with transaction(practice.database_url) as session:
        items = list_open_work_items(session, practice.act.client_id, Queue.STATEMENT)
        return sorted(item.reason for item in items)


def look(practice: Practice) -> Patient:
    with transaction(practice.database_url) as session:
        return session.exec(select(Patient).where(Patient.account_number == "P-1")).one()


def correct(practice: Practice, patient: Patient, **fields: str) -> list[str]:
    with transaction(practice.database_url) as session:
        found = correct_guarantor(session, practice.act, patient.id, GuarantorCorrection(**fields))
    return [finding.rule_id for finding in found]


def release(practice: Practice, patient: Patient) -> None:
    with transaction(practice.database_url) as session:
        release_account(session, practice.act, patient.id, sender=SENDER, policy=POLICY)


def test_a_corrected_address_closes_its_item_and_names_what_is_left(practice: Practice) -> None:
    patient = held(practice, email="", line1="")
    assert reasons(practice) == ["statements.incomplete_address", "statements.no_email"]
    assert correct(practice, patient, email="alma@home.example") == [
        "statements.incomplete_address"
    ]
    assert reasons(practice) == ["statements.incomplete_address"]
    assert correct(practice, patient, line1="48 Harrow Lane") == []
    assert reasons(practice) == []


def test_an_adult_who_lives_with_the_child_owes_for_it(practice: Practice) -> None:
    patient = held(practice, birth_date=practice.act.today.replace(year=2016))
    assert reasons(practice) == ["statements.minor_without_guarantor"]
    assert correct(practice, patient, last_name="Quillfeather", first_name="Rue") == []
    assert correct(practice, patient, city="Bath") == []
    row = look(practice)
    assert (row.guarantor_line1, row.guarantor_city, row.city) == (row.line1, "Bath", "Yarmouth")


@pytest.mark.parametrize(("stopped", "after"), [("bad_address", ""), ("bankruptcy", "bankruptcy")])
def test_a_new_mailbox_lifts_only_the_stop_that_a_refused_mail_set(
    practice: Practice, stopped: str, after: str
) -> None:
    patient = held(practice, statements_stopped=stopped)
    correct(practice, patient, email="new@home.example")
    assert look(practice).statements_stopped == after


def test_a_text_that_no_statement_carries_is_refused(practice: Practice) -> None:
    patient = held(practice)
    with pytest.raises(RejectedError, match="zip code: at most 15"):
        correct(practice, patient, zip_code="0" * 16)


def test_a_stopped_account_has_no_work_and_no_statement(practice: Practice) -> None:
    patient = held(practice, email="")
    with transaction(practice.database_url) as session:
        stop_statements(session, practice.act, patient.id, reason="dispute")
    assert reasons(practice) == []
    with pytest.raises(RejectedError, match="statements are stopped: dispute"):
        release(practice, patient)
    with transaction(practice.database_url) as session:
        lift_stop(session, practice.act, patient.id)
    assert look(practice).statements_stopped == ""


def test_a_stop_needs_a_reason_of_the_list(practice: Practice) -> None:
    patient = held(practice, email="")
    with (
        pytest.raises(RejectedError, match="one of the reasons"),
        transaction(practice.database_url) as session,
    ):
        stop_statements(session, practice.act, patient.id, reason="annoying")
    assert reasons(practice) == ["statements.no_email"]


def test_a_statement_leaves_now_and_only_once(practice: Practice) -> None:
    patient = held(practice, email="")
    correct(practice, patient, email="alma@home.example")
    release(practice, patient)
    with pytest.raises(RejectedError):
        release(practice, patient)
    with transaction(practice.database_url) as session:
        assert session.exec(select(Statement.state)).all() == [StatementState.RELEASED]
        assert session.exec(select(Message.recipient)).all() == ["alma@home.example"]


def test_what_the_gate_holds_does_not_leave(practice: Practice) -> None:
    patient = held(practice, email="")
    with pytest.raises(RejectedError, match="no usable e-mail address"):
        release(practice, patient)
