"""270: questions about coverage (005010X279A1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from models.documents.eligibility import (
    BenefitQuestion,
    CoverageDocument,
    CoverageLevel,
    EligibilityBatchDocument,
    EligibilityDate,
    EligibilityInquiry,
    MemberStanding,
)
from models.documents.inquiry import InquiryHeader, LevelKind, NamedParty, StatedDate, Trace
from models.documents.party import Organization, Person
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import write_time
from revcycle.formats.x12.inquiries.coverage_reading import read_document
from revcycle.formats.x12.inquiries.coverage_writing import coverage_segments
from revcycle.formats.x12.inquiries.parties_of import (
    asking_party,
    organization_party,
    person_of,
    person_party,
    provider_of,
)
from revcycle.formats.x12.inquiries.strictness import checked, shared_version
from revcycle.formats.x12.inquiries.trees import Starts, walk_levels
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.reading import Place, UnreadableError, read_places

VERSION = "005010X279A1"
TAX_ID_LENGTH = 9
ASK = "13"  # BHT02
OURS = "1"  # TRN01: of who asks


def write_inquiries(batch: EligibilityBatchDocument, envelope: Envelope) -> bytes:
    """Write the questions to one payer as one 270.

    Questions of the same provider that follow each other share its level; every question has
    a subscriber level of its own, so that its trace number comes back with its answer.

    Raises:
        RejectedError: something required is missing, too long, or meant for another payer.
    """
    return write_documents([_document_of(batch, envelope)], envelope)


def write_documents(documents: Sequence[CoverageDocument], envelope: Envelope) -> bytes:
    """Write whole 270 documents, one transaction each.

    Raises:
        RejectedError: something required is missing or cannot be written.
    """
    bodies = [list(checked(coverage_segments(document))) for document in documents]
    return write_interchange(envelope, "HS", shared_version(documents) or VERSION, bodies)


def read_inquiries(data: bytes) -> tuple[tuple[EligibilityInquiry, ...], tuple[Diagnostic, ...]]:
    """Read every question of every 270 of a file; nothing in the file raises."""
    findings: list[Diagnostic] = []
    inquiries: list[EligibilityInquiry] = []
    for place in read_places(data, "270", findings):
        document, starts = read_document(place)
        inquiries.extend(_inquiries_of(document, starts, place))
    return tuple(inquiries), tuple(findings)


def read_documents(data: bytes) -> tuple[tuple[CoverageDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 270 of a file with everything it says; nothing in the file raises."""
    findings: list[Diagnostic] = []
    places = read_places(data, "270", findings)
    return tuple([read_document(place)[0] for place in places]), tuple(findings)


def trace_of(kind: str, inquiry: EligibilityInquiry) -> Trace:
    """Make our trace of a question: kind 1 when we ask, 2 when the payer answers.

    TRN03 says who gave the number: 1 and a tax id or, without one, 9 and the start of the NPI.
    """
    provider = inquiry.provider
    is_tax_id = len(provider.tax_id) == TAX_ID_LENGTH
    originator = f"1{provider.tax_id}" if is_tax_id else f"9{provider.npi[:9]}"
    return Trace(kind, inquiry.trace_number, originator)


def _document_of(batch: EligibilityBatchDocument, envelope: Envelope) -> CoverageDocument:
    created_at = envelope.created_at
    header = InquiryHeader(
        batch.reference, ASK, created_on=created_at.date(), created_time=write_time(created_at)
    )
    if any(inquiry.payer_id != batch.payer_id for inquiry in batch.inquiries):
        msg = "an inquiry of the batch is meant for another payer"
        raise RejectedError(msg)
    runs = groupby(batch.inquiries, key=lambda inquiry: inquiry.provider)
    receivers = [_receiver_of(provider, run) for provider, run in runs]
    party = organization_party("PR", batch.payer_name, "PI", batch.payer_id)
    payer = CoverageLevel(LevelKind.PAYER, party, children=tuple(receivers))
    return CoverageDocument(header, (payer,))


def _receiver_of(provider: Organization, inquiries: Iterator[EligibilityInquiry]) -> CoverageLevel:
    members = tuple(_member_of(inquiry) for inquiry in inquiries)
    return CoverageLevel(LevelKind.RECEIVER, asking_party(provider), children=members)


