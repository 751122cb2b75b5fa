"""Queries on claims as contracts see them: their services, and which wait to be priced."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.contract import ContractService
from models.states.claim import ClaimState
from models.tables import (
    Claim,
    ClaimLine,
    ClaimVersion,
    Coverage,
    Encounter,
    ExpectedAmount,
    Payer,
    Provider,
    StateChange,
    Variance,
)
from models.tables.contract import STANDS
from revcycle.store.ledger import in_chunks

WITH_PAYER = (ClaimState.SUBMITTED, ClaimState.ACCEPTED)
DECIDED = (ClaimState.PAID, ClaimState.DENIED)
# What a later payer allows is limited by the first one, not by its own terms. A claim to another
# payer than the one that denied stands alone: that payer is asked as the first.
IS_ASKED_FIRST = or_(col(Claim.payer_rank) == 1, col(Claim.stands_alone))


@dataclass(frozen=True, slots=True)
class PracticeTerms:
    """What of the practice stands in its terms, where a visit says nothing else."""

    group_npi: str
    taxonomy: str
    place_of_service: str


def list_services(
    session: Session, client_id: UUID, claim_ids: Collection[UUID], practice: PracticeTerms
) -> dict[UUID, list[ContractService]]:
    """Map claims to first payers to their services, in the order of their lines."""
    found: dict[UUID, list[ContractService]] = defaultdict(list)
    for ids in in_chunks(claim_ids):
        statement = _services(client_id).where(col(Claim.id).in_(ids))
        for row in session.execute(statement):
            found[row[1]].append(_service(row, practice))
    return found


def stream_services_of_period(
    session: Session, client_id: UUID, first: date, last: date, practice: PracticeTerms
) -> Iterator[tuple[UUID, list[ContractService]]]:
    """Yield the services of each claim with a service in a period, claim by claim.

    A claim comes whole, with its services outside the period too, so that those of one day keep
    their rank.
    """
    in_period = exists().where(
        col(ClaimLine.client_id) == client_id,
        col(ClaimLine.claim_id) == col(Claim.id),
        col(ClaimLine.service_date).between(first, last),
    )
    ids = session.execute(
        select_columns(col(Claim.id)).where(
            col(Claim.client_id) == client_id, IS_ASKED_FIRST, in_period
        )
    ).scalars()
    for chunk in in_chunks(ids.all()):
        yield from list_services(session, client_id, chunk, practice).items()


def list_unpriced_claim_ids(session: Session, client_id: UUID) -> list[UUID]:
    """List claims that left after they were last priced, or were never priced."""
    priced = exists().where(
        col(ExpectedAmount.client_id) == client_id,
        col(ExpectedAmount.claim_id) == col(Claim.id),
        col(ExpectedAmount.priced_at) >= _last_sent(client_id),
    )
    statement = select_columns(col(Claim.id)).where(
        col(Claim.client_id) == client_id,
        IS_ASKED_FIRST,
        col(Claim.state).in_(WITH_PAYER),
        ~priced,
    )
    return list(session.execute(statement.order_by(col(Claim.id))).scalars())


def list_claim_ids_with_payer(session: Session, client_id: UUID) -> list[UUID]:
    """List the claims to first payers that left and were not decided."""
    statement = select_columns(col(Claim.id)).where(
        col(Claim.client_id) == client_id,
        IS_ASKED_FIRST,
        col(Claim.state).in_(WITH_PAYER),
    )
    return list(session.execute(statement.order_by(col(Claim.id))).scalars())


def list_uncompared_claim_ids(session: Session, client_id: UUID) -> list[UUID]:
    """List claims that moved since their decision was last held against the contract.

    Claims with a standing variance are among them whatever they did: a decision that was taken
    back moves a claim out of the states of decided ones.
    """
    compared = exists().where(
        col(ExpectedAmount.client_id) == client_id,
        col(ExpectedAmount.claim_id) == col(Claim.id),
        col(ExpectedAmount.compared_at) > _last_moved(client_id),
    )
    stands = exists().where(
        col(Variance.client_id) == client_id, col(Variance.claim_id) == col(Claim.id), STANDS
    )
    statement = select_columns(col(Claim.id)).where(
        col(Claim.client_id) == client_id,
        IS_ASKED_FIRST,
        or_(col(Claim.state).in_(DECIDED) & ~compared, stands),
    )
    return list(session.execute(statement.order_by(col(Claim.id))).scalars())


def _last_sent(client_id: UUID) -> Any:
    return (
        select_columns(func.max(ClaimVersion.created_at))
        .where(
            col(ClaimVersion.client_id) == client_id,
            col(ClaimVersion.claim_id) == col(Claim.id),
        )
        .correlate(Claim)
        .scalar_subquery()
    )


def _last_moved(client_id: UUID) -> Any:
    return (
        select_columns(func.max(StateChange.at))
        .where(
            col(StateChange.client_id) == client_id,
            col(StateChange.noun) == "claim",
            col(StateChange.subject_id) == col(Claim.id),
        )
        .correlate(Claim)
        .scalar_subquery()
    )


def _services(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            ClaimLine,
            col(Claim.id),
            col(Payer.key),
            col(Payer.name),
            col(Coverage.plan_name),
            col(Encounter.place_of_service),
            col(Provider.npi),
            col(Provider.taxonomy),
        )
        .join(Claim, _same(Claim, client_id, ClaimLine.claim_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .join(Coverage, _same(Coverage, client_id, Claim.coverage_id))
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .outerjoin(Provider, _same(Provider, client_id, Encounter.rendering_provider_id))
        .where(col(ClaimLine.client_id) == client_id, IS_ASKED_FIRST)
        .order_by(col(ClaimLine.claim_id), col(ClaimLine.number))
    )


def _service(row: Any, practice: PracticeTerms) -> ContractService:
    line, claim_id, payer_key, payer_name, plan, place, npi, taxonomy = row
    return ContractService(
        claim_line_id=line.id,
        claim_id=claim_id,
        number=line.number,
        payer_key=payer_key,
        payer_name=payer_name,
        plan=plan,
        rendering_npi=npi or "",
        group_npi=practice.group_npi,
        taxonomy=taxonomy or practice.taxonomy,
        place_of_service=place or practice.place_of_service,
        service_date=line.service_date,
        code=line.procedure_code,
        modifiers=tuple(filter(None, line.modifiers.split(":"))),
        units=line.units,
        charge=line.charge,
    )


def _same(table: Any, client_id: UUID, column: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == col(column))
