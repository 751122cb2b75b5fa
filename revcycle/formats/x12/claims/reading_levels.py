"""The levels above a claim: billing provider (2000A), subscriber (2000B), patient (2000C)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.documents.claim import Subscriber
from models.documents.claim_supplements import PayToPlan, PersonSupplement
from revcycle.formats.x12.claims.reading_coordination import SUBSCRIBER_ELEMENTS
from revcycle.formats.x12.claims.reading_details import read_reference
from revcycle.formats.x12.claims.reading_frame import NO_PAYER, NOBODY, Frame, Level
from revcycle.formats.x12.claims.reading_parties import (
    Party,
    contact_of,
    read_organization,
    read_payer,
    read_person,
    take_party,
)
from revcycle.formats.x12.claims.reading_state import Reading, frozen
from revcycle.formats.x12.segments import ABSENT, Segment

LEVEL_ENDS = frozenset({"CLM", "HL", "SE"})
BILLING_REFERENCES = frozenset({"G2", "LU"})
PERSON_REFERENCES = frozenset({"SY", "1W"})
LOOPS = {
    "85": "2010AA",
    "87": "2010AB",
    "PE": "2010AC",
    "IL": "2010BA",
    "PR": "2010BB",
    "QC": "2010CA",
}


class Found:
    """The segments and parties of one level."""

    __slots__ = ("names", "own")

    def __init__(self) -> None:
        self.own: dict[str, Segment] = {}  # by tag: SBR, PAT, PRV, CUR
        self.names: dict[str, Party] = {}  # by NM101


def read_level(reading: Reading, frame: Frame) -> Level:
    """Read one HL up to its claims, or to the next HL, into the frame."""
    start = reading.segments[reading.at]
    level = Level(start=reading.at)
    reading.kept = level.kept
    reading.at += 1
    read = _LEVELS.get(start.get(3))
    if read is None:
        reading.loop = "2000"
        reading.keep(start)
        _take(reading, frozenset(), frozenset())
    else:
        read(reading, frame, level)
    level.end = reading.at
    frame.settle()
    return level


def _read_billing_level(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000A"
    found = _take(reading, frozenset({"PRV", "CUR"}), frozenset({"85", "87", "PE"}))
    frame.billing, frame.policy, frame.dependent = level, Level(), Level()
    reading.loop = "2000A"
    taxonomy = _taxonomy(reading, found.own.get("PRV", ABSENT))
    if "CUR" in found.own:
        reading.check_spare(found.own["CUR"], (1, 2))
        level.extra["currency"] = found.own["CUR"].get(2)
    reading.loop = "2010AA"
    party = found.names.get("85", NO_BILLING_PROVIDER)
    frame.billing_provider = read_organization(reading, party, taxonomy)
    if "87" in found.names:
        reading.loop = "2010AB"
        level.extra["pay_to"] = read_organization(reading, found.names["87"])
    if "PE" in found.names:
        reading.loop = "2010AC"
        level.extra["pay_to_plan"] = _pay_to_plan(reading, found.names["PE"])


NO_BILLING_PROVIDER: Party = (Segment(("NM1", "85", "2")),)


def _taxonomy(reading: Reading, specialty: Segment) -> str:
    if specialty.get(1) not in {"", "BI"} or specialty.get(2) not in {"", "PXC"}:
        reading.report_spare(specialty)
    return specialty.get(3)


def _pay_to_plan(reading: Reading, party: Party) -> PayToPlan:
    plan = read_payer(reading, party, ABSENT)
    tax_id = next((one for one in plan.references if one.qualifier == "EI"), None)
    return PayToPlan(
        name=plan.name,
        plan_id=plan.payer_id,
        id_qualifier=plan.id_qualifier,
        address=plan.address,
        tax_id=tax_id.value if tax_id else "",
        references=tuple(one for one in plan.references if one is not tax_id),
    )


def _read_subscriber_level(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000B"
    found = _take(reading, frozenset({"SBR", "PAT"}), frozenset({"IL", "PR"}))
    frame.policy, frame.dependent = level, Level()
    information = found.own.get("SBR", ABSENT)
    extra: dict[str, Any] = {}
    reading.loop = "2000B"
    if len(information) > 6 and any(information[6:]):  # noqa: PLR2004 - SBR05
        reading.check_spare(information, SUBSCRIBER_ELEMENTS)
    if "PAT" in found.own:
        _read_patient_facts(reading, found.own["PAT"], extra)
        if found.own["PAT"].get(1):
            reading.report_spare(found.own["PAT"], 1)
    person, member = NOBODY, ABSENT
    if "IL" in found.names:
        reading.loop = "2010BA"
        person, others = read_person(reading, found.names["IL"])
        member = found.names["IL"][0]
        _read_person_facts(reading, others, extra)
    if extra:
        level.extra["subscriber"] = PersonSupplement(**frozen(extra))
    frame.subscriber = Subscriber(
        person,
        member.get(9),
        information.get(2) or "18",
        information.get(3),
        information.get(4),
        member.get(8),
    )
    frame.patient = person
    _read_payer(reading, frame, level, found, information)


def _read_payer(
    reading: Reading, frame: Frame, level: Level, found: Found, information: Segment
) -> None:
    """Read 2010BB; the provider's numbers at the payer are the provider's."""
    reading.loop = "2010BB"
    if "PR" not in found.names:
        frame.payer = replace(
            NO_PAYER,
            responsibility=information.get(1),
            filing_indicator=information.get(9),
            insurance_type=information.get(5),
        )
        return
    payer = read_payer(reading, found.names["PR"], information)
    own = tuple(one for one in payer.references if one.qualifier in BILLING_REFERENCES)
    if own:
        level.extra["billing_references"] = own
        theirs = tuple(one for one in payer.references if one not in own)
        payer = replace(payer, references=theirs)
    frame.payer = payer


def _read_patient_level(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000C"
    found = _take(reading, frozenset({"PAT"}), frozenset({"QC"}))
    frame.dependent = level
    information = found.own.get("PAT", ABSENT)
    extra: dict[str, Any] = {}
    reading.loop = "2000C"
    _read_patient_facts(reading, information, extra)
    frame.patient = NOBODY
    if "QC" in found.names:
        reading.loop = "2010CA"
        party = found.names["QC"]
        if any(party[0][8:10]):
            reading.report_spare(party[0])
        frame.patient, others = read_person(reading, party)
        _read_person_facts(reading, others, extra)
    if extra:
        level.extra["patient"] = PersonSupplement(**frozen(extra))
    frame.subscriber = replace(frame.subscriber, relationship=information.get(1))


def _read_patient_facts(reading: Reading, one: Segment, extra: dict[str, Any]) -> None:
    """Read PAT05 to PAT09."""
    if len(one) <= 5:  # noqa: PLR2004 - PAT05
        return
    reading.check_spare(one, (1, 5, 6, 7, 8, 9))
    if one.get(5) not in {"", "D8"} or one.get(7) not in {"", "01"}:
        reading.report_spare(one)
    if (died_on := reading.day(one, 6)) is not None:
        extra["died_on"] = died_on
    if (weight := reading.quantity(one, 8)) is not None:
        extra["weight_pounds"] = weight
    if pregnant := reading.flag(one, 9):
        extra["is_pregnant"] = pregnant


def _read_person_facts(reading: Reading, others: list[Segment], extra: dict[str, Any]) -> None:
    """Read REF and PER of a subscriber or patient: mostly of property and casualty claims."""
    for one in others:
        tag, qualifier = one[0], one.get(1)
        if tag == "REF" and qualifier == "Y4" and "casualty_claim_number" not in extra:
            reading.check_spare(one, (1, 2))
            extra["casualty_claim_number"] = one.get(2)
        elif tag == "REF" and qualifier in PERSON_REFERENCES:
            extra.setdefault("references", []).append(read_reference(reading, one))
        elif tag == "PER" and "contact" not in extra and qualifier == "IC":
            reading.check_spare(one, range(9))
            extra["contact"] = contact_of(one)
        else:
            reading.keep(one)


def _take(reading: Reading, tags: frozenset[str], roles: frozenset[str]) -> Found:
    """Sort the segments of a level; what it does not know, or knows already, is kept."""
    segments, end = reading.segments, len(reading.segments)
    level_loop = reading.loop
    found = Found()
    while reading.at < end:
        one = segments[reading.at]
        tag = one[0]
        if tag == "NM1":
            party = take_party(reading)
            role = one.get(1)
            if role in roles and role not in found.names:
                found.names[role] = party
            else:
                reading.loop = LOOPS.get(role, "2010")
                reading.keep_all(party)
                reading.loop = level_loop
            continue
        if tag in LEVEL_ENDS:
            break
        if tag in tags and tag not in found.own:
            found.own[tag] = one
        else:
            reading.keep(one)
        reading.at += 1
    return found


_LEVELS: dict[str, Callable[[Reading, Frame, Level], None]] = {
    "20": _read_billing_level,
    "22": _read_subscriber_level,
    "23": _read_patient_level,
}
