"""Queries that show a denial with its claim, its decision and what else is like it."""

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col

from models.documents.denial import ClaimFiling, DenialPicture, LikeDenials
from models.errors import NotFoundError
from models.states.claim import ClaimState
from models.states.denial import UNRESOLVED_DENIAL_STATES, DenialState
from models.tables import (
    Acknowledgement,
    Charge,
    Claim,
    ClaimVersion,
    Denial,
    Encounter,
    InboundFile,
    Payer,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import ZERO

BETWEEN_REMARKS = ":"


def get_denial_picture(session: Session, client_id: UUID, denial_id: UUID) -> DenialPicture:
    """Load one denial as it is shown.

    Raises:
        NotFoundError: this client has no such denial.
    """
    statement = (
        select_columns(
            Denial,
            Claim,
            Encounter,
            Payer,
            Charge,
            RemittanceLineRow,
            RemittanceClaimRow,
            Remittance,
        )
        .join(Claim, _same(Claim, client_id, Denial.claim_id))
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .join(Charge, _same(Charge, client_id, Denial.charge_id))
        .join(
            RemittanceAdjustment,
            _same(RemittanceAdjustment, client_id, Denial.remittance_adjustment_id),
        )
        .join(
            RemittanceLineRow,
            _same(RemittanceLineRow, client_id, RemittanceAdjustment.remittance_line_id),
        )
        .join(
            RemittanceClaimRow,
            _same(RemittanceClaimRow, client_id, RemittanceLineRow.remittance_claim_id),
        )
        .join(Remittance, _same(Remittance, client_id, RemittanceClaimRow.remittance_id))
        .where(col(Denial.client_id) == client_id, col(Denial.id) == denial_id)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        msg = f"no denial {denial_id}"
        raise NotFoundError(msg)
    return _picture(*row)


def count_like(session: Session, client_id: UUID, denial: DenialPicture) -> LikeDenials:
    """Count the other unresolved denials of the claim, and those for the same reason."""
    others = (
        select_columns(func.count(), func.sum(Denial.amount))
        .join(Claim, _same(Claim, client_id, Denial.claim_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .where(
            col(Denial.client_id) == client_id,
            col(Denial.id) != denial.id,
            col(Denial.state).in_(UNRESOLVED_DENIAL_STATES),
        )
    )
    of_claim = session.execute(others.where(col(Denial.claim_id) == denial.claim_id)).one()
    of_payer = session.execute(
        others.where(
            col(Payer.key) == denial.payer_key,
            col(Denial.group) == denial.group,
            col(Denial.reason) == denial.reason,
        )
    ).one()
    return LikeDenials(of_claim[0], of_payer[0], of_payer[1] or ZERO)


def get_filing(session: Session, client_id: UUID, claim_id: UUID) -> ClaimFiling:
    """Tell when a claim left, and what proves that it arrived; empty before it ever left."""
    versions = session.execute(
        select_columns(
            col(ClaimVersion.control_number),
            col(ClaimVersion.created_at),
            col(ClaimVersion.outbound_file_id),
        )
        .where(col(ClaimVersion.client_id) == client_id, col(ClaimVersion.claim_id) == claim_id)
        .order_by(col(ClaimVersion.number))
    ).all()
    receipts = session.execute(
        select_columns(col(Acknowledgement.kind), col(InboundFile.received_at))
        .join(InboundFile, _same(InboundFile, client_id, Acknowledgement.inbound_file_id))
        .where(
            col(Acknowledgement.client_id) == client_id,
            col(Acknowledgement.is_accepted).is_(True),
            (col(Acknowledgement.claim_id) == claim_id)
            | (
                col(Acknowledgement.claim_id).is_(None)
                & col(Acknowledgement.outbound_file_id).in_([row[2] for row in versions])
            ),
        )
        .order_by(col(InboundFile.received_at), col(Acknowledgement.ordinal))
    ).all()
    return ClaimFiling(
        control_number=versions[-1][0] if versions else "",
        filed_at=versions[0][1] if versions else None,
        receipts=tuple((kind, at) for kind, at in receipts),
    )


def _same(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)


def _picture(
    denial: Denial,
    claim: Claim,
    encounter: Encounter,
    payer: Payer,
    charge: Charge,
    line: RemittanceLineRow,
    decision: RemittanceClaimRow,
    remittance: Remittance,
) -> DenialPicture:
    return DenialPicture(
        id=denial.id,
        state=DenialState(denial.state),
        group=denial.group,
        reason=denial.reason,
        remarks=tuple(one for one in denial.remarks.split(BETWEEN_REMARKS) if one),
        amount=denial.amount,
        category=denial.category,
        first_action=denial.first_action,
        due_on=denial.due_on,
        requested_by=denial.requested_by,
        claim_id=claim.id,
        claim_state=ClaimState(claim.state),
        control_number=claim.control_number,
        payer_number=decision.payer_claim_control_number or claim.payer_claim_control_number,
        payer_key=payer.key,
        payer_name=payer.name,
        file_by=claim.file_by,
        encounter_id=encounter.id,
        patient_id=encounter.patient_id,
        service_date=encounter.service_date,
        procedure_code=charge.procedure_code,
        line_charge=charge.amount or ZERO,
        line_paid=line.paid,
        decided_on=remittance.payment_date,
        remittance_id=remittance.id,
        play_id=denial.play_id,
        write_off_reason=denial.write_off_reason,
        cause_party=denial.cause_party,
        coverage_id=claim.coverage_id,
        rebilled_claim_id=denial.rebilled_claim_id,
        expected_value=denial.expected_value,
        chance_permille=denial.chance_permille,
    )
