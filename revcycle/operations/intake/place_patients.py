"""Find or add the patients that intake records speak of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.encounter import EncounterDocument
from models.documents.party import Person
from models.tables import Patient, PatientIdentifier
from models.values.identifiers import new_id
from revcycle.rules.intake.patient_match import MatchKind, PatientCandidate, match_patient
from revcycle.store import joined_patients, patients
from revcycle.store.people import patient_person

ACCOUNT_NUMBER_LENGTH = 12


@dataclass(frozen=True, slots=True)
class PlacedPatient:
    """Whose encounter it is, and who else it might be.

    Attributes:
        patient_id: The patient it was given to.
        doubtful_id: A patient who may be the same person; a person decides.
        reason: Why in doubt, coded.
    """

    patient_id: UUID
    doubtful_id: UUID | None = None
    reason: str = ""


class Candidates:
    """Patients who may be meant, found by an identifier, a birth date or a last name."""

    def __init__(self) -> None:
        self._by_key: dict[object, dict[UUID, PatientCandidate]] = defaultdict(dict)

    def add(self, candidate: PatientCandidate) -> None:
        """Make a patient findable; adding one again replaces what was known."""
        for key in _keys(candidate.person, candidate.identifiers):
            self._by_key[key][candidate.patient_id] = candidate

    def of(self, document: EncounterDocument) -> list[PatientCandidate]:
        """Find everybody who shares a key with a record."""
        found: dict[UUID, PatientCandidate] = {}
        for key in _keys(document.patient, document.identifiers):
            found |= self._by_key.get(key, {})
        return list(found.values())


def place_patients(
    session: Session, act: Act, documents: Sequence[EncounterDocument]
) -> list[PlacedPatient]:
    """Give each record a patient: the one it matches, or a new one.

    In doubt a new patient is made as well, so that nothing of the record is lost, and the pair
    goes to a person. Patients made for one record are candidates for the next.
    """
    candidates = _load_candidates(session, act.client_id, documents)
    placed = []
    for document in documents:
        match = match_patient(document.patient, document.identifiers, candidates.of(document))
        if match.kind is MatchKind.SAME and match.patient_id is not None:
            patient_id, doubtful_id = match.patient_id, None
        else:
            patient_id, doubtful_id = _add_patient(session, act, document), match.patient_id
        known = candidates.of(document)
        _add_identifiers(session, act, document, patient_id, known, is_doubtful=bool(doubtful_id))
        candidates.add(PatientCandidate(patient_id, document.patient, document.identifiers))
        placed.append(PlacedPatient(patient_id, doubtful_id, match.reason if doubtful_id else ""))
    return _not_joined_meanwhile(session, act, placed)


def _not_joined_meanwhile(
    session: Session, act: Act, placed: Sequence[PlacedPatient]
) -> list[PlacedPatient]:
    """Hold the patients against being joined; follow those who were since they were found."""
    session.flush()
    ids = {one.patient_id for one in placed}
    patients.hold_patients(session, act.client_id, ids)
    kept = joined_patients.find_kept(session, act.client_id, ids)
    return [replace(one, patient_id=kept.get(one.patient_id, one.patient_id)) for one in placed]


def account_number_of(patient_id: UUID) -> str:
    """Make the number that statements and people call a patient by."""
    return patient_id.hex[-ACCOUNT_NUMBER_LENGTH:].upper()


def _keys(person: Person, identifiers: Iterable[tuple[str, str]]) -> list[object]:
    keys: list[object] = list(identifiers)
    if person.birth_date is not None:
        keys.append(person.birth_date)
    if person.last_name:
        keys.append(person.last_name.casefold())
    return keys


def _load_candidates(
    session: Session, client_id: UUID, documents: Sequence[EncounterDocument]
) -> Candidates:
    identifiers = {pair for document in documents for pair in document.identifiers}
    by_identifier = patients.find_patients_by_identifiers(session, client_id, identifiers)
    rows = patients.list_patients_like(
        session,
        client_id,
        patient_ids=by_identifier.values(),
        birth_dates={one.patient.birth_date for one in documents if one.patient.birth_date},
        last_names={one.patient.last_name for one in documents if one.patient.last_name},
    )
    held = defaultdict(list)
    for row in patients.list_identifiers(session, client_id, [row.id for row in rows]):
        held[row.patient_id].append((row.system, row.value))
    candidates = Candidates()
    for patient in rows:
        person, numbers = patient_person(patient), tuple(held[patient.id])
        candidates.add(PatientCandidate(patient.id, person, numbers))
    return candidates


def _add_patient(session: Session, act: Act, document: EncounterDocument) -> UUID:
    person, guarantor = document.patient, document.guarantor
    patient_id = new_id()
    row = Patient(
        client_id=act.client_id,
        id=patient_id,
        account_number=account_number_of(patient_id),
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        suffix=person.suffix,
        birth_date=person.birth_date,
        sex=person.sex,
        phone=person.phone,
        email=person.email,
    )
    if person.address is not None:
        row.line1, row.line2 = person.address.line1, person.address.line2
        row.city, row.state = person.address.city, person.address.state
        row.zip_code = person.address.zip_code
    if guarantor is not None:
        row.guarantor_last_name, row.guarantor_first_name = (
            guarantor.last_name,
            guarantor.first_name,
        )
        row.guarantor_email = guarantor.email
        if guarantor.address is not None:
            row.guarantor_line1, row.guarantor_city = (
                guarantor.address.line1,
                guarantor.address.city,
            )
            row.guarantor_state = guarantor.address.state
            row.guarantor_zip_code = guarantor.address.zip_code
    session.add(row)
    return patient_id


def _add_identifiers(
    session: Session,
    act: Act,
    document: EncounterDocument,
    patient_id: UUID,
    known: Sequence[PatientCandidate],
    *,
    is_doubtful: bool,
) -> None:
    """Add numbers that nobody has yet; in doubt they may be another's, so none is added."""
    taken = {pair for candidate in known for pair in candidate.identifiers}
    if is_doubtful:
        return
    session.add_all(
        PatientIdentifier(
            client_id=act.client_id, patient_id=patient_id, system=system, value=value
        )
        for system, value in dict.fromkeys(document.identifiers)
        if (system, value) not in taken
    )
