"""Which records belong to the story of a claim: what was billed, sent, decided, asked, written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.tables import (
    Appeal,
    Charge,
    Claim,
    ClaimVersion,
    Denial,
    EligibilityCheck,
    Encounter,
    Message,
    RemittanceClaimRow,
    StatementLineRow,
)

_NONE: Final = frozenset[UUID]()


@dataclass(frozen=True, slots=True)
class StoryParts:
    """The ids of everything that belongs to a claim's story."""

    claim_id: UUID
    encounter_id: UUID
    inbound_file_id: UUID
    charge_ids: frozenset[UUID]
    outbound_file_ids: frozenset[UUID]
    denial_ids: frozenset[UUID]
    appeal_ids: frozenset[UUID]
    decision_ids: frozenset[UUID]
    statement_ids: frozenset[UUID]
    message_ids: frozenset[UUID]
    check_ids: frozenset[UUID]

    @property
    def subjects(self) -> list[tuple[str, UUID]]:
        """The records by kind and id, as work items and the trail name them."""
        groups: dict[str, Collection[UUID]] = {
            "claim": [self.claim_id],
            "encounter": [self.encounter_id],
            "charge": self.charge_ids,
            "denial": self.denial_ids,
            "appeal": self.appeal_ids,
            "remittance_claim": self.decision_ids,
            "statement": self.statement_ids,
            "message": self.message_ids,
            "eligibility_check": self.check_ids,
            "outbound_file": self.outbound_file_ids,
        }
        return [(kind, one) for kind, ids in groups.items() for one in ids]


def find_story_parts(session: Session, client_id: UUID, claim_id: UUID) -> StoryParts:
    """Find what belongs to one claim of this practice."""
    claim, inbound_file_id, patient_id, day = session.execute(
        select_columns(
            Claim,
            col(Encounter.inbound_file_id),
            col(Encounter.patient_id),
            col(Encounter.service_date),
        )
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Claim.encounter_id),
        )
        .where(col(Claim.client_id) == client_id, col(Claim.id) == claim_id)
    ).one()
    denial_ids = _ids(session, client_id, Denial, Denial.claim_id, [claim_id])
    statement_ids = _statements_of(session, client_id, claim.encounter_id)
    return StoryParts(
        claim_id=claim_id,
        encounter_id=claim.encounter_id,
        inbound_file_id=inbound_file_id,
        charge_ids=_ids(session, client_id, Charge, Charge.encounter_id, [claim.encounter_id]),
        outbound_file_ids=_files_of(session, client_id, claim_id),
        denial_ids=denial_ids,
        appeal_ids=_ids(session, client_id, Appeal, Appeal.denial_id, denial_ids),
        decision_ids=_ids(
            session, client_id, RemittanceClaimRow, RemittanceClaimRow.claim_id, [claim_id]
        ),
        statement_ids=statement_ids,
        message_ids=_ids(session, client_id, Message, Message.statement_id, statement_ids),
        check_ids=_checks_of(session, client_id, claim.coverage_id, day) if patient_id else _NONE,
    )


def _ids(
    session: Session, client_id: UUID, table: Any, column: Any, values: Collection[UUID]
) -> frozenset[UUID]:
    statement = select(table.id).where(table.client_id == client_id, col(column).in_(values))
    return frozenset(session.exec(statement))


def _files_of(session: Session, client_id: UUID, claim_id: UUID) -> frozenset[UUID]:
    return frozenset(
        session.exec(
            select(ClaimVersion.outbound_file_id).where(
                ClaimVersion.client_id == client_id, ClaimVersion.claim_id == claim_id
            )
        )
    )


def _statements_of(session: Session, client_id: UUID, encounter_id: UUID) -> frozenset[UUID]:
    return frozenset(
        session.exec(
            select(StatementLineRow.statement_id).where(
                StatementLineRow.client_id == client_id,
                StatementLineRow.encounter_id == encounter_id,
            )
        )
    )


def _checks_of(session: Session, client_id: UUID, coverage_id: UUID, day: date) -> frozenset[UUID]:
    return frozenset(
        session.exec(
            select(EligibilityCheck.id).where(
                EligibilityCheck.client_id == client_id,
                EligibilityCheck.coverage_id == coverage_id,
                EligibilityCheck.service_date == day,
            )
        )
    )
