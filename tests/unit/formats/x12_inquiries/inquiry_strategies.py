"""Invented questions to payers and answers, of every shape the guides allow."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from models.documents.acknowledgement import (
    ClaimStatus,
    StatusDocument,
    StatusLevel,
    StatusLine,
    StatusReport,
    TracedStatus,
)
from models.documents.eligibility import (
    Benefit,
    BenefitQuestion,
    CodedDetail,
    CoverageDocument,
    CoverageLevel,
    EligibilityRejection,
    MemberDiagnosis,
    MemberStanding,
    MilitaryService,
    ServiceDelivery,
)
from models.documents.inquiry import (
    InquiryHeader,
    NamedParty,
    Procedure,
    Specialty,
    StatedAmount,
    StatedDate,
    StatedQuantity,
    Trace,
)
from models.documents.party import Address, Contact, ContactNumber, Reference
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender_id="LAKESIDE",
    receiver_qualifier="ZZ",
    receiver_id="INVENTEDPAYER",
    control_number=8,
    created_at=datetime(2026, 3, 2, 6, 15, tzinfo=UTC),
)
LEVEL_NAMES = {"20": "payer", "21": "provider", "22": "subscriber", "23": "dependent"}
PAYER_ROLES = ("PR", "PRP", "SEP", "TTP", "2B")

CODE = st.text("ABCDEFGHJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=9)
WORD = st.text("ABCDEFGHJKLMNOPQRSTUVWXYZ'.-", min_size=1, max_size=7).filter(str.strip)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
MAYBE_TEXT = st.just("") | TEXT
MAYBE_CODE = st.just("") | CODE
DAY = st.dates(date(1920, 1, 1), date(2030, 12, 31))
MONEY = st.integers(-5_000_00, 90_000_00).map(Money)
COUNT = st.decimals(0, 999, places=2)


def some(of: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=most).map(tuple)


TRACE = st.builds(Trace, st.sampled_from("12"), CODE, MAYBE_CODE, MAYBE_CODE)
REFERENCE = st.builds(
    Reference, st.sampled_from(["18", "6P", "1L", "SY", "EJ"]), CODE, MAYBE_TEXT, MAYBE_CODE
)
ADDRESS = st.builds(
    Address,
    line1=TEXT,
    city=TEXT,
    state=st.sampled_from(["WI", "ON"]),
    zip_code=st.sampled_from(["53703", "537031234", "K1A0B1"]),
    line2=MAYBE_TEXT,
    country=st.sampled_from(["", "CA"]),
)
CONTACT = st.builds(
    Contact, MAYBE_TEXT, some(st.builds(ContactNumber, st.sampled_from(["TE", "FX"]), CODE), 3)
)
SPECIALTY = st.builds(Specialty, st.sampled_from(["BI", "PC", "RF"]), CODE)
DATED = st.builds(StatedDate, st.sampled_from(["291", "346", "472", "636"]), DAY) | st.builds(
    StatedDate, st.sampled_from(["291", "307"]), DAY, DAY
)
PROCEDURE = st.builds(
    Procedure,
    st.sampled_from(["HC", "AD", "N4"]),
    CODE,
    st.sampled_from([(), ("25",), ("", "26"), ("25", "59", "LT", "RT")]),
    MAYBE_TEXT.map(lambda text: text.replace(" ", "")),
    MAYBE_CODE,
)
MAYBE_PROCEDURE = st.none() | PROCEDURE
POINTERS = st.lists(st.sampled_from("1234"), max_size=4).map(tuple)


def party(*roles: str) -> st.SearchStrategy[NamedParty]:
    return st.builds(
        NamedParty,
        role=st.sampled_from(roles),
        name=TEXT,
        is_person=st.booleans(),
        first_name=MAYBE_TEXT,
        middle_name=MAYBE_TEXT,
        prefix=st.sampled_from(["", "DR"]),
        suffix=st.sampled_from(["", "JR"]),
        id_qualifier=st.sampled_from(["XX", "PI", "MI", "SV"]),
        id_number=CODE,
        relationship=st.sampled_from(["", "01"]),
        references=some(REFERENCE),
        address=st.none() | ADDRESS,
        contacts=some(CONTACT),
        specialties=some(SPECIALTY),
    )


def rejections(level: str) -> st.SearchStrategy[tuple[object, ...]]:
    return some(
        st.builds(
            EligibilityRejection,
            st.just(level),
            st.sampled_from(["42", "72", "T4"]),
            st.sampled_from(["", "C", "N"]),
            st.booleans(),
        )
    )


DETAIL = st.builds(CodedDetail, st.sampled_from(["ZZ", "GR"]), CODE, st.just(""), MAYBE_TEXT)
QUESTION = st.builds(
    BenefitQuestion,
    service_type_codes=some(st.sampled_from(["30", "98", "UC"]), 3),
    procedure=MAYBE_PROCEDURE,
    coverage_level=st.sampled_from(["", "FAM"]),
    insurance_type=st.sampled_from(["", "HM"]),
    diagnosis_pointers=POINTERS,
    amounts=some(st.builds(StatedAmount, st.sampled_from(["R", "PB"]), MONEY)),
    details=some(DETAIL),
    references=some(REFERENCE),
    dates=some(DATED),
)
DELIVERY = st.builds(
    ServiceDelivery,
    quantity_kind=st.just("VS"),
    quantity=st.none() | COUNT,
    frequency_unit=st.sampled_from(["", "WK"]),
    frequency=st.none() | COUNT,
    period=st.sampled_from(["", "23"]),
    period_count=st.none() | COUNT,
    pattern=st.sampled_from(["", "A"]),
    pattern_time=st.sampled_from(["", "D"]),
)


def benefit(level: str) -> st.SearchStrategy[Benefit]:
    return st.builds(
        Benefit,
        kind=st.sampled_from(["1", "6", "A", "B", "C", "F", "R", "L"]),
        coverage_level=st.sampled_from(["", "IND", "FAM"]),
        service_type_codes=some(st.sampled_from(["30", "98", "UC"]), 3),
        insurance_type=st.sampled_from(["", "HM"]),
        plan_name=MAYBE_TEXT,
        period=st.sampled_from(["", "23", "29"]),
        amount=st.none() | MONEY,
        fraction=st.none() | st.decimals(0, 1, places=2),
        quantity_kind=st.sampled_from(["", "VS"]),
        quantity=st.none() | COUNT,
        in_network=st.sampled_from(["", "Y", "W"]),
        needs_authorization=st.sampled_from(["", "Y", "U"]),
        procedure=MAYBE_PROCEDURE,
        diagnosis_pointers=POINTERS,
        deliveries=some(DELIVERY),
        references=some(REFERENCE),
        dates=some(DATED),
        rejections=rejections(level),
        messages=some(TEXT),
        details=some(DETAIL),
        related=some(party("P3", "PR", "SEP", "IL")),
    ).map(_with_related_payer)


def _with_related_payer(told: Benefit) -> Benefit:
    payers = [one for one in told.related if one.role in PAYER_ROLES]
    if told.kind != "R" or not payers:
        return told
    number = payers[0].id_number
    return replace(told, related_payer_name=payers[0].name, related_payer_id=number)


MILITARY = st.builds(
    MilitaryService,
    st.just("C"),
    st.just("AE"),
    st.just("C"),
    MAYBE_TEXT,
    MAYBE_CODE,
    first=st.none() | DAY,
) | st.builds(MilitaryService, st.just("L"), st.just("RM"), st.just("I"), first=DAY, last=DAY)


def coverage_level(
    kind: str, role: str, kinds: str, below: st.SearchStrategy[tuple[object, ...]]
) -> st.SearchStrategy[CoverageLevel]:
    name = LEVEL_NAMES[kind]
    return st.builds(
        CoverageLevel,
        kind=st.just(kind),
        party=party(role),
        traces=some(TRACE),
        birth_date=st.none() | DAY,
        sex=st.sampled_from(["", "F", "U"]),
        standing=st.none()
        | st.builds(
            MemberStanding, st.booleans(), st.just("19"), MAYBE_CODE, MAYBE_CODE, st.just("")
        ),
        diagnoses=some(st.builds(MemberDiagnosis, st.sampled_from(["BK", "ABF"]), CODE), 3),
        dates=some(DATED),
        military=st.none() | MILITARY,
        level_rejections=rejections(name) if kinds == "271" else st.just(()),
        rejections=rejections(name) if kinds == "271" else st.just(()),
        questions=some(QUESTION) if kinds == "270" else st.just(()),
        benefits=some(benefit(name)) if kinds == "271" else st.just(()),
        children=below,
    )


HEADER = st.builds(
    InquiryHeader,
    reference=CODE,
    purpose=st.sampled_from(["08", "11", "13"]),
    kind=st.sampled_from(["", "RT", "DG"]),
    created_on=st.none() | DAY,
    created_time=st.sampled_from(["0615", "061559"]),
)


def coverage(kinds: str) -> st.SearchStrategy[CoverageDocument]:
    dependent = coverage_level("23", "03", kinds, st.just(()))
    subscriber = coverage_level("22", "IL", kinds, some(dependent, 1))
    receiver = coverage_level("21", "1P", kinds, some(subscriber))
    payer = coverage_level("20", "PR", kinds, some(receiver))
    return st.builds(CoverageDocument, HEADER, st.lists(payer, min_size=1, max_size=2).map(tuple))


STATUS = st.builds(
    ClaimStatus,
    st.sampled_from(["A1", "A7", "F1", "P3", "E0"]),
    st.sampled_from(["19", "562"]),
    st.sampled_from(["", "QC", "85"]),
    st.sampled_from(["", "RX"]),
)
REPORT = st.builds(
    StatusReport,
    statuses=st.lists(STATUS, min_size=1, max_size=3).map(tuple),
    effective_on=st.none() | DAY,
    action=st.sampled_from(["", "WQ", "U"]),
    charge=st.none() | MONEY,
    paid=st.none() | MONEY,
    decided_on=st.none() | DAY,
    payment_method=st.sampled_from(["", "CHK"]),
    paid_on=st.none() | DAY,
    check_number=MAYBE_CODE,
    message=MAYBE_TEXT,
)
CLAIM_NUMBER = st.builds(Reference, st.sampled_from(["1K", "BLT", "EJ", "D9", "XZ"]), CODE)
LINE = st.builds(
    StatusLine,
    procedure=PROCEDURE,
    charge=st.none() | MONEY,
    paid=st.none() | MONEY,
    revenue_code=st.sampled_from(["", "0450"]),
    units_paid=st.none() | COUNT,
    submitted_procedure=MAYBE_PROCEDURE,
    units=st.none() | COUNT,
    reports=some(REPORT),
    references=some(st.builds(Reference, st.just("FJ"), CODE), 1),
    dates=some(DATED, 1),
)
TRACED = st.builds(
    TracedStatus,
    trace=TRACE,
    reports=some(REPORT),
    references=some(CLAIM_NUMBER, 4),
    quantities=some(
        st.builds(StatedQuantity, st.sampled_from(["90", "QA"]), st.integers(0, 9).map(Decimal))
    ),
    amounts=some(st.builds(StatedAmount, st.sampled_from(["T3", "YU"]), MONEY)),
    dates=some(DATED),
    lines=some(LINE),
)


def status_level(
    kind: str, role: str, below: st.SearchStrategy[tuple[object, ...]]
) -> st.SearchStrategy[StatusLevel]:
    return st.builds(
        StatusLevel,
        kind=st.just(kind),
        parties=some(party(role)),
        birth_date=st.none() | DAY,
        sex=st.sampled_from(["", "M"]),
        traced=some(TRACED),
        children=below,
    )


def status() -> st.SearchStrategy[StatusDocument]:
    dependent = status_level("23", "QC", st.just(()))
    patient = status_level("PT", "QC", st.just(()))
    subscriber = status_level("22", "IL", some(dependent, 1))
    provider = status_level("19", "1P", some(subscriber | patient))
    receiver = status_level("21", "41", some(provider, 1))
    payer = status_level("20", "PR", some(receiver, 1))
    return st.builds(StatusDocument, HEADER, payer.map(lambda one: (one,)))
