"""The pane of patient matches: a new record beside the patients it may be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.party import Person
from models.states.encounter import EncounterState
from models.tables import Encounter, Patient
from models.values.access import FieldKind
from models.values.display import to_short_date
from models.values.money import Money, total
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.rules.intake.likeness import person_likeness, trait_likenesses
from revcycle.rules.intake.patient_match import DOUBTFUL_LIKENESS_MIN
from revcycle.store import clients, encounters, joined_patients, patients, statements
from revcycle.store.audit import record_act
from revcycle.store.people import patient_person
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import OpenedItem, Pane

CANDIDATES_MAX: Final = 4
ALIKE: Final = 0.999
CLOSE_NAME, CLOSE_DATE = 0.9, 0.5  # a slip of the typist
LABELS: Final = ("Last name", "First name", "Birth date", "Sex", "Address", "Telephone")
WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "identifier_conflict": "Both have the same number at the practice, and neither birth date "
        "nor last name agrees: the number was mistyped, or given twice.",
        "likeness": "Names, birth date and the rest are alike, and not alike enough to be sure.",
        "several": "More than one patient of the practice fits: they may be doubles themselves.",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Holdings:
    """What a patient of the practice has."""

    visits: int
    balance: Money
    coverages: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A patient who may be meant.

    Attributes:
        percent: How alike the two are, of a hundred.
        row: The patient, for the comparison only; templates are given texts.
    """

    id: UUID
    account_number: str
    percent: int
    row: Patient
    holdings: Holdings


@dataclass(frozen=True, slots=True, repr=False)
class TraitRow:
    """One line of the comparison: the new record's text, and each candidate's with a mark."""

    label: str
    new: str
    others: tuple[tuple[str, str], ...]  # text, and same, close, differs or missing


def build_patient_match(session: Session, opened: OpenedItem) -> Pane:
    """Put the new record beside the patients it may be, and say what each has."""
    act, access = opened.act, opened.person.access
    encounter = encounters.get_encounter(session, act.client_id, opened.line.subject_id)
    patient, candidates = find_candidates(session, opened, encounter)
    for one in candidates:
        record_act(session, act.client_id, act, "see_patient", "patient", one.id)
    holdings = _holdings(session, act.client_id, access, [patient.id])[patient.id]
    rows = compare(patient, candidates, access)
    return Pane(
        "panes/patient_match.html",
        {
            "waits": encounter.state == EncounterState.NEEDS_FIX,
            "why": WHY.get(opened.line.reason.rpartition(".")[2], opened.line.reason),
            "new_id": patient.id,
            "new_number": patient.account_number,
            "new_holdings": holdings,
            "candidates": [
                (one.id, one.account_number, one.percent, one.holdings) for one in candidates
            ],
            "rows": rows,
            "seen": seen_of(patient, candidates),
        },
    )


def find_candidates(
    session: Session, opened: OpenedItem, encounter: Encounter
) -> tuple[Patient, list[Candidate]]:
    """Find the record's patient and whom it may be, the most alike first."""
    client_id = opened.act.client_id
    found = patients.find_patients(session, client_id, [encounter.patient_id or encounter.id])
    patient = found[encounter.patient_id or encounter.id]
    named = patients.find_patient_by_account(
        session, client_id, opened.line.detail.rpartition(" ")[2]
    )
    named_id = joined_patients.patient_now(session, client_id, named.id) if named else None
    rows = patients.list_patients_like(
        session,
        client_id,
        patient_ids=[named_id] if named_id else [],
        birth_dates=[patient.birth_date] if patient.birth_date else [],
        last_names=[patient.last_name],
    )
    ours = patient_person(patient)
    scored = [(person_likeness(ours, patient_person(row)), row) for row in rows]
    alike = [
        (likeness, row)
        for likeness, row in scored
        if row.id != patient.id and (likeness >= DOUBTFUL_LIKENESS_MIN or row.id == named_id)
    ]
    alike.sort(key=lambda pair: (-pair[0], pair[1].id))
    best = alike[:CANDIDATES_MAX]
    held = _holdings(session, client_id, opened.person.access, [row.id for _, row in best])
    return patient, [
        Candidate(row.id, row.account_number, round(likeness * 100), row, held[row.id])
        for likeness, row in best
    ]


