"""A payer's answers as 271 documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from models.documents.eligibility import (
    CoverageDocument,
    CoverageLevel,
    EligibilityAnswer,
    EligibilityDate,
    EligibilityInquiry,
    EligibilityRejection,
    MemberStanding,
)
from models.documents.inquiry import InquiryHeader, LevelKind, StatedDate
from models.documents.party import Organization, Person
from revcycle.formats.x12.elements import write_time
from revcycle.formats.x12.inquiries.parties_of import (
    asking_party,
    organization_party,
    person_party,
)
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t270 import trace_of

ANSWER = "11"  # BHT02
OTHER_RELATIONSHIP = "21"  # INS02: not known
COMES_BACK = "2"  # TRN01
Pair = tuple[EligibilityInquiry, EligibilityAnswer]
Rejections = tuple[EligibilityRejection, ...]


def answer_documents(answers: Sequence[Pair], envelope: Envelope) -> list[CoverageDocument]:
    """Make one document per run of answers to the same batch.

    Raises:
        RejectedError: the name or number of a payer or provider is missing.
    """
    runs = groupby(answers, key=lambda pair: pair[1].batch_reference)
    return [_document(reference, list(run), envelope) for reference, run in runs]


def _document(reference: str, answers: Sequence[Pair], envelope: Envelope) -> CoverageDocument:
    created_at = envelope.created_at
    header = InquiryHeader(
        reference or f"{envelope.control_number:09d}",
        ANSWER,
        created_on=created_at.date(),
        created_time=write_time(created_at),
    )
    runs = groupby(answers, key=_payer_key)
    return CoverageDocument(header, tuple(_payer(*key, list(run)) for key, run in runs))


def _payer_key(pair: Pair) -> tuple[str, str, Rejections]:
    inquiry, answer = pair
    payer_id = answer.payer_id or inquiry.payer_id
    return inquiry.payer_name, payer_id, _at(answer, "payer")


def _provider_key(pair: Pair) -> tuple[Organization, Rejections]:
    return pair[0].provider, _at(pair[1], "provider")


def _at(answer: EligibilityAnswer, level: str) -> Rejections:
    """Take the rejections of a level but those of single benefits, which stand beside these."""
    of_benefits = [one for benefit in answer.benefits for one in benefit.rejections]
    kept = []
    for rejection in answer.rejections:
        if rejection in of_benefits:
            of_benefits.remove(rejection)
        elif rejection.level == level:
            kept.append(rejection)
    return tuple(kept)


def _payer(
    name: str, payer_id: str, rejections: Rejections, answers: Sequence[Pair]
) -> CoverageLevel:
    runs = groupby(answers, key=_provider_key)
    receivers = tuple(_receiver(*key, list(run)) for key, run in runs)
    party = organization_party("PR", name, "PI", payer_id)
    return CoverageLevel(LevelKind.PAYER, party, rejections=rejections, children=receivers)


def _receiver(
    provider: Organization, rejections: Rejections, answers: Sequence[Pair]
) -> CoverageLevel:
    members = tuple(_member(inquiry, answer) for inquiry, answer in answers)
    party = asking_party(provider)
    return CoverageLevel(LevelKind.RECEIVER, party, rejections=rejections, children=members)


def _member(inquiry: EligibilityInquiry, answer: EligibilityAnswer) -> CoverageLevel:
    member_id = answer.member_id or inquiry.member_id
    dependent = inquiry.dependent
    known = inquiry.subscriber if dependent else answer.person or inquiry.subscriber
    subscriber = CoverageLevel(
        LevelKind.SUBSCRIBER,
        person_party("IL", known, member_id),
        birth_date=known.birth_date,
        sex=known.sex,
        rejections=_at(answer, "subscriber"),
    )
    if dependent is None:
        return _answering(subscriber, inquiry, answer)
    below = _dependent(answer.person or dependent, inquiry.dependent_relationship, answer)
    return replace(subscriber, children=(_answering(below, inquiry, answer),))


def _dependent(person: Person, relationship: str, answer: EligibilityAnswer) -> CoverageLevel:
    return CoverageLevel(
        LevelKind.DEPENDENT,
        person_party("03", person),
        birth_date=person.birth_date,
        sex=person.sex,
        standing=MemberStanding(
            is_subscriber=False, relationship=relationship or OTHER_RELATIONSHIP
        ),
        rejections=_at(answer, "dependent"),
    )


def _answering(
    level: CoverageLevel, inquiry: EligibilityInquiry, answer: EligibilityAnswer
) -> CoverageLevel:
    plan = (
        _plan_date(EligibilityDate.PLAN_BEGIN, answer.plan_begin),
        _plan_date(EligibilityDate.PLAN_END, answer.plan_end),
    )
    return replace(
        level,
        traces=(trace_of(COMES_BACK, inquiry),),
        dates=tuple(one for one in plan if one is not None),
        benefits=answer.benefits,
    )


def _plan_date(kind: EligibilityDate, when: date | None) -> StatedDate | None:
    return StatedDate(kind, when) if when else None
