"""Generated supplements: what claims and lines say beyond the ordinary, in the guides' order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from models.documents.claim_codes import ClaimDate, ClaimDateKind, HealthCode, HealthCodeKind
from models.documents.claim_details import (
    AmbulanceStop,
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Drug,
    Measurement,
    Note,
    PurchasedService,
    SpinalManipulation,
)
from models.documents.claim_supplements import (
    ClaimSupplement,
    LineSupplement,
    PayToPlan,
    PersonSupplement,
)
from models.documents.party import Contact, ContactNumber, Organization, Provider, Reference
from tests.unit.formats.x12_claims.party_strategies import (
    addresses,
    amounts,
    days,
    providers,
    references,
    words,
)

Member = TypeVar("Member")
D, H = ClaimDateKind, HealthCodeKind
CLIA_NUMBER = "36D0999999"
YES = st.sampled_from([True])
quantities = st.integers(1, 9_999).map(Decimal)
attachments = st.builds(
    Attachment,
    report_type=st.sampled_from(["OZ", "EB", "M1"]),
    transmission=st.sampled_from(["AA", "BM", "EL"]),
    control_number=references(30),
)
contacts = st.builds(
    Contact,
    name=words(30),
    numbers=st.just((ContactNumber("TE", "5555550142"), ContactNumber("EX", "12"))),
)
pay_to = st.builds(Organization, name=st.just(""), address=addresses)
pay_to_plans = st.builds(
    PayToPlan,
    name=words(60),
    plan_id=references(20),
    address=addresses,
    tax_id=st.just("990000002"),
    references=st.just((Reference("2U", "PLAN7"),)) | st.just(()),
)
persons = st.builds(PersonSupplement, casualty_claim_number=references(20), contact=contacts)
contracts = st.builds(Contract, kind=st.sampled_from(["02", "09"]), amount=amounts)
rides = st.builds(
    AmbulanceTransport,
    reason=st.sampled_from("ABCDE"),
    miles=quantities,
    weight_pounds=quantities,
    round_trip_purpose=st.just("") | words(80),
)
stops = st.builds(AmbulanceStop, address=addresses)
named_stops = st.builds(AmbulanceStop, address=addresses, name=words(60))
drugs = st.builds(
    Drug,
    code=st.from_regex(r"\A[0-9]{11}\Z"),
    quantity=quantities,
    unit=st.sampled_from(["F2", "GR", "ME", "ML", "UN"]),
    prescription=st.none() | st.builds(Reference, st.sampled_from(["XZ", "VY"]), references(20)),
)


@st.composite
def some(draw: st.DrawFn, members: Sequence[Member], most: int = 3) -> tuple[Member, ...]:
    """A few of these, each once, in their order."""
    chosen = draw(st.sets(st.integers(0, len(members) - 1), max_size=most))
    return tuple(member for place, member in enumerate(members) if place in chosen)


@st.composite
def dates_of(draw: st.DrawFn, kinds: Sequence[ClaimDateKind]) -> tuple[ClaimDate, ...]:
    """A few dates, in the order of the guide."""
    return tuple(ClaimDate(kind, draw(days)) for kind in draw(some(kinds)))


@st.composite
def references_of(draw: st.DrawFn, qualifiers: Sequence[str]) -> tuple[Reference, ...]:
    """A few numbers, in the order of the guide."""
    return tuple(
        Reference(one, CLIA_NUMBER if one in {"X4", "F4"} else draw(references(30)))
        for one in draw(some(qualifiers))
    )


@st.composite
def parts(draw: st.DrawFn, fields: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Up to five of these fields."""
    return {name: draw(fields[name]) for name in draw(some(list(fields), most=5))}


PROFESSIONAL_DATES = (
    *(D.ONSET, D.INITIAL_TREATMENT, D.LAST_SEEN, D.ACUTE_MANIFESTATION, D.LAST_MENSTRUAL_PERIOD),
    *(D.LAST_XRAY, D.PRESCRIPTION, D.LAST_WORKED, D.RETURN_TO_WORK, D.FIRST_CONTACT),
)
PROFESSIONAL_CLAIM: dict[str, st.SearchStrategy[Any]] = {
    "currency": st.just("CAD"),
    "pay_to": pay_to,
    "pay_to_plan": pay_to_plans,
    "billing_references": st.just((Reference("G2", "PROV9"),)),
    "signature_on_file": st.just("N"),
    "assignment_code": st.just("B"),
    "benefits_assigned": st.sampled_from("NW"),
    "release_of_information": st.just("I"),
    "special_program": st.just("03"),
    "delay_reason": st.sampled_from(["1", "11"]),
    "dates": dates_of(PROFESSIONAL_DATES),
    "attachments": st.lists(attachments, max_size=3).map(tuple),
    "contract": contracts,
    "references": references_of(["4N", "X4", "9A", "D9", "EA"]),
    "file_information": st.lists(references(40), max_size=2).map(tuple),
    "notes": st.builds(Note, st.sampled_from(["ADD", "CER", "DGN"]), words(80)).map(lambda n: (n,)),
    "spinal": st.builds(SpinalManipulation, st.sampled_from("ACM"), words(80)),
    "conditions": st.just((Condition("75", applies=True, codes=("IH",)),)),
    "supervising_provider": providers,
}