def seen_of(patient: Patient, candidates: Sequence[Candidate]) -> str:
    """Sum up what was compared."""
    people = {one.id: one for one in (patient, *(one.row for one in candidates))}
    return fingerprint_of({str(key): repr(_traits(row)) for key, row in people.items()})


def compare(patient: Patient, candidates: Sequence[Candidate], access: Access) -> list[TraitRow]:
    """Compare trait by trait, as this person may see them."""
    ours = patient_person(patient)
    marks = [_marks(ours, patient_person(one.row)) for one in candidates]
    shown = [_shown(one.row, access) for one in candidates]
    return [
        TraitRow(
            label,
            text,
            tuple(
                (theirs[name], mark.get(name, ""))
                for theirs, mark in zip(shown, marks, strict=True)
            ),
        )
        for (name, text), label in zip(_shown(patient, access).items(), LABELS, strict=True)
    ]


def _traits(row: Patient) -> dict[str, str]:
    address = (row.line1, row.line2, row.city, row.state, row.zip_code)
    return {
        "last_name": f"{row.last_name} {row.suffix}".strip(),
        "first_name": f"{row.first_name} {row.middle_name}".strip(),
        "birth_date": row.birth_date.isoformat() if row.birth_date else "",
        "sex": row.sex,
        "address": ", ".join(part for part in address if part),
        "phone": row.phone,
    }


_SEEN: Final[Mapping[str, FieldKind]] = MappingProxyType(
    {
        "birth_date": FieldKind.BIRTH_DATE,
        "address": FieldKind.CONTACT,
        "phone": FieldKind.CONTACT,
    }
)


def _shown(row: Patient, access: Access) -> dict[str, str]:
    return {
        name: see_field(access, _SEEN[name], text) if name in _SEEN else text
        for name, text in _traits(row).items()
    }


def _marks(person: Person, other: Person) -> dict[str, str]:
    return {
        trait.name: _mark(trait.name, trait.likeness, _lacks(trait.name, person, other))
        for trait in trait_likenesses(person, other)
    }


def _mark(name: str, likeness: float | None, is_lacking: bool) -> str:  # noqa: FBT001 - private
    if likeness is None or is_lacking:
        return "missing"
    if likeness >= ALIKE:
        return "same"
    return (
        "close" if likeness >= (CLOSE_DATE if name == "birth_date" else CLOSE_NAME) else "differs"
    )


_VALUES: Final[Mapping[str, Callable[[Person], object]]] = MappingProxyType(
    {
        "last_name": lambda person: person.last_name,
        "first_name": lambda person: person.first_name,
        "birth_date": lambda person: person.birth_date,
    }
)


def _lacks(name: str, *people: Person) -> bool:
    """Tell whether a trait that always counts is missing: it looks unlike without being so."""
    value_of = _VALUES.get(name)
    return value_of is not None and not all(value_of(one) for one in people)


def _holdings(
    session: Session, client_id: UUID, access: Access, patient_ids: Sequence[UUID]
) -> dict[UUID, Holdings]:
    visits = encounters.count_encounters_of_patients(session, client_id, patient_ids)
    accounts = statements.list_encounter_accounts(session, client_id, patient_ids)
    payers = {row.id: row.name for row in clients.find_payers(session, client_id).values()}
    held = patients.list_coverages(session, client_id, patient_ids)
    return {
        patient_id: Holdings(
            visits.get(patient_id, 0),
            total(one.balance for one in accounts if one.patient_id == patient_id),
            tuple(
                f"{row.rank}. {payers[row.payer_id]} "
                f"{see_field(access, FieldKind.MEMBER_ID, row.member_id)}{_until(row.valid_to)}"
                for row in held
                if row.patient_id == patient_id
            ),
        )
        for patient_id in patient_ids
    }


def _until(day: date | None) -> str:
    return f" until {to_short_date(day)}" if day else ""
