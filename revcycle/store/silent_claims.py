"""Queries on claims that left and of which nothing was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.claim import ClaimState
from models.states.status_check import StatusCheckState
from models.tables import (
    Claim,
    ClaimContact,
    ClaimVersion,
    OutboundFile,
    Payer,
    StatusCheck,
)

AT_PAYER: Final = (ClaimState.SUBMITTED, ClaimState.RECEIVED, ClaimState.ACCEPTED)
UNDER_WAY: Final = (StatusCheckState.OPEN, StatusCheckState.ASKED)


@dataclass(frozen=True, slots=True)
class UndecidedClaim:
    """A claim at a payer.

    Attributes:
        sent_at: When its latest version left.
        asked_on: The day of the last question about that version; None if none was asked.
        wait_until: The latest day until which somebody decided to wait.
    """

    claim_id: UUID
    payer_key: str
    sent_at: datetime
    asked_on: date | None
    wait_until: date | None


def list_undecided_claims(
    session: Session, client_id: UUID, *, sent_before: datetime
) -> list[UndecidedClaim]:
    """List claims whose latest version left before an instant and that nobody asks about now."""
    statement = (
        select_columns(
            col(Claim.id),
            col(Payer.key),
            col(OutboundFile.sent_at),
            _asked_on(client_id),
            _wait_until(client_id),
        )
        .join(
            ClaimVersion,
            (col(ClaimVersion.client_id) == client_id)
            & (col(ClaimVersion.claim_id) == col(Claim.id)),
        )
        .join(
            OutboundFile,
            (col(OutboundFile.client_id) == client_id)
            & (col(OutboundFile.id) == col(ClaimVersion.outbound_file_id)),
        )
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == col(Claim.payer_id)))
        .where(
            col(Claim.client_id) == client_id,
            col(Claim.state).in_(AT_PAYER),
            col(OutboundFile.sent_at) < sent_before,
            col(ClaimVersion.number) == _latest_number(client_id),
            ~_is_under_question(client_id),
        )
        .order_by(col(Claim.id))
    )
    return [UndecidedClaim(*row) for row in session.execute(statement)]


def undecided_among(
    session: Session, client_id: UUID, claim_ids: Sequence[UUID]
) -> frozenset[UUID]:
    """Tell which of these claims still wait for their payer."""
    return frozenset(
        session.execute(
            select_columns(col(Claim.id)).where(
                col(Claim.client_id) == client_id,
                col(Claim.id).in_(claim_ids),
                col(Claim.state).in_(AT_PAYER),
            )
        ).scalars()
    )


def _latest_number(client_id: UUID) -> ScalarSelect[Any]:
    return (
        select_columns(func.max(ClaimVersion.number))
        .where(
            col(ClaimVersion.client_id) == client_id,
            col(ClaimVersion.claim_id) == col(Claim.id),
        )
        .correlate(Claim)
        .scalar_subquery()
    )


def _asked_on(client_id: UUID) -> ScalarSelect[Any]:
    return (
        select_columns(func.max(StatusCheck.asked_on))
        .where(
            col(StatusCheck.client_id) == client_id,
            col(StatusCheck.claim_id) == col(Claim.id),
            col(StatusCheck.opened_at) >= col(ClaimVersion.created_at),
        )
        .correlate(Claim, ClaimVersion)
        .scalar_subquery()
    )


def _wait_until(client_id: UUID) -> ScalarSelect[Any]:
    return (
        select_columns(func.max(ClaimContact.wait_until))
        .where(
            col(ClaimContact.client_id) == client_id,
            col(ClaimContact.claim_id) == col(Claim.id),
        )
        .correlate(Claim)
        .scalar_subquery()
    )


def _is_under_question(client_id: UUID) -> Any:
    return exists(
        select_columns(col(StatusCheck.id))
        .where(
            col(StatusCheck.client_id) == client_id,
            col(StatusCheck.claim_id) == col(Claim.id),
            col(StatusCheck.state).in_(UNDER_WAY),
        )
        .correlate(Claim)
    )
