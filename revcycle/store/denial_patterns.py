"""Queries on what payers deny again and again."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col

from models.documents.denial_pattern import DenialPattern
from models.tables import (
    Charge,
    Claim,
    Denial,
    Payer,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import Money, total

REMARKS_JOINED_BY = ":"
Pattern = tuple[str, str, str, str, str]


def list_denial_patterns(
    session: Session, client_id: UUID, *, since: date, until: date, limit: int
) -> list[DenialPattern]:
    """List what was denied by payments of a period, both days counted; most money first.

    A denial that the payer took back since counts too: it was a denial, and cost its work.
    """
    groups: dict[Pattern, list[tuple[UUID, Money]]] = defaultdict(list)
    for key, group, reason, remarks, code, claim_id, amount in session.execute(
        _denials(client_id, since, until)
    ):
        remark = remarks.split(REMARKS_JOINED_BY)[0]
        groups[key, group, reason, remark, code].append((claim_id, amount))
    patterns = [_pattern(names, found) for names, found in groups.items()]
    patterns.sort(key=lambda one: (-one.amount.cents, one.payer_key, one.reason))
    return patterns[:limit]


def _pattern(names: Pattern, found: list[tuple[UUID, Money]]) -> DenialPattern:
    return DenialPattern(
        *names,
        denials=len(found),
        claims=len({claim_id for claim_id, _ in found}),
        amount=total(amount for _, amount in found),
    )


def _denials(client_id: UUID, since: date, until: date) -> Any:
    return (
        select_columns(
            col(Payer.key),
            col(Denial.group),
            col(Denial.reason),
            col(Denial.remarks),
            col(Charge.procedure_code),
            col(Denial.claim_id),
            col(Denial.amount),
        )
        .join(Claim, _own(Claim, client_id, Denial.claim_id))
        .join(Payer, _own(Payer, client_id, Claim.payer_id))
        .join(Charge, _own(Charge, client_id, Denial.charge_id))
        .join(
            RemittanceAdjustment,
            _own(RemittanceAdjustment, client_id, Denial.remittance_adjustment_id),
        )
        .join(
            RemittanceLineRow,
            _own(RemittanceLineRow, client_id, RemittanceAdjustment.remittance_line_id),
        )
        .join(
            RemittanceClaimRow,
            _own(RemittanceClaimRow, client_id, RemittanceLineRow.remittance_claim_id),
        )
        .join(Remittance, _own(Remittance, client_id, RemittanceClaimRow.remittance_id))
        .where(
            col(Denial.client_id) == client_id,
            col(Remittance.payment_date).between(since, until),
        )
    )


def _own(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)
