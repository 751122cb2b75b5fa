"""A practice with records of every kind and work in every queue, all with a text of one's choice.

What a page shows of a practice comes from its files, from its people and from payers. Here all of
it holds one text, so that a test sees where the text appears: on whose pages, and in what shape.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from models.documents.act import Act
from models.documents.coding_policy import AS_WRITTEN
from models.documents.encounter import IntakeRecord, SourceNote
from models.documents.party import Person
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import (
    Attachment,
    AuditedCase,
    BankLine,
    Charge,
    Claim,
    Coverage,
    Denial,
    EligibilityCheck,
    Encounter,
    InboundFile,
    LearnedEdit,
    LedgerEntry,
    Message,
    OutboundFile,
    Patient,
    PatientPayment,
    Payer,
    Provider,
    Refund,
    Remittance,
    RemittanceClaimRow,
    Statement,
    WorkItem,
)
from models.values.identifiers import new_id
from revcycle.operations.attachments.add_attachment import SentFile, add_attachment
from revcycle.operations.coding.ask_provider import ask_provider
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.denials.prepare_appeal import prepare_appeal
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.queue_client_report import queue_client_report
from revcycle.operations.statements.release_statements import release_statements
from revcycle.store import encounters, work_items, work_leases, work_notes
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem
from tests.integration.intake_records import COVERAGE, WREN, a_record
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, PROVIDER_NPI
from tests.integration.statements.practice import POLICY as STATEMENTS
from tests.integration.statements.practice import SENDER, Practice
from tests.pages.full_audit import add_disputed_case
from tests.pages.full_books import fill_books
from tests.pages.money_examples import nobodys
from tests.pages.page_examples import NOON, YESTERDAY, add_practice

# Which record the work of a queue is about, and the table that it is in.
SUBJECTS: dict[Queue, tuple[str, type[SQLModel]]] = {
    Queue.INTAKE: ("encounter", Encounter),
    Queue.PATIENT_MATCH: ("encounter", Encounter),
    Queue.VERIFICATION: ("inbound_file", InboundFile),
    Queue.CODING_AUDIT: ("audited_case", AuditedCase),
    Queue.ADJUDICATION: ("audited_case", AuditedCase),
    Queue.SCRUB: ("claim", Claim),
    Queue.REJECTION: ("claim", Claim),
    Queue.POSTING: ("remittance", Remittance),
    Queue.UNAPPLIED: ("remittance_claim", RemittanceClaimRow),
    Queue.FOLLOW_UP: ("claim", Claim),
    Queue.CREDIT_BALANCE: ("patient", Patient),
    Queue.STATEMENT: ("patient", Patient),
    Queue.TRANSPORT: ("outbound_file", OutboundFile),
    Queue.BPO_INBOX: ("inbound_file", InboundFile),
}
# The records that addresses name, by the word that stands for them in a route.
TABLES: dict[str, type[SQLModel]] = {
    "claim_id": Claim,
    "encounter_id": Encounter,
    "patient_id": Patient,
    "remittance_id": Remittance,
    "statement_id": Statement,
    "attachment_id": Attachment,
    "message_id": Message,
    "denial_id": Denial,
    "check_id": EligibilityCheck,
    "charge_id": Charge,
    "coverage_id": Coverage,
    "bank_line_id": BankLine,
    "edit_id": LearnedEdit,
    "entry_id": LedgerEntry,
    "payment_id": PatientPayment,
    "refund_id": Refund,
    "case_id": AuditedCase,
}


@dataclass(frozen=True)
class FullPractice:
    """A practice with something of everything.

    Attributes:
        ids: One record for each word that stands for one in a route.
        files: A file that came in and one that went out.
        items: One open item of each queue.
    """

    key: str
    id: UUID
    ids: dict[str, UUID]
    files: dict[str, UUID]
    items: dict[Queue, UUID]


def add_full_practice(url: str, key: str, words: str) -> FullPractice:
    """Register a practice; every text that a person, a file or a payer gave holds ``words``."""
    client_id = add_practice(url, key)
    act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
    office = BillingOffice(url, act)
    _know_partners(office, words)
    _receive(url, act, words)
    _ask(url, act, words)
    _post(office, words)
    fill_books(office, words)
    _send_statements(url, replace(act, at=NOON, today=NOON.date()), words)
    _spread(url, client_id, words)
    with transaction(url, client_id) as session:
        visit = session.exec(select(Encounter).where(Encounter.client_id == client_id)).first()
        assert visit is not None
        add_disputed_case(session, act, visit, words)
        session.flush()
        work_items.open_work_items(session, client_id, act, _work(session, client_id, words))
        session.flush()
        _annotate(session, act, words)
    with transaction(url, client_id) as session:
        return _picture(session, key, client_id)


def _know_partners(office: BillingOffice, words: str) -> None:
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        for payer in (BLUE_HERON, COMMONWEAL):
            row = Payer(
                client_id=client_id, key=payer.key, name=payer.name, payer_id=payer.payer_id,
                connection_id=office.connection_id,
            )  # fmt: skip
            session.add(row)
        doctor = Provider(
            client_id=client_id, npi=PROVIDER_NPI, last_name="Quillfeather",
            first_name=words[:30], taxonomy="207Q00000X",
        )  # fmt: skip
        session.add(doctor)


def _records(words: str) -> Iterator[IntakeRecord]:
    """Two charts to code, and one that intake cannot use."""
    for number, patient in enumerate((WREN, _other(words), _unusable()), start=1):
        facts: dict[str, Any] = {
            "source_key": f"V-{number} {words}"[:120],
            "patient": patient,
            "identifiers": (("lakeside-mrn", f"{number} {words}"[:80]),),
            "coverages": (replace(COVERAGE, member_id=f"BHH001234{number}"),),
            "notes": (SourceNote(f"Seen today. {words}", date(2026, 11, 18), words[:100]),),
        }
        yield a_record(number, **facts)


def _other(words: str) -> Person:
    return replace(WREN, last_name="Marrowby", first_name=words[:35], birth_date=date(1951, 2, 3))


def _unusable() -> Person:
    return replace(WREN, last_name="Cobblestone 7", birth_date=date(1952, 3, 3))


def _receive(url: str, act: Act, words: str) -> None:
    policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
    with transaction(url, act.client_id) as session:
        file = store_inbound_file(
            session, act, source="ehr", kind="FHIR", name=words[:120], content=words.encode()
        )
        record_encounters(session, act, file.id, list(_records(words)), policy=policy)
    with transaction(url, act.client_id) as session:
        found = encounters.list_encounter_ids(session, act.client_id, EncounterState.REGISTERED)
        queue_encounters(session, act, found, service_hours=48, policy=AS_WRITTEN)


def _ask(url: str, act: Act, words: str) -> None:
    """Take one chart, ask its provider, and keep a file beside it."""
    with transaction(url, act.client_id) as session:
        item = work_leases.lease_next_work_item(
            session, act.client_id, Queue.CODING, holder=act.actor, at=act.at
        )
        assert item is not None
        ask_provider(
            session, act, item.subject_id, question=f"Which knee? {words}"[:1000],
            work_item_id=item.id, token=item.lease_token,
        )  # fmt: skip
        sent = SentFile(words, f"%PDF-1.7 {words}".encode())
        add_attachment(session, act, ("encounter", item.subject_id), sent)


def _post(office: BillingOffice, words: str) -> None:
    """Let a payer deny two claims, and pay for one that nobody knows."""
    denied = [office.bill(15_000), office.bill(9_000)]
    said = [a_decision(one, (0, [("CO", "50", one.charges[0].cents)])) for one in denied]
    unknown = nobodys(office.bill(12_000), patient=as_x12(words) or "Nobody")
    office.post(a_remittance(*said, unknown, trace="EFT900123"))
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        denial = session.exec(select(Denial).where(Denial.claim_id == denied[1].claim_id)).one()
        prepare_appeal(
            session, office.act, denial.id, wording="medical_necessity",
            letter=f"Please decide anew. {words}"[:8000],
            answer_by=office.act.today + timedelta(days=30),
        )  # fmt: skip


def as_x12(words: str) -> str:
    """Say the text as a payer can: in printable ASCII and without separators."""
    return "".join(one for one in words if " " <= one <= "\x7e" and one not in "*~:^")[:60].strip()


def _send_statements(url: str, act: Act, words: str) -> None:
    """Ask a guarantor for money, and report to the practice."""
    practice = Practice(url, act)
    patient_id = practice.add_patient(first_name=words[:35], line1=f"1 {words}"[:55])
    practice.add_encounter(patient_id)
    sender = replace(SENDER, practice=replace(SENDER.practice, name=words[:60] or "Lakeside"))
    with transaction(url, act.client_id) as session:
        draft_statements(session, act, policy=STATEMENTS)
        session.flush()
        found = list_drafted_statements(session, act)
        release_statements(session, act, found, sender=sender, policy=STATEMENTS)
        queue_client_report(session, act, ["office@lakeside.example"], sender=sender)


def _spread(url: str, client_id: UUID, words: str) -> None:
    """Write the text where the checks of intake would have let another one through."""
    with transaction(url, client_id) as session:
        for patient in session.exec(select(Patient).where(Patient.client_id == client_id)):
            patient.first_name, patient.line1 = words[:35], words[:55]
            patient.guarantor_first_name, patient.city = words[:35], words[:30]
        for payer in session.exec(select(Payer).where(Payer.client_id == client_id)):
            payer.name = f"{payer.name[:20]} {words}"[:60]
        for coverage in session.exec(select(Coverage).where(Coverage.client_id == client_id)):
            coverage.plan_name, coverage.subscriber_first_name = words[:60], words[:35]


def _work(session: Session, client_id: UUID, words: str) -> Iterator[NewWorkItem]:
    for queue, (kind, table) in SUBJECTS.items():
        subject_id = _first(session, table, client_id)
        yield NewWorkItem(
            queue, f"{queue}:full", kind, subject_id, f"{queue}.example", detail=words[:400],
            service_hours=24,
        )  # fmt: skip


def _annotate(session: Session, act: Act, words: str) -> None:
    for item in work_items.list_open_work_items(session, act.client_id):
        work_notes.add_note(session, act.client_id, act, item.id, f"To whoever is next: {words}")


def _first(session: Session, table: Any, client_id: UUID) -> UUID:
    statement = select(table.id).where(table.client_id == client_id).order_by(table.id)
    found = session.exec(statement).first()
    return found if isinstance(found, UUID) else new_id()


def _picture(session: Session, key: str, client_id: UUID) -> FullPractice:
    return FullPractice(
        key,
        client_id,
        {word: _first(session, table, client_id) for word, table in TABLES.items()},
        {
            "in": _first(session, InboundFile, client_id),
            "out": _first(session, OutboundFile, client_id),
        },
        {
            queue: session.exec(
                select(WorkItem.id)
                .where(
                    WorkItem.client_id == client_id,
                    WorkItem.queue == queue,
                    WorkItem.state == "open",
                )
                .order_by(col(WorkItem.id))
            ).first()
            or new_id()
            for queue in Queue
        },
    )
