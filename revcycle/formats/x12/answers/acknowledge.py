"""Answers a file that we received: a TA1 for its envelope and a 999 for each of its groups.

The answer says what the check of the file found. It never repeats what stands in an element
unless the caller asks for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from models.documents.acknowledgement import (
    FunctionalAcknowledgement,
    InterchangeAcknowledgement,
    SegmentError,
    TransactionAcknowledgement,
)
from models.documents.finding import Severity
from revcycle.formats.x12.answers.errors import (
    ENVELOPE_TAGS,
    GROUP_TAGS,
    INTERCHANGE_TAGS,
    TRANSACTION_TAGS,
    is_reported,
    segment_errors,
    writable,
)
from revcycle.formats.x12.checks.envelope import EnvelopeChecker
from revcycle.formats.x12.diagnostics import Diagnostic, has_errors
from revcycle.formats.x12.interchange import (
    Envelope,
    Group,
    Interchange,
    Passage,
    Transaction,
    walk_file,
)
from revcycle.formats.x12.judging import Judge, judge_of
from revcycle.formats.x12.t999 import write_functional_acknowledgements
from revcycle.formats.x12.ta1 import acknowledge as acknowledge_interchange
from revcycle.formats.x12.ta1 import write_interchange_acknowledgement

ACKNOWLEDGEMENTS: Final = "FA"  # GS01 of a 999 or 997: it is never acknowledged itself
WANTED: Final = "1"  # ISA14
NOT_WANTED: Final = "0"
NO_NOTE: Final = "000"
INVALID_CONTENT: Final = "024"  # TA105 where the diagnostic has no better one
GROUP_NUMBER_LENGTH_MAX: Final = 9
TRANSACTION_NUMBER_LENGTH_MAX: Final = 9
GROUP_NUMBER_INVALID: Final = "6"  # AK905
TRANSACTION_NUMBER_INVALID: Final = "7"  # IK502
UNNAMED: Final = "0"  # stands for a number that cannot be repeated


def acknowledge(
    data: bytes,
    diagnostics: Iterable[Diagnostic],
    envelope: Envelope,
    *,
    with_values: bool = False,
) -> bytes:
    """Answer every interchange of a file with a TA1 where it is due, and a 999.

    A TA1 is due when ISA14 asks for it or the interchange is refused; then there is no 999. Each
    answer is an interchange of its own and takes the next control number. Acknowledgements are
    not acknowledged.

    Args:
        data: The file that was received.
        diagnostics: What the check of the file found.
        envelope: Who answers whom, when, and the first control number.
        with_values: Repeat the values in error (IK404), which may be a patient's.

    Returns:
        The answers, one after the other; empty when none is due.

    Raises:
        NotX12Error: the file has no ISA, so there is nobody to answer.

    Source:
        X12.5 (TA1); 005010X231A1.
    """
    answers = due_answers(data, judge_of(diagnostics), with_values=with_values)
    return _numbered(answers, [envelope] * len(answers))


def reply(
    data: bytes,
    judge: Judge,
    *,
    control_number: int,
    created_at: datetime,
    with_values: bool = False,
) -> bytes:
    """Answer as ``acknowledge`` does, each interchange to whom it came from.

    Args:
        data: The file that was received.
        judge: What is wrong with each part of it.
        control_number: Of the first answer; each further one takes the next.
        created_at: When we answer.
        with_values: Repeat the values in error (IK404), which may be a patient's.

    Raises:
        NotX12Error: the file has no ISA, so there is nobody to answer.
    """
    answers = due_answers(data, judge, with_values=with_values)
    envelopes = [
        reply_envelope(answer.of, control_number=control_number, created_at=created_at)
        for answer in answers
    ]
    return _numbered(answers, envelopes)


def _numbered(answers: "Sequence[Answer]", envelopes: Sequence[Envelope]) -> bytes:
    """Write answers, each with the next control number."""
    return b"".join(
        answer.write(replace(envelope, control_number=envelope.control_number + number))
        for number, (answer, envelope) in enumerate(zip(answers, envelopes, strict=True))
    )


def reply_envelope(of: Interchange, *, control_number: int, created_at: datetime) -> Envelope:
    """Turn the parties of an interchange around: whom it went to answers whom it came from."""
    header = of.header
    group = of.groups[0].header if of.groups else None
    return Envelope(
        sender_qualifier=header.get(7),
        sender_id=of.receiver_id,
        receiver_qualifier=header.get(5),
        receiver_id=of.sender_id,
        control_number=control_number,
        created_at=created_at,
        usage=header.get(15),
        group_sender=group.get(3) if group else "",
        group_receiver=group.get(2) if group else "",
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """One interchange to be written: a TA1, or the 999 of some groups."""

    of: Interchange
    verdict: InterchangeAcknowledgement | None = None
    groups: tuple[FunctionalAcknowledgement, ...] = ()

    def write(self, envelope: Envelope) -> bytes:
        """Write it; it asks for no TA1 itself."""
        envelope = replace(envelope, acknowledgement=NOT_WANTED)
        if self.verdict is not None:
            return write_interchange_acknowledgement(self.verdict, envelope, self.of)
        return write_functional_acknowledgements(self.groups, envelope)


@dataclass(frozen=True, slots=True)
class Received:
    """An interchange with our verdicts on it."""

    interchange: Interchange
    verdict: InterchangeAcknowledgement
    groups: tuple[FunctionalAcknowledgement, ...]

    def answers(self) -> tuple[Answer, ...]:
        """List what is due: nothing for an interchange that only acknowledges."""
        if not self._is_answered:
            return ()
        is_due = self.verdict.is_rejected or self.interchange.header.get(14) == WANTED
        ta1 = (Answer(self.interchange, self.verdict),) if is_due else ()
        if self.verdict.is_rejected or not self.groups:
            return ta1
        return (*ta1, Answer(self.interchange, groups=self.groups))

    @property
    def _is_answered(self) -> bool:
        tags = {segment.tag for segment in self.interchange.loose}
        return bool(self.interchange.count) or tags != {"TA1"}


def due_answers(data: bytes, judge: Judge, *, with_values: bool = False) -> tuple[Answer, ...]:
    """Judge every interchange of a file, and list the answers that are due.

    Args:
        data: The file.
        judge: What the check found, part by part.
        with_values: Repeat the values in error, which may be a patient's.

    Raises:
        NotX12Error: there is no ISA.
    """
    reception = _Reception(judge, with_values=with_values)
    for passage in walk_file(data):
        reception.take(passage)
    return tuple(answer for received in reception.received for answer in received.answers())


@dataclass(slots=True)
class _Reception:
    """Collects verdicts while a file goes by."""

    judge: Judge
    with_values: bool = field(kw_only=True)
    received: list[Received] = field(default_factory=list)
    _envelopes: EnvelopeChecker = field(default_factory=EnvelopeChecker)
    _transactions: list[TransactionAcknowledgement] = field(default_factory=list)
    _groups: list[FunctionalAcknowledgement] = field(default_factory=list)
    _headers: list[Group] = field(default_factory=list)

    def take(self, passage: Passage) -> None:
        """Judge a transaction, or what has just ended."""
        own = tuple(self._envelopes.check(passage))
        told = tuple(self.judge(passage))
        if passage.transaction is not None:
            delimiters = passage.interchange.delimiters
            inside = tuple(one for one in told if one.tag not in ENVELOPE_TAGS and is_reported(one))
            errors = segment_errors(
                passage.transaction, inside, delimiters, with_values=self.with_values
            )
            envelope = (*own, *_about(TRANSACTION_TAGS, told))
            self._transactions.append(
                _transaction_verdict(passage.transaction, errors, (*inside, *envelope), envelope)
            )
        elif passage.group is not None:
            self._end_group(passage.group, (*own, *_about(GROUP_TAGS, told)))
        else:
            self._end_interchange(passage.interchange, (*own, *_about(INTERCHANGE_TAGS, told)))

    def _end_group(self, group: Group, problems: Sequence[Diagnostic]) -> None:
        verdicts, self._transactions = tuple(self._transactions), []
        self._headers.append(group)
        if group.functional_code != ACKNOWLEDGEMENTS:
            self._groups.append(_group_verdict(group, verdicts, problems))

    def _end_interchange(self, interchange: Interchange, problems: Sequence[Diagnostic]) -> None:
        interchange.groups.extend(self._headers)
        verdict = _interchange_verdict(interchange, problems)
        self.received.append(Received(interchange, verdict, tuple(self._groups)))
        self._groups, self._headers = [], []


def _about(tags: frozenset[str], diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in diagnostics if one.tag in tags and is_reported(one))


def _transaction_verdict(
    transaction: Transaction,
    errors: tuple[SegmentError, ...],
    diagnostics: Sequence[Diagnostic],
    envelope: Sequence[Diagnostic],
) -> TransactionAcknowledgement:
    """Refuse what has an error; what has only warnings is accepted with errors."""
    number = _repeatable(transaction.control_number, TRANSACTION_NUMBER_LENGTH_MAX)
    codes = [one.code for one in envelope if one.code]
    if number == UNNAMED:
        codes.append(TRANSACTION_NUMBER_INVALID)
    is_refused = has_errors(diagnostics) or number == UNNAMED
    return TransactionAcknowledgement(
        transaction_kind=writable(transaction.kind),
        control_number=number,
        code="R" if is_refused else "E" if diagnostics else "A",
        errors=errors,
        error_codes=tuple(dict.fromkeys(codes)),
    )


def _group_verdict(
    group: Group,
    verdicts: tuple[TransactionAcknowledgement, ...],
    problems: Sequence[Diagnostic],
) -> FunctionalAcknowledgement:
    """Sum up a group; one that is not whole is refused with all that is in it."""
    number = _repeatable(group.control_number, GROUP_NUMBER_LENGTH_MAX)
    codes = [one.code for one in problems if one.code]
    if not number.isdigit() or number == UNNAMED:
        number, codes = UNNAMED, [*codes, GROUP_NUMBER_INVALID]
    if codes:
        verdicts = tuple(replace(one, code="R") for one in verdicts)
    included = group.trailer.get(1) if group.trailer else ""
    return FunctionalAcknowledgement(
        functional_code=writable(group.functional_code),
        group_control_number=number,
        version=writable(group.version),
        code=_group_code(verdicts),
        included=int(included) if included.isascii() and included.isdigit() else len(verdicts),
        received=len(verdicts),
        accepted=sum(not one.is_rejected for one in verdicts),
        transactions=verdicts,
        error_codes=tuple(dict.fromkeys(codes)),
    )


def _group_code(verdicts: Sequence[TransactionAcknowledgement]) -> str:
    """Accepted, accepted with errors, partly accepted or refused."""
    refused = sum(one.is_rejected for one in verdicts)
    if refused:
        return "P" if refused < len(verdicts) else "R"
    if not verdicts:
        return "R"
    return "A" if all(one.code == "A" for one in verdicts) else "E"


def _interchange_verdict(
    interchange: Interchange, problems: Sequence[Diagnostic]
) -> InterchangeAcknowledgement:
    errors = [one for one in problems if one.severity is Severity.ERROR]
    code = "R" if errors else "E" if problems else "A"
    worst = next(iter(errors or problems), None)
    note = NO_NOTE if worst is None else worst.code or INVALID_CONTENT
    return acknowledge_interchange(interchange, code, note)


def _repeatable(number: str, length_max: int) -> str:
    number = writable(number)
    return number if 0 < len(number) <= length_max else UNNAMED
