"""Queries on questions about claims and their answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.asked_claim import AskedClaim
from models.states.status_check import StatusCheckState
from models.tables import Claim, ClaimVersion, Coverage, Encounter, StatusCheck
from revcycle.store.ledger import in_chunks


def list_open_status_checks(
    session: Session, client_id: UUID, *, limit: int
) -> Sequence[StatusCheck]:
    """Lock questions that are to be asked, oldest first."""
    return session.exec(
        select(StatusCheck)
        .where(StatusCheck.client_id == client_id, StatusCheck.state == StatusCheckState.OPEN)
        .order_by(col(StatusCheck.id))
        .limit(limit)
        .with_for_update()
    ).all()


def find_status_checks_by_trace(
    session: Session, client_id: UUID, trace_numbers: Iterable[str]
) -> dict[str, StatusCheck]:
    """Map the trace numbers of an answer to the questions."""
    rows = [
        row
        for chunk in in_chunks(list(trace_numbers))
        for row in session.exec(
            select(StatusCheck)
            .where(StatusCheck.client_id == client_id, col(StatusCheck.trace_number).in_(chunk))
            .with_for_update()
        ).all()
    ]
    return {row.trace_number: row for row in rows}


def lock_status_checks(
    session: Session, client_id: UUID, status_check_ids: Sequence[UUID]
) -> dict[UUID, StatusCheck]:
    """Map ids to questions, locked."""
    return {
        row.id: row
        for chunk in in_chunks(status_check_ids)
        for row in session.exec(
            select(StatusCheck)
            .where(StatusCheck.client_id == client_id, col(StatusCheck.id).in_(chunk))
            .with_for_update()
        )
    }


def list_asked_claims(session: Session, client_id: UUID) -> list[AskedClaim]:
    """List every question that waits for its answer with the numbers of its claim."""
    rows = session.exec(
        select(StatusCheck, Claim, Encounter, Coverage.member_id)
        .join(Claim, (col(Claim.client_id) == client_id) & (col(Claim.id) == StatusCheck.claim_id))
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Claim.encounter_id),
        )
        .join(
            Coverage,
            (col(Coverage.client_id) == client_id) & (col(Coverage.id) == Claim.coverage_id),
        )
        .where(StatusCheck.client_id == client_id, StatusCheck.state == StatusCheckState.ASKED)
        .order_by(col(StatusCheck.id))
    ).all()
    numbers = _numbers_of_claims(session, client_id, [claim.id for _, claim, _, _ in rows])
    return [
        AskedClaim(
            check.id,
            frozenset({claim.control_number, *numbers.get(claim.id, ())}),
            claim.payer_claim_control_number,
            claim.charge_total,
            encounter.service_date,
            member_id,
        )
        for check, claim, encounter, member_id in rows
    ]


def _numbers_of_claims(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for chunk in in_chunks(claim_ids):
        for claim_id, number in session.exec(
            select(ClaimVersion.claim_id, ClaimVersion.control_number).where(
                ClaimVersion.client_id == client_id, col(ClaimVersion.claim_id).in_(chunk)
            )
        ):
            found.setdefault(claim_id, set()).add(number)
    return found


def list_asked_status_checks(
    session: Session, client_id: UUID, outbound_file_ids: Sequence[UUID]
) -> Sequence[StatusCheck]:
    """Lock the questions that 276 files carried and nobody answered yet."""
    return session.exec(
        select(StatusCheck)
        .where(
            StatusCheck.client_id == client_id,
            col(StatusCheck.outbound_file_id).in_(outbound_file_ids),
            StatusCheck.state == StatusCheckState.ASKED,
        )
        .with_for_update()
    ).all()


def list_unanswered_status_checks(
    session: Session, client_id: UUID, *, asked_before: date
) -> Sequence[StatusCheck]:
    """Lock questions that were asked before a day and that nobody answered."""
    return session.exec(
        select(StatusCheck)
        .where(
            StatusCheck.client_id == client_id,
            StatusCheck.state == StatusCheckState.ASKED,
            col(StatusCheck.asked_on) < asked_before,
        )
        .with_for_update()
    ).all()


def list_status_checks_of_claim(
    session: Session, client_id: UUID, claim_id: UUID
) -> Sequence[StatusCheck]:
    """List every question about one claim, the latest first."""
    return session.exec(
        select(StatusCheck)
        .where(StatusCheck.client_id == client_id, StatusCheck.claim_id == claim_id)
        .order_by(col(StatusCheck.opened_at).desc(), col(StatusCheck.id).desc())
    ).all()


def claims_under_question(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> frozenset[UUID]:
    """Tell of which of these claims a question is under way."""
    under_way = (StatusCheckState.OPEN, StatusCheckState.ASKED)
    return frozenset(
        claim_id
        for chunk in in_chunks(claim_ids)
        for claim_id in session.exec(
            select(StatusCheck.claim_id).where(
                StatusCheck.client_id == client_id,
                col(StatusCheck.claim_id).in_(chunk),
                col(StatusCheck.state).in_(under_way),
            )
        ).all()
    )


def latest_control_numbers(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> dict[UUID, str]:
    """Map claims to CLM01 of their latest version, as the payer knows it."""
    rows = session.exec(
        select(ClaimVersion.claim_id, ClaimVersion.control_number)
        .where(ClaimVersion.client_id == client_id, col(ClaimVersion.claim_id).in_(claim_ids))
        .order_by(col(ClaimVersion.number))
    ).all()
    return dict(rows)
