"""Queries that look for records over the practices a person sees.

Each asks by columns that have an index after ``client_id``, and each takes a limit. Names are found
by their beginning, in small letters; numbers are found whole.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select, union
from sqlmodel import Session, col

from models.documents.search import (
    Direction,
    FoundClaim,
    FoundEncounter,
    FoundFile,
    FoundPatient,
    FoundRemittance,
    FoundStatement,
)
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.states.statement import StatementState
from models.tables import (
    Charge,
    Claim,
    ClaimVersion,
    Coverage,
    Diagnosis,
    Encounter,
    InboundFile,
    OutboundFile,
    Patient,
    PatientIdentifier,
    PatientJoin,
    Payer,
    Remittance,
    RemittanceClaimRow,
    Statement,
)
from revcycle.store.joined_patients import stands_alone

AFTER_ALL: Final = "\U0010ffff"  # sorts after every letter


def find_patients_by_name(
    session: Session,
    client_ids: Collection[UUID],
    names: Iterable[tuple[str, str]],
    birth_date: date | None,
    *,
    limit: int,
) -> list[FoundPatient]:
    """Find patients by how their names begin, born on a date if one is given.

    Those whose last name is meant come first; then by name. With no names the date alone counts.

    Args:
        session: The database.
        client_ids: The practices of the person who asks.
        names: Beginnings of last and first name in small letters; alternatives.
        birth_date: Narrows the names.
        limit: How many at most.
    """
    pairs = list(names)
    born = [] if birth_date is None else [col(Patient.birth_date) == birth_date]
    named = [or_(*(_is_named(last, first) for last, first in pairs))] if pairs else []
    by_last_name = or_(
        false(), *(_begins(Patient.last_name_small, last) for last, _ in pairs if last)
    )
    statement = (
        _patients(client_ids)
        .where(*named, *born)
        .order_by(
            case((by_last_name, 0), else_=1),
            col(Patient.last_name_small),
            col(Patient.first_name_small),
            col(Patient.birth_date),
            col(Patient.id),
        )
        .limit(limit)
    )
    return [_patient(row) for row in session.execute(statement)]


def find_patients_by_number(
    session: Session,
    client_ids: Collection[UUID],
    numbers: Collection[str],
    *,
    sees_member_ids: bool,
    limit: int,
) -> list[FoundPatient]:
    """Find patients by our account number or a number of the practice's own.

    The number of an account that was joined with another finds that one. Whoever sees member
    ids finds them by these too, of any coverage they ever had.
    """
    known_as = select(col(PatientIdentifier.patient_id)).where(
        col(PatientIdentifier.client_id).in_(client_ids),
        col(PatientIdentifier.value).in_(numbers),
    )
    covered_as = select(col(Coverage.patient_id)).where(
        col(Coverage.client_id).in_(client_ids), col(Coverage.member_id).in_(numbers)
    )
    ways = [col(Patient.id).in_(known_as), col(Patient.id).in_(_joined_as(client_ids, numbers))]
    if sees_member_ids:
        ways.append(col(Patient.id).in_(covered_as))
    ours = _patients(client_ids).where(col(Patient.account_number).in_(numbers))
    theirs = (_patients(client_ids).where(way) for way in ways)
    statement = union(ours, *theirs).order_by("last_name", "first_name", "id").limit(limit)
    return [_patient(row) for row in session.execute(statement)]


def find_claims(
    session: Session, client_ids: Collection[UUID], numbers: Collection[str], *, limit: int
) -> list[FoundClaim]:
    """Find claims by our control number, of the claim or any version, or by the payer's number."""
    ids = union(
        _claim_ids(Claim, Claim.id, Claim.control_number, client_ids, numbers),
        _claim_ids(
            ClaimVersion, ClaimVersion.claim_id, ClaimVersion.control_number, client_ids, numbers
        ),
        _claim_ids(Claim, Claim.id, Claim.payer_claim_control_number, client_ids, numbers),
        _claim_ids(
            RemittanceClaimRow,
            RemittanceClaimRow.claim_id,
            RemittanceClaimRow.payer_claim_control_number,
            client_ids,
            numbers,
        ),
    ).subquery()
    statement = (
        select(
            col(Claim.client_id),
            col(Claim.id),
            col(Claim.control_number),
            col(Claim.payer_claim_control_number),
            col(Payer.name),
            col(Claim.state),
            col(Claim.charge_total),
            col(Patient.last_name),
            col(Patient.first_name),
        )
        .join(Payer, _same(Payer, Claim.client_id, Claim.payer_id))
        .join(Encounter, _same(Encounter, Claim.client_id, Claim.encounter_id))
        .join(Patient, _same(Patient, Claim.client_id, Encounter.patient_id))
        .where(col(Claim.client_id).in_(client_ids), col(Claim.id).in_(select(ids.c[0])))
        .order_by(col(Claim.control_number), col(Claim.id))
        .limit(limit)
    )
    found = [FoundClaim(*row) for row in session.execute(statement)]
    return [replace(one, state=ClaimState(one.state)) for one in found]  # a column gives text


