"""Claims that payers decided, as they were first sent, and what was denied of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.learned_edit import PastDenial
from models.documents.posting import PostingOutcome
from models.states.denial import DenialState
from models.states.eligibility import EligibilityVerdict
from models.tables import (
    Claim,
    ClaimLine,
    ClaimVersion,
    Denial,
    Encounter,
    OutboundFile,
    Payer,
    Remittance,
    RemittanceClaimRow,
)
from revcycle.store.ledger import in_chunks

BETWEEN_REMARKS = ":"


@dataclass(frozen=True, slots=True)
class DecidedClaim:
    """A claim with the day of its payer's first decision."""

    id: UUID
    payer_id: UUID
    payer_key: str
    decided_on: date
    is_coverage_verified: bool


@dataclass(frozen=True, slots=True, repr=False)
class FirstSending:
    """The file that carried the first version of a claim that was sent more than once."""

    claim_id: UUID
    control_number: str
    outbound_file_id: UUID


def list_decided_claims(
    session: Session, client_id: UUID, *, since: date, until: date, limit: int
) -> list[DecidedClaim]:
    """List claims by the day of their payer's first decision, the latest first."""
    first = func.min(Remittance.payment_date)
    statement = (
        select_columns(col(Claim.id), col(Payer.id), col(Payer.key), first, col(Encounter.verdict))
        .join(
            RemittanceClaimRow,
            (col(RemittanceClaimRow.client_id) == client_id)
            & (col(RemittanceClaimRow.claim_id) == col(Claim.id))
            & (col(RemittanceClaimRow.payer_rank) == col(Claim.payer_rank)),
        )
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == col(RemittanceClaimRow.remittance_id)),
        )
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == col(Claim.payer_id)))
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id)
            & (col(Encounter.id) == col(Claim.encounter_id)),
        )
        .where(
            col(Claim.client_id) == client_id,
            col(RemittanceClaimRow.outcome) == PostingOutcome.DECIDED,
        )
        .group_by(col(Claim.id), col(Payer.id), col(Payer.key), col(Encounter.verdict))
        .having(first.between(since, until))
        .order_by(first.desc(), col(Claim.id).desc())
        .limit(limit)
    )
    return [
        DecidedClaim(claim_id, payer_id, key, day, verdict == EligibilityVerdict.ACTIVE)
        for claim_id, payer_id, key, day, verdict in session.execute(statement)
    ]


def list_past_denials(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> Mapping[UUID, list[PastDenial]]:
    """Map claims to what was denied of their lines; what was taken back counts too.

    A denial that the payer took back was a denial: preventing it saves the work.
    """
    found: dict[UUID, list[PastDenial]] = defaultdict(list)
    for chunk in in_chunks(claim_ids):
        rows = session.execute(
            select_columns(Denial, col(ClaimLine.number))
            .join(
                ClaimLine,
                (col(ClaimLine.client_id) == client_id)
                & (col(ClaimLine.claim_id) == col(Denial.claim_id))
                & (col(ClaimLine.charge_id) == col(Denial.charge_id)),
            )
            .where(
                col(Denial.client_id) == client_id,
                col(Denial.claim_id).in_(chunk),
                col(Denial.state).in_(list(DenialState)),
            )
            .order_by(col(Denial.id))
        )
        for denial, number in rows:
            remark = denial.remarks.split(BETWEEN_REMARKS)[0]
            found[denial.claim_id].append(
                PastDenial(number, denial.group, denial.reason, remark, denial.amount)
            )
    return found


def list_first_sendings(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[FirstSending]:
    """List the first version of each claim that has more than one."""
    found: list[FirstSending] = []
    for chunk in in_chunks(claim_ids):
        versions = session.execute(
            select_columns(
                col(ClaimVersion.claim_id),
                func.count(),
                func.min(ClaimVersion.number),
            )
            .where(col(ClaimVersion.client_id) == client_id, col(ClaimVersion.claim_id).in_(chunk))
            .group_by(col(ClaimVersion.claim_id))
            .having(func.count() > 1)
        ).all()
        again = [claim_id for claim_id, *_ in versions]
        rows = session.execute(
            select_columns(
                col(ClaimVersion.claim_id),
                col(ClaimVersion.control_number),
                col(ClaimVersion.outbound_file_id),
            ).where(
                col(ClaimVersion.client_id) == client_id,
                col(ClaimVersion.claim_id).in_(again),
                col(ClaimVersion.number) == 1,
            )
        )
        found.extend(FirstSending(*row) for row in rows)
    return found


def load_claim_file(session: Session, client_id: UUID, file_id: UUID) -> tuple[str, bytes]:
    """Load kind and bytes of a file that carried claims."""
    kind, content = session.execute(
        select_columns(col(OutboundFile.kind), col(OutboundFile.content)).where(
            col(OutboundFile.client_id) == client_id, col(OutboundFile.id) == file_id
        )
    ).one()
    return kind, content
