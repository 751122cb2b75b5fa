"""Generated claims in canonical form: what a file can give back unchanged.

They obey the guides and add up, so that our own check has nothing against them.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    FrequencyCode,
    InstitutionalDetail,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.claim_supplements import NO_LINE_SUPPLEMENT, NO_SUPPLEMENT
from models.documents.party import Person
from models.values.money import Money, total
from tests.unit.formats.x12_claims.party_strategies import (
    amounts,
    billing_providers,
    days,
    facilities,
    named_only,
    payers,
    persons,
    providers,
    references,
    specialists,
    words,
)
from tests.unit.formats.x12_claims.supplement_strategies import (
    institutional_claims,
    institutional_lines,
    professional_claims,
    professional_lines,
)

REASONS = (("CO", "45"), ("CO", "97"), ("OA", "94"), ("PI", "204"), ("PR", "1"), ("PR", "2"))


@st.composite
def adjustments_of(draw: st.DrawFn, amount: Money) -> tuple[Adjustment, ...]:
    """Explain an amount by as many reasons as it likes."""
    count = draw(st.integers(1, 9))
    reasons = sorted(draw(st.lists(st.sampled_from(REASONS), min_size=count, max_size=count)))
    parts = amount.allocate([1] * count)
    quantities = st.none() | st.integers(1, 99).map(Decimal)
    return tuple(
        Adjustment(group, reason, part, draw(quantities))
        for (group, reason), part in zip(reasons, parts, strict=True)
    )


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
def lines(draw: st.DrawFn, number: int, form: ClaimForm, diagnoses: int) -> ClaimDocumentLine:
    """One service."""
    start = draw(days)
    is_professional = form is ClaimForm.PROFESSIONAL
    pointers = st.lists(st.integers(1, diagnoses), min_size=1, max_size=4, unique=True).map(tuple)
    supplement = professional_lines() if is_professional else institutional_lines()
    return ClaimDocumentLine(
        number=number,
        procedure_code=draw(st.sampled_from(["99213", "G0438", "J1885"])),
        service_date=start,
        charge=draw(amounts),
        modifiers=tuple(draw(st.lists(st.sampled_from(["25", "59", "RT"]), max_size=4))),
        units=draw(st.decimals("0.1", 999, places=1)),
        diagnosis_pointers=draw(pointers) if is_professional else (),
        place_of_service=draw(st.sampled_from(["", "12"])) if is_professional else "",
        revenue_code="" if is_professional else draw(st.sampled_from(["0420", "0320"])),
        service_end_date=draw(st.none() | st.integers(0, 9).map(lambda n: start + timedelta(n))),
        line_control_number=draw(references(20)),
        supplement=draw(st.just(NO_LINE_SUPPLEMENT) | supplement),
    )


@st.composite
def claims(draw: st.DrawFn, form: ClaimForm) -> ClaimDocument:
    """A claim in canonical form."""
    patient = draw(persons)
    is_professional = form is ClaimForm.PROFESSIONAL
    diagnoses = st.lists(
        st.from_regex(r"\A[A-T][0-9][0-9A-B][0-9]{0,4}\Z"),
        min_size=1,
        max_size=12 if is_professional else 25,
        unique=True,
    )
    codes_found = tuple(draw(diagnoses))
    count = draw(st.integers(1, 3))
    supplement = professional_claims() if is_professional else institutional_claims()
    claim = ClaimDocument(
        control_number=draw(references(20)),
        form=form,
        billing_provider=draw(billing_providers),
        patient=patient,
        subscriber=draw(subscribers(patient)),
        payer=draw(payers),
        diagnoses=codes_found,
        lines=tuple(draw(lines(n, form, len(codes_found))) for n in range(1, count + 1)),
        frequency_code=draw(st.sampled_from(FrequencyCode)),
        original_reference=draw(references(30)),
        rendering_provider=draw(st.none() | providers),
        referring_provider=draw(st.none() | providers),
        service_facility=draw(st.none() | facilities),
        prior_authorization=draw(st.just("") | words(20)),
        referral_number=draw(st.just("") | words(20)),
        supplement=draw(st.just(NO_SUPPLEMENT) | supplement),
    )
    if claim.supplement.assignment_code is None:
        claim = replace(claim, accepts_assignment=draw(st.booleans()))
    claim = draw(with_other_payers(claim))
    return draw(_professional(claim) if is_professional else _institutional(claim))


@st.composite
def with_other_payers(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    """Send the claim to a first, second or third payer; those before it have decided."""
    count = draw(st.sampled_from([0, 0, 0, 1, 2]))
    own = draw(st.integers(0, count))
    ranks = [rank for place, rank in enumerate("PST"[: count + 1]) if place != own]
    claim = replace(claim, payer=replace(claim.payer, responsibility="PST"[own]))
    for place, rank in enumerate(ranks):
        payer = replace(draw(payers), payer_id=f"PAYER{rank}", responsibility=rank)
        other = OtherPayer(payer, draw(subscribers(draw(named_only))))
        claim = draw(_decided(claim, other)) if place < own else _added(claim, other)
    return claim


def _added(claim: ClaimDocument, other: OtherPayer) -> ClaimDocument:
    return replace(claim, other_payers=(*claim.other_payers, other))


@st.composite
def _decided(draw: st.DrawFn, claim: ClaimDocument, other: OtherPayer) -> ClaimDocument:
    """Let a payer decide, line by line or the claim as a whole, so that it adds up."""
    paid_on = draw(days)
    other = replace(
        other,
        paid_on=paid_on,
        payer_claim_control_number=draw(st.just("") | references(20)),
    )
    if draw(st.booleans()):
        charge = claim.charge_total
        paid = Money(draw(st.integers(0, charge.cents)))
        explained = draw(adjustments_of(charge - paid))
        return _added(claim, replace(other, paid=paid, adjustments=explained))
    decided, paid_total = [], []
    for line in claim.lines:
        paid = Money(draw(st.integers(0, line.charge.cents)))
        explained = draw(adjustments_of(line.charge - paid))
        decision = LineAdjudication(other.payer.payer_id, paid, explained, paid_on)
        decided.append(replace(line, adjudications=(*line.adjudications, decision)))
        paid_total.append(paid)
    return _added(replace(claim, lines=tuple(decided)), replace(other, paid=total(paid_total)))


@st.composite
def _professional(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    rendering = draw(st.none() | specialists)
    if rendering is not None and rendering.npi == claim.billing_provider.npi:
        rendering = None
    paid = draw(st.none() | st.integers(0, claim.charge_total.cents).map(Money))
    return replace(claim, rendering_provider=rendering, patient_paid=paid)


@st.composite
def _institutional(draw: st.DrawFn, claim: ClaimDocument) -> ClaimDocument:
    attending = draw(specialists)
    rendering = claim.rendering_provider
    if rendering is not None and rendering.npi == attending.npi:
        rendering = None
    last = "1" if claim.frequency_code is FrequencyCode.ORIGINAL else claim.frequency_code
    detail = InstitutionalDetail(
        bill_type=f"0{draw(st.sampled_from(['13', '85']))}{last}",
        admission_type=draw(st.sampled_from("123")),
        admission_source=draw(st.sampled_from("12")),
        patient_status=draw(st.sampled_from(["01", "30"])),
        admitted_on=draw(st.none() | st.just(claim.first_service_date)),
        attending_provider=attending,
        admission_time="",
        discharge_time=draw(st.sampled_from(["", "1530"])),
    )
    if detail.admitted_on is not None:
        detail = replace(detail, admission_time=draw(st.sampled_from(["", "0815"])))
    return replace(claim, rendering_provider=rendering, institutional=detail)
