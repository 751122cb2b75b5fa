"""Write the insurance questions that wait as 270 files, one per payer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.eligibility import EligibilityBatchDocument, EligibilityInquiry
from models.documents.party import Organization
from models.errors import RejectedError
from models.states.eligibility import ELIGIBILITY_TRANSITIONS, EligibilityEvent
from models.tables import Coverage, EligibilityCheck, Patient, Payer
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t270 import write_inquiries
from revcycle.operations.verification.verification_items import verification_item
from revcycle.store import clients, eligibility, patients, work_items
from revcycle.store.control_numbers import next_control_number
from revcycle.store.outbound_files import NewOutboundFile, add_outbound_file
from revcycle.store.people import patient_person, subscriber_of
from revcycle.store.state_changes import move

CHECKS_MAX = 500  # per call; a batch of a payer is never larger


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """An open check and what its 270 will say."""

    check: EligibilityCheck
    inquiry: EligibilityInquiry


@dataclass(frozen=True, slots=True)
class AskedPayers:
    """How many questions left in how many files, and how many could not be written."""

    inquiries: int
    files: int
    refused: int


def ask_payers(
    session: Session, act: Act, *, practice: Organization, envelopes: Mapping[str, Envelope]
) -> AskedPayers:
    """Batch open checks per payer; bytes, control number and states change together.

    A question that cannot be written (a name that X12 cannot carry) fails with a work item and
    stops no other. It takes at most CHECKS_MAX checks: call it until it asks nothing.

    Args:
        session: The open transaction.
        act: Who asks, and when.
        practice: The group that asks, with its NPI.
        envelopes: Sender and receiver per connection key; the control number is set here.
    """
    rows = eligibility.list_open_checks(session, act.client_id, limit=CHECKS_MAX)
    payers = {row.id: row for row in clients.find_payers(session, act.client_id).values()}
    keys = {row.id: key for key, row in clients.find_connections(session, act.client_id).items()}
    files = refused = 0
    for payer_id, questions in _questions_by_payer(session, act, rows, payers, practice).items():
        payer = payers[payer_id]
        envelope = envelopes[keys[payer.connection_id]]
        writable = _writable(session, act, payer, questions, envelope)
        refused += len(questions) - len(writable)
        if writable:
            _write_file(session, act, payer, writable, envelope)
            files += 1
    return AskedPayers(len(rows) - refused, files, refused)


def _questions_by_payer(
    session: Session,
    act: Act,
    rows: Sequence[tuple[EligibilityCheck, Coverage]],
    payers: Mapping[UUID, Payer],
    practice: Organization,
) -> dict[UUID, list[Question]]:
    people = patients.find_patients(
        session, act.client_id, {coverage.patient_id for _, coverage in rows}
    )
    questions = defaultdict(list)
    for check, coverage in rows:
        inquiry = _inquiry(
            check, coverage, people[coverage.patient_id], payers[coverage.payer_id], practice
        )
        questions[coverage.payer_id].append(Question(check, inquiry))
    return questions


def _inquiry(
    check: EligibilityCheck,
    coverage: Coverage,
    patient: Patient,
    payer: Payer,
    practice: Organization,
) -> EligibilityInquiry:
    subscriber = subscriber_of(coverage, patient)
    return EligibilityInquiry(
        trace_number=check.trace_number,
        payer_name=payer.name,
        payer_id=payer.payer_id,
        provider=practice,
        subscriber=subscriber.person,
        member_id=coverage.member_id,
        service_date=check.service_date,
        dependent=None if subscriber.is_patient else patient_person(patient),
        dependent_relationship="" if subscriber.is_patient else coverage.relationship,
    )


def _batch(payer: Payer, questions: Sequence[Question], reference: str) -> EligibilityBatchDocument:
    inquiries = tuple(question.inquiry for question in questions)
    return EligibilityBatchDocument(payer.name, payer.payer_id, reference, inquiries)


def _writable(
    session: Session, act: Act, payer: Payer, questions: Sequence[Question], envelope: Envelope
) -> list[Question]:
    """Sort out questions that X12 cannot carry; each fails with a work item."""
    writable = []
    for question in questions:
        try:
            write_inquiries(_batch(payer, [question], "PROBE"), envelope)
        except RejectedError as error:
            _fail(session, act, question.check, str(error))
        else:
            writable.append(question)
    return writable


def _fail(session: Session, act: Act, check: EligibilityCheck, detail: str) -> None:
    for event in (EligibilityEvent.ASK, EligibilityEvent.FAIL):
        move(session, act.client_id, act, check, ELIGIBILITY_TRANSITIONS, event)
    item = verification_item(check, "verification.not_writable", detail)
    work_items.open_work_items(session, act.client_id, act, [item])


def _write_file(
    session: Session, act: Act, payer: Payer, questions: Sequence[Question], envelope: Envelope
) -> None:
    number = next_control_number(session, act.client_id, payer.connection_id)
    reference = f"270-{envelope.sender_id}-{number:09d}"
    content = write_inquiries(
        _batch(payer, questions, reference), replace(envelope, control_number=number)
    )
    file = NewOutboundFile(
        connection_id=payer.connection_id,
        kind="270",
        name=f"{reference}.x12",  # a refusal of the whole batch names only BHT03
        control_number=number,
        content=content,
        record_count=len(questions),
    )
    outbound_file_id = add_outbound_file(session, act.client_id, act, file)
    for question in questions:
        move(
            session,
            act.client_id,
            act,
            question.check,
            ELIGIBILITY_TRANSITIONS,
            EligibilityEvent.ASK,
        )
        question.check.outbound_file_id = outbound_file_id
