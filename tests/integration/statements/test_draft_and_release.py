"""Drafting and releasing statements against real books."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.states.claim import ClaimState
from models.states.statement import StatementState
from models.states.work_item import Queue
from models.tables import Encounter, Message, Patient, Statement, StatementLineRow
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.statements.draft_statements import DraftCount, draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.release_statements import ReleaseCount, release_statements
from revcycle.operations.verify.statements import check_statements
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.statements.practice import POLICY, SENDER, Practice


def draft(practice: Practice, act: Act | None = None) -> DraftCount:
    with transaction(practice.database_url) as session:
        return draft_statements(session, act or practice.act, policy=POLICY)


def release(practice: Practice) -> ReleaseCount:
    with transaction(practice.database_url) as session:
        ids = list_drafted_statements(session, practice.act)
        return release_statements(session, practice.act, ids, sender=SENDER, policy=POLICY)


def open_reasons(practice: Practice) -> list[str]:
    with transaction(practice.database_url) as session:
        items = list_open_work_items(session, practice.act.client_id, Queue.STATEMENT)
        return sorted(item.reason for item in items)


def violations(session: Session, client_id: UUID) -> list[str]:
    return [v for result in check_statements(session, client_id) for v in result.violations]


def the_mail(message: Message) -> EmailMessage:
    return message_from_bytes(message.content, policy=policy.SMTP)


def test_a_statement_says_what_the_books_say(practice: Practice) -> None:
    patient_id = practice.add_patient()
    charge_id = practice.add_encounter(patient_id, Money(2500))
    practice.book(
        patient_id, charge_id, {Account.BANK: Money(500), Account.AR_PATIENT: Money(-500)}
    )
    assert draft(practice) == DraftCount(drafted=1, waiting=0, held=0)
    with transaction(practice.database_url) as session:
        statement = session.exec(select(Statement)).one()
        line = session.exec(select(StatementLineRow)).one()
        assert violations(session, practice.act.client_id) == []
    assert (statement.balance, statement.period) == (Money(2000), "2026-11")
    assert statement.due_date == date(2026, 12, 20)
    assert (line.charge, line.insurance_paid, line.adjusted) == (
        Money(10_000),
        Money(6000),
        Money(1500),
    )
    assert (line.patient_paid, line.balance) == (Money(500), Money(2000))


def test_a_released_statement_is_a_mail_with_a_pdf_and_no_name_in_its_head(
    practice: Practice,
) -> None:
    practice.add_encounter(practice.add_patient())
    draft(practice)
    assert release(practice) == ReleaseCount(released=1, cancelled=0)
    with transaction(practice.database_url) as session:
        message = session.exec(select(Message)).one()
        assert session.exec(select(Statement.state)).one() == StatementState.RELEASED
        assert violations(session, practice.act.client_id) == []
    mail = the_mail(message)
    assert mail["To"] == "p-1@home.example"
    assert mail["Subject"] == "Your statement from Lakeside Family Medicine"
    assert mail["From"] == "Lakeside Family Medicine <statements@billing.example>"
    assert mail["Reply-To"] == "office@lakeside.example"
    assert mail["Message-ID"] == message.message_id
    assert b"Quillfeather" not in message.content
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content().startswith(b"%PDF-")


def test_a_second_run_drafts_and_releases_nothing(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient())
    draft(practice)
    release(practice)
    assert draft(practice) == DraftCount(drafted=0, waiting=1, held=0)
    assert release(practice) == ReleaseCount(released=0, cancelled=0)


def test_the_next_statement_waits_for_the_cycle_and_not_only_for_the_month(
    practice: Practice,
) -> None:
    practice.add_encounter(practice.add_patient())
    draft(practice)
    for days, drafted in ((29, 0), (30, 1)):
        later = replace(practice.act, today=practice.act.today + timedelta(days=days))
        assert draft(practice, later).drafted == drafted


@pytest.mark.parametrize(
    "state",
    [state for state in ClaimState if state not in {"paid", "denied", "closed"}],
)
def test_nothing_is_asked_while_a_claim_is_open(practice: Practice, state: ClaimState) -> None:
    practice.add_encounter(practice.add_patient(), claim_state=state)
    assert draft(practice) == DraftCount(drafted=0, waiting=1, held=0)


def test_only_the_encounters_that_insurance_has_finished_are_on_the_statement(
    practice: Practice,
) -> None:
    patient_id = practice.add_patient()
    practice.add_encounter(patient_id, Money(2500))
    practice.add_encounter(patient_id, Money(4000), insurance_due=Money(100))
    assert draft(practice).drafted == 1
    with transaction(practice.database_url) as session:
        assert session.exec(select(col(Statement.balance))).one() == Money(2500)


def test_nobody_is_asked_for_nothing_or_for_less_than_the_minimum(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient("P-1"), Money(499))
    practice.add_encounter(practice.add_patient("P-2"), ZERO)
    assert draft(practice) == DraftCount(drafted=0, waiting=1, held=0)
    assert open_reasons(practice) == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"email": ""}, "statements.no_email", id="no-mailbox"),
        pytest.param({"email": "at home"}, "statements.no_email", id="not-a-mailbox"),
        pytest.param({"line1": ""}, "statements.incomplete_address", id="no-street"),
        pytest.param(
            {"birth_date": date(2010, 1, 1)}, "statements.minor_without_guarantor", id="a-minor"
        ),
    ],
)
def test_what_a_person_must_put_right_opens_one_item_and_closes_when_it_is(
    practice: Practice, facts: dict[str, Any], reason: str
) -> None:
    patient_id = practice.add_patient(**facts)
    practice.add_encounter(patient_id)
    for _ in range(2):
        assert draft(practice) == DraftCount(drafted=0, waiting=0, held=1)
        assert open_reasons(practice) == [reason]
    with transaction(practice.database_url) as session:
        patient = session.get_one(Patient, (practice.act.client_id, patient_id))
        patient.guarantor_last_name, patient.guarantor_line1 = "Moorhen", "1 Reed Street"
        patient.guarantor_city, patient.guarantor_state = "Bath", "ME"
        patient.guarantor_zip_code, patient.guarantor_email = "04530", "moorhen@home.example"
    assert draft(practice).drafted == 1
    assert open_reasons(practice) == []


def test_a_credit_is_applied_before_more_is_asked_for(practice: Practice) -> None:
    patient_id = practice.add_patient()
    practice.add_encounter(patient_id)
    practice.book(patient_id, None, {Account.BANK: Money(700), Account.PATIENT_CREDIT: Money(-700)})
    assert draft(practice).held == 1
    assert open_reasons(practice) == ["statements.unapplied_credit"]


def test_a_stopped_account_gets_nothing(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient(statements_stopped="bankruptcy"))
    assert draft(practice) == DraftCount(drafted=0, waiting=1, held=0)


def test_a_payment_between_draft_and_release_cancels_and_the_next_run_drafts_anew(
    practice: Practice,
) -> None:
    patient_id = practice.add_patient()
    charge_id = practice.add_encounter(patient_id, Money(2500))
    draft(practice)
    practice.book(
        patient_id, charge_id, {Account.BANK: Money(1000), Account.AR_PATIENT: Money(-1000)}
    )
    assert release(practice) == ReleaseCount(released=0, cancelled=1)
    assert draft(practice).drafted == 1
    assert release(practice) == ReleaseCount(released=1, cancelled=0)
    with transaction(practice.database_url) as session:
        states = session.exec(select(col(Statement.state), col(Statement.balance))).all()
        assert sorted((str(state), balance.cents) for state, balance in states) == [
            ("cancelled", 2500),
            ("released", 1500),
        ]
        assert len(session.exec(select(Message)).all()) == 1
        assert violations(session, practice.act.client_id) == []


def test_a_payment_in_full_before_release_cancels_for_good(practice: Practice) -> None:
    patient_id = practice.add_patient()
    charge_id = practice.add_encounter(patient_id, Money(2500))
    draft(practice)
    practice.book(
        patient_id, charge_id, {Account.BANK: Money(2500), Account.AR_PATIENT: Money(-2500)}
    )
    assert release(practice) == ReleaseCount(released=0, cancelled=1)
    assert draft(practice) == DraftCount(drafted=0, waiting=0, held=0)


def test_an_encounter_opened_again_takes_its_statement_back(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient())
    draft(practice)
    with transaction(practice.database_url) as session:
        session.exec(select(Encounter)).one().state = "coding"  # type: ignore[assignment] # as stored
    assert release(practice).cancelled == 1


def test_the_pdf_is_tagged_and_made_of_the_drafted_lines(
    practice: Practice, tmp_path: Path
) -> None:
    patient_id = practice.add_patient()
    for day in range(1, 31):
        practice.add_encounter(patient_id, service_date=date(2026, 10, day))
    draft(practice)
    release(practice)
    with transaction(practice.database_url) as session:
        mail = the_mail(session.exec(select(Message)).one())
    (attachment,) = mail.iter_attachments()
    path = tmp_path / "statement.pdf"
    path.write_bytes(attachment.get_content())
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 1
        assert pdf.Root.MarkInfo.Marked


def test_another_practice_has_no_part_in_it(practice: Practice) -> None:
    practice.add_encounter(practice.add_patient())
    other = replace(practice.act, client_id=UUID(int=1))
    assert draft(practice, other) == DraftCount(0, 0, 0)
