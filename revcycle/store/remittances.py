"""Queries on remittances: whose they are, what they said, what stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.claim import Adjustment
from models.documents.posting import (
    EarlierDecision,
    MatchedClaim,
    PaymentContent,
    PostingOutcome,
    TraceKey,
)
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.tables import (
    ProviderAdjustmentRow,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.store.bulk_rows import insert_rows
from revcycle.store.ledger import in_chunks

REMARKS_LENGTH = 200
FORWARDED = ("19", "20", "21")


def posted_payments(
    session: Session, client_id: UUID, traces: Collection[TraceKey]
) -> dict[TraceKey, PaymentContent]:
    """Find payments by trace (TRN03, TRN02); those we never had are left out."""
    numbers = [number for _, number in traces]
    rows = [
        row
        for chunk in in_chunks(numbers)
        for row in session.exec(
            select(Remittance).where(
                Remittance.client_id == client_id, col(Remittance.trace_number).in_(chunk)
            )
        )
        if (row.payer_trace_id, row.trace_number) in traces
    ]
    claims = _claims_of(session, client_id, [row.id for row in rows])
    return {
        (row.payer_trace_id, row.trace_number): PaymentContent(row.amount, claims[row.id])
        for row in rows
    }


def standing_decisions(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, list[EarlierDecision]]:
    """List what remittances said of claims and nobody took back, oldest first."""
    decisions: dict[UUID, list[EarlierDecision]] = defaultdict(list)
    for ids in in_chunks(claim_ids):
        for row in session.exec(_standing(client_id, ids)):
            decisions[_known(row.claim_id)].append(_earlier(row))
    return decisions


def forwarded_on(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, date]:
    """Map claims that a payer forwarded to the next one itself to the day of its last payment."""
    forwarding = {
        claim_id: decision.remittance_id
        for claim_id, decisions in standing_decisions(session, client_id, claim_ids).items()
        for decision in decisions
        if decision.status in FORWARDED
    }
    days = {
        remittance_id: day
        for ids in in_chunks(forwarding.values())
        for remittance_id, day in session.execute(
            select_columns(col(Remittance.id), col(Remittance.payment_date)).where(
                col(Remittance.client_id) == client_id, col(Remittance.id).in_(ids)
            )
        )
    }
    return {claim_id: days[remittance_id] for claim_id, remittance_id in forwarding.items()}


def decided_claim_ids(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Tell which claims a payer has ever decided, whether or not the decision still stands."""
    return frozenset(
        claim_id
        for ids in in_chunks(claim_ids)
        for claim_id in session.exec(
            select(RemittanceClaimRow.claim_id).where(
                RemittanceClaimRow.client_id == client_id,
                RemittanceClaimRow.outcome == PostingOutcome.DECIDED,
                col(RemittanceClaimRow.claim_id).in_(ids),
            )
        )
        if claim_id is not None
    )


@dataclass(frozen=True, slots=True)
class NewRemittance:
    """Where a payment came from and under which id it is stored."""

    id: UUID
    inbound_file_id: UUID
    ordinal: int
    amount: Money


def insert_remittance(
    session: Session,
    client_id: UUID,
    act: Act,
    remittance: NewRemittance,
    document: RemittanceDocument,
) -> None:
    """Store a payment and what it adjusts outside claims; its claims follow when decided."""
    session.add(
        Remittance(
            client_id=client_id,
            id=remittance.id,
            inbound_file_id=remittance.inbound_file_id,
            ordinal=remittance.ordinal,
            payer_name=document.payer.name[:60],
            payer_id=document.payer_id,
            payer_trace_id=document.payer_trace_id,
            trace_number=document.trace_number,
            amount=remittance.amount,
            method=document.method,
            payment_date=document.payment_date,
            posted_at=act.at,
        )
    )
    for ordinal, adjustment in enumerate(document.provider_adjustments, start=1):
        session.add(
            ProviderAdjustmentRow(
                client_id=client_id,
                remittance_id=remittance.id,
                ordinal=ordinal,
                provider_id=adjustment.provider_id,
                fiscal_period_end=adjustment.fiscal_period_end,
                reason=adjustment.reason,
                reference=adjustment.reference,
                amount=adjustment.amount,
            )
        )


def insert_remittance_claims(
    session: Session,
    client_id: UUID,
    remittance_id: UUID,
    claims: Sequence[MatchedClaim],
    outcomes: Mapping[UUID, PostingOutcome],
    reversed_ids: Mapping[UUID, UUID],
) -> None:
    """Store claims, lines and adjustments as the payer sent them.

    Args:
        session: The open transaction.
        client_id: The practice.
        remittance_id: The payment they belong to.
        claims: The payer's claims beside ours.
        outcomes: What became of each, by remittance claim id.
        reversed_ids: The decision that each successful reversal takes back.
    """
    if not claims:
        return
    rows = [_claim_row(client_id, remittance_id, claim, outcomes, reversed_ids) for claim in claims]
    insert_rows(session, client_id, RemittanceClaimRow, rows)
    lines: list[dict[str, Any]] = []
    adjustments: list[dict[str, Any]] = []
    for claim in claims:
        for line in _line_rows(client_id, claim):
            lines.append(line)
            adjustments.extend(_adjustment_rows(client_id, claim, line))
    insert_rows(session, client_id, RemittanceLineRow, lines)
    insert_rows(session, client_id, RemittanceAdjustment, adjustments)


