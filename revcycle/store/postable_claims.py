"""Queries on claims as remittances find them: by their numbers, with what comes after them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.posting import PostableClaim, PostableLine, Service
from models.documents.remittance import RemittanceClaim
from models.errors import NotFoundError
from models.tables import Claim, ClaimLine, ClaimVersion, Coverage, Encounter, Payer
from models.values.money import Money, total
from revcycle.store.ledger import in_chunks

FIRST_RANK: Final = 1


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """Our claims that a remittance may be about, and by which numbers.

    Attributes:
        by_member: Services of claims by member number, for decisions that name no claim of ours.
        charges: What each of the claims charges.
    """

    claims: Mapping[UUID, PostableClaim]
    by_control_number: Mapping[str, UUID]
    by_payer_number: Mapping[str, frozenset[UUID]]
    by_member: Mapping[str, Mapping[UUID, Counter[Service]]]
    charges: Mapping[UUID, Money]


def index_claims(
    session: Session, client_id: UUID, decisions: Sequence[RemittanceClaim]
) -> ClaimIndex:
    """Find the claims that the numbers of a remittance name, or the services of its members."""
    numbers = {decision.claim_control_number for decision in decisions}
    payer_numbers = {decision.payer_claim_control_number for decision in decisions} - {""}
    by_control_number = dict(_by_control_number(session, client_id, numbers))
    by_payer_number: dict[str, set[UUID]] = defaultdict(set)
    for chunk in in_chunks(payer_numbers):
        for number, claim_id in session.exec(
            select(Claim.payer_claim_control_number, Claim.id).where(
                Claim.client_id == client_id, col(Claim.payer_claim_control_number).in_(chunk)
            )
        ):
            by_payer_number[number].add(claim_id)
    named = {*by_control_number, *by_payer_number}
    members = {
        decision.member_id
        for decision in decisions
        if not named & {decision.claim_control_number, decision.payer_claim_control_number}
    }
    by_member = _services_of_members(session, client_id, members - {""})
    found = {*by_control_number.values(), *(id_ for ids in by_payer_number.values() for id_ in ids)}
    found |= {claim_id for claims in by_member.values() for claim_id in claims}
    claims = {claim.claim_id: claim for claim in _postable_claims(session, client_id, found)}
    return ClaimIndex(
        claims,
        by_control_number,
        {number: frozenset(ids) for number, ids in by_payer_number.items()},
        by_member,
        {id_: total(line.charge for line in claim.lines) for id_, claim in claims.items()},
    )


def lock_claims(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, Claim]:
    """Load claims and keep other runs from them."""
    return {
        claim.id: claim
        for ids in in_chunks(sorted(claim_ids))
        for claim in session.exec(
            select(Claim)
            .where(Claim.client_id == client_id, col(Claim.id).in_(ids))
            .order_by(col(Claim.id))
            .with_for_update()
        )
    }


def _by_control_number(
    session: Session, client_id: UUID, numbers: Collection[str]
) -> Iterator[tuple[str, UUID]]:
    """Yield claims by their own number, then by those of their versions, which go first."""
    for chunk in in_chunks(numbers):
        yield from session.exec(
            select(Claim.control_number, Claim.id).where(
                Claim.client_id == client_id, col(Claim.control_number).in_(chunk)
            )
        )
        yield from session.exec(
            select(ClaimVersion.control_number, ClaimVersion.claim_id).where(
                ClaimVersion.client_id == client_id, col(ClaimVersion.control_number).in_(chunk)
            )
        )


def _services_of_members(
    session: Session, client_id: UUID, members: Collection[str]
) -> dict[str, dict[UUID, Counter[Service]]]:
    """Count the services of every claim of these members."""
    found: dict[str, dict[UUID, Counter[Service]]] = defaultdict(dict)
    for chunk in in_chunks(members):
        statement = (
            select_columns(
                col(Coverage.member_id),
                col(ClaimLine.claim_id),
                col(ClaimLine.procedure_code),
                col(ClaimLine.service_date),
                col(ClaimLine.charge),
            )
            .join(Claim, _same(client_id, Claim, ClaimLine.claim_id))
            .join(Coverage, _same(client_id, Coverage, Claim.coverage_id))
            .where(col(ClaimLine.client_id) == client_id, col(Coverage.member_id).in_(chunk))
        )
        for member_id, claim_id, *service in session.execute(statement):
            code, day, charge = service
            found[member_id].setdefault(claim_id, Counter())[code, day, charge] += 1
    return dict(found)


def _postable_claims(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> Iterator[PostableClaim]:
    for ids in in_chunks(claim_ids):
        lines = _postable_lines(session, client_id, ids)
        later = _later_payers(session, client_id, ids)
        statement = (
            select_columns(
                col(Claim.id),
                col(Encounter.patient_id),
                col(Claim.payer_rank),
                col(Payer.key),
                col(Claim.stands_alone),
            )
            .join(Encounter, _same(client_id, Encounter, Claim.encounter_id))
            .join(Payer, _same(client_id, Payer, Claim.payer_id))
            .where(col(Claim.client_id) == client_id, col(Claim.id).in_(ids))
        )
        for claim_id, patient_id, rank, payer_key, stands_alone in session.execute(statement):
            yield PostableClaim(
                claim_id,
                patient_id,
                rank,
                payer_key,
                lines[claim_id],
                asked_rank=FIRST_RANK if stands_alone else rank,
                later_payers=later[claim_id],
            )


def _same(client_id: UUID, table: Any, key: Any) -> ColumnElement[bool]:
    return and_(table.client_id == client_id, table.id == key)


def _postable_lines(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> dict[UUID, tuple[PostableLine, ...]]:
    lines: dict[UUID, list[PostableLine]] = {claim_id: [] for claim_id in claim_ids}
    row = ClaimLine
    known = (row.id, row.charge_id, row.number, row.procedure_code, row.charge, row.service_date)
    for claim_id, modifiers, *facts in session.execute(
        select_columns(*(col(column) for column in (row.claim_id, row.modifiers, *known)))
        .where(col(row.client_id) == client_id, col(row.claim_id).in_(claim_ids))
        .order_by(col(row.number))
    ):
        line_id, charge_id, number, code, charge, day = facts
        given = tuple(part for part in modifiers.split(":") if part)
        lines[claim_id].append(PostableLine(line_id, charge_id, number, code, charge, day, given))
    return {claim_id: tuple(found) for claim_id, found in lines.items()}


def _later_payers(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> defaultdict[UUID, dict[str, int]]:
    """Find the payers of later coverages that are valid on the date of service, by payer id."""
    later: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for claim_id, payer_id, rank in session.execute(_later_coverages(client_id, claim_ids)):
        later[claim_id][payer_id] = min(rank, later[claim_id].get(payer_id, rank))
    return later


def _later_coverages(client_id: UUID, claim_ids: Sequence[UUID]) -> Select[UUID, str, int]:
    on = col(Encounter.service_date)
    return (
        select_columns(col(Claim.id), col(Payer.payer_id), col(Coverage.rank))
        .join(Encounter, _same(client_id, Encounter, Claim.encounter_id))
        .join(
            Coverage,
            (col(Coverage.client_id) == client_id)
            & (col(Coverage.patient_id) == Encounter.patient_id),
        )
        .join(Payer, _same(client_id, Payer, Coverage.payer_id))
        .where(
            col(Claim.client_id) == client_id,
            col(Claim.id).in_(claim_ids),
            col(Coverage.rank) > Claim.payer_rank,
            col(Coverage.id) != Claim.coverage_id,
            or_(col(Coverage.valid_from).is_(None), col(Coverage.valid_from) <= on),
            or_(col(Coverage.valid_to).is_(None), col(Coverage.valid_to) >= on),
        )
    )


def get_postable_claim(session: Session, client_id: UUID, claim_id: UUID) -> PostableClaim:
    """Load one claim with its lines and what comes after it.

    Raises:
        NotFoundError: this client has no such claim.
    """
    found = list(_postable_claims(session, client_id, [claim_id]))
    if not found:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    return found[0]
