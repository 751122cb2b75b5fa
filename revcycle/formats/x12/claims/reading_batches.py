"""The 837 above the claim, read: who sends, who bills, whose policy, which patient."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.documents.claim import (
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    Subscriber,
)
from models.documents.finding import Severity
from models.documents.party import Organization, Person
from revcycle.formats.x12.claims.reading_coordination import (
    read_line_adjudications,
    read_other_payers,
)
from revcycle.formats.x12.claims.reading_parties import read_organization, read_person
from revcycle.formats.x12.claims.reading_parts import read_diagnoses
from revcycle.formats.x12.claims.reading_procedures import read_service_date
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Transaction, read_interchanges
from revcycle.formats.x12.loops import Loop, loop_of, named_loops, split_at
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import Segment


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """What the levels above a claim say of it."""

    created_on: date  # BHT04: where nothing else dates a service
    billing_provider: Organization = field(default_factory=lambda: Organization(""))
    payer: ClaimPayer = field(default_factory=lambda: ClaimPayer("", "", "", ""))
    subscriber: Subscriber = field(default_factory=lambda: Subscriber(Person("", ""), ""))
    patient: Person = field(default_factory=lambda: Person("", ""))


@dataclass(slots=True, repr=False)
class ClaimLoops:
    """One claim cut into its loops."""

    claim: Loop  # loop 2300 itself
    header: Segment  # CLM
    names: list[Loop]  # 2310
    payers: list[list[Segment]]  # 2320
    lines: list[list[Segment]]  # 2400


ReadClaim = Callable[[Frame, ClaimLoops, Notes], ClaimDocument]
ReadLine = Callable[[Loop, int, date, Notes], ClaimDocumentLine]  # loop, LX01, fallback date


@collector_paused()
def read_batches(
    data: bytes, form: ClaimForm, read_claim: ReadClaim
) -> tuple[tuple[ClaimBatchDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 837 transaction of one form; what is of another kind is reported.

    Raises:
        NotX12Error: there is no ISA; the only thing that is raised.
    """
    interchanges = read_interchanges(data)
    batches: list[ClaimBatchDocument] = []
    findings: list[Diagnostic] = []
    for interchange in interchanges:
        for transaction in interchange.transactions:
            notes = Notes(interchange, transaction, findings)
            if _form_of(transaction) is form:
                batches.append(_read_transaction(transaction, form, read_claim, notes))
            else:
                _report_other(transaction, form, notes)
    return tuple(batches), tuple(findings)


def claims_of(batches: Sequence[ClaimBatchDocument]) -> tuple[ClaimDocument, ...]:
    """All claims of all batches, in the order of the file."""
    return tuple(claim for batch in batches for claim in batch.claims)


def _form_of(transaction: Transaction) -> ClaimForm | None:
    if transaction.kind != "837":
        return None
    tags = {segment.tag for segment in transaction.segments}
    if "SV3" in tags:
        return None
    return ClaimForm.INSTITUTIONAL if "SV2" in tags else ClaimForm.PROFESSIONAL


def _report_other(transaction: Transaction, form: ClaimForm, notes: Notes) -> None:
    message = f"transaction {transaction.kind} is not an {form} claim and is not read here"
    start = transaction.segments[0]
    notes.report("x12.other_transaction", start, "ST01", message, Severity.WARNING)


def _read_transaction(
    transaction: Transaction, form: ClaimForm, read_claim: ReadClaim, notes: Notes
) -> ClaimBatchDocument:
    body = [segment for segment in transaction.segments if segment.tag not in {"ST", "SE"}]
    head, levels = split_at(body, "HL")
    batch, frame = _read_header(head, form, notes)
    claims: list[ClaimDocument] = []
    for level in levels:
        above, blocks = split_at(level, "CLM")
        frame = _read_level(above, frame, notes)
        claims.extend(read_claim(frame, _cut_claim(block), notes) for block in blocks)
    return replace(batch, claims=tuple(claims))


def _read_header(
    segments: list[Segment], form: ClaimForm, notes: Notes
) -> tuple[ClaimBatchDocument, Frame]:
    loop, names = named_loops(segments)
    start = loop.take("BHT")
    sender, receiver = loop_of(names, "41"), loop_of(names, "40")
    submitter_id = sender.segments[0].get(9) if sender.segments else ""
    receiver_name = receiver.take("NM1")
    batch = ClaimBatchDocument(
        form=form,
        submitter=read_organization(sender),
        submitter_id=submitter_id,
        receiver_name=receiver_name.get(3),
        receiver_id=receiver_name.get(9),
        reference=start.get(3),
        claims=(),
    )
    notes.unread(loop, sender, receiver, *names)
    return batch, Frame(notes.date(start, 4) or date.min)


