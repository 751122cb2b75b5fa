"""What a payer says beside yes and no: all of a 271 is at hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.documents.eligibility import (
    CodedDetail,
    EligibilityAnswer,
    EligibilityDate,
    MemberDiagnosis,
    MemberNumber,
    MemberStanding,
    MilitaryService,
    ServiceDelivery,
)
from models.documents.inquiry import Procedure, Specialty, StatedDate, Trace
from models.documents.party import ContactNumber, Reference
from models.values.money import Money
from revcycle.formats.x12.t270 import read_documents, read_inquiries
from revcycle.formats.x12.t271 import read_answers
from tests.unit.formats.x12_inquiries.inquiry_files import ANSWERED, ASKED, a_file


def the_answers(segments: Sequence[str] = ANSWERED) -> tuple[EligibilityAnswer, ...]:
    answers, _ = read_answers(a_file("271", segments))
    return answers


def test_both_the_subscriber_and_the_dependent_are_answered_for() -> None:
    adult, child = the_answers()
    assert (adult.trace_number, child.trace_number) == ("T-1", "T-2")
    assert [len(one.benefits) for one in (adult, child)] == [4, 1]
    assert adult.subscriber is child.subscriber is adult.said
    assert child.said is not None
    assert child.said.standing == MemberStanding(is_subscriber=False, relationship="19")


def test_rejections_of_every_level_come_from_the_top_down_with_code_and_follow_up() -> None:
    adult, child = the_answers()
    told = [(one.level, one.reason, one.follow_up) for one in adult.rejections]
    assert told == [
        ("payer", "42", "R"),
        ("payer", "T4", "P"),
        ("provider", "43", "C"),
        ("subscriber", "71", "C"),
        ("subscriber", "52", "C"),
    ]
    assert child.rejections == adult.rejections


def test_numbers_dates_and_traces_of_the_person_are_told() -> None:
    adult, child = the_answers()
    assert adult.said is not None
    assert adult.number_of(MemberNumber.GROUP) == child.number_of(MemberNumber.GROUP) == "GROUP7"
    assert adult.number_of(MemberNumber.PLAN) == "PLAN-3"
    assert adult.said.date_of(EligibilityDate.LAST_UPDATED) == StatedDate("636", date(2026, 2, 1))
    assert (adult.plan_begin, adult.plan_end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert adult.said.traces[1] == Trace("1", "THEIRS-1", "9880000001", "EAST")
    assert adult.said.diagnoses == (MemberDiagnosis("ABK", "E119"),)


def test_service_in_the_forces_and_how_a_person_is_insured_are_told() -> None:
    said = the_answers()[0].said
    assert said is not None
    assert said.standing == MemberStanding(
        is_subscriber=True, relationship="18", change="001", change_reason="25"
    )
    assert said.military == MilitaryService("C", "AE", "C", "RESERVES", "P1", date(2020, 1, 1))


def test_a_benefit_says_when_how_often_where_and_under_which_referral() -> None:
    benefit = the_answers()[0].benefits[0]
    assert (benefit.coverage_level, benefit.service_type_codes) == ("FAM", ("30", "98"))
    assert benefit.deliveries == (
        ServiceDelivery("VS", Decimal(12), "WK", Decimal(1), "23", Decimal(2), "A", "D"),
    )
    assert benefit.references == (Reference("9F", "REFERRAL-1"),)
    assert benefit.dates == (StatedDate("348", date(2026, 1, 1), date(2026, 12, 31)),)
    assert benefit.messages == ("SEE THE MEMBER BOOK", "COPAY MAY DIFFER")
    assert benefit.details == (CodedDetail("ZZ", "11"),)


def test_a_benefit_of_one_procedure_names_it_and_its_diagnoses() -> None:
    _, copay, deductible, coinsurance = the_answers()[0].benefits
    assert copay.procedure == Procedure("HC", "99213")
    assert copay.diagnosis_pointers == ("1", "2")
    assert (copay.amount, copay.in_network) == (Money(2000), "Y")
    assert (deductible.amount, deductible.period) == (Money(45050), "29")
    assert (deductible.needs_authorization, deductible.in_network) == ("Y", "N")
    assert coinsurance.fraction == Decimal("0.2")


def test_everybody_named_beside_a_benefit_is_told_with_address_and_telephone() -> None:
    adult, _ = the_answers()
    doctor = adult.primary_care_provider
    assert doctor is not None
    assert (doctor.name, doctor.first_name, doctor.id_number) == ("SPECIMEN", "VERA", "1234500027")
    assert doctor.address is not None
    assert doctor.address.line1 == "2 LAKE ROAD"
    assert doctor.contacts[0].numbers == (ContactNumber("TE", "6085550102"),)
    assert doctor.specialties == (Specialty("PC", "207Q00000X"),)
    assert [one.role for one in adult.benefits[0].related] == ["P3", "PR"]


def test_the_payer_says_whom_to_call() -> None:
    payer = the_answers()[0].payer
    assert payer is not None
    assert payer.party is not None
    (contact,) = payer.party.contacts
    assert contact.name == "MEMBER SERVICES"
    assert [number.kind for number in contact.numbers] == ["TE", "FX", "UR"]


def test_an_unreadable_benefit_is_kept_beside_the_others() -> None:
    broken = [one.replace("*29*450.5*", "*29*45O.5*") for one in ANSWERED]
    adult, _ = the_answers(broken)
    assert [benefit.kind for benefit in adult.benefits] == ["1", "B", "A"]
    assert adult.said is not None
    assert [one.elements[0] for one in adult.said.kept] == ["EB"]


def test_a_name_beside_a_benefit_without_its_marks_is_read_and_reported() -> None:
    answers, findings = read_answers(a_file("271", [one for one in ANSWERED if one != "LE*2120"]))
    assert [one.role for one in answers[0].benefits[0].related] == ["P3", "PR"]
    assert [(one.rule_id, one.subject) for one in findings] == [("x12.271_loop_mark_missing", "LE")]


def test_a_stranger_named_behind_a_member_lends_them_no_address() -> None:
    segments = [
        one for one in ANSWERED if not one.startswith(("N3*1 SHORE", "N4*MADISON*WI*53703"))
    ]
    place = segments.index("DMG*D8*19800203*F")
    stray = ["NM1*P3*1*SPECIMEN*VERA", "N3*9 OTHER ROAD", "N4*DULUTH*MN*55801"]
    adult, _ = the_answers([*segments[:place], *stray, *segments[place:]])
    assert adult.person is not None
    assert adult.person.address is None
    assert adult.said is not None
    assert [one.elements[0] for one in adult.said.kept] == ["NM1", "N3", "N4"]


def test_a_letter_for_a_separator_does_not_split_service_types() -> None:
    older = a_file("271", [one.replace("30^98", "UC") for one in ANSWERED]).replace(b"*^*", b"*U*")
    answers, _ = read_answers(older)
    assert answers[0].benefits[0].service_type_codes == ("UC",)


def test_a_question_about_a_procedure_comes_with_place_amounts_and_authorization() -> None:
    (adult, child), findings = read_inquiries(a_file("270", ASKED))
    assert findings == ()
    family, procedure = adult.questions
    assert (family.coverage_level, family.service_type_codes) == ("FAM", ("30", "98", "UC"))
    assert procedure.procedure == Procedure("HC", "99213", ("25", "59"))
    assert procedure.diagnosis_pointers == ("1", "2")
    assert [(one.kind, one.amount) for one in procedure.amounts] == [
        ("R", Money(3750)),
        ("PB", Money(20000)),
    ]
    assert procedure.details == (CodedDetail("ZZ", "11"),)
    assert procedure.references == (Reference("G1", "AUTH-1"),)
    assert (adult.service_date, adult.service_end_date) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (child.dependent_relationship, child.service_type_codes) == ("19", ("30",))


def test_who_asks_is_told_with_every_number_and_their_own_name() -> None:
    (adult, _), _ = read_inquiries(a_file("270", ASKED))
    provider = adult.provider
    assert (provider.name, provider.npi) == ("SPECIMEN VERA", "1234500027")
    assert provider.person is not None
    assert provider.person.middle_name == "Q"
    assert (provider.tax_id, provider.taxonomy) == ("990000002", "207Q00000X")
    assert provider.references == (Reference("EO", "77"),)


def test_what_kind_of_270_it_is_stands_in_its_header() -> None:
    (document,), _ = read_documents(a_file("270", ASKED))
    assert (document.header.reference, document.header.kind) == ("B-9", "RT")
    assert (document.header.created_on, document.header.created_time) == (date(2026, 3, 2), "0615")
