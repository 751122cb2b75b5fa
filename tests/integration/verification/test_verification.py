"""Verification: questions leave once, answers put one verdict on the encounters that wait."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.eligibility import Benefit, EligibilityAnswer, EligibilityRejection
from models.documents.party import Organization
from models.states.eligibility import EligibilityVerdict
from models.states.work_item import Queue
from models.tables import EligibilityCheck, Encounter, OutboundFile, Payer, VisitAuthorization
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t270 import read_inquiries
from revcycle.formats.x12.t271 import write_answers
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.operations.verification.apply_answers import AppliedAnswers, apply_answers
from revcycle.operations.verification.ask_payers import AskedPayers, ask_payers
from revcycle.operations.verification.open_checks import OpenedChecks, open_checks
from revcycle.store import encounters, work_items
from revcycle.store.session import transaction
from tests.integration.intake_records import COVERAGE, SERVICE_DATE, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

POLICY = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
PRACTICE = Organization("Lakeside Family Medicine", npi="1999900107", tax_id="830000101")
ENVELOPE = Envelope("ZZ", "DEMO01", "ZZ", "SANDBOXCH", 0, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def encounter_ids(database_url: str, act: Act) -> list[UUID]:
    """Two visits of one patient on one day, and one of a patient without insurance."""
    records = [
        a_record(1),
        a_record(2, source_key="V-2"),
        a_record(
            3,
            source_key="V-3",
            coverages=(),
            patient=replace(a_record().encounter.patient, last_name="Thistle", birth_date=None),  # type: ignore[union-attr] # a_record always has one
            identifiers=(),
        ),
    ]
    with transaction(database_url) as session:
        add_partners(session, act.client_id)
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
        )
        record_encounters(session, act, file.id, records, policy=POLICY)
    with transaction(database_url) as session:
        return list(session.exec(select(Encounter.id)).all())


def ask(database_url: str, act: Act, encounter_ids: list[UUID]) -> tuple[OpenedChecks, AskedPayers]:
    with transaction(database_url) as session:
        payer_ids = frozenset(session.exec(select(Payer.id)).all())
        opened = open_checks(session, act, encounter_ids, verifying_payer_ids=payer_ids)
    with transaction(database_url) as session:
        asked = ask_payers(session, act, practice=PRACTICE, envelopes={"sandbox": ENVELOPE})
    return opened, asked


def answer(
    database_url: str, act: Act, benefits: tuple[Benefit, ...], reason: str = ""
) -> AppliedAnswers:
    """Let the payer answer every question of the first 270."""
    with transaction(database_url) as session:
        content = session.exec(select(OutboundFile.content)).first()
        assert content is not None
        inquiries, findings = read_inquiries(content)
        assert findings == ()
        rejections = (EligibilityRejection("subscriber", reason, "C"),) if reason else ()
        data = write_answers(
            [
                (
                    inquiry,
                    EligibilityAnswer(
                        inquiry.trace_number,
                        inquiry.payer_id,
                        member_id=inquiry.member_id,
                        person=inquiry.subscriber,
                        benefits=benefits,
                        rejections=rejections,
                    ),
                )
                for inquiry in inquiries
            ],
            replace(ENVELOPE, sender_id="SANDBOXCH", receiver_id="DEMO01", control_number=1),
        )
        file = store_inbound_file(
            session, act, source="sandbox", kind="271", name="a.271", content=data
        )
    with transaction(database_url) as session:
        return apply_answers(session, act, file.id)


def test_one_question_serves_every_visit_of_the_day(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    opened, asked = ask(database_url, act, encounter_ids)
    assert opened.opened == 1
    assert asked == AskedPayers(inquiries=1, files=1, refused=0)


def test_asking_again_sends_nothing_twice(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    opened, asked = ask(database_url, act, encounter_ids)
    assert opened.opened == 0
    assert asked == AskedPayers(0, 0, 0)


def test_an_active_coverage_is_the_verdict_of_all_its_visits(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    applied = answer(database_url, act, (Benefit("1"), Benefit("B", amount=None)))
    assert applied == AppliedAnswers(answered=1)
    with transaction(database_url) as session:
        known = encounters.find_encounters_by_source_key(session, act.client_id, ["V-1", "V-2"])
        assert {row.verdict for row in known.values()} == {EligibilityVerdict.ACTIVE}


def test_a_coverage_that_ended_opens_one_item_with_the_payers_reason(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    applied = answer(database_url, act, (Benefit("6"),))
    assert applied == AppliedAnswers(answered=1, problems=1)
    with transaction(database_url) as session:
        (item,) = work_items.list_open_work_items(session, act.client_id, Queue.VERIFICATION)
        assert item.reason == "EB-6"


def test_a_refusal_keeps_its_reason_code(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    answer(database_url, act, (), reason="75")
    with transaction(database_url) as session:
        (check,) = session.exec(select(EligibilityCheck)).all()
        assert (check.verdict, check.reason) == (EligibilityVerdict.NOT_FOUND, "AAA-75")


def test_a_visit_registered_after_the_answer_takes_the_same_verdict(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    answer(database_url, act, (Benefit("1"),))
    with transaction(database_url) as session:
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name="b.json", content=b"[]"
        )
        late = a_record(1, source_key="V-9", coverages=(COVERAGE,))
        record_encounters(session, act, file.id, [late], policy=POLICY)
    with transaction(database_url) as session:
        ids = [session.exec(select(Encounter.id).where(Encounter.source_key == "V-9")).one()]
        payer_ids = frozenset(session.exec(select(Payer.id)).all())
        assert open_checks(session, act, ids, verifying_payer_ids=payer_ids).opened == 0
    with transaction(database_url) as session:
        row = encounters.get_encounter(session, act.client_id, ids[0])
        assert row.verdict == EligibilityVerdict.ACTIVE


def test_a_limit_of_visits_in_the_answer_is_kept_for_the_coder(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    limit = Benefit(
        "F", service_type_codes=("PT",), period="29", quantity_kind="VS", quantity=Decimal(3)
    )
    answer(database_url, act, (Benefit("1", service_type_codes=("30",)), limit))
    with transaction(database_url) as session:
        row = session.exec(select(VisitAuthorization)).one()
    assert (row.key, row.number, row.procedures) == ("limit:PT", "", "97010-97799")
    assert (row.allowed, row.counted_from, row.source) == (3, SERVICE_DATE, "payer")
    assert row.inbound_file_id is not None


def test_a_limit_of_a_coverage_that_is_not_in_force_is_not_kept(
    database_url: str, act: Act, encounter_ids: list[UUID]
) -> None:
    ask(database_url, act, encounter_ids)
    limit = Benefit("F", service_type_codes=("PT",), quantity_kind="VS", quantity=Decimal(3))
    answer(database_url, act, (Benefit("6", service_type_codes=("30",)), limit))
    with transaction(database_url) as session:
        assert session.exec(select(VisitAuthorization)).all() == []
