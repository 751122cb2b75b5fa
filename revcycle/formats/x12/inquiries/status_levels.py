"""The levels of a question about a claim, from the product's documents and back."""

from collections.abc import Mapping
from dataclasses import replace

from models.documents.acknowledgement import ClaimStatusInquiry, StatusLevel, TracedStatus
from models.documents.inquiry import LevelKind, NamedParty
from models.documents.party import Person
from revcycle.formats.x12.inquiries.parties_of import person_of, person_party

STRUCTURE = "0010"  # BHT01 of 276 and 277


def patient_levels(
    inquiry: ClaimStatusInquiry, traced: TracedStatus, *, has_demographics: bool = True
) -> StatusLevel:
    """Make the levels down to the patient of a question; a 277 leaves the birth date out."""
    dependent = inquiry.dependent
    subscriber = _person_level(
        LevelKind.SUBSCRIBER,
        person_party("IL", inquiry.subscriber, inquiry.member_id),
        inquiry.subscriber if has_demographics else None,
    )
    if dependent is None:
        return replace(subscriber, traced=(traced,))
    party = person_party("QC", dependent)
    below = _person_level(LevelKind.DEPENDENT, party, dependent if has_demographics else None)
    return replace(subscriber, children=(replace(below, traced=(traced,)),))


def _person_level(kind: LevelKind, party: NamedParty, born: Person | None) -> StatusLevel:
    named = replace(party, address=None)  # claims are found by name and number alone
    if born is None:
        return StatusLevel(kind, (named,))
    return StatusLevel(kind, (named,), birth_date=born.birth_date, sex=born.sex)


def party_of_level(above: Mapping[str, StatusLevel], kind: LevelKind) -> NamedParty:
    """Return who the nearest level of a kind names first; nobody where there is none."""
    level = above.get(kind)
    return level.parties[0] if level and level.parties else NamedParty("")


def person_at(above: Mapping[str, StatusLevel], kind: LevelKind) -> Person:
    """Read the person of the nearest level of a kind, with birth date and sex."""
    level = above.get(kind)
    person = person_of(party_of_level(above, kind)) if level else Person("", "")
    return replace(
        person,
        birth_date=level.birth_date if level else None,
        sex=level.sex if level else "",
        is_organization=person.is_organization and bool(level and level.parties),
    )