def find_encounters_by_code(
    session: Session, client_ids: Collection[UUID], code: str, *, limit: int
) -> list[FoundEncounter]:
    """Find encounters that carry a diagnosis or a procedure, the latest first."""
    coded = union(
        select(col(Diagnosis.encounter_id)).where(
            col(Diagnosis.client_id).in_(client_ids), col(Diagnosis.code) == code
        ),
        select(col(Charge.encounter_id)).where(
            col(Charge.client_id).in_(client_ids),
            col(Charge.procedure_code) == code,
            ~col(Charge.is_withdrawn),
        ),
    ).subquery()
    statement = _encounters(client_ids).where(col(Encounter.id).in_(select(coded.c[0])))
    found = [FoundEncounter(*row) for row in session.execute(statement.limit(limit))]
    return [replace(one, state=EncounterState(one.state)) for one in found]


def find_encounters_by_number(
    session: Session, client_ids: Collection[UUID], numbers: Collection[str], *, limit: int
) -> list[FoundEncounter]:
    """Find encounters by the practice's own number of the visit."""
    statement = _encounters(client_ids).where(col(Encounter.source_key).in_(numbers))
    found = [FoundEncounter(*row) for row in session.execute(statement.limit(limit))]
    return [replace(one, state=EncounterState(one.state)) for one in found]


def find_remittances(
    session: Session, client_ids: Collection[UUID], numbers: Collection[str], *, limit: int
) -> list[FoundRemittance]:
    """Find payments by the number of their check or transfer, the latest first."""
    statement = (
        select(
            col(Remittance.client_id),
            col(Remittance.id),
            col(Remittance.trace_number),
            col(Remittance.payer_name),
            col(Remittance.amount),
            col(Remittance.payment_date),
        )
        .where(col(Remittance.client_id).in_(client_ids), col(Remittance.trace_number).in_(numbers))
        .order_by(col(Remittance.payment_date).desc(), col(Remittance.id))
        .limit(limit)
    )
    return [FoundRemittance(*row) for row in session.execute(statement)]


def find_statements(
    session: Session, client_ids: Collection[UUID], numbers: Collection[str], *, limit: int
) -> list[FoundStatement]:
    """Find statements by their number."""
    statement = (
        select(
            col(Statement.client_id),
            col(Statement.id),
            col(Statement.patient_id),
            col(Statement.number),
            col(Statement.statement_date),
            col(Statement.balance),
            col(Statement.state),
            col(Patient.last_name),
            col(Patient.first_name),
        )
        .join(Patient, _same(Patient, Statement.client_id, Statement.patient_id))
        .where(col(Statement.client_id).in_(client_ids), col(Statement.number).in_(numbers))
        .order_by(col(Statement.statement_date).desc(), col(Statement.id))
        .limit(limit)
    )
    found = [FoundStatement(*row) for row in session.execute(statement)]
    return [replace(one, state=StatementState(one.state)) for one in found]


