"""Queries that find claims which a payment may be about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.match import ClaimPicture, LinePicture
from models.states.claim import ClaimState
from models.tables import Claim, ClaimLine, ClaimVersion, Coverage, Encounter, Patient, Payer
from models.values.money import Money
from revcycle.store.ledger import in_chunks

FOUND_MAX: Final = 200  # of one kind: beyond it nothing tells the right one from the others
DAYS_APART: Final = timedelta(days=3)
PIECES: Final = 3  # two slips leave one of three pieces of a number as it was
PIECE_LENGTH_MIN: Final = 4


@dataclass(frozen=True, slots=True, repr=False)
class Traces:
    """By what claims are looked for; empty parts find nothing.

    Attributes:
        number: What the payer took for our number; may have slips.
        payer_number: What the payer calls the claim.
        charge: Without its sign.
        days: The days of service.
    """

    number: str
    payer_number: str
    last_name: str
    member_ids: tuple[str, ...]
    charge: Money
    days: tuple[date, ...]


def find_claims_alike(session: Session, client_id: UUID, traces: Traces) -> list[ClaimPicture]:
    """Picture claims that have something in common with a payer's claim."""
    ids: set[UUID] = set()
    for statement in _searches(client_id, traces):
        ids.update(session.execute(statement.limit(FOUND_MAX)).scalars())
    return picture_claims(session, client_id, ids)


def search_claims(session: Session, client_id: UUID, text: str) -> list[ClaimPicture]:
    """Picture claims by the beginning of a number or of a patient's last name."""
    wanted = " ".join(text.split())
    if not wanted:
        return []
    ids: set[UUID] = set()
    for statement in (
        _by_number(client_id, [_begins(wanted.upper())]),
        _by_version(client_id, [_begins(wanted.upper())]),
        _claims(client_id).where(col(Claim.payer_claim_control_number) == wanted),
        _of_patients(client_id).where(col(Patient.account_number) == wanted),
        _of_patients(client_id).where(
            _lower(Patient.last_name).like(_begins(wanted.casefold()), escape="\\")
        ),
    ):
        ids.update(session.execute(statement.limit(FOUND_MAX)).scalars())
    return picture_claims(session, client_id, ids)


def picture_claims(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[ClaimPicture]:
    """Picture these claims of the practice; ids of others are left out."""
    return [
        picture
        for ids in in_chunks(sorted(claim_ids))
        for picture in _pictures(session, client_id, ids)
    ]


def _searches(client_id: UUID, traces: Traces) -> Iterator[Select[UUID]]:
    pieces = [f"%{_escaped(piece)}%" for piece in _pieces(traces.number)]
    if pieces:
        yield _by_number(client_id, pieces)
        yield _by_version(client_id, pieces)
    if traces.payer_number:
        yield _claims(client_id).where(col(Claim.payer_claim_control_number) == traces.payer_number)
    if not traces.days:
        return
    window = (traces.days[0] - DAYS_APART, traces.days[-1] + DAYS_APART)
    in_window = col(Encounter.service_date).between(*window)
    yield _of_patients(client_id).where(in_window, col(Claim.charge_total) == traces.charge)
    if traces.last_name:
        name = traces.last_name.casefold()
        yield _of_patients(client_id).where(in_window, _lower(Patient.last_name) == name)
    if traces.member_ids:
        yield _of_patients(client_id).where(
            in_window, col(Coverage.member_id).in_(traces.member_ids)
        )


def _claims(client_id: UUID) -> Select[UUID]:
    return select_columns(col(Claim.id)).where(col(Claim.client_id) == client_id)


def _by_number(client_id: UUID, patterns: Sequence[str]) -> Select[UUID]:
    number = col(Claim.control_number)
    return _claims(client_id).where(or_(*(number.like(one, escape="\\") for one in patterns)))


def _by_version(client_id: UUID, patterns: Sequence[str]) -> Select[UUID]:
    number = col(ClaimVersion.control_number)
    return select_columns(col(ClaimVersion.claim_id)).where(
        col(ClaimVersion.client_id) == client_id,
        or_(*(number.like(one, escape="\\") for one in patterns)),
    )


def _of_patients(client_id: UUID) -> Select[UUID]:
    """Join claims with encounter, patient and coverage, the latest service first."""
    return (
        _claims(client_id)
        .join(Encounter, _same(client_id, Encounter, Claim.encounter_id))
        .join(Patient, _same(client_id, Patient, Encounter.patient_id))
        .join(Coverage, _same(client_id, Coverage, Claim.coverage_id))
        .order_by(col(Encounter.service_date).desc(), col(Claim.id).desc())
    )


def _same(client_id: UUID, table: Any, key: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == key)


def _lower(column: Any) -> Any:
    return func.lower(col(column))


def _begins(text: str) -> str:
    return f"{_escaped(text)}%"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _pieces(number: str) -> list[str]:
    """Cut a number into pieces of which one is right although another is not."""
    length = -(-len(number) // PIECES)
    pieces = [number[start : start + length] for start in range(0, len(number), length or 1)]
    return [piece for piece in pieces if len(piece) >= PIECE_LENGTH_MIN]


def _pictures(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> Iterator[ClaimPicture]:
    numbers = _versions_of(session, client_id, claim_ids)
    lines = _lines_of(session, client_id, claim_ids)
    statement = (
        select_columns(Claim, Patient, col(Coverage.member_id), Payer)
        .join(Encounter, _same(client_id, Encounter, Claim.encounter_id))
        .join(Coverage, _same(client_id, Coverage, Claim.coverage_id))
        .join(Payer, _same(client_id, Payer, Claim.payer_id))
        .outerjoin(Patient, _same(client_id, Patient, Encounter.patient_id))
        .where(col(Claim.client_id) == client_id, col(Claim.id).in_(claim_ids))
        .order_by(col(Claim.id))
    )
    for claim, patient, member_id, payer in session.execute(statement):
        yield ClaimPicture(
            claim_id=claim.id,
            patient_id=patient.id if patient else None,
            control_numbers=(claim.control_number, *numbers[claim.id]),
            payer_claim_control_number=claim.payer_claim_control_number,
            payer_name=payer.name,
            payer_id=payer.payer_id,
            payer_rank=claim.payer_rank,
            state=ClaimState(claim.state),
            last_name=patient.last_name if patient else "",
            first_name=patient.first_name if patient else "",
            member_id=member_id,
            charge=claim.charge_total,
            lines=tuple(lines[claim.id]),
        )


def _versions_of(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> dict[UUID, list[str]]:
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for claim_id, number in session.exec(
        select(ClaimVersion.claim_id, ClaimVersion.control_number)
        .where(ClaimVersion.client_id == client_id, col(ClaimVersion.claim_id).in_(claim_ids))
        .order_by(col(ClaimVersion.number))
    ):
        numbers[claim_id].append(number)
    return numbers


def _lines_of(
    session: Session, client_id: UUID, claim_ids: Iterable[UUID]
) -> dict[UUID, list[LinePicture]]:
    lines: dict[UUID, list[LinePicture]] = defaultdict(list)
    for row in session.exec(
        select(ClaimLine)
        .where(ClaimLine.client_id == client_id, col(ClaimLine.claim_id).in_(claim_ids))
        .order_by(col(ClaimLine.number))
    ):
        lines[row.claim_id].append(
            LinePicture(row.id, row.number, row.procedure_code, row.charge, row.service_date)
        )
    return lines
