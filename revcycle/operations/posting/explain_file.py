"""Say why a remittance file was not posted: the equations, and what was posted before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.finding import Severity
from models.documents.posting import PaymentContent
from models.documents.remittance import RemittanceDocument
from models.states.file import InboundFileState
from models.values.money import Money, total
from revcycle.formats.x12.diagnostics import findings_of
from revcycle.formats.x12.remittances.balance import gaps_of, payment_expected
from revcycle.formats.x12.t835 import read_remittances
from revcycle.rules.posting.refusal import content_of, signed_amount, trace_key
from revcycle.store import remittances
from revcycle.store.inbound_files import get_inbound_file

SHOWN_MAX = 50  # of one kind: whoever needs more reads the file explained
Facts = tuple[str, str, Money, Money]  # our number, status, charge, payment


@dataclass(frozen=True, slots=True)
class PaymentEquation:
    """What a payment says it is, and what its parts make it.

    Attributes:
        claims: The payments of all claims together.
        outside: What was moved outside claims; it lowers the payment.
        expected: ``claims`` less ``outside``.
        gaps: Position and text of each equation that does not hold.
    """

    payer_name: str
    trace_number: str
    paid_on: date
    paid: Money
    claims: Money
    outside: Money
    expected: Money
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """One claim as it was posted and as the file says it; None where one of them lacks it."""

    number: str
    posted: Facts | None
    in_file: Facts | None

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.posted != self.in_file


@dataclass(frozen=True, slots=True)
class RepeatedPayment:
    """A payment of the file under a trace that was posted before.

    Attributes:
        claims: Those that differ first.
        more: How many claims are not listed.
    """

    trace_number: str
    posted: Money
    in_file: Money
    claims: tuple[ComparedClaim, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FileExplanation:
    """Why nothing of a file was posted.

    Attributes:
        waits: Whether the file is still in quarantine.
        problems: Position and text of what the reader could not read.
    """

    name: str
    source: str
    reason: str
    waits: bool
    payments: tuple[PaymentEquation, ...]
    problems: tuple[tuple[str, str], ...]
    repeated: tuple[RepeatedPayment, ...]


def explain_file(session: Session, client_id: UUID, inbound_file_id: UUID) -> FileExplanation:
    """Read a refused file again and say what is wrong with it; nothing is changed.

    Raises:
        NotFoundError: this practice has no such file.
    """
    file = get_inbound_file(session, client_id, inbound_file_id)
    documents, diagnostics = read_remittances(file.content)
    errors = [one for one in findings_of(diagnostics) if one.severity is Severity.ERROR]
    posted = remittances.posted_payments(
        session, client_id, {trace_key(document) for document in documents}
    )
    return FileExplanation(
        name=file.name,
        source=file.source,
        reason=file.reason,
        waits=file.state == InboundFileState.QUARANTINED,
        payments=tuple(_equation(document) for document in documents[:SHOWN_MAX]),
        problems=tuple((one.position, one.message) for one in errors[:SHOWN_MAX]),
        repeated=tuple(
            _repeated(document, posted[trace_key(document)])
            for document in documents
            if trace_key(document) in posted
        ),
    )


def _equation(document: RemittanceDocument) -> PaymentEquation:
    return PaymentEquation(
        payer_name=document.payer.name,
        trace_number=document.trace_number,
        paid_on=document.payment_date,
        paid=signed_amount(document),
        claims=total(claim.paid for claim in document.claims),
        outside=total(one.amount for one in document.provider_adjustments),
        expected=payment_expected(document),
        gaps=tuple((gap.position, gap.message) for gap in gaps_of(document)[:SHOWN_MAX]),
    )


def _repeated(document: RemittanceDocument, posted: PaymentContent) -> RepeatedPayment:
    content = content_of(document)
    compared = sorted(_compared(posted, content), key=lambda one: not one.differs)
    return RepeatedPayment(
        trace_number=document.trace_number,
        posted=posted.amount,
        in_file=content.amount,
        claims=tuple(compared[:SHOWN_MAX]),
        more=max(0, len(compared) - SHOWN_MAX),
    )


def _compared(posted: PaymentContent, in_file: PaymentContent) -> Iterator[ComparedClaim]:
    """Put claims of one number beside each other; what both say alike stands once."""
    ours, theirs = list(posted.claims), list(in_file.claims)
    for facts in posted.claims:
        if facts in theirs:
            ours.remove(facts)
            theirs.remove(facts)
            yield ComparedClaim(facts[0], facts, facts)
    for facts in ours:
        other = next((one for one in theirs if one[0] == facts[0]), None)
        if other is not None:
            theirs.remove(other)
        yield ComparedClaim(facts[0], facts, other)
    for facts in theirs:
        yield ComparedClaim(facts[0], None, facts)
