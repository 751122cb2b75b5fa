"""Hold what payers allowed against the contract, and open work where it differs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import Adjustment
from models.documents.contract import (
    ContractService,
    Expectation,
    JudgedService,
    LineDifference,
)
from models.documents.posting import PostingOutcome
from models.values.money import ZERO, Money
from revcycle.operations.contracts.fill_fee_schedule import fill_fee_schedule
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.operations.contracts.price_claims import price_claims
from revcycle.operations.contracts.settle_differences import (
    ComparedClaim,
    SettledCount,
    settle_differences,
)
from revcycle.rules.contracts.compare_claim import compare_claim
from revcycle.rules.contracts.price_claim import Pricer
from revcycle.store import claims, expected_amounts
from revcycle.store.contracts import list_services
from revcycle.store.decisions import DecidedLine, list_decided_lines
from revcycle.store.remittances import standing_decisions


@dataclass(frozen=True, slots=True)
class _Said:
    """What payers say of claims now: the latest standing decision, and the services in all."""

    latest: Mapping[UUID, UUID]
    services: Mapping[UUID, Sequence[JudgedService]]


def compare_claims(
    session: Session, act: Act, claim_ids: Sequence[UUID], *, policy: ContractPolicy
) -> SettledCount:
    """Compare the standing decisions about claims with what their lines should bring.

    Each claim comes to at most one variance with one work item; one that a later decision leveled
    closes itself. Repeating it is safe: it looks at what stands now, and changes nothing twice.
    """
    client_id = act.client_id
    expected = _expectations(session, act, claim_ids, policy)
    services = list_services(session, client_id, claim_ids, policy.practice)
    said = _said(session, client_id, claim_ids)
    codes = {service.code for of_claim in services.values() for service in of_claim}
    pricer = Pricer(fill_fee_schedule(session, policy.book, codes))
    compared = [
        ComparedClaim(
            claim_id,
            said.latest.get(claim_id),
            _differences(of_claim, expected[claim_id], said.services.get(claim_id, ()), pricer),
        )
        for claim_id, of_claim in services.items()
    ]
    settled = settle_differences(session, act, compared, terms=policy.terms)
    expected_amounts.mark_compared(session, client_id, act, list(services))
    return settled


def _expectations(
    session: Session, act: Act, claim_ids: Sequence[UUID], policy: ContractPolicy
) -> Mapping[UUID, dict[UUID, Expectation]]:
    """Load what lines should bring; claims that left before there were terms are priced now."""
    known = expected_amounts.list_expectations(session, act.client_id, claim_ids)
    unpriced = set(claim_ids).difference(one.claim_id for one in known)
    if unpriced:
        price_claims(session, act, sorted(unpriced), policy=policy)
        known = expected_amounts.list_expectations(session, act.client_id, claim_ids)
    by_claim: dict[UUID, dict[UUID, Expectation]] = defaultdict(dict)
    for one in known:
        by_claim[one.claim_id][one.claim_line_id] = one
    return by_claim


def _said(session: Session, client_id: UUID, claim_ids: Collection[UUID]) -> _Said:
    """Load what the payer said whom each claim asked; later ones may answer under its number."""
    standing = standing_decisions(session, client_id, claim_ids)
    ranks = {row.id: row.payer_rank for row in claims.list_claims(session, client_id, claim_ids)}
    claim_of = {
        one.remittance_claim_id: claim_id
        for claim_id, decisions in standing.items()
        for one in decisions
        if one.outcome is PostingOutcome.DECIDED and one.rank == ranks[claim_id]
    }
    lines = list_decided_lines(session, client_id, list(claim_of))
    with_lines = {line.decision_id for line in lines if line.ordinal}
    services: dict[UUID, list[JudgedService]] = defaultdict(list)
    for line in lines:
        is_whole = not line.ordinal
        if is_whole and line.decision_id in with_lines and not line.adjustments:
            continue
        paid = ZERO if is_whole and line.decision_id in with_lines else line.paid
        services[claim_of[line.decision_id]].append(_judged(line, paid))
    latest = {claim_id: decision_id for decision_id, claim_id in claim_of.items()}
    return _Said(latest, services)


def _judged(line: DecidedLine, paid: Money) -> JudgedService:
    return JudgedService(
        claim_line_id=line.claim_line_id,
        procedure_code=line.procedure_code,
        charge=line.charge,
        paid=paid,
        allowed=line.allowed,
        adjustments=tuple(
            Adjustment(one.group, one.reason, one.amount) for one in line.adjustments
        ),
    )


def _differences(
    services: Sequence[ContractService],
    expected: Mapping[UUID, Expectation],
    said: Sequence[JudgedService],
    pricer: Pricer,
) -> tuple[LineDifference, ...]:
    return compare_claim(services, expected, said, pricer) if said else ()
