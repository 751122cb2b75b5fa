"""270 and 271: a question comes back with its answer, a refusal reaches all it means."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from x12sdk.io import X12ModelReader

from models.documents.eligibility import (
    Benefit,
    EligibilityAnswer,
    EligibilityBatchDocument,
    EligibilityInquiry,
    EligibilityRejection,
)
from models.documents.finding import Severity
from models.documents.inquiry import NamedParty
from models.documents.party import Address, Organization, Person
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t270 import read_inquiries, write_inquiries
from revcycle.formats.x12.t271 import read_answers, write_answers

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender_id="LAKESIDE",
    receiver_qualifier="ZZ",
    receiver_id="INVENTEDPAYER",
    control_number=8,
    created_at=datetime(2026, 3, 2, 6, 15, tzinfo=UTC),
)
PRACTICE = Organization(
    "LAKESIDE FAMILY MEDICINE", npi="1234500019", tax_id="990000002", taxonomy="207Q00000X"
)
BRANCH = Organization("LAKESIDE NORTH", npi="1234500027")
ADA = Person(
    "EXAMPLE",
    "ADA",
    "Q",
    birth_date=date(1980, 2, 3),
    sex="F",
    address=Address("1 SHORE ROAD", "MADISON", "WI", "53703"),
)
BO = Person("EXAMPLE", "BO", birth_date=date(2015, 2, 3), sex="M")
ADULT = EligibilityInquiry(
    trace_number="T-1",
    payer_name="INVENTED HEALTH PLAN",
    payer_id="IHP01",
    provider=PRACTICE,
    subscriber=ADA,
    member_id="IHP900000101",
    service_date=date(2026, 3, 3),
)
CHILD = replace(
    ADULT,
    trace_number="T-2",
    dependent=BO,
    dependent_relationship="19",
    service_type_codes=("30", "98"),
)
BENEFITS = (
    Benefit("1", "IND", ("30", "98"), "HM", "GOLD 123 PLAN"),
    Benefit("B", "IND", ("98",), period="27", amount=Money(2050), in_network="Y"),
    Benefit("A", "", ("30",), fraction=Decimal("0.2")),
    Benefit(
        "R",
        "",
        ("30",),
        related_payer_name="SECOND PLAN",
        related_payer_id="SIP02",
        related=(NamedParty("PR", "SECOND PLAN", id_qualifier="PI", id_number="SIP02"),),
    ),
)
ACTIVE = EligibilityAnswer(
    trace_number="T-1",
    payer_id="IHP01",
    member_id="IHP900000101",
    person=ADA,
    benefits=BENEFITS,
    plan_begin=date(2026, 1, 1),
    plan_end=date(2026, 12, 31),
    batch_reference="B-1",
)
UNKNOWN_CHILD = EligibilityAnswer(
    trace_number="T-2",
    payer_id="IHP01",
    member_id="IHP900000101",
    person=BO,
    rejections=(EligibilityRejection("dependent", "15", "C"),),
    batch_reference="B-1",
)


def _batch(*inquiries: EligibilityInquiry) -> EligibilityBatchDocument:
    return EligibilityBatchDocument("INVENTED HEALTH PLAN", "IHP01", "B-1", inquiries)


def _file(*segments: str) -> bytes:
    """A transaction as a payer would send it, from its segments between BHT and SE."""
    body = ["ST*271*0001*005010X279A1", "BHT*0022*11*B-9*20260302*0615", *segments]
    isa = "ISA*00*          *00*          *ZZ*INVENTEDPAYER  *ZZ*LAKESIDE       "
    lines = [
        f"{isa}*260302*0615*^*00501*000000009*0*T*:",
        "GS*HB*A*B*20260302*0615*9*X*005010X279A1",
    ]
    lines += [*body, f"SE*{len(body) + 1}*0001", "GE*1*9", "IEA*1*000000009"]
    return "".join(f"{line}~" for line in lines).encode()


PAYER_LEVEL = ("HL*1**20*1", "NM1*PR*2*INVENTED HEALTH PLAN*****PI*IHP01")
PROVIDER_LEVEL = ("HL*2*1*21*1", "NM1*1P*2*LAKESIDE*****XX*1234500019")


def test_questions_for_a_subscriber_and_a_dependent_are_read_as_they_were_asked() -> None:
    batch = _batch(ADULT, CHILD, replace(ADULT, provider=BRANCH, trace_number="T-3"))
    inquiries, findings = read_inquiries(write_inquiries(batch, ENVELOPE))
    assert findings == ()
    assert inquiries == batch.inquiries


def test_a_question_for_another_payer_is_refused() -> None:
    with pytest.raises(RejectedError):
        write_inquiries(_batch(ADULT, replace(CHILD, payer_id="SIP02")), ENVELOPE)


def test_a_dependent_hangs_below_its_subscriber_and_carries_the_trace() -> None:
    written = write_inquiries(_batch(CHILD), ENVELOPE).decode().replace("\n", "")
    assert "HL*3*2*22*1~NM1*IL*1*EXAMPLE*ADA*Q***MI*IHP900000101~" in written
    assert "HL*4*3*23*0~TRN*1*T-2*1990000002~NM1*03*1*EXAMPLE*BO~" in written
    assert written.count("TRN*") == 1


def test_a_question_without_a_date_is_about_the_day_it_was_asked() -> None:
    written = write_inquiries(_batch(ADULT), ENVELOPE).replace(b"DTP*291*D8*20260303~\n", b"")
    (inquiry,), _ = read_inquiries(written)
    assert inquiry.service_date == date(2026, 3, 2)


def test_answers_are_read_as_they_were_given() -> None:
    pairs = [(ADULT, ACTIVE), (CHILD, UNKNOWN_CHILD)]
    answers, findings = read_answers(write_answers(pairs, ENVELOPE))
    assert findings == ()
    assert answers == (ACTIVE, UNKNOWN_CHILD)


def test_service_types_repeat_by_the_separator_of_the_file() -> None:
    written = write_answers([(ADULT, ACTIVE)], ENVELOPE)
    assert b"EB*1*IND*30^98*HM*GOLD 123 PLAN~" in written
    (answer,), _ = read_answers(written.replace(b"^", b">"))
    assert answer.benefits[0].service_type_codes == ("30", "98")


def test_a_refusal_of_the_payer_reaches_every_answer_beneath_it() -> None:
    refusal = EligibilityRejection("payer", "42", "R", is_request_valid=True)
    pairs = [
        (ADULT, replace(ACTIVE, rejections=(refusal,))),
        (CHILD, replace(UNKNOWN_CHILD, rejections=(refusal, *UNKNOWN_CHILD.rejections))),
    ]
    written = write_answers(pairs, ENVELOPE)
    answers, _ = read_answers(written)
    assert written.count(b"AAA*Y**42*R~") == 1
    assert [[one.reason for one in answer.rejections] for answer in answers] == [
        ["42"],
        ["42", "15"],
    ]


def test_a_refusal_with_nothing_beneath_it_speaks_for_the_whole_batch() -> None:
    told = _file("HL*1**20*0", "NM1*PR*2*PLAN*****PI*IHP01", "AAA*Y**42*R")
    (answer,), findings = read_answers(told)
    assert findings == ()
    assert (answer.trace_number, answer.batch_reference, answer.payer_id) == ("", "B-9", "IHP01")
    assert answer.rejections == (EligibilityRejection("payer", "42", "R", is_request_valid=True),)


def test_a_refused_subscriber_refuses_the_dependent_but_not_the_next_subscriber() -> None:
    told = _file(
        *PAYER_LEVEL,
        *PROVIDER_LEVEL,
        *("HL*3*2*22*1", "NM1*IL*1*EXAMPLE*ADA****MI*M1", "AAA*N**72*C"),
        *("HL*4*3*23*0", "TRN*2*T-2*1990000002", "NM1*03*1*EXAMPLE*BO"),
        *("HL*5*2*22*0", "TRN*2*T-5*1990000002", "NM1*IL*1*SAMPLE*IDA****MI*M2", "EB*1**30"),
    )
    answers, _ = read_answers(told)
    assert [(answer.trace_number, answer.member_id) for answer in answers] == [
        ("T-2", "M1"),
        ("T-5", "M2"),
    ]
    assert [[(one.level, one.reason) for one in answer.rejections] for answer in answers] == [
        [("subscriber", "72")],
        [],
    ]


def test_our_trace_is_told_from_that_of_the_payer() -> None:
    told = _file(
        *PAYER_LEVEL,
        *PROVIDER_LEVEL,
        *("HL*3*2*22*0", "TRN*1*THEIRS*9000000001", "TRN*2*T-1*1990000002"),
        *("NM1*IL*1*EXAMPLE*ADA****MI*M1", "DTP*291*RD8*20260101-20261231", "EB*1**30"),
    )
    (answer,), _ = read_answers(told)
    assert answer.trace_number == "T-1"
    assert (answer.plan_begin, answer.plan_end) == (date(2026, 1, 1), date(2026, 12, 31))


def test_another_provider_named_beside_a_benefit_is_no_other_payer() -> None:
    told = _file(
        *PAYER_LEVEL,
        *PROVIDER_LEVEL,
        *("HL*3*2*22*0", "TRN*2*T-1*1990000002", "NM1*IL*1*EXAMPLE*ADA****MI*M1"),
        *("EB*L", "LS*2120", "NM1*P3*1*SPECIMEN*VERA****XX*1234500027", "LE*2120"),
        *("EB*R**30", "LS*2120", "NM1*IL*1*EXAMPLE*ADA", "NM1*PR*2*SECOND*****PI*SIP02", "LE*2120"),
    )
    (answer,), _ = read_answers(told)
    assert [benefit.related_payer_id for benefit in answer.benefits] == ["", "SIP02"]


def test_a_malformed_benefit_is_left_out_and_reported() -> None:
    written = write_answers([(ADULT, ACTIVE)], ENVELOPE).replace(b"*27*20.5*", b"*27*2O.5*")
    (answer,), findings = read_answers(written)
    assert [benefit.kind for benefit in answer.benefits] == ["1", "A", "R"]
    assert [(one.rule_id, one.severity, one.field) for one in findings] == [
        ("x12.271_unreadable", Severity.ERROR, "EB07")
    ]


def test_a_level_whose_parent_is_missing_inherits_nothing_and_is_reported() -> None:
    told = _file(
        *PAYER_LEVEL,
        "AAA*Y**42*R",
        *("HL*3*7*22*0", "TRN*2*T-1*1990000002", "NM1*IL*1*EXAMPLE*ADA****MI*M1", "XYZ*1"),
    )
    answers, findings = read_answers(told)
    assert [answer.rejections for answer in answers if answer.trace_number == "T-1"] == [()]
    noticed = [(one.rule_id, one.subject) for one in findings]
    assert noticed == [
        ("x12.271_level_without_parent", "HL02"),
        ("x12.segment_kept", "HL"),
        ("x12.segment_kept", "HL"),
        ("x12.segment_kept", "XYZ"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        write_inquiries(_batch(ADULT, CHILD), ENVELOPE),
        write_answers([(ADULT, ACTIVE), (CHILD, UNKNOWN_CHILD)], ENVELOPE),
    ],
    ids=["270", "271"],
)
def test_x12sdk_reads_what_is_written(written: bytes) -> None:
    with X12ModelReader(written.decode()) as reader:
        assert len(list(reader.models())) == 1


NAME = st.text("ABCDEFGHJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)
CODE = st.text("ABCDEFGHJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=12)
DAY = st.dates(date(1920, 1, 1), date(2030, 12, 31))
PERSON = st.builds(
    Person,
    last_name=NAME,
    first_name=NAME,
    middle_name=st.just("") | NAME,
    birth_date=st.none() | DAY,
    sex=st.sampled_from(["", "F", "M", "U"]),
    address=st.none() | st.just(ADA.address),
)
INQUIRY = st.builds(
    EligibilityInquiry,
    trace_number=CODE,
    payer_name=st.just("INVENTED HEALTH PLAN"),
    payer_id=st.just("IHP01"),
    provider=st.sampled_from([PRACTICE, BRANCH]),
    subscriber=PERSON,
    member_id=CODE,
    service_date=DAY,
    dependent=st.none(),
    service_type_codes=st.lists(st.sampled_from(["30", "98", "UC"]), min_size=1).map(tuple),
) | st.builds(
    lambda inquiry, person: replace(inquiry, dependent=person, dependent_relationship="19"),
    st.just(ADULT),
    PERSON,
)
BENEFIT = st.builds(
    Benefit,
    kind=st.sampled_from(["1", "6", "A", "B", "C", "F"]),
    coverage_level=st.sampled_from(["", "IND", "FAM"]),
    service_type_codes=st.lists(st.sampled_from(["30", "98", "UC"])).map(tuple),
    plan_name=st.just("") | NAME,
    period=st.sampled_from(["", "23", "27", "29"]),
    amount=st.none() | st.integers(0, 999999).map(Money),
    fraction=st.none() | st.decimals(0, 1, places=2),
    quantity_kind=st.just("VS"),
    quantity=st.integers(1, 60).map(Decimal),
    in_network=st.sampled_from(["", "Y", "N"]),
)
REJECTIONS = st.lists(
    st.builds(
        EligibilityRejection,
        level=st.sampled_from(["payer", "provider", "subscriber"]),
        reason=st.sampled_from(["42", "72", "75"]),
        follow_up=st.sampled_from(["C", "N", "R"]),
        is_request_valid=st.booleans(),
    ),
    max_size=4,
).map(lambda found: tuple(sorted(found, key=lambda one: one.level)))


@settings(max_examples=40, deadline=None)
@given(st.lists(INQUIRY, min_size=1, max_size=4))
def test_any_questions_are_read_again(inquiries: list[EligibilityInquiry]) -> None:
    read, findings = read_inquiries(write_inquiries(_batch(*inquiries), ENVELOPE))
    assert findings == ()
    assert read == tuple(inquiries)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(INQUIRY, st.lists(BENEFIT, max_size=3), REJECTIONS, st.none() | DAY),
        min_size=1,
        max_size=4,
    )
)
def test_any_answers_are_read_again(
    given_answers: list[
        tuple[EligibilityInquiry, list[Benefit], tuple[EligibilityRejection, ...], date | None]
    ],
) -> None:
    pairs = [
        (
            inquiry,
            EligibilityAnswer(
                trace_number=inquiry.trace_number,
                payer_id="IHP01",
                member_id=inquiry.member_id,
                person=inquiry.dependent or inquiry.subscriber,
                benefits=tuple(benefits),
                rejections=rejections,
                plan_begin=plan_begin,
                batch_reference="B-1",
            ),
        )
        for inquiry, benefits, rejections, plan_begin in given_answers
    ]
    answers, findings = read_answers(write_answers(pairs, ENVELOPE))
    assert findings == ()
    assert answers == tuple(answer for _, answer in pairs)
