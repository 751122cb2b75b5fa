"""Which visit a patient has."""

import random
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from revcycle.synthetic.cardiology_visits import CARDIOLOGY_VISITS
from revcycle.synthetic.family_visits import FAMILY_VISITS
from revcycle.synthetic.hospital_visits import HOSPITAL_VISITS
from revcycle.synthetic.panel import PanelPatient
from revcycle.synthetic.practice import PracticeKind
from revcycle.synthetic.visits import Visit

VISITS: Final = {
    PracticeKind.FAMILY: FAMILY_VISITS,
    PracticeKind.CARDIOLOGY: CARDIOLOGY_VISITS,
    PracticeKind.HOSPITAL_OUTPATIENT: HOSPITAL_VISITS,
}


def choose_visit(kind: PracticeKind, patient: PanelPatient, on: date, rng: random.Random) -> Visit:
    """Choose a visit that fits the patient's age, sex and insurance."""
    visits, weights = _fitting(kind, *_traits(patient, on))
    return rng.choices(visits, weights)[0]


def choose_short_visit(kind: PracticeKind, *, other_than: Visit) -> Visit:
    """Choose what may follow another visit on the same day, whatever the age."""
    return next(
        visit
        for visit in reversed(VISITS[kind])
        if visit.is_short and not visit.medicare and visit.name != other_than.name
    )


def choose_visit_with(kind: PracticeKind, code: str) -> Visit:
    """Choose the first visit with a service that any adult may have."""
    return next(
        visit
        for visit in VISITS[kind]
        if not visit.sex
        and visit.medicare is None
        and any(done.code == code for done in visit.procedures)
    )


def _traits(patient: PanelPatient, on: date) -> tuple[int, str, bool]:
    born = patient.person.birth_date or on
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    on_medicare = any("medicare" in one.payer_name.casefold() for one in patient.coverages[:1])
    return age, patient.person.sex, on_medicare


@cache
def _fitting(
    kind: PracticeKind,
    age: int,
    sex: str,
    on_medicare: bool,  # noqa: FBT001 - a trait, and the key of a cache
) -> tuple[Sequence[Visit], Sequence[int]]:
    visits = [
        visit
        for visit in VISITS[kind]
        if visit.ages[0] <= age <= visit.ages[1]
        and visit.sex in ("", sex)
        and visit.medicare in (None, on_medicare)
    ]
    return visits, [visit.weight for visit in visits]
