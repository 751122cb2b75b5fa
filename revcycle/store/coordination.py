"""What earlier payers decided on an encounter, for the claim to the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.claim import (
    Adjustment,
    ClaimPayer,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.posting import PostingOutcome
from models.tables import (
    Charge,
    Claim,
    ClaimLine,
    Payer,
    Posting,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.accounts import receivable_of
from models.values.money import ZERO, Money, total

CLAIM_LEVEL = 0  # the remittance line that holds what was said of the claim as a whole


@dataclass(frozen=True, slots=True)
class PayerDecision:
    """What one payer decided on one claim, as the next payer must be told."""

    claim_id: UUID
    coverage_id: UUID
    rank: int
    paid: Money
    paid_on: date
    adjustments: tuple[Adjustment, ...]  # of the claim as a whole
    payer_claim_control_number: str
    lines: dict[UUID, LineAdjudication]  # by charge

    def to_other_payer(self, payer: ClaimPayer, subscriber: Subscriber) -> OtherPayer:
        """Picture it as loop 2320."""
        return OtherPayer(
            payer,
            subscriber,
            paid=self.paid,
            adjustments=self.adjustments,
            paid_on=self.paid_on,
            payer_claim_control_number=self.payer_claim_control_number,
        )


@dataclass(frozen=True, slots=True)
class EarlierPayers:
    """Who is named before the payer of a claim, and its own place in line (1: first).

    Attributes:
        decisions: What those before decided, in order, each with its place in line as rank.
    """

    place: int
    decisions: tuple[PayerDecision, ...] = ()


FIRST_IN_LINE: Final = EarlierPayers(1)


def find_earlier_payers(
    session: Session, client_id: UUID, claims: Sequence[Claim]
) -> dict[UUID, EarlierPayers]:
    """Map claims of second and third payers to those who decided before them.

    A claim that stands alone names none: the payer asked before was not responsible. Nor do the
    claims after it name that payer, unless it paid something; all move up in line.
    """
    later = [claim for claim in claims if claim.payer_rank > 1 and not claim.stands_alone]
    earlier = session.exec(
        select(Claim)
        .where(
            Claim.client_id == client_id,
            col(Claim.encounter_id).in_({claim.encounter_id for claim in later}),
        )
        .order_by(col(Claim.payer_rank))
    ).all()
    decisions = find_decisions(session, client_id, earlier)
    return {
        claim.id: _in_line(
            claim.payer_rank,
            [
                before
                for before in earlier
                if before.encounter_id == claim.encounter_id
                and before.payer_rank < claim.payer_rank
            ],
            decisions,
        )
        for claim in later
    }


def _in_line(
    rank: int, before: Sequence[Claim], decisions: Mapping[UUID, PayerDecision]
) -> EarlierPayers:
    first = max((one.payer_rank for one in before if one.stands_alone), default=0)
    left_out = [
        one.payer_rank
        for one in before
        if one.payer_rank < first and not (one.id in decisions and decisions[one.id].paid > ZERO)
    ]
    places = {one.id: one.payer_rank - _below(one.payer_rank, left_out) for one in before}
    named = [
        replace(decisions[one.id], rank=places[one.id])
        for one in before
        if one.id in decisions and one.payer_rank not in left_out
    ]
    return EarlierPayers(rank - _below(rank, left_out), tuple(named))


def _below(rank: int, left_out: Sequence[int]) -> int:
    return sum(other < rank for other in left_out)


def list_waiting_encounters(session: Session, client_id: UUID, rank: int) -> Sequence[UUID]:
    """List encounters on which the payer of a rank owes something and has no claim yet."""
    asked = select(Claim.encounter_id).where(Claim.client_id == client_id, Claim.payer_rank == rank)
    owed = (
        select(Charge.encounter_id)
        .join(
            Posting,
            (col(Posting.client_id) == Charge.client_id) & (col(Posting.charge_id) == Charge.id),
        )
        .where(
            Charge.client_id == client_id,
            Posting.account == receivable_of(rank),
            col(Charge.encounter_id).not_in(asked),
        )
        .group_by(col(Charge.encounter_id), col(Charge.id))
        .having(func.sum(Posting.amount) > ZERO)
        .distinct()
    )
    return session.exec(owed).all()


def find_decisions(
    session: Session, client_id: UUID, claims: Sequence[Claim]
) -> dict[UUID, PayerDecision]:
    """Map claims to the last decision of their own payer that it has not taken back.

    What a next payer said of a claim that was forwarded to it stands beside, under its rank.
    """
    standing: dict[UUID, tuple[RemittanceClaimRow, Remittance]] = {}
    ranks = {claim.id: claim.payer_rank for claim in claims}
    if claims:
        for row, remittance in _remittance_claims(session, client_id, [one.id for one in claims]):
            if row.claim_id is not None and row.payer_rank == ranks[row.claim_id]:
                standing[row.claim_id] = (row, remittance)
    details = _line_details(session, client_id, [row.id for row, _ in standing.values()])
    payer_ids = _payer_ids(session, client_id, claims)
    return {
        claim.id: _decision(claim, *standing[claim.id], details, payer_ids[claim.payer_id])
        for claim in claims
        if claim.id in standing
    }


@dataclass(frozen=True, slots=True)
class _LineDetail:
    row: RemittanceLineRow
    charge_id: UUID | None
    charge: Money  # of our line, if it is known
    adjustments: tuple[Adjustment, ...]


def _remittance_claims(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> Sequence[tuple[RemittanceClaimRow, Remittance]]:
    taken_back = select(RemittanceClaimRow.reverses_id).where(
        RemittanceClaimRow.client_id == client_id,
        col(RemittanceClaimRow.reverses_id).is_not(None),
    )
    return session.exec(
        select(RemittanceClaimRow, Remittance)
        .join(
            Remittance,
            (col(Remittance.client_id) == RemittanceClaimRow.client_id)
            & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
        )
        .where(
            RemittanceClaimRow.client_id == client_id,
            col(RemittanceClaimRow.claim_id).in_(claim_ids),
            RemittanceClaimRow.outcome == PostingOutcome.DECIDED,
            col(RemittanceClaimRow.id).not_in(taken_back),
        )
        .order_by(col(Remittance.posted_at), col(Remittance.id), col(RemittanceClaimRow.ordinal))
    ).all()


def _line_details(
    session: Session, client_id: UUID, remittance_claim_ids: Sequence[UUID]
) -> dict[UUID, list[_LineDetail]]:
    """Group the lines of remittance claims, each with its adjustments sorted by group code."""
    rows = session.execute(
        select_columns(RemittanceLineRow, col(ClaimLine.charge_id), col(ClaimLine.charge))
        .outerjoin(
            ClaimLine,
            (col(ClaimLine.client_id) == col(RemittanceLineRow.client_id))
            & (col(ClaimLine.id) == col(RemittanceLineRow.claim_line_id)),
        )
        .where(
            col(RemittanceLineRow.client_id) == client_id,
            col(RemittanceLineRow.remittance_claim_id).in_(remittance_claim_ids),
        )
        .order_by(col(RemittanceLineRow.ordinal))
    ).all()
    adjustments = _adjustments(session, client_id, [line.id for line, _, _ in rows])
    details: dict[UUID, list[_LineDetail]] = {}
    for line, charge_id, charge in rows:
        said = tuple(adjustments.get(line.id, ()))
        detail = _LineDetail(line, charge_id, charge or ZERO, said)
        details.setdefault(line.remittance_claim_id, []).append(detail)
    return details


def _adjustments(
    session: Session, client_id: UUID, line_ids: Iterable[UUID]
) -> dict[UUID, list[Adjustment]]:
    rows = session.exec(
        select(RemittanceAdjustment)
        .where(
            RemittanceAdjustment.client_id == client_id,
            col(RemittanceAdjustment.remittance_line_id).in_(set(line_ids)),
        )
        .order_by(col(RemittanceAdjustment.group), col(RemittanceAdjustment.ordinal))
    ).all()
    of_lines: dict[UUID, list[Adjustment]] = {}
    for row in rows:
        adjustment = Adjustment(row.group, row.reason, row.amount, row.quantity)
        of_lines.setdefault(row.remittance_line_id, []).append(adjustment)
    return of_lines


def _payer_ids(session: Session, client_id: UUID, claims: Sequence[Claim]) -> dict[UUID, str]:
    rows = session.exec(
        select(Payer.id, Payer.payer_id).where(
            Payer.client_id == client_id, col(Payer.id).in_({one.payer_id for one in claims})
        )
    ).all()
    return dict(rows)


def _decision(
    claim: Claim,
    row: RemittanceClaimRow,
    remittance: Remittance,
    details: dict[UUID, list[_LineDetail]],
    payer_id: str,
) -> PayerDecision:
    found = details.get(row.id, [])
    of_claim = [detail for detail in found if detail.row.ordinal == CLAIM_LEVEL]
    of_lines = _by_charge([detail for detail in found if detail.row.ordinal != CLAIM_LEVEL])
    if not _are_whole(of_lines):
        of_claim, of_lines = found, {}
    return PayerDecision(
        claim_id=claim.id,
        coverage_id=claim.coverage_id,
        rank=claim.payer_rank,
        paid=row.paid,
        paid_on=remittance.payment_date,
        adjustments=_added_up(of_claim),
        payer_claim_control_number=row.payer_claim_control_number,
        lines={
            charge_id: LineAdjudication(
                payer_id,
                total(part.row.paid for part in parts),
                _added_up(parts),
                remittance.payment_date,
            )
            for charge_id, parts in of_lines.items()
            if charge_id is not None
        },
    )


def _by_charge(details: Sequence[_LineDetail]) -> dict[UUID | None, list[_LineDetail]]:
    """Group a payer's lines by our service; one that the payer split has several."""
    groups: dict[UUID | None, list[_LineDetail]] = {}
    for detail in details:
        groups.setdefault(detail.charge_id, []).append(detail)
    return groups


def _added_up(details: Sequence[_LineDetail]) -> tuple[Adjustment, ...]:
    """Join the adjustments of several lines: each reason once, by group."""
    reasons: dict[tuple[str, str], list[Adjustment]] = {}
    for detail in details:
        for one in detail.adjustments:
            reasons.setdefault((one.group, one.reason), []).append(one)
    joined = [_joined(same) for same in reasons.values()]
    return tuple(sorted((one for one in joined if one.amount), key=lambda one: one.group))


def _joined(same: Sequence[Adjustment]) -> Adjustment:
    first, *others = same
    return (
        replace(first, amount=total(one.amount for one in same), quantity=None) if others else first
    )


def _are_whole(of_lines: Mapping[UUID | None, Sequence[_LineDetail]]) -> bool:
    """Tell whether a payer's lines are exactly ours.

    Where it judged several of our lines as one, or a line that we do not know, the next payer is
    told what was decided on the claim as a whole: no part of a line is made up.
    """
    return all(
        charge_id is not None and total(part.row.charge for part in parts) == parts[0].charge
        for charge_id, parts in of_lines.items()
    )
