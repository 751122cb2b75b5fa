"""Write the questions about claims that wait as 276 files, one per payer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from models.documents.acknowledgement import ClaimStatusBatchDocument, ClaimStatusInquiry
from models.documents.act import Act
from models.documents.claim import ClaimDocument
from models.documents.practice import PracticeFacts
from models.errors import RejectedError
from models.states.status_check import STATUS_CHECK_TRANSITIONS, StatusCheckEvent
from models.tables import Claim, Payer, StatusCheck
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t276 import write_status_inquiries
from revcycle.operations.follow_up.follow_up_items import answer_item
from revcycle.operations.submission.policies import WorkTerms
from revcycle.store import claims, clients, status_checks, work_items
from revcycle.store.claim_documents import claim_documents
from revcycle.store.control_numbers import next_control_number
from revcycle.store.outbound_files import NewOutboundFile, add_outbound_file
from revcycle.store.state_changes import move

QUESTIONS_MAX = 500  # per call; a batch of a payer is never larger
NOT_WRITABLE = "not_writable"


@dataclass(frozen=True, slots=True, repr=False)
class ClaimQuestion:
    """An open question and what its 276 will say."""

    check: StatusCheck
    inquiry: ClaimStatusInquiry


@dataclass(frozen=True, slots=True)
class AskedAboutClaims:
    """How many questions left in how many files, and how many could not be written."""

    questions: int
    files: int
    refused: int


def ask_about_claims(
    session: Session,
    act: Act,
    *,
    practice: PracticeFacts,
    envelopes: Mapping[str, Envelope],
    terms: WorkTerms,
) -> AskedAboutClaims:
    """Batch open questions per payer; bytes, control number and states change together.

    A question that cannot be written fails with a work item and stops no other. It takes at most
    QUESTIONS_MAX: call it until it asks nothing.

    Args:
        session: The open transaction.
        act: Who asks, and when.
        practice: What claims say of the practice.
        envelopes: Sender and receiver per connection key; the control number is set here.
        terms: How urgent the work on a question is that cannot be asked.
    """
    checks = status_checks.list_open_status_checks(session, act.client_id, limit=QUESTIONS_MAX)
    payers = {row.id: row for row in clients.find_payers(session, act.client_id).values()}
    keys = {row.id: key for key, row in clients.find_connections(session, act.client_id).items()}
    files = refused = 0
    for payer_id, questions in _by_payer(session, act, checks, practice).items():
        payer = payers[payer_id]
        envelope = envelopes[keys[payer.connection_id]]
        writable = _writable(session, act, payer, questions, envelope, terms)
        refused += len(questions) - len(writable)
        if writable:
            _write_file(session, act, payer, writable, envelope)
            files += 1
    return AskedAboutClaims(len(checks) - refused, files, refused)


def _by_payer(
    session: Session, act: Act, checks: Sequence[StatusCheck], practice: PracticeFacts
) -> dict[UUID, list[ClaimQuestion]]:
    claim_ids = [check.claim_id for check in checks]
    rows = {row.id: row for row in claims.list_claims(session, act.client_id, claim_ids)}
    documents = claim_documents(session, act.client_id, claim_ids, practice=practice)
    numbers = status_checks.latest_control_numbers(session, act.client_id, claim_ids)
    questions: dict[UUID, list[ClaimQuestion]] = defaultdict(list)
    for check in checks:
        claim, document = rows[check.claim_id], documents[check.claim_id]
        inquiry = _inquiry(check, claim, document, numbers.get(claim.id, claim.control_number))
        questions[claim.payer_id].append(ClaimQuestion(check, inquiry))
    return questions


def _inquiry(
    check: StatusCheck, claim: Claim, document: ClaimDocument, control_number: str
) -> ClaimStatusInquiry:
    days = [line.service_date for line in document.lines]
    subscriber = document.subscriber
    return ClaimStatusInquiry(
        trace_number=check.trace_number,
        claim_control_number=control_number,
        payer_claim_control_number=claim.payer_claim_control_number,
        charge=claim.charge_total,
        service_from=min(days),
        service_to=max(days),
        payer_name=document.payer.name,
        payer_id=document.payer.payer_id,
        provider=document.billing_provider,
        subscriber=subscriber.person,
        member_id=subscriber.member_id,
        dependent=None if subscriber.is_patient else document.patient,
        bill_type=document.institutional.bill_type if document.institutional else "",
    )


def _batch(
    payer: Payer, questions: Sequence[ClaimQuestion], envelope: Envelope, reference: str
) -> ClaimStatusBatchDocument:
    inquiries = tuple(question.inquiry for question in questions)
    return ClaimStatusBatchDocument(
        payer_name=payer.name,
        payer_id=payer.payer_id,
        submitter_name=inquiries[0].provider.name,
        submitter_id=envelope.sender_id,
        reference=reference,
        inquiries=inquiries,
    )


def _writable(
    session: Session,
    act: Act,
    payer: Payer,
    questions: Sequence[ClaimQuestion],
    envelope: Envelope,
    terms: WorkTerms,
) -> list[ClaimQuestion]:
    """Sort out questions that X12 cannot carry; each fails with a work item."""
    writable = []
    for question in questions:
        try:
            write_status_inquiries(_batch(payer, [question], envelope, "PROBE"), envelope)
        except RejectedError:
            _fail(session, act, question.check, terms)
        else:
            writable.append(question)
    return writable


def _fail(session: Session, act: Act, check: StatusCheck, terms: WorkTerms) -> None:
    move(session, act.client_id, act, check, STATUS_CHECK_TRANSITIONS, StatusCheckEvent.FAIL)
    check.reason = NOT_WRITABLE
    work_items.open_work_items(session, act.client_id, act, [answer_item(check, terms)])


def _write_file(
    session: Session,
    act: Act,
    payer: Payer,
    questions: Sequence[ClaimQuestion],
    envelope: Envelope,
) -> None:
    number = next_control_number(session, act.client_id, payer.connection_id)
    reference = f"276-{envelope.sender_id}-{number:09d}"
    content = write_status_inquiries(
        _batch(payer, questions, envelope, reference), replace(envelope, control_number=number)
    )
    file = NewOutboundFile(
        connection_id=payer.connection_id,
        kind="276",
        name=f"{reference}.x12",  # a refusal of the whole batch names only BHT03
        control_number=number,
        content=content,
        record_count=len(questions),
    )
    outbound_file_id = add_outbound_file(session, act.client_id, act, file)
    for question in questions:
        check = question.check
        move(session, act.client_id, act, check, STATUS_CHECK_TRANSITIONS, StatusCheckEvent.ASK)
        check.outbound_file_id = outbound_file_id
        check.asked_on = act.today