def _claims_of(
    session: Session, client_id: UUID, remittance_ids: Collection[UUID]
) -> dict[UUID, tuple[tuple[str, str, Money, Money], ...]]:
    found: dict[UUID, list[tuple[str, str, Money, Money]]] = {id_: [] for id_ in remittance_ids}
    for ids in in_chunks(remittance_ids):
        for row in session.exec(
            select(RemittanceClaimRow).where(
                RemittanceClaimRow.client_id == client_id,
                col(RemittanceClaimRow.remittance_id).in_(ids),
            )
        ):
            facts = (row.claim_control_number, row.status, row.charge, row.paid)
            found[row.remittance_id].append(facts)
    return {id_: tuple(sorted(facts)) for id_, facts in found.items()}


def _standing(client_id: UUID, claim_ids: Sequence[UUID]) -> Any:
    reversing = aliased(RemittanceClaimRow)
    taken_back = (
        select(reversing.id)
        .where(
            reversing.client_id == client_id,
            reversing.reverses_id == RemittanceClaimRow.id,
        )
        .exists()
    )
    return (
        select(RemittanceClaimRow)
        .where(
            RemittanceClaimRow.client_id == client_id,
            col(RemittanceClaimRow.claim_id).in_(claim_ids),
            col(RemittanceClaimRow.outcome).in_([PostingOutcome.DECIDED, PostingOutcome.UNAPPLIED]),
            RemittanceClaimRow.status != "22",
            ~taken_back,
        )
        .order_by(col(RemittanceClaimRow.id))
    )


def _earlier(row: RemittanceClaimRow) -> EarlierDecision:
    return EarlierDecision(
        row.id,
        row.remittance_id,
        row.ordinal,
        _known(row.claim_id),
        row.status,
        row.charge,
        row.paid,
        row.payer_claim_control_number,
        PostingOutcome(row.outcome),
        row.payer_rank,
    )


def _known(claim_id: UUID | None) -> UUID:
    assert claim_id is not None, "the query asks for claims by id"  # noqa: S101 - a promise
    return claim_id


def _claim_row(
    client_id: UUID,
    remittance_id: UUID,
    match: MatchedClaim,
    outcomes: Mapping[UUID, PostingOutcome],
    reversed_ids: Mapping[UUID, UUID],
) -> dict[str, Any]:
    decision = match.decision
    return {
        "client_id": client_id,
        "id": match.remittance_claim_id,
        "remittance_id": remittance_id,
        "ordinal": match.ordinal,
        "claim_id": match.claim.claim_id if match.claim else None,
        "claim_control_number": decision.claim_control_number,
        "payer_claim_control_number": decision.payer_claim_control_number,
        "status": decision.status,
        "charge": decision.charge,
        "paid": decision.paid,
        "remarks": _joined(decision.remarks),
        "crossover_payer_id": decision.crossover_payer_id,
        "outcome": outcomes[match.remittance_claim_id],
        "payer_rank": match.rank,
        "reverses_id": reversed_ids.get(match.remittance_claim_id),
    }


def _line_rows(client_id: UUID, match: MatchedClaim) -> Iterator[dict[str, Any]]:
    decision = match.decision
    claim = {"client_id": client_id, "remittance_claim_id": match.remittance_claim_id}
    yield {
        **claim,
        "id": new_id(),
        "ordinal": 0,
        "claim_line_id": None,
        "procedure_code": "",
        "charge": decision.charge,
        "paid": decision.paid,
        "allowed": None,
        "remarks": _joined(decision.remarks),
    }
    ours = match.lines or (None,) * len(decision.lines)
    for ordinal, (line, our) in enumerate(zip(decision.lines, ours, strict=True), start=1):
        yield {
            **claim,
            "id": new_id(),
            "ordinal": ordinal,
            "claim_line_id": our.claim_line_id if our else None,
            "procedure_code": line.procedure_code,
            "charge": line.charge,
            "paid": line.paid,
            "allowed": line.allowed,
            "remarks": _joined(line.remarks),
        }


def _adjustment_rows(
    client_id: UUID, match: MatchedClaim, line: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    place = line["ordinal"]
    for ordinal, adjustment in enumerate(adjustments_at(match.decision, place), start=1):
        yield {
            "client_id": client_id,
            "id": match.adjustment_ids[place, ordinal],
            "remittance_line_id": line["id"],
            "ordinal": ordinal,
            "group": adjustment.group,
            "reason": adjustment.reason,
            "amount": adjustment.amount,
            "quantity": adjustment.quantity,
        }


def adjustments_at(decision: RemittanceClaim, line_ordinal: int) -> Sequence[Adjustment]:
    """Return the adjustments of a line, from 1, or of the claim itself, at 0."""
    return decision.lines[line_ordinal - 1].adjustments if line_ordinal else decision.adjustments


def _joined(remarks: Iterable[str]) -> str:
    return ":".join(dict.fromkeys(remarks))[:REMARKS_LENGTH]