def find_files(
    session: Session,
    client_ids: Collection[UUID],
    names: Collection[str],
    control_number: int | None,
    *,
    limit: int,
) -> list[FoundFile]:
    """Find files by their name, and those we sent also by the control number of their envelope."""
    received = (
        select(
            col(InboundFile.client_id),
            col(InboundFile.id),
            col(InboundFile.kind),
            col(InboundFile.name),
            col(InboundFile.received_at),
        )
        .where(col(InboundFile.client_id).in_(client_ids), col(InboundFile.name).in_(names))
        .order_by(col(InboundFile.received_at).desc(), col(InboundFile.id))
        .limit(limit)
    )
    sent = (
        select(
            col(OutboundFile.client_id),
            col(OutboundFile.id),
            col(OutboundFile.kind),
            col(OutboundFile.name),
            col(OutboundFile.created_at),
            col(OutboundFile.control_number),
        )
        .where(
            col(OutboundFile.client_id).in_(client_ids),
            or_(
                col(OutboundFile.name).in_(names),
                col(OutboundFile.control_number) == control_number,
            ),
        )
        .order_by(col(OutboundFile.created_at).desc(), col(OutboundFile.id))
        .limit(limit)
    )
    found = [_sent(row) for row in session.execute(sent)]
    found += [_received(row) for row in session.execute(received)]
    return found[:limit]


def _patients(client_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select(
        col(Patient.client_id),
        col(Patient.id),
        col(Patient.last_name),
        col(Patient.first_name),
        col(Patient.birth_date),
        col(Patient.account_number),
    ).where(col(Patient.client_id).in_(client_ids), stands_alone(Patient))


def _joined_as(client_ids: Collection[UUID], numbers: Collection[str]) -> Select[UUID]:
    return (
        select(col(PatientJoin.kept_id))
        .join(Patient, _same(Patient, PatientJoin.client_id, PatientJoin.duplicate_id))
        .where(col(PatientJoin.client_id).in_(client_ids), col(Patient.account_number).in_(numbers))
    )


def _encounters(client_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """List encounters, the latest first; one may wait for its patient to be found."""
    return (
        select(
            col(Encounter.client_id),
            col(Encounter.id),
            col(Encounter.source_key),
            col(Encounter.service_date),
            col(Encounter.state),
            col(Patient.last_name),
            col(Patient.first_name),
        )
        .join(Patient, _same(Patient, Encounter.client_id, Encounter.patient_id), isouter=True)
        .where(col(Encounter.client_id).in_(client_ids))
        .order_by(col(Encounter.service_date).desc(), col(Encounter.id))
    )


def _claim_ids(
    table: Any, claim_id: Any, number: Any, client_ids: Collection[UUID], numbers: Collection[str]
) -> Select[*tuple[Any, ...]]:
    return select(claim_id).where(
        col(table.client_id).in_(client_ids), col(number).in_(numbers), col(claim_id).is_not(None)
    )


def _same(table: Any, client_id: Any, row_id: Any) -> ColumnElement[bool]:
    return and_(col(table.client_id) == client_id, col(table.id) == row_id)


def _is_named(last: str, first: str) -> ColumnElement[bool]:
    conditions = []
    if last:
        conditions.append(_begins(Patient.last_name_small, last))
    if first:
        conditions.append(_begins(Patient.first_name_small, first))
    return and_(*conditions)


def _begins(name: Any, beginning: str) -> ColumnElement[bool]:
    """Ask for a range, which both databases find in an index.

    SQLite makes only plain letters small: a name with other letters is asked for as it stores it.
    """
    ways = {beginning, _ascii_lower(beginning.title())}
    return or_(*((col(name) >= way) & (col(name) < way + AFTER_ALL) for way in sorted(ways)))


def _ascii_lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _patient(row: Any) -> FoundPatient:
    return FoundPatient(*row)


def _sent(row: Any) -> FoundFile:
    client_id, file_id, *facts = row
    return FoundFile(client_id, file_id, Direction.SENT, *facts)


def _received(row: Any) -> FoundFile:
    client_id, file_id, *facts = row
    return FoundFile(client_id, file_id, Direction.RECEIVED, *facts)
