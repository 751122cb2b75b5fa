"""The levels above a claim: billing provider (2000A), subscriber (2000B), patient (2000C)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from models.documents.claim_supplements import PayToPlan, PersonSupplement
from revcycle.formats.x12.claims.reading_coordination import SUBSCRIBER_ELEMENTS
from revcycle.formats.x12.claims.reading_details import read_reference
from revcycle.formats.x12.claims.reading_frame import (
    NO_ORGANIZATION,
    NO_PAYER,
    NOBODY,
    Frame,
    Level,
)
from revcycle.formats.x12.claims.reading_ordinary import (
    LEVEL_ENDS,
    new_subscriber,
    read_ordinary_policy,
)
from revcycle.formats.x12.claims.reading_parties import (
    ROW_PADDING,
    Party,
    keep_party,
    read_organization,
    read_payer,
    read_person,
    said_of,
    take_party,
)
from revcycle.formats.x12.claims.reading_party_segments import contact_of
from revcycle.formats.x12.claims.reading_state import Reading, Row, frozen
from revcycle.formats.x12.segments import Segment

BILLING_TAGS, BILLING_ROLES = frozenset({"PRV", "CUR"}), frozenset({"85", "87", "PE"})
POLICY_TAGS, POLICY_ROLES = frozenset({"SBR", "PAT"}), frozenset({"IL", "PR"})
PATIENT_TAGS, PATIENT_ROLES = frozenset({"PAT"}), frozenset({"QC"})
PAT_ELEMENTS = frozenset({1, 5, 6, 7, 8, 9})
BILLING_REFERENCES = frozenset({"G2", "LU"})
PERSON_REFERENCES = frozenset({"SY", "1W"})
NO_ROW: Row = [""]
LOOPS = {
    "85": "2010AA",
    "87": "2010AB",
    "PE": "2010AC",
    "IL": "2010BA",
    "PR": "2010BB",
    "QC": "2010CA",
}


class Found(NamedTuple):
    """The rows of one level: by their tag, and of its names by NM101."""

    own: dict[str, int]
    names: dict[str, Party]


def read_level(reading: Reading, frame: Frame) -> Level:
    """Read one HL up to its claims, or to the next HL, into the frame."""
    row = reading.rows[reading.at]
    code = row[3] if len(row) > 3 else ""  # noqa: PLR2004 - HL03
    level = Level(reading.base + reading.at, code)
    reading.kept = level.kept
    reading.at += 1
    if code in _LEVELS:
        above = [one for one in frame.levels if one.code < code]
        frame.levels = (*above, level)
        _LEVELS[code](reading, frame, level)
    else:
        reading.loop = "2000"
        reading.keep(reading.segment(reading.at - 1))
        _take(reading, frozenset(), frozenset())
    level.end = reading.base + reading.at
    frame.settle()
    return level


def _read_billing_level(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000A"
    found = _take(reading, BILLING_TAGS, BILLING_ROLES)
    reading.loop = "2000A"
    taxonomy = ""
    if "PRV" in found.own:
        taxonomy = _taxonomy(reading, reading.segment(found.own["PRV"]))
    if "CUR" in found.own:
        currency = reading.segment(found.own["CUR"])
        if currency.get(1) != "85":
            reading.report_spare(currency, 1)
        reading.check_spare(currency, (1, 2))
        level.extra["currency"] = currency.get(2)
    frame.billing_provider = replace(NO_ORGANIZATION, taxonomy=taxonomy)
    if "85" in found.names:
        reading.loop = "2010AA"
        frame.billing_provider = read_organization(reading, found.names["85"], taxonomy)
    if "87" in found.names:
        reading.loop = "2010AB"
        level.extra["pay_to"] = read_organization(reading, found.names["87"])
    if "PE" in found.names:
        reading.loop = "2010AC"
        level.extra["pay_to_plan"] = _pay_to_plan(reading, found.names["PE"])


def _taxonomy(reading: Reading, specialty: Segment) -> str:
    if (specialty.get(1), specialty.get(2)) != ("BI", "PXC") or any(specialty[4:]):
        reading.report_spare(specialty)
    return specialty.get(3)


def _pay_to_plan(reading: Reading, party: Party) -> PayToPlan:
    plan = read_payer(reading, party, NO_ROW)
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
    if not read_ordinary_policy(reading, frame):
        _read_any_policy(reading, frame, level)


def _read_any_policy(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000B"
    rows, found = reading.rows, _take(reading, POLICY_TAGS, POLICY_ROLES)
    information = member = NO_ROW
    if "SBR" in found.own:
        information = rows[found.own["SBR"]]
        if len(information) > 10 or any(information[6:9]):  # noqa: PLR2004 - SBR09
            reading.check_spare(reading.segment(found.own["SBR"]), SUBSCRIBER_ELEMENTS)
    extra: dict[str, Any] = {}
    if "PAT" in found.own:
        patient = reading.segment(found.own["PAT"])
        _read_patient_facts(reading, patient, extra, PAT_ELEMENTS - {1})
    person = NOBODY
    if "IL" in found.names:
        reading.loop = "2010BA"
        party = found.names["IL"]
        person, others = read_person(reading, party)
        member = rows[party[0]]
        if others:
            _read_person_facts(reading, others, extra)
    if extra:
        level.extra["subscriber"] = PersonSupplement(**frozen(extra))
    _, _, relationship, group_number, group_name = (information + ROW_PADDING)[:5]
    number = member + ROW_PADDING
    frame.subscriber = new_subscriber(
        person, number[9], relationship or "18", group_number, group_name, number[8]
    )
    frame.patient = person
    _read_payer(reading, frame, level, found, information)


def _read_payer(
    reading: Reading, frame: Frame, level: Level, found: Found, information: Row
) -> None:
    """Read 2010BB; the provider's numbers at the payer are the provider's."""
    reading.loop = "2010BB"
    if "PR" not in found.names:
        responsibility, filing_indicator, insurance_type = said_of(information)
        frame.payer = replace(
            NO_PAYER,
            responsibility=responsibility,
            filing_indicator=filing_indicator,
            insurance_type=insurance_type,
        )
        return
    payer = read_payer(reading, found.names["PR"], information)
    if payer.references:
        own = tuple(one for one in payer.references if one.qualifier in BILLING_REFERENCES)
        if own:
            level.extra["billing_references"] = own
        theirs = tuple(one for one in payer.references if one not in own)
        payer = replace(payer, references=theirs)
    frame.payer = payer


def _read_patient_level(reading: Reading, frame: Frame, level: Level) -> None:
    reading.loop = "2000C"
    found = _take(reading, PATIENT_TAGS, PATIENT_ROLES)
    extra: dict[str, Any] = {}
    relationship = ""
    if "PAT" in found.own:
        row = reading.rows[found.own["PAT"]]
        relationship = row[1] if len(row) > 1 else ""
        if len(row) > 2:  # noqa: PLR2004 - PAT01
            information = reading.segment(found.own["PAT"])
            _read_patient_facts(reading, information, extra, PAT_ELEMENTS)
    frame.patient = NOBODY
    if "QC" in found.names:
        reading.loop = "2010CA"
        party = found.names["QC"]
        frame.patient, others = read_person(reading, party)
        if any(reading.rows[party[0]][8:10]):
            reading.report_spare(reading.segment(party[0]))
        if others:
            _read_person_facts(reading, others, extra)
    if extra:
        level.extra["patient"] = PersonSupplement(**frozen(extra))
    holder = frame.subscriber
    frame.subscriber = new_subscriber(
        holder.person,
        holder.member_id,
        relationship,
        holder.group_number,
        holder.group_name,
        holder.id_qualifier,
    )


def _read_patient_facts(
    reading: Reading, one: Segment, extra: dict[str, Any], used: frozenset[int]
) -> None:
    """Read PAT05 to PAT09; PAT01 is of patients who are not the subscriber."""
    reading.check_spare(one, used)
    if one.get(5) not in {"", "D8"} or one.get(7) not in {"", "01"}:
        reading.report_spare(one)
    if (died_on := reading.day(one, 6)) is not None:
        extra["died_on"] = died_on
    if (weight := reading.quantity(one, 8)) is not None:
        extra["weight_pounds"] = weight
    if (pregnant := one.get(9)) == "Y":
        extra["is_pregnant"] = True
    elif pregnant:
        reading.report_spare(one, 9)


def _read_person_facts(reading: Reading, others: list[int], extra: dict[str, Any]) -> None:
    """Read REF and PER of a subscriber or patient: mostly of property and casualty claims."""
    for one in map(reading.segment, others):
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
    """Sort the rows of a level; what it does not know, or knows already, is kept."""
    rows, level_loop, found = reading.rows, reading.loop, Found({}, {})
    while True:
        row = rows[reading.at]
        tag = row[0]
        if tag == "NM1":
            party = take_party(reading)
            role = row[1] if len(row) > 1 else ""
            if role in roles and role not in found.names:
                found.names[role] = party
            else:
                reading.loop = LOOPS.get(role, "2010")
                keep_party(reading, party)
                reading.loop = level_loop
            continue
        if tag in LEVEL_ENDS:
            return found
        if tag in tags and tag not in found.own:
            found.own[tag] = reading.at
        else:
            reading.keep(reading.segment(reading.at))
        reading.at += 1


_LEVELS: dict[str, Callable[[Reading, Frame, Level], None]] = {
    "20": _read_billing_level,
    "22": _read_subscriber_level,
    "23": _read_patient_level,
}