def _read_level(segments: list[Segment], frame: Frame, notes: Notes) -> Frame:
    loop, names = named_loops(segments)
    match loop.take("HL").get(3):
        case "20":
            frame = _read_billing_level(loop, names, frame)
        case "22":
            frame = _read_subscriber_level(loop, names, frame, notes)
        case "23":
            frame = _read_patient_level(loop, names, frame, notes)
    notes.unread(loop, *names)
    return frame


def _read_billing_level(loop: Loop, names: list[Loop], frame: Frame) -> Frame:
    taxonomy = loop.take("PRV", "BI").get(3)
    own = loop_of(names, "85")
    provider = replace(read_organization(own), taxonomy=taxonomy)
    names.append(own)
    return Frame(frame.created_on, provider)


def _read_subscriber_level(loop: Loop, names: list[Loop], frame: Frame, notes: Notes) -> Frame:
    information = loop.take("SBR")
    own, payer_loop = loop_of(names, "IL"), loop_of(names, "PR")
    person, member_id = read_person(own, notes)
    payer_name = payer_loop.take("NM1")
    names.extend((own, payer_loop))
    return replace(
        frame,
        payer=ClaimPayer(
            payer_name.get(3), payer_name.get(9), information.get(1), information.get(9)
        ),
        subscriber=Subscriber(
            person, member_id, information.get(2) or "18", information.get(3), information.get(4)
        ),
        patient=person,
    )


def _read_patient_level(loop: Loop, names: list[Loop], frame: Frame, notes: Notes) -> Frame:
    relationship = loop.take("PAT").get(1)
    own = loop_of(names, "QC")
    patient, _ = read_person(own, notes)
    names.append(own)
    subscriber = replace(frame.subscriber, relationship=relationship)
    return replace(frame, subscriber=subscriber, patient=patient)


def _cut_claim(segments: list[Segment]) -> ClaimLoops:
    before_lines, lines = split_at(segments, "LX")
    before_payers, payers = split_at(before_lines, "SBR")
    claim, names = named_loops(before_payers)
    return ClaimLoops(claim, claim.take("CLM"), names, payers, lines)


def read_claim_frame(
    frame: Frame, loops: ClaimLoops, form: ClaimForm, read_line: ReadLine, notes: Notes
) -> ClaimDocument:
    """Read what both forms share; the form adds its own by ``replace``."""
    period = notes.date(loops.claim.take("DTP", "434"))
    fallback = period or frame.created_on
    lines = tuple(_read_line(block, fallback, read_line, notes) for block in loops.lines)
    claim = ClaimDocument(
        control_number=loops.header.get(1),
        form=form,
        billing_provider=frame.billing_provider,
        patient=frame.patient,
        subscriber=frame.subscriber,
        payer=frame.payer,
        diagnoses=read_diagnoses(loops.claim, notes),
        lines=lines,
        original_reference=loops.claim.take("REF", "F8").get(2),
        prior_authorization=loops.claim.take("REF", "G1").get(2),
        referral_number=loops.claim.take("REF", "9F").get(2),
        other_payers=read_other_payers(loops.payers, lines, notes),
        accepts_assignment=loops.header.get(7) != "C",
        service_facility=_read_facility(loops.names, notes),
    )
    _report_total(claim, loops.header, notes)
    return claim


def _read_facility(names: list[Loop], notes: Notes) -> Organization | None:
    loop = loop_of(names, "77")
    if not loop.segments:
        return None
    facility = read_organization(loop)
    notes.unread(loop)
    return facility


def _report_total(claim: ClaimDocument, header: Segment, notes: Notes) -> None:
    if not claim.lines:
        notes.report("x12.claim_without_lines", header, "CLM", "the claim has no service lines")
    elif notes.amount(header, 2) != claim.charge_total:
        notes.report("x12.claim_total", header, "CLM02", "is not the sum of the lines' charges")


def _read_line(
    block: list[Segment], fallback: date, read_line: ReadLine, notes: Notes
) -> ClaimDocumentLine:
    before, adjudications = split_at(block, "SVD")
    loop, names = named_loops(before)
    header = loop.take("LX")
    number = header.get(1)
    if not (number.isascii() and number.isdigit()):
        notes.report("x12.bad_value", header, "LX01", "not a line number")
        number = "0"
    line = read_line(loop, int(number), fallback, notes)
    service = loop.take("DTP", "472")
    if not service.tag and "SV1" in {segment.tag for segment in block}:
        notes.report("x12.service_date_missing", header, "DTP*472", "the line has no date")
    start, end = read_service_date(service, fallback, notes)
    line = replace(
        line,
        service_date=start,
        service_end_date=end,
        line_control_number=loop.take("REF", "6R").get(2),
        adjudications=read_line_adjudications(adjudications, notes),
    )
    notes.unread(loop, *names)
    return line