@st.composite
def professional_claims(draw: st.DrawFn) -> ClaimSupplement:
    """What a professional claim may say beyond the ordinary."""
    return ClaimSupplement(**draw(parts(PROFESSIONAL_CLAIM)))


PROFESSIONAL_LINE: dict[str, st.SearchStrategy[Any]] = {
    "unit": st.just("MJ"),
    "procedure_description": words(80),
    "is_emergency": YES,
    "is_epsdt": YES,
    "is_family_planning": YES,
    "copay_status": st.just("0"),
    "attachments": st.lists(attachments, max_size=3).map(tuple),
    "dates": dates_of((D.LAST_CERTIFIED, D.LAST_SEEN, D.SHIPPED, D.LAST_XRAY)),
    "obstetric_units": quantities,
    "measurements": st.builds(Measurement, st.just("TR"), st.just("R1"), quantities).map(
        lambda found: (found,)
    ),
    "contract": contracts,
    "references": references_of(["EW", "X4", "F4", "BT"]),
    "sales_tax": amounts,
    "postage": amounts,
    "file_information": st.lists(references(40), max_size=2).map(tuple),
    "notes": st.builds(Note, st.sampled_from(["ADD", "DCP"]), words(80)).map(lambda n: (n,)),
    "purchased_service": st.builds(PurchasedService, references(20), amounts),
    "drug": drugs,
    "rendering_provider": providers,
    "supervising_provider": providers,
    "ordering_provider": st.builds(
        lambda one, where: replace(one, address=where),
        providers,
        addresses,
    ),
    "referring_provider": providers,
}


@st.composite
def professional_lines(draw: st.DrawFn) -> LineSupplement:
    """What a professional line may say beyond the ordinary."""
    found = draw(parts(PROFESSIONAL_LINE))
    if "purchased_service" in found:
        seller = draw(providers)
        found["purchased_service_provider"] = Provider(seller.npi, "", is_organization=True)
    return LineSupplement(**found)


@st.composite
def health_codes(draw: st.DrawFn) -> tuple[HealthCode, ...]:
    """Codes of an institutional claim, in the order of the guide."""
    of_days = (H.OTHER_PROCEDURE, H.OCCURRENCE)
    found: list[HealthCode] = []
    for kind in draw(
        some([H.REASON_FOR_VISIT, H.EXTERNAL_CAUSE, *of_days, H.VALUE, H.CONDITION], most=4)
    ):
        code = {
            H.REASON_FOR_VISIT: "R079",
            H.EXTERNAL_CAUSE: "W19XXXA",
            H.OTHER_PROCEDURE: "0DB64Z3",
            H.OCCURRENCE: "11",
            H.VALUE: "A8",
            H.CONDITION: "09",
        }[kind]
        most = 3 if kind is H.REASON_FOR_VISIT else 14
        for _ in range(draw(st.integers(1, 1 if kind is H.EXTERNAL_CAUSE else most))):
            first = draw(days) if kind in of_days else None
            amount = draw(quantities) if kind is H.VALUE else None
            found.append(HealthCode(kind, code, first, None, amount))
    return tuple(found)


INSTITUTIONAL_CLAIM: dict[str, st.SearchStrategy[Any]] = {
    "pay_to": pay_to,
    "benefits_assigned": st.sampled_from("NW"),
    "release_of_information": st.just("I"),
    "delay_reason": st.sampled_from(["1", "11"]),
    "attachments": st.lists(attachments, max_size=3).map(tuple),
    "contract": contracts,
    "patient_estimated_due": amounts,
    "references": references_of(["4N", "9A", "D9", "EA", "G4"]),
    "file_information": st.lists(references(40), max_size=2).map(tuple),
    "notes": st.builds(Note, st.sampled_from(["DCP", "MED", "ADD"]), words(80)).map(lambda n: (n,)),
    "health_codes": health_codes(),
    "operating_physician": providers,
}


@st.composite
def institutional_claims(draw: st.DrawFn) -> ClaimSupplement:
    """What an institutional claim may say beyond the ordinary."""
    return ClaimSupplement(**draw(parts(INSTITUTIONAL_CLAIM)))


INSTITUTIONAL_LINE: dict[str, st.SearchStrategy[Any]] = {
    "unit": st.just("DA"),
    "procedure_description": words(80),
    "attachments": st.lists(attachments, max_size=3).map(tuple),
    "references": references_of(["9B", "9D"]),
    "service_tax": amounts,
    "facility_tax": amounts,
    "notes": st.builds(Note, st.just("TPO"), words(80)).map(lambda n: (n,)),
    "drug": drugs,
    "operating_physician": providers,
    "rendering_provider": providers,
    "referring_provider": providers,
}


@st.composite
def institutional_lines(draw: st.DrawFn) -> LineSupplement:
    """What an institutional line may say beyond the ordinary."""
    return LineSupplement(**draw(parts(INSTITUTIONAL_LINE)))
