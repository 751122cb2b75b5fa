"""What statements about single claims do: 277CA."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import ClaimEvent
from revcycle.operations.files.report_outbound_file import NOT_CONFIRMED, confirm_file
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.sent_claims import (
    SentClaim,
    follow_word,
    list_sent_claims,
    open_rejections,
)
from revcycle.rules.submission.acknowledged import AcknowledgementWord
from revcycle.store import claims, outbound_files

CONTROL_NUMBER_LENGTH = 9  # our batch references end in the interchange number


@dataclass(frozen=True, slots=True)
class ClaimStatement:
    """What one 277CA says of one claim, or of a whole batch where it names no claim."""

    claim_control_number: str
    word: AcknowledgementWord
    is_accepted: bool
    code: str  # category and status, such as A7:562
    payer_claim_control_number: str = ""
    batch_reference: str = ""


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """What the statements did, and which claim and file of ours each is about."""

    subjects: tuple[tuple[ClaimStatement, tuple[UUID | None, UUID | None]], ...]
    claim_events: tuple[ClaimEvent, ...]


def apply_claim_statements(
    session: Session,
    act: Act,
    statements: Sequence[ClaimStatement],
    *,
    connection_key: str,
    terms: WorkTerms,
) -> ClaimOutcome:
    """Accept or reject claims by the version that each statement names.

    A refusal that names no claim holds for all claims of the batch that it names.
    """
    about = _find_subjects(session, act.client_id, statements, connection_key)
    files = outbound_files.find_files_by_id(
        session, act.client_id, {file_id for one in about for _, file_id in one}
    )
    for file in files.values():
        if file.state in NOT_CONFIRMED:
            confirm_file(session, act, file)
    events: list[ClaimEvent] = []
    reasons: dict[UUID, str] = {}
    for statement, sent_claims in zip(statements, about, strict=True):
        for sent, _ in sent_claims:
            event = follow_word(session, act, sent, statement.word)
            if event is None:
                continue
            events.append(event)
            if event is ClaimEvent.REJECT:
                reasons[sent.claim.id] = statement.code or "277CA"
            elif statement.payer_claim_control_number:
                sent.claim.payer_claim_control_number = statement.payer_claim_control_number
    open_rejections(session, act, reasons, terms=terms)
    subjects = tuple(
        (statement, _ids(statement, sent_claims))
        for statement, sent_claims in zip(statements, about, strict=True)
    )
    return ClaimOutcome(subjects, tuple(events))


def _find_subjects(
    session: Session,
    client_id: UUID,
    statements: Sequence[ClaimStatement],
    connection_key: str,
) -> list[list[tuple[SentClaim, UUID]]]:
    """List, per statement, the claims it is about with the file that carried them."""
    numbers = {one.claim_control_number for one in statements if one.claim_control_number}
    versions = claims.find_versions(session, client_id, numbers)
    batches = _batches(session, client_id, statements, connection_key)
    file_ids = {
        *(version.outbound_file_id for version in versions.values()),
        *batches.values(),
    }
    carried = list_sent_claims(session, client_id, file_ids)
    by_claim = {
        (file_id, sent.claim.id): sent for file_id, of_file in carried.items() for sent in of_file
    }
    about: list[list[tuple[SentClaim, UUID]]] = []
    for one in statements:
        version = versions.get(one.claim_control_number)
        if version is not None:
            key = (version.outbound_file_id, version.claim_id)
            about.append([(by_claim[key], version.outbound_file_id)])
        else:
            file_id = batches.get(one.batch_reference) if not one.claim_control_number else None
            about.append([(sent, file_id) for sent in carried.get(file_id, ())] if file_id else [])
    return about


def _batches(
    session: Session,
    client_id: UUID,
    statements: Sequence[ClaimStatement],
    connection_key: str,
) -> dict[str, UUID]:
    """Map references of batches that were refused unopened to our files."""
    numbers = {
        one.batch_reference: int(one.batch_reference[-CONTROL_NUMBER_LENGTH:])
        for one in statements
        if not one.claim_control_number and one.batch_reference[-CONTROL_NUMBER_LENGTH:].isdecimal()
    }
    files = outbound_files.find_by_control_numbers(
        session, client_id, numbers.values(), connection_key=connection_key
    )
    return {reference: files[number].id for reference, number in numbers.items() if number in files}


def _ids(
    statement: ClaimStatement, sent_claims: Sequence[tuple[SentClaim, UUID]]
) -> tuple[UUID | None, UUID | None]:
    """Name the claim, if it is one, and the file."""
    if not sent_claims:
        return None, None
    sent, file_id = sent_claims[0]
    return (sent.claim.id if statement.claim_control_number else None), file_id
