"""Is this person already a patient of the practice?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from models.documents.party import Person
from revcycle.rules.intake.likeness import (
    first_name_likeness,
    last_name_likeness,
    person_likeness,
)

# From here on two records are one person, if also the birth date is the same: everything that is
# known of both agrees, give or take a letter or an apartment number.
SAME_LIKENESS_MIN: Final = 0.93
# From here on a person must look: a changed last name (about 0.86), a transposed birth date
# (about 0.85), twins (about 0.87). Below lie relatives and strangers who share a birthday.
DOUBTFUL_LIKENESS_MIN: Final = 0.78
# Names that differ by one slip of the typist stay above this; other names stay below.
NAME_LIKENESS_MIN: Final = 0.90


class MatchKind(StrEnum):
    """What the comparison says."""

    SAME = "same"  # use the patient that is known
    DOUBTFUL = "doubtful"  # a person decides
    NEW = "new"  # register a patient


@dataclass(frozen=True, slots=True, repr=False)
class PatientCandidate:
    """A patient of the practice who might be meant."""

    patient_id: UUID
    person: Person
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The result.

    Attributes:
        kind: What the comparison says.
        patient_id: The best candidate; None if the person is new.
        likeness: From 0 to 1, of the best candidate.
        reason: Coded, free of PHI: ``identifier``, ``identifier_conflict``, ``likeness``,
            ``several`` or ``none``.
    """

    kind: MatchKind
    patient_id: UUID | None
    likeness: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    kind: MatchKind
    likeness: float
    reason: str


_NEW: Final = Match(MatchKind.NEW, None, 0.0, "none")
_ORDER: Final = (MatchKind.SAME, MatchKind.DOUBTFUL, MatchKind.NEW)


def match_patient(
    person: Person,
    identifiers: Sequence[tuple[str, str]],
    candidates: Sequence[PatientCandidate],
) -> Match:
    """Compare a person with the practice's patients.

    An identifier that is the same wins if the birth date or the last name agrees with it; else it
    was mistyped or reused, and a person decides. Without one, likeness decides. Two candidates
    that are both the same person are doubtful: they are duplicates that someone should merge.
    The order of the candidates does not matter.

    Source:
        Our rule, after ONC, "Patient Identification and Matching Final Report" (2014): names,
        birth date, sex, address and phone as the traits to compare.
    """
    judged = [(_judge(person, identifiers, one), one.patient_id) for one in candidates]
    judged.sort(key=lambda pair: (_ORDER.index(pair[0].kind), -pair[0].likeness, pair[1]))
    if not judged or judged[0][0].kind is MatchKind.NEW:
        return _NEW
    best, patient_id = judged[0]
    same = [verdict for verdict, _ in judged if verdict.kind is MatchKind.SAME]
    by_identifier = [verdict for verdict in same if verdict.reason == "identifier"]
    if len(same) > 1 and len(by_identifier) != 1:
        return Match(MatchKind.DOUBTFUL, patient_id, best.likeness, "several")
    if len(by_identifier) == 1 and best.reason != "identifier":
        best, patient_id = next(pair for pair in judged if pair[0] is by_identifier[0])
    return Match(best.kind, patient_id, best.likeness, best.reason)


def _judge(
    person: Person, identifiers: Sequence[tuple[str, str]], candidate: PatientCandidate
) -> _Verdict:
    likeness = person_likeness(person, candidate.person)
    if set(identifiers) & set(candidate.identifiers):
        agrees = _same_birth_date(person, candidate.person) or (
            last_name_likeness(person, candidate.person) >= NAME_LIKENESS_MIN
        )
        if agrees:
            return _Verdict(MatchKind.SAME, likeness, "identifier")
        return _Verdict(MatchKind.DOUBTFUL, likeness, "identifier_conflict")
    return _judge_likeness(person, candidate, likeness, _conflict(identifiers, candidate))


def _judge_likeness(
    person: Person,
    candidate: PatientCandidate,
    likeness: float,
    conflict: bool,  # noqa: FBT001 - private
) -> _Verdict:
    """Judge by likeness alone; numbers of one system that differ speak against the same person."""
    same_first_name = first_name_likeness(person, candidate.person) >= NAME_LIKENESS_MIN
    if likeness < DOUBTFUL_LIKENESS_MIN or (conflict and not same_first_name):
        return _Verdict(MatchKind.NEW, likeness, "none")
    is_same = (
        likeness >= SAME_LIKENESS_MIN
        and same_first_name
        and _same_birth_date(person, candidate.person)
        and not conflict
    )
    return _Verdict(MatchKind.SAME if is_same else MatchKind.DOUBTFUL, likeness, "likeness")


def _conflict(identifiers: Sequence[tuple[str, str]], candidate: PatientCandidate) -> bool:
    """Tell whether both have a number of the same system, and not the same number."""
    systems = {system for system, _ in identifiers}
    return any(system in systems for system, _ in candidate.identifiers)


def _same_birth_date(person: Person, other: Person) -> bool:
    return person.birth_date is not None and person.birth_date == other.birth_date
