"""Takes in one file: its receipt, its judgement and all its answers are one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.documents.acknowledgement import TransactionAcknowledgement
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Group, Interchange, Transaction, read_interchanges
from revcycle.formats.x12.segments import NotX12Error
from revcycle.formats.x12.t999 import write_functional_acknowledgement
from revcycle.formats.x12.ta1 import acknowledge, write_interchange_acknowledgement
from revcycle.sandbox.book import Book
from revcycle.sandbox.claims_desk import GUIDE_LENGTH, READERS, ReadBatches, answer_batch
from revcycle.sandbox.conversation import Conversation
from revcycle.sandbox.envelopes import (
    DUPLICATE_NUMBER,
    alone,
    envelope_note,
    errors_of,
    group_verdict,
    is_group_whole,
    structure_errors,
    transaction_verdict,
)
from revcycle.sandbox.questions_desk import answer_eligibility, answer_status
from revcycle.sandbox.rulebook import Rulebook

ACKNOWLEDGEMENTS: Final = "FA"  # GS01 of a 999: it is never acknowledged itself
CLAIM_KINDS: Final = {"005010X222": "837P", "005010X223": "837I"}
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A complete file in an inbox."""

    account: str
    name: str
    content: bytes
    archive_name: str  # what it will be called beside the inbox


def receive_file(book: Book, rulebook: Rulebook, file: ArrivedFile, now: datetime) -> None:
    """Record a file with everything that follows from it, or nothing at all."""
    with book.transaction():
        file_id = book.add_file(file.account, file.name, file.content, file.archive_name, now)
        try:
            interchanges = read_interchanges(file.content)
        except NotX12Error:
            book.add_interchange(
                file_id,
                file.account,
                sender_id="",
                control_number="",
                kind=UNKNOWN,
                outcome="unreadable",
            )
            return
        for interchange in interchanges:
            conversation = Conversation(book, rulebook, file.account, interchange, now)
            _receive_interchange(conversation, file_id)


def _receive_interchange(conversation: Conversation, file_id: int) -> None:
    interchange, rulebook = conversation.interchange, conversation.rulebook
    if is_only_acknowledgement(interchange):
        _record(conversation, file_id, "accepted")
        return
    note = _refusal_note(conversation)
    if note:
        outcome = "duplicate" if note == DUPLICATE_NUMBER else "rejected"
        _record(conversation, file_id, outcome)
        _acknowledge_interchange(conversation, "R", note)
        return
    if rulebook.acknowledge_every_interchange:
        _acknowledge_interchange(conversation, "A", "000")
    verdicts = [
        verdict
        for group in interchange.groups
        if group.functional_code != ACKNOWLEDGEMENTS
        for verdict in _receive_group(conversation, group)
    ]
    _record(conversation, file_id, _outcome(verdicts))


def is_only_acknowledgement(interchange: Interchange) -> bool:
    """Tell whether it holds nothing but TA1, which is never answered by another."""
    tags = {segment.tag for segment in interchange.loose}
    return not interchange.groups and tags == {"TA1"}


def _refusal_note(conversation: Conversation) -> str:
    interchange = conversation.interchange
    repeated = conversation.book.is_seen(
        conversation.account, interchange.sender_id, interchange.control_number
    )
    if repeated and conversation.rulebook.reject_duplicate_interchanges:
        return DUPLICATE_NUMBER
    return envelope_note(interchange)


def _record(conversation: Conversation, file_id: int, outcome: str) -> None:
    interchange = conversation.interchange
    conversation.book.add_interchange(
        file_id,
        conversation.account,
        sender_id=interchange.sender_id,
        control_number=interchange.control_number,
        kind=kind_of(interchange),
        outcome=outcome,
    )


def _acknowledge_interchange(conversation: Conversation, code: str, note: str) -> None:
    of = conversation.interchange
    conversation.answer(
        "TA1",
        lambda envelope: write_interchange_acknowledgement(
            acknowledge(of, code, note), envelope, of
        ),
    )


def kind_of(interchange: Interchange) -> str:
    """Name an interchange by the first transaction in it."""
    first = next(interchange.transactions, None)
    if first is None:
        return "TA1" if interchange.loose else UNKNOWN
    if first.kind != "837":
        return first.kind
    return CLAIM_KINDS.get(first.version[:GUIDE_LENGTH], first.kind)


def find_reader(transaction: Transaction) -> ReadBatches | None:
    """Find who reads the claims of a transaction."""
    if transaction.kind != "837":
        return None
    return READERS.get(transaction.version[:GUIDE_LENGTH])


def _outcome(verdicts: list[TransactionAcknowledgement]) -> str:
    refused = sum(verdict.is_rejected for verdict in verdicts)
    if not refused:
        return "accepted"
    return "rejected" if refused == len(verdicts) else "partly_accepted"


def _receive_group(conversation: Conversation, group: Group) -> list[TransactionAcknowledgement]:
    is_whole = is_group_whole(group)
    verdicts = []
    for transaction in group.transactions:
        errors = _answer(conversation, group, transaction) if is_whole else ()
        is_refused = not is_whole or errors is None or bool(errors)
        verdicts.append(transaction_verdict(transaction, errors or (), is_refused=is_refused))
    acknowledgement = group_verdict(group, verdicts)
    conversation.answer(
        "999",
        lambda envelope: write_functional_acknowledgement(acknowledgement, envelope),
        group=group,
    )
    return verdicts


def _answer(
    conversation: Conversation, group: Group, transaction: Transaction
) -> tuple[Diagnostic, ...] | None:
    """Answer a transaction; return its errors, or None if it is refused without naming any."""
    data = alone(conversation.interchange, group, transaction)
    if errors := structure_errors(data):
        return errors
    try:
        with conversation.book.attempt():
            return _answer_whole(conversation, group, transaction, data)
    except RejectedError:
        return None  # something in it cannot be repeated in an answer


def _answer_whole(
    conversation: Conversation, group: Group, transaction: Transaction, data: bytes
) -> tuple[Diagnostic, ...] | None:
    if transaction.kind == "270":
        return answer_eligibility(conversation, group, transaction, data)
    if transaction.kind == "276":
        return answer_status(conversation, group, data)
    read_batches = find_reader(transaction)
    if read_batches is None:
        return None
    batches, findings = read_batches(data)
    if errors := errors_of(findings):
        return errors
    if not any(batch.claims for batch in batches):
        return None
    for batch in batches:
        answer_batch(conversation, group, batch, conversation.book.next_interchange_id())
    return ()
