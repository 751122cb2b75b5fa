"""Queries on what payers authorized, and on the visits that use it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, exists, select, update

from models.documents.act import Act
from models.documents.authorization import Authorization, DoneService, NewAuthorization, Visit
from models.states.encounter import EncounterState
from models.tables import (
    Charge,
    Coverage,
    Encounter,
    Patient,
    PatientIdentifier,
    Payer,
    VisitAuthorization,
)
from models.values.authorized import AuthorizationSource, Counted
from models.values.periods import coverages_on
from revcycle.store.joined_patients import find_kept
from revcycle.store.ledger import in_chunks
from revcycle.store.patients import list_coverages

_NOT_DONE: Final = (EncounterState.NEEDS_FIX, EncounterState.VOIDED)
_STANDINGS: Final = {EncounterState.BILLED: 0, EncounterState.CODED: 1}
NOT_CODED: Final = 2  # the standing of every other visit


@dataclass(frozen=True, slots=True, repr=False)
class ListedAuthorization:
    """An authorization with its payer's name, and when it was written down by whom."""

    authorization: Authorization
    payer_name: str
    noted_by: str


def list_authorizations(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> dict[UUID, list[Authorization]]:
    """Map patients to their authorizations; those without are left out."""
    held: dict[UUID, list[Authorization]] = defaultdict(list)
    for chunk in in_chunks(patient_ids):
        rows = session.exec(
            select(VisitAuthorization)
            .where(
                VisitAuthorization.client_id == client_id,
                col(VisitAuthorization.patient_id).in_(chunk),
            )
            .order_by(col(VisitAuthorization.key), col(VisitAuthorization.id))
        )
        for row in rows:
            held[row.patient_id].append(_to_document(row))
    return dict(held)


def list_named_authorizations(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> list[ListedAuthorization]:
    """List the authorizations of patients for people, those that end last first."""
    return [one for chunk in in_chunks(patient_ids) for one in _named_of(session, client_id, chunk)]


def list_authorized_patients(session: Session, client_id: UUID) -> dict[UUID, str]:
    """Map every patient of a practice who has an authorization to the account number."""
    rows = session.execute(
        select_columns(col(Patient.id), col(Patient.account_number))
        .where(
            col(Patient.client_id) == client_id,
            exists().where(
                col(VisitAuthorization.client_id) == client_id,
                col(VisitAuthorization.patient_id) == col(Patient.id),
            ),
        )
        .order_by(col(Patient.account_number))
    )
    return {row[0]: row[1] for row in rows}


def _named_of(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> list[ListedAuthorization]:
    rows = session.execute(
        select_columns(VisitAuthorization, col(Payer.name))
        .join(
            Payer,
            (col(Payer.client_id) == client_id)
            & (col(Payer.id) == col(VisitAuthorization.payer_id)),
        )
        .where(
            col(VisitAuthorization.client_id) == client_id,
            col(VisitAuthorization.patient_id).in_(patient_ids),
        )
        .order_by(col(VisitAuthorization.valid_to).desc(), col(VisitAuthorization.key))
    )
    return [ListedAuthorization(_to_document(row), name, row.noted_by) for row, name in rows]


def lock_authorizations(session: Session, client_id: UUID, patient_ids: Iterable[UUID]) -> None:
    """Let two who want the last visit of a patient go one after the other."""
    session.exec(
        select(VisitAuthorization.id)
        .where(
            VisitAuthorization.client_id == client_id,
            col(VisitAuthorization.patient_id).in_(set(patient_ids)),
        )
        .order_by(col(VisitAuthorization.id))
        .with_for_update()
    ).all()


def find_authorizations(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID]
) -> dict[tuple[UUID, UUID, str], VisitAuthorization]:
    """Map patient, payer and key to the row of each authorization of these patients."""
    rows = session.exec(
        select(VisitAuthorization).where(
            VisitAuthorization.client_id == client_id,
            col(VisitAuthorization.patient_id).in_(set(patient_ids)),
        )
    )
    return {(row.patient_id, row.payer_id, row.key): row for row in rows}


def write_authorization(
    session: Session,
    act: Act,
    row: VisitAuthorization | None,
    new: NewAuthorization,
    source: AuthorizationSource,
    inbound_file_id: UUID | None,
) -> VisitAuthorization:
    """Add an authorization, or say anew what a known one allows."""
    if row is None:
        row = VisitAuthorization(
            client_id=act.client_id,
            patient_id=new.patient_id,
            payer_id=new.payer_id,
            key=new.key,
            number=new.number,
            counts=new.counts,
            allowed=new.allowed,
            source=source,
            noted_at=act.at,
            noted_by=act.actor,
        )
    row.procedures, row.counts, row.allowed = new.procedures, new.counts, new.allowed
    row.valid_from, row.valid_to = new.valid_from, new.valid_to
    row.counted_from = new.counted_from
    row.source, row.inbound_file_id = source, inbound_file_id
    row.noted_at, row.noted_by = act.at, act.actor
    session.add(row)
    return row


def find_patients_by_number(
    session: Session, client_id: UUID, numbers: Collection[str]
) -> dict[str, set[UUID]]:
    """Map numbers to the patients whose they are, by the practice's numbers and by ours."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for chunk in in_chunks(numbers):
        theirs = select_columns(
            col(PatientIdentifier.value), col(PatientIdentifier.patient_id)
        ).where(
            col(PatientIdentifier.client_id) == client_id, col(PatientIdentifier.value).in_(chunk)
        )
        ours = select_columns(col(Patient.account_number), col(Patient.id)).where(
            col(Patient.client_id) == client_id, col(Patient.account_number).in_(chunk)
        )
        for number, patient_id in (*session.execute(theirs), *session.execute(ours)):
            found[number].add(patient_id)
    kept = find_kept(session, client_id, {one for ids in found.values() for one in ids})
    return {number: {kept.get(one, one) for one in ids} for number, ids in found.items()}


def move_authorizations(session: Session, client_id: UUID, *, duplicate: UUID, keep: UUID) -> None:
    """Give the authorizations of a joined account to the one that goes on.

    One that both accounts have stays where it is: it is the same one.
    """
    held = find_authorizations(session, client_id, [keep])
    known = {(payer_id, key) for _, payer_id, key in held}
    moved = [
        row.id
        for (_, payer_id, key), row in find_authorizations(session, client_id, [duplicate]).items()
        if (payer_id, key) not in known
    ]
    session.exec(
        update(VisitAuthorization)
        .where(
            col(VisitAuthorization.client_id) == client_id, col(VisitAuthorization.id).in_(moved)
        )
        .values(patient_id=keep)
    )


def list_visits(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> dict[UUID, list[Visit]]:
    """Map patients who have an authorization to all their visits with services, of any day.

    What was voided, or needs a fix before it counts, is left out.
    """
    return _visits(session, client_id, patient_ids, _has_authorization(client_id))


def _visits(
    session: Session,
    client_id: UUID,
    patient_ids: Collection[UUID],
    *conditions: ColumnElement[bool],
) -> dict[UUID, list[Visit]]:
    held: dict[UUID, list[Coverage]] = defaultdict(list)
    for coverage in list_coverages(session, client_id, patient_ids):
        held[coverage.patient_id].append(coverage)
    visits: dict[UUID, list[Visit]] = defaultdict(list)
    for row, services in _services(session, client_id, patient_ids, conditions):
        if row.patient_id is not None and row.service_date is not None:
            payer_id = payer_on(held[row.patient_id], row.service_date)
            visits[row.patient_id].append(to_visit(row, payer_id, services))
    return dict(visits)


def list_numbered_visits(session: Session, client_id: UUID) -> dict[UUID, list[Visit]]:
    """Map patients to their visits with services that came with a number of an authorization."""
    rows = session.exec(
        select(Encounter.patient_id)
        .where(
            Encounter.client_id == client_id,
            Encounter.prior_authorization != "",
            col(Encounter.patient_id).is_not(None),
        )
        .distinct()
    )
    visits = _visits(session, client_id, [one for one in rows if one is not None])
    return {
        patient_id: [one for one in found if one.number] for patient_id, found in visits.items()
    }


def payer_on(held: Sequence[Coverage], day: date) -> UUID | None:
    """Tell who is asked first on a day, as claims are built; None: the patient pays."""
    return next((one.payer_id for one in coverages_on(held, day)), None)


def to_visit(row: Encounter, payer_id: UUID | None, services: Iterable[DoneService]) -> Visit:
    """Picture an encounter as authorizations see it."""
    return Visit(
        encounter_id=row.id,
        payer_id=payer_id,
        number=row.prior_authorization,
        standing=_STANDINGS.get(row.state, NOT_CODED),
        services=tuple(services),
    )


def _services(
    session: Session,
    client_id: UUID,
    patient_ids: Collection[UUID],
    conditions: Collection[ColumnElement[bool]],
) -> list[tuple[Encounter, list[DoneService]]]:
    found: dict[UUID, tuple[Encounter, list[DoneService]]] = {}
    for chunk in in_chunks(patient_ids):
        rows = session.execute(
            select_columns(Encounter, Charge)
            .join(
                Charge,
                (col(Charge.client_id) == client_id)
                & (col(Charge.encounter_id) == col(Encounter.id)),
            )
            .where(
                col(Encounter.client_id) == client_id,
                col(Encounter.patient_id).in_(chunk),
                col(Encounter.state).not_in(_NOT_DONE),
                ~col(Charge.is_withdrawn),
                *conditions,
            )
        )
        for encounter, charge in rows:
            one = DoneService(charge.procedure_code, charge.service_date, charge.units)
            found.setdefault(encounter.id, (encounter, []))[1].append(one)
    return list(found.values())


def _has_authorization(client_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        col(VisitAuthorization.client_id) == client_id,
        col(VisitAuthorization.patient_id) == col(Encounter.patient_id),
    )


def _to_document(row: VisitAuthorization) -> Authorization:
    return Authorization(
        id=row.id,
        patient_id=row.patient_id,
        payer_id=row.payer_id,
        number=row.number,
        allowed=row.allowed,
        procedures=row.procedures,
        counts=Counted(row.counts),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        counted_from=row.counted_from,
        limit_of=row.key.removeprefix("limit:") if not row.number else "",
        source=AuthorizationSource(row.source),
    )
