"""Coordination of benefits: other payers (2320, 2330) and what they decided per line (2430)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.documents.claim import (
    Adjustment,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    OtherPayer,
    Subscriber,
)
from models.documents.claim_supplements import (
    NO_OTHER_PAYER_SUPPLEMENT,
    OtherPayerProvider,
    OtherPayerSupplement,
)
from models.documents.party import Person
from revcycle.formats.x12.claims.reading_adjudication import read_inpatient, read_outpatient
from revcycle.formats.x12.claims.reading_details import read_reference
from revcycle.formats.x12.claims.reading_parties import (
    Party,
    keep_party,
    payer_of,
    read_person,
    role_of,
    said_of,
    take_party,
)
from revcycle.formats.x12.claims.reading_state import PARTY_TAGS, Reading, frozen
from revcycle.formats.x12.segments import ABSENT, Segment

TRIPLET_STARTS = range(2, 20, 3)
CAS_LENGTH = 20
PAYER_REFERENCE_FIELDS = {
    "F8": "payer_claim_control_number",
    "G1": "prior_authorization",
    "9F": "referral_number",
    "T4": "adjustment_indicator",
}
AMOUNT_FIELDS = {"D": "paid", "A8": "non_covered", "EAF": "patient_liability"}
SUPPLEMENT_FIELDS = frozenset(
    {"prior_authorization", "referral_number", "adjustment_indicator", "subscriber_references"}
    | {"non_covered", "patient_liability", "inpatient", "outpatient", "providers"}
)
SUBSCRIBER_ELEMENTS = frozenset({1, 2, 3, 4, 5, 9})
NO_PAYER = ("NM1", "PR", "2")
NOBODY = Person("", "")
PROVIDER_LOOPS = {
    ClaimForm.PROFESSIONAL: {
        "DN": "2330C",
        "P3": "2330C",
        "82": "2330D",
        "77": "2330E",
        "DQ": "2330F",
        "85": "2330G",
    },
    ClaimForm.INSTITUTIONAL: {
        "71": "2330C",
        "72": "2330D",
        "ZZ": "2330E",
        "77": "2330F",
        "82": "2330G",
        "DN": "2330H",
        "85": "2330I",
    },
}
FACT_TAGS = frozenset({"AMT", "OI", "MIA", "MOA"})
OTHER_PARTY_TAGS = PARTY_TAGS | {"DTP"}
OTHER_PAYER_TAGS = FACT_TAGS | OTHER_PARTY_TAGS | {"CAS", "NM1"}


def read_adjustments(reading: Reading, written: Segment) -> list[Adjustment]:
    """Read one CAS; an empty reason ends its list."""
    found = []
    for start in TRIPLET_STARTS:
        if not (reason := written.get(start)):
            if any(written[start:]):
                reading.report_spare(written)
            break
        amount = reading.amount(written, start + 1)
        quantity = reading.quantity(written, start + 2)
        found.append(Adjustment(written[1], reason, amount, quantity))
    if any(written[CAS_LENGTH:]) or (not found and written.get(1)):
        reading.report_spare(written)
    return found


def read_other_payer(reading: Reading) -> OtherPayer:
    """Read one loop 2320, from its SBR; dates that lines give are added later."""
    rows = reading.rows
    information = reading.segment(reading.at)
    reading.at += 1
    fields: dict[str, Any] = {}
    adjustments: list[Adjustment] = []
    while (tag := rows[reading.at][0]) in OTHER_PAYER_TAGS:
        reading.loop = "2320"
        if tag == "NM1":
            _read_name(reading, fields)
            continue
        one = reading.segment(reading.at)
        reading.at += 1
        if tag == "CAS":
            adjustments.extend(read_adjustments(reading, one))
        elif tag in FACT_TAGS:
            _read_fact(reading, one, fields)
        else:
            reading.keep(one)
    reading.loop = "2320"
    return _other_payer(reading, information, fields, tuple(adjustments))


def _read_fact(reading: Reading, written: Segment, fields: dict[str, Any]) -> None:
    """Read AMT, OI, MIA or MOA; what comes twice is kept."""
    tag = written[0]
    name = AMOUNT_FIELDS.get(written.get(1)) if tag == "AMT" else tag
    if name is None or name in fields:
        reading.keep(written)
    elif tag == "AMT":
        reading.check_spare(written, (1, 2))
        fields[name] = reading.amount(written, 2)
    elif tag == "OI":
        reading.check_spare(written, (3, 4, 6))
        fields["OI"] = written
    else:
        is_inpatient = tag == "MIA"
        read = read_inpatient if is_inpatient else read_outpatient
        fields[tag] = fields["inpatient" if is_inpatient else "outpatient"] = read(reading, written)


def _read_name(reading: Reading, fields: dict[str, Any]) -> None:
    party = take_party(reading, OTHER_PARTY_TAGS)
    role = role_of(reading, party)
    loop = {"IL": "2330A", "PR": "2330B"}.get(role)
    loop = loop or PROVIDER_LOOPS[reading.form].get(role)
    reading.loop = loop or "2330"
    if role == "IL" and "subscriber" not in fields:
        _read_subscriber(reading, party, fields)
    elif role == "PR" and "payer" not in fields:
        _read_payer(reading, party, fields)
    elif loop and role not in {"IL", "PR"}:
        _read_provider(reading, party, fields)
    else:
        keep_party(reading, party)


def _read_subscriber(reading: Reading, party: Party, fields: dict[str, Any]) -> None:
    person, others = read_person(reading, party)
    fields["subscriber"], fields["member"] = person, reading.segment(party[0])
    for one in map(reading.segment, others):
        if one[0] == "REF" and one.get(1) == "SY":
            fields.setdefault("subscriber_references", []).append(read_reference(reading, one))
        else:
            reading.keep(one)


def _read_payer(reading: Reading, party: Party, fields: dict[str, Any]) -> None:
    """Read 2330B; numbers that have fields of their own are taken out of its references."""
    plain: list[int] = []
    fields["payer"] = plain
    for at in range(*party):
        one = reading.segment(at)
        name = PAYER_REFERENCE_FIELDS.get(one.get(1)) if one[0] == "REF" else None
        if name and name not in fields and one.get(2):
            if any(one[3:]):
                reading.report_spare(one)
            fields[name] = one.get(2)
        elif one[0] == "DTP" and one.get(1) == "573" and "paid_on" not in fields:
            fields["paid_on"] = _read_day(reading, one)
        else:
            plain.append(at)


def _read_day(reading: Reading, written: Segment) -> date | None:
    days = reading.period(written)
    if days is None:
        return None
    if days[1] is not None or any(written[4:]):
        reading.report_spare(written)
    return days[0]


def _read_provider(reading: Reading, party: Party, fields: dict[str, Any]) -> None:
    """Read 2330C to 2330I: whose number it is, and the number."""
    name, *behind = reading.segments(*party)
    if any(name[3:]):
        reading.report_spare(name)
    references = []
    for one in behind:
        if one[0] == "REF":
            references.append(read_reference(reading, one))
        else:
            reading.keep(one)
    provider = OtherPayerProvider(name[1], name.get(2) == "2", tuple(references))
    fields["providers"] = (*fields.get("providers", ()), provider)


def _other_payer(
    reading: Reading,
    information: Segment,
    fields: dict[str, Any],
    adjustments: tuple[Adjustment, ...],
) -> OtherPayer:
    reading.check_spare(information, SUBSCRIBER_ELEMENTS)
    member = fields.get("member", ABSENT)
    reading.loop = "2330B"
    return OtherPayer(
        payer=_payer(reading, fields.get("payer", []), information),
        subscriber=Subscriber(
            person=fields.get("subscriber", NOBODY),
            member_id=member.get(9),
            relationship=information.get(2),
            group_number=information.get(3),
            group_name=information.get(4),
            id_qualifier=member.get(8),
        ),
        paid=fields.get("paid"),
        adjustments=adjustments,
        paid_on=fields.get("paid_on"),
        payer_claim_control_number=fields.get("payer_claim_control_number", ""),
        supplement=_supplement(fields),
    )


def _payer(reading: Reading, places: list[int], information: Segment) -> ClaimPayer:
    texts = tuple(reading.texts[at] for at in places) or (reading.element.join(NO_PAYER),)
    said = said_of(list(information))
    payer, rest, partly = payer_of(texts, said, reading.element, reading.separator)
    for index in partly if places else ():
        reading.report_spare(reading.segment(places[index]))
    reading.keep_all([reading.segment(places[index]) for index in rest])
    return payer


def _supplement(fields: dict[str, Any]) -> OtherPayerSupplement:
    """Gather what is said beyond the ordinary; nothing is ordinary about a missing OI."""
    found = frozen({name: fields[name] for name in SUPPLEMENT_FIELDS if name in fields})
    insurance = fields.get("OI", ABSENT)
    said = insurance.get(3), insurance.get(4), insurance.get(6)
    if not found and said == ("Y", "", "Y"):
        return NO_OTHER_PAYER_SUPPLEMENT
    assigned, signature, release = said
    return OtherPayerSupplement(
        benefits_assigned=assigned,
        patient_signature_source=signature,
        release_of_information=release,
        **found,
    )


def date_by_line(other: OtherPayer, lines: Sequence[ClaimDocumentLine]) -> OtherPayer:
    """Let the latest date that lines give count for the claim, where 2330B has none."""
    payer_id = other.payer.payer_id
    days = [
        decision.paid_on
        for line in lines
        for decision in line.adjudications
        if decision.payer_id == payer_id
    ]
    if not days:
        return other
    if other.paid_on is None:
        return replace(other, paid_on=max(days))
    return replace(other, supplement=replace(other.supplement, is_date_on_claim=True))
