"""What only 270 and 271 say: AAA, EB, EQ, HSD, III, INS, HI, MPI and MSG, both ways."""

from datetime import date

from models.documents.eligibility import (
    Benefit,
    BenefitQuestion,
    CodedDetail,
    EligibilityRejection,
    MemberDiagnosis,
    MemberStanding,
    MilitaryService,
    ServiceDelivery,
)
from models.documents.inquiry import Procedure
from revcycle.formats.x12.elements import write_date, write_date_range
from revcycle.formats.x12.inquiries.codecs import (
    OURS,
    Codec,
    amount_text,
    join_parts,
    quantity_text,
    split_repeats,
)
from revcycle.formats.x12.reading import Place, optional_amount, optional_quantity
from revcycle.formats.x12.segments import Segment, segment

MODIFIERS_MAX = 4
PROCEDURE_PARTS = 8
DIAGNOSES_MAX = 12
PERIOD_LENGTH = 17  # CCYYMMDD-CCYYMMDD


def read_procedure(one: Segment, number: int, place: Place) -> Procedure | None:
    """Read a composite that names a service; None where it is empty."""
    if not one.get(number):
        return None
    parts = (*place.components(one, number), *("" for _ in range(PROCEDURE_PARTS)))
    modifiers = list(parts[2 : 2 + MODIFIERS_MAX])
    while modifiers and not modifiers[-1]:
        modifiers.pop()
    return Procedure(parts[0], parts[1], tuple(modifiers), parts[6], parts[7])


def write_procedure(procedure: Procedure | None) -> str:
    """Write a composite that names a service."""
    if procedure is None:
        return ""
    modifiers = (*procedure.modifiers, *("" for _ in range(MODIFIERS_MAX)))[:MODIFIERS_MAX]
    tail = (procedure.description, procedure.last_code)
    return join_parts((procedure.qualifier, procedure.code, *modifiers, *tail))


def _read_pointers(one: Segment, number: int, place: Place) -> tuple[str, ...]:
    return place.components(one, number) if one.get(number) else ()


def _read_question(one: Segment, place: Place) -> BenefitQuestion:
    return BenefitQuestion(
        service_type_codes=split_repeats(one.get(1), place.delimiters),
        procedure=read_procedure(one, 2, place),
        coverage_level=one.get(3),
        insurance_type=one.get(4),
        diagnosis_pointers=_read_pointers(one, 5, place),
    )


def _write_question(question: BenefitQuestion) -> Segment:
    return segment(
        "EQ",
        join_parts(question.service_type_codes, OURS.repetition),
        write_procedure(question.procedure),
        question.coverage_level,
        question.insurance_type,
        join_parts(question.diagnosis_pointers),
    )


def _read_benefit(one: Segment, place: Place) -> Benefit:
    return Benefit(
        kind=one.get(1),
        coverage_level=one.get(2),
        service_type_codes=split_repeats(one.get(3), place.delimiters),
        insurance_type=one.get(4),
        plan_name=one.get(5),
        period=one.get(6),
        amount=optional_amount(one, 7),
        fraction=optional_quantity(one, 8),
        quantity_kind=one.get(9),
        quantity=optional_quantity(one, 10),
        needs_authorization=one.get(11),
        in_network=one.get(12),
        procedure=read_procedure(one, 13, place),
        diagnosis_pointers=_read_pointers(one, 14, place),
    )


def _write_benefit(benefit: Benefit) -> Segment:
    return segment(
        "EB",
        benefit.kind,
        benefit.coverage_level,
        join_parts(benefit.service_type_codes, OURS.repetition),
        benefit.insurance_type,
        benefit.plan_name,
        benefit.period,
        amount_text(benefit.amount),
        quantity_text(benefit.fraction),
        benefit.quantity_kind,
        quantity_text(benefit.quantity),
        benefit.needs_authorization,
        benefit.in_network,
        write_procedure(benefit.procedure),
        join_parts(benefit.diagnosis_pointers),
    )


def _read_delivery(one: Segment, _: Place) -> ServiceDelivery:
    return ServiceDelivery(
        quantity_kind=one.get(1),
        quantity=optional_quantity(one, 2),
        frequency_unit=one.get(3),
        frequency=optional_quantity(one, 4),
        period=one.get(5),
        period_count=optional_quantity(one, 6),
        pattern=one.get(7),
        pattern_time=one.get(8),
    )


def _write_delivery(delivery: ServiceDelivery) -> Segment:
    return segment(
        "HSD",
        delivery.quantity_kind,
        quantity_text(delivery.quantity),
        delivery.frequency_unit,
        quantity_text(delivery.frequency),
        delivery.period,
        quantity_text(delivery.period_count),
        delivery.pattern,
        delivery.pattern_time,
    )


def _read_diagnoses(one: Segment, place: Place) -> tuple[MemberDiagnosis, ...]:
    pairs = (place.components(one, number) for number in range(1, len(one)) if one[number])
    return tuple(MemberDiagnosis(pair[0], "".join(pair[1:2])) for pair in pairs)


def _write_diagnoses(diagnoses: tuple[MemberDiagnosis, ...]) -> Segment:
    return segment("HI", *(join_parts((one.code_list, one.code)) for one in diagnoses))


def _read_military(one: Segment, place: Place) -> MilitaryService:
    known = (one.get(1), one.get(2), one.get(3), one.get(4), one.get(5))
    days = place.date_range(one, 7)
    first: date | None = days[0] if days else None
    last = days[1] if days and len(one.get(7)) == PERIOD_LENGTH else None
    return MilitaryService(*known, first=first, last=last)


def _write_military(known: MilitaryService) -> Segment:
    if known.first is None:
        days = ("", "")
    elif known.last is None:
        days = ("D8", write_date(known.first))
    else:
        days = ("RD8", write_date_range(known.first, known.last))
    facts = (known.information, known.employment, known.affiliation)
    return segment("MPI", *facts, known.description, known.rank, *days)


def _read_standing(one: Segment, _: Place) -> MemberStanding:
    return MemberStanding(one.get(1) == "Y", one.get(2), one.get(3), one.get(4), one.get(17))


def _write_standing(known: MemberStanding) -> Segment:
    indicator = "Y" if known.is_subscriber else "N"
    change = (known.relationship, known.change, known.change_reason)
    return segment("INS", indicator, *change, *("" for _ in range(5, 17)), known.birth_sequence)


def rejection_codec(level: str) -> Codec[EligibilityRejection]:
    """Read and write AAA of a level, by its name."""
    return Codec(
        lambda one, _: EligibilityRejection(level, one.get(3), one.get(4), one.get(1) == "Y"),
        write_rejection,
    )


def write_rejection(rejection: EligibilityRejection) -> Segment:
    """Write AAA."""
    indicator = "Y" if rejection.is_request_valid else "N"
    return segment("AAA", indicator, "", rejection.reason, rejection.follow_up)


QUESTION = Codec(_read_question, _write_question)
BENEFIT = Codec(_read_benefit, _write_benefit)
DELIVERY = Codec(_read_delivery, _write_delivery)
DIAGNOSES = Codec(_read_diagnoses, _write_diagnoses)
MILITARY = Codec(_read_military, _write_military)
STANDING = Codec(_read_standing, _write_standing)
DETAIL = Codec(
    lambda one, _: CodedDetail(one.get(1), one.get(2), one.get(3), one.get(4)),
    lambda known: segment("III", known.code_list, known.code, known.category, known.text),
)
MESSAGE = Codec(lambda one, _: one.get(1), lambda text: segment("MSG", text))
