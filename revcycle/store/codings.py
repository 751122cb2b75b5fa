"""Queries on the coding of encounters: diagnoses and charges together."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models.documents.coding import CodedService, CodingDocument
from models.tables import Charge, ClaimLine, Diagnosis, Encounter, Posting
from revcycle.store.encounters import list_charges, list_charges_ever, list_diagnoses

SEPARATOR = ":"


def list_codings(
    session: Session, client_id: UUID, rows: Sequence[Encounter]
) -> dict[UUID, CodingDocument]:
    """Picture what is coded of these encounters; those without a date are left out."""
    ids = [row.id for row in rows]
    diagnoses, charges = defaultdict(list), defaultdict(list)
    for diagnosis in list_diagnoses(session, client_id, ids):
        diagnoses[diagnosis.encounter_id].append(diagnosis.code)
    for charge in list_charges(session, client_id, ids):
        charges[charge.encounter_id].append(to_service(charge))
    return {
        row.id: CodingDocument(tuple(diagnoses[row.id]), tuple(charges[row.id]), row.service_date)
        for row in rows
        if row.service_date is not None
    }


def get_coding(
    session: Session, client_id: UUID, encounter_id: UUID, service_date: date
) -> CodingDocument:
    """Picture what is coded of one encounter of this date; nothing is locked."""
    return CodingDocument(
        tuple(one.code for one in list_diagnoses(session, client_id, [encounter_id])),
        tuple(to_service(one) for one in list_charges(session, client_id, [encounter_id])),
        service_date,
    )


def to_service(charge: Charge) -> CodedService:
    """Detach a charge from the database."""
    return CodedService(
        procedure_code=charge.procedure_code,
        modifiers=_split(charge.modifiers),
        units=charge.units,
        diagnosis_pointers=tuple(int(pointer) for pointer in _split(charge.diagnosis_pointers)),
        service_date=charge.service_date,
        revenue_code=charge.revenue_code,
    )


def replace_coding(
    session: Session, client_id: UUID, encounter_id: UUID, coding: CodingDocument
) -> None:
    """Put a coding in the place of the former one.

    A charge keeps its row, and so its history in the books, as long as its place in the coding
    stays; rows beyond the new coding are removed, or withdrawn where books or claims name them.
    """
    session.exec(
        delete(Diagnosis).where(
            col(Diagnosis.client_id) == client_id, col(Diagnosis.encounter_id) == encounter_id
        )
    )
    session.add_all(
        Diagnosis(client_id=client_id, encounter_id=encounter_id, ordinal=number, code=code)
        for number, code in enumerate(coding.diagnoses, start=1)
    )
    existing = {row.ordinal: row for row in list_charges_ever(session, client_id, [encounter_id])}
    for number, service in enumerate(coding.services, start=1):
        row = existing.pop(number, None) or Charge(
            client_id=client_id,
            encounter_id=encounter_id,
            ordinal=number,
            procedure_code="",
            service_date=coding.service_date,
        )
        _write_service(row, service, coding)
        session.add(row)
    _take_out(session, client_id, existing.values())


def _take_out(session: Session, client_id: UUID, rows: Collection[Charge]) -> None:
    named = _named_charge_ids(session, client_id, [row.id for row in rows])
    for row in rows:
        if row.id in named:
            row.is_withdrawn, row.amount = True, None
        else:
            session.delete(row)


def _named_charge_ids(
    session: Session, client_id: UUID, charge_ids: Sequence[UUID]
) -> frozenset[UUID | None]:
    """Find charges that postings or lines of claims point at."""
    booked = select(Posting.charge_id).where(
        Posting.client_id == client_id, col(Posting.charge_id).in_(charge_ids)
    )
    claimed = select(ClaimLine.charge_id).where(
        ClaimLine.client_id == client_id, col(ClaimLine.charge_id).in_(charge_ids)
    )
    return frozenset({*session.exec(booked.distinct()), *session.exec(claimed.distinct())})


def _write_service(row: Charge, service: CodedService, coding: CodingDocument) -> None:
    if row.procedure_code not in {"", service.procedure_code}:
        row.amount = None  # another service has another price
    row.is_withdrawn = False
    row.procedure_code = service.procedure_code
    row.modifiers = SEPARATOR.join(service.modifiers)
    row.units = service.units
    row.diagnosis_pointers = SEPARATOR.join(str(one) for one in service.diagnosis_pointers)
    row.service_date = service.service_date or coding.service_date
    row.revenue_code = service.revenue_code


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()
