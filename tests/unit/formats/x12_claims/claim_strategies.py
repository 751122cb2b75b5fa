"""Generated claims in canonical form: what a file can give back unchanged."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    FrequencyCode,
    InstitutionalDetail,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.party import Address, Organization, Person, Provider
from models.values.identifiers import is_npi
from models.values.money import Money

NPIS = [
    npi
    for tail, check in product(range(0, 900, 37), range(10))
    if is_npi(npi := f"199{tail:06d}{check}")
]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
amounts = st.integers(0, 10**8).map(Money)
npis = st.sampled_from(NPIS)
codes = st.text(LETTERS + DIGITS, min_size=2, max_size=12)


def words(limit: int) -> st.SearchStrategy[str]:
    """Text that is already clean."""
    word = st.text(LETTERS + DIGITS + "'-.,&/()", min_size=1, max_size=max(1, limit // 2 - 1))
    return st.lists(word, min_size=1, max_size=2).map(" ".join)


def references(limit: int) -> st.SearchStrategy[str]:
    """Identifiers as partners make them."""
    return st.text(LETTERS + LETTERS.lower() + DIGITS + "-_.", min_size=2, max_size=limit)


addresses = st.builds(
    Address,
    line1=words(55),
    city=words(30).filter(lambda city: len(city) > 1),
    state=st.sampled_from(["OH", "TX", "ON"]),
    zip_code=st.from_regex(r"\A([0-9]{5}|[0-9]{9}|K[0-9]A[0-9]B[0-9])\Z"),
    line2=st.just("") | words(55),
)
business_addresses = st.builds(replace, addresses, zip_code=st.from_regex(r"\A[0-9]{9}\Z"))
persons = st.builds(
    Person,
    last_name=words(60),
    first_name=words(35),
    middle_name=st.just("") | words(25),
    suffix=st.sampled_from(["", "JR", "III"]),
    birth_date=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    sex=st.sampled_from(["F", "M", "U"]),
    address=addresses,
)
named_only = st.builds(replace, persons, birth_date=st.none(), sex=st.just(""), address=st.none())
billing_providers = st.builds(
    Organization,
    name=words(60),
    npi=npis,
    tax_id=st.from_regex(r"\A[0-9]{9}\Z"),
    taxonomy=st.sampled_from(["", "207Q00000X"]),
    address=business_addresses,
    contact_name=st.just("BILLING DESK"),
    contact_phone=st.from_regex(r"\A[0-9]{10}\Z"),
)
facilities = st.builds(Organization, name=words(60), npi=npis, address=business_addresses)
providers = st.builds(
    Provider, npi=npis, last_name=words(60), first_name=words(35), taxonomy=st.just("")
)
specialists = st.builds(replace, providers, taxonomy=st.sampled_from(["", "207RC0000X"]))
payers = st.builds(
    ClaimPayer,
    name=words(60),
    payer_id=references(20),
    responsibility=st.sampled_from("PST"),
    filing_indicator=st.sampled_from(["CI", "MB", "HM"]),
)
adjustments = st.lists(
    st.builds(
        Adjustment,
        group=st.sampled_from(["CO", "OA", "PI", "PR"]),
        reason=st.sampled_from(["1", "2", "45", "97"]),
        amount=st.integers(-(10**6), 10**6).map(Money),
        quantity=st.none() | st.integers(1, 99).map(Decimal),
    ),
    max_size=9,
).map(lambda found: tuple(sorted(found, key=lambda adjustment: adjustment.group)))


@st.composite
def subscribers(draw: st.DrawFn, patient: Person) -> Subscriber:
    """The patient, or somebody of whom the guide lets us send the name only."""
    relationship = draw(st.sampled_from(["18", "01", "19", "G8"]))
    number = draw(st.just("") | words(20))
    return Subscriber(
        person=patient if relationship == "18" else draw(named_only),
        member_id=draw(references(20)),
        relationship=relationship,
        group_number=number,
        group_name="" if number else draw(st.just("") | words(30)),
    )


@st.composite
def other_payers(draw: st.DrawFn) -> OtherPayer:
    """An earlier payer that decided the claim as a whole."""
    person = draw(named_only)
    return OtherPayer(
        payer=draw(payers),
        subscriber=draw(subscribers(person)),
        paid=draw(st.none() | amounts),
        adjustments=draw(adjustments),
        paid_on=draw(st.none() | days),
        payer_claim_control_number=draw(st.just("") | references(20)),
    )


@st.composite
def lines(draw: st.DrawFn, number: int, form: ClaimForm, diagnoses: int) -> ClaimDocumentLine:
    """One service."""
    start = draw(days)
    is_professional = form is ClaimForm.PROFESSIONAL
    pointers = st.lists(st.integers(1, diagnoses), min_size=1, max_size=4, unique=True).map(tuple)
    return ClaimDocumentLine(
        number=number,
        procedure_code=draw(st.sampled_from(["99213", "G0438", "J1885"])),
        service_date=start,
        charge=draw(amounts),
        modifiers=tuple(draw(st.lists(st.sampled_from(["25", "59", "RT"]), max_size=4))),
        units=draw(st.decimals(0, 999, places=1)),
        diagnosis_pointers=draw(pointers) if is_professional else (),
        place_of_service=draw(st.sampled_from(["", "12"])) if is_professional else "",
        revenue_code="" if is_professional else draw(st.sampled_from(["0420", "0320"])),
        service_end_date=draw(st.none() | st.integers(0, 9).map(lambda n: start + timedelta(n))),
        line_control_number=draw(references(20)),
    )


@st.composite
def line_decisions(draw: st.DrawFn, payer_id: str, paid_on: date) -> LineAdjudication:
    """What an earlier payer said of one line."""
    return LineAdjudication(payer_id, draw(amounts), draw(adjustments), paid_on)


@st.composite
def claims(draw: st.DrawFn, form: ClaimForm) -> ClaimDocument:
    """A claim in canonical form."""
    patient = draw(persons)
    diagnoses = tuple(
        draw(
            st.lists(
                st.from_regex(r"\A[A-Z][0-9][0-9A-Z]{1,5}\Z"),
                min_size=1,
                max_size=12 if form is ClaimForm.PROFESSIONAL else 25,
                unique=True,
            )
        )
    )
    count = draw(st.integers(1, 3))
    frequency = draw(st.sampled_from(FrequencyCode))
    claim = ClaimDocument(
        control_number=draw(references(20)),
        form=form,
        billing_provider=draw(billing_providers),
        patient=patient,
        subscriber=draw(subscribers(patient)),
        payer=draw(payers),
        diagnoses=diagnoses,
        lines=tuple(draw(lines(n, form, len(diagnoses))) for n in range(1, count + 1)),
        frequency_code=frequency,
        original_reference=draw(references(30)),
        rendering_provider=draw(st.none() | providers),
        referring_provider=draw(st.none() | providers),
        service_facility=draw(st.none() | facilities),
        prior_authorization=draw(st.just("") | words(20)),
        referral_number=draw(st.just("") | words(20)),
        other_payers=tuple(draw(st.lists(other_payers(), max_size=2))),
        accepts_assignment=draw(st.booleans()),
    )
    claim = draw(with_line_decision(claim))
    return draw(_professional(claim) if form is ClaimForm.PROFESSIONAL else _institutional(claim))


@st.composite
def with_line_decision(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    """Let the first other payer have decided line by line."""
    if not claim.other_payers or not draw(st.booleans()):
        return claim
    first, *rest = claim.other_payers
    if any(other.payer.payer_id == first.payer.payer_id for other in rest):
        return claim
    paid_on = draw(days)
    decision = draw(line_decisions(first.payer.payer_id, paid_on))
    line = replace(claim.lines[0], adjudications=(decision,))
    return replace(
        claim,
        lines=(line, *claim.lines[1:]),
        other_payers=(replace(first, paid_on=paid_on), *rest),
    )


@st.composite
def _professional(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    rendering = draw(st.none() | specialists)
    if rendering is not None and rendering.npi == claim.billing_provider.npi:
        rendering = None
    return replace(claim, rendering_provider=rendering, patient_paid=draw(st.none() | amounts))


@st.composite
def _institutional(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    attending = draw(st.none() | specialists)
    rendering = claim.rendering_provider
    if attending is not None and rendering is not None and rendering.npi == attending.npi:
        rendering = None
    last = "1" if claim.frequency_code is FrequencyCode.ORIGINAL else claim.frequency_code
    detail = InstitutionalDetail(
        bill_type=f"0{draw(st.sampled_from(['13', '11', '85']))}{last}",
        admission_type=draw(st.sampled_from("123")),
        admission_source=draw(st.sampled_from("12")),
        patient_status=draw(st.sampled_from(["01", "30"])),
        admitted_on=draw(st.none() | days),
        attending_provider=attending,
    )
    return replace(claim, rendering_provider=rendering, institutional=detail)
