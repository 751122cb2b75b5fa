"""What comes in after a practice's billing staff went home: one record of each kind of trouble."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import Final

from revcycle.synthetic.day import SyntheticFile, write_files
from revcycle.synthetic.defects import Defect
from revcycle.synthetic.encounters import EncounterPlan, SyntheticEncounter, build_encounter
from revcycle.synthetic.panel import Panel, PanelPatient
from revcycle.synthetic.practice import PracticeKind, SyntheticPractice
from revcycle.synthetic.visit_choice import choose_short_visit, choose_visit, choose_visit_with

FIRST_INDEX: Final = 800_000  # of the panel: nobody who came during the day
INDEXES_MAX: Final = 10_000  # one patient in five or so fits
FIRST_NUMBER: Final = 90_001  # of the encounters: behind all of the day
ACTIVE_ENDING: Final = "0"
FILING_DAYS: Final = 365  # of a payer whose limit nobody wrote down
DAYS_LEFT: Final = 9  # to file the claim that gets lost
PAID_DAYS_AGO: Final = 45  # the older visits: longer ago than money paid ahead is left to wait


class Trouble(StrEnum):
    """What a record of the evening comes to."""

    REFUSED = "refused"  # the payer returns the claim unprocessed
    DENIED = "denied"
    APPEALED = "appealed"  # denied as well; somebody writes a letter about it
    UNKNOWN_MEMBER = "unknown_member"  # so the payer answers, and the claim is held
    UNCODED = "uncoded"  # a note only
    UNCLEAR = "unclear"  # a note that leaves a question
    INCOMPLETE = "incomplete"  # without the birth date
    NAMESAKE = "namesake"  # the uncoded patient once more, under another number
    SELF_PAY = "self_pay"  # no insurance, and no e-mail address for a statement
    GIVEN_UP = "given_up"  # denied as well; somebody asks to write it off
    LOST = "lost"  # near the payer's filing limit, and the payer loses the claim
    PAID_TWICE = "paid_twice"  # an older visit without insurance, paid in cash and by check
    REPAID = "repaid"  # the same; somebody asks to give the second payment back
    UNDERPAID = "underpaid"  # a service for which the contract promises more than is paid


# The last character of the member number, see ``member_ids``.
_ENDINGS: Final[Mapping[Trouble, str]] = MappingProxyType(
    {
        Trouble.REFUSED: "R",
        Trouble.DENIED: "N",
        Trouble.APPEALED: "N",
        Trouble.GIVEN_UP: "N",
        Trouble.LOST: "L",
        Trouble.UNKNOWN_MEMBER: "8",
    }
)
PAID: Final = frozenset({Trouble.PAID_TWICE, Trouble.REPAID})
_UNINSURED: Final = PAID | {Trouble.SELF_PAY}
_NOTE_ONLY: Final = frozenset({Trouble.UNCODED, Trouble.UNCLEAR})

# Services for which the example practices' contracts promise a fee of its own.
AGREED: Final[Mapping[PracticeKind, str]] = MappingProxyType(
    {
        PracticeKind.FAMILY: "99213",
        PracticeKind.CARDIOLOGY: "99214",
        PracticeKind.HOSPITAL_OUTPATIENT: "97110",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticEvening:
    """The files of an evening.

    Attributes:
        source_keys: The practice's number of each encounter.
    """

    files: tuple[SyntheticFile, ...]
    source_keys: Mapping[Trouble, str]


def generate_evening(
    practice: SyntheticPractice,
    *,
    seed: int,
    service_date: date,
    filing_days: int = FILING_DAYS,
) -> SyntheticEvening:
    """Invent an evening: the same arguments give the same bytes, and other people than the day.

    Args:
        practice: Whose evening.
        seed: Which of all evenings.
        service_date: The day; some of the visits were earlier.
        filing_days: Within which its first payer must have a claim.
    """
    rng = random.Random(f"evening:{practice.npi}:{seed}:{service_date}")
    adults = _insured_adults(practice, seed)
    patients = dict(zip(Trouble, islice(adults, len(Trouble)), strict=True))
    patients[Trouble.NAMESAKE] = replace(
        patients[Trouble.UNCODED], number=patients[Trouble.NAMESAKE].number
    )
    stem = f"{service_date:%y%m%d}{seed % 10_000:04d}"
    keys = {one: f"E{stem}-{number:05d}" for number, one in enumerate(Trouble, FIRST_NUMBER)}
    ages = {Trouble.LOST: filing_days - DAYS_LEFT} | dict.fromkeys(PAID, PAID_DAYS_AGO)
    entries = [
        _entry(
            practice,
            trouble,
            _troubled(patient, trouble),
            keys[trouble],
            service_date - timedelta(days=ages.get(trouble, 0)),
            rng,
        )
        for trouble, patient in patients.items()
    ]
    source = practice.sources[0]
    name = f"{source.key}_{service_date:%Y%m%d}_{seed}_evening"
    return SyntheticEvening(tuple(write_files(practice, source, entries, name)), keys)


def _insured_adults(practice: SyntheticPractice, seed: int) -> Iterator[PanelPatient]:
    """Find people of the panel whose own insurance is with the practice's first payer."""
    panel = Panel(practice, seed)
    _, payer_id, _ = practice.payers[0]
    for index in range(FIRST_INDEX, FIRST_INDEX + INDEXES_MAX):
        patient = panel.patient(index)
        first = patient.coverages[0]
        if first.payer_id == payer_id and not first.subscriber and not patient.guarantor:
            yield patient


def _troubled(patient: PanelPatient, trouble: Trouble) -> PanelPatient:
    """Give a patient the insurance card that leads to the trouble, or none."""
    if trouble in _UNINSURED:
        return replace(patient, coverages=(), person=replace(patient.person, email=""))
    card = patient.coverages[0]
    number = card.member_id[:-1] + _ENDINGS.get(trouble, ACTIVE_ENDING)
    return replace(patient, coverages=(replace(card, member_id=number),))


def _entry(
    practice: SyntheticPractice,
    trouble: Trouble,
    patient: PanelPatient,
    source_key: str,
    service_date: date,
    rng: random.Random,
) -> SyntheticEncounter:
    visit = choose_visit(practice.kind, patient, service_date, rng)
    if trouble is Trouble.UNDERPAID:
        visit = choose_visit_with(practice.kind, AGREED[practice.kind])
    if trouble is Trouble.NAMESAKE:
        visit = choose_short_visit(practice.kind, other_than=visit)
    is_incomplete = trouble is Trouble.INCOMPLETE
    plan = EncounterPlan(
        source_key=source_key,
        service_date=service_date,
        visit=visit,
        provider=rng.choice(practice.providers),
        source=practice.sources[0],
        arrives_coded=trouble not in _NOTE_ONLY,
        defect=Defect.MISSING_BIRTH_DATE if is_incomplete else Defect.NONE,
    )
    return build_encounter(practice, patient, plan, rng)