def _member_of(inquiry: EligibilityInquiry) -> CoverageLevel:
    subscriber = _level_of(
        LevelKind.SUBSCRIBER,
        person_party("IL", inquiry.subscriber, inquiry.member_id),
        inquiry.subscriber,
    )
    if inquiry.dependent is None:
        return _asking(subscriber, inquiry)
    party = person_party("03", inquiry.dependent)
    dependent = _level_of(LevelKind.DEPENDENT, party, inquiry.dependent)
    if inquiry.dependent_relationship:
        standing = MemberStanding(is_subscriber=False, relationship=inquiry.dependent_relationship)
        dependent = replace(dependent, standing=standing)
    return replace(subscriber, children=(_asking(dependent, inquiry),))


def _level_of(kind: LevelKind, party: NamedParty, person: Person) -> CoverageLevel:
    return CoverageLevel(kind, party, birth_date=person.birth_date, sex=person.sex)


def _asking(level: CoverageLevel, inquiry: EligibilityInquiry) -> CoverageLevel:
    """Put the question to the level of the patient."""
    party = replace(level.party or NamedParty(""), references=inquiry.references)
    codes = inquiry.service_type_codes
    plan = StatedDate(EligibilityDate.PLAN, inquiry.service_date, inquiry.service_end_date)
    return replace(
        level,
        party=party,
        traces=(trace_of(OURS, inquiry),),
        diagnoses=inquiry.diagnoses,
        dates=(plan,),
        questions=(*(BenefitQuestion((code,)) for code in codes), *inquiry.questions),
    )


def _inquiries_of(
    document: CoverageDocument, starts: Starts, place: Place
) -> Iterator[EligibilityInquiry]:
    for level, above in walk_levels(document.levels):
        is_dependent = level.kind == LevelKind.DEPENDENT
        asks = level.kind == LevelKind.SUBSCRIBER and (not level.children or level.questions)
        if not (is_dependent or asks):
            continue
        period = _service_period(level, document.header)
        if period is None:
            error = UnreadableError(starts[id(level)], 1, "a question without a date")
            place.report_unreadable(error, "the inquiry")
        else:
            yield _inquiry_of(level, above, period)


def _inquiry_of(
    level: CoverageLevel, above: Mapping[str, CoverageLevel], period: StatedDate
) -> EligibilityInquiry:
    payer = _party(above, LevelKind.PAYER)
    subscriber = above.get(LevelKind.SUBSCRIBER)
    is_dependent = level.kind == LevelKind.DEPENDENT
    standing = level.standing
    codes, questions = _sort_questions(level.questions)
    return EligibilityInquiry(
        trace_number=next((one.number for one in level.traces if one.kind == OURS), ""),
        payer_name=payer.name,
        payer_id=payer.id_number,
        provider=provider_of(_party(above, LevelKind.RECEIVER)),
        subscriber=patient_of(subscriber),
        member_id=subscriber.party.id_number if subscriber and subscriber.party else "",
        service_date=period.first,
        dependent=patient_of(level) if is_dependent else None,
        dependent_relationship=standing.relationship if is_dependent and standing else "",
        service_type_codes=codes,
        service_end_date=period.last,
        questions=questions,
        references=level.party.references if level.party else (),
        diagnoses=level.diagnoses,
        said=level,
    )


def _party(above: Mapping[str, CoverageLevel], kind: LevelKind) -> NamedParty:
    level = above.get(kind)
    return (level.party if level else None) or NamedParty("")


def patient_of(level: CoverageLevel | None) -> Person:
    """Read the person of a level, with birth date and sex."""
    if level is None:
        return Person(last_name="", first_name="")
    return replace(person_of(level.party), birth_date=level.birth_date, sex=level.sex)


def _service_period(level: CoverageLevel, header: InquiryHeader) -> StatedDate | None:
    """Take DTP*291 or, without one, the day the question was asked (BHT04)."""
    dates: list[StatedDate] = [*level.dates]
    dates.extend(one for question in level.questions for one in question.dates)
    found = next((one for one in dates if one.kind == EligibilityDate.PLAN), None)
    if found or header.created_on is None:
        return found
    return StatedDate(EligibilityDate.PLAN, header.created_on)


def _sort_questions(
    questions: Sequence[BenefitQuestion],
) -> tuple[tuple[str, ...], tuple[BenefitQuestion, ...]]:
    """Tell questions that name nothing but service types from those that say more."""
    codes: list[str] = []
    others: list[BenefitQuestion] = []
    for question in questions:
        if question == BenefitQuestion(question.service_type_codes):
            codes.extend(question.service_type_codes)
        else:
            others.append(question)
    return tuple(codes), tuple(others)
