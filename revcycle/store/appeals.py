"""Queries on appeals."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.denial import AppealPicture
from models.errors import NotFoundError
from models.states.appeal import AppealState
from models.tables import Appeal, Denial
from models.values.identifiers import new_id
from revcycle.store.ledger import in_chunks
from revcycle.store.state_changes import record_creation

UNDECIDED = (AppealState.PREPARED, AppealState.SENT)


@dataclass(frozen=True, slots=True, repr=False)
class NewAppeal:
    """A letter that nobody has sent yet."""

    denial_id: UUID
    level: int
    wording: str
    letter: str
    answer_by: date
    level_name: str = ""
    is_reconsideration: bool = False
    send_by: date | None = None


def insert_appeal(session: Session, client_id: UUID, act: Act, new: NewAppeal) -> UUID:
    """Add an appeal, prepared by the actor; return its id."""
    row = Appeal(
        client_id=client_id,
        id=new_id(),
        denial_id=new.denial_id,
        level=new.level,
        wording=new.wording,
        letter=new.letter,
        answer_by=new.answer_by,
        level_name=new.level_name,
        is_reconsideration=new.is_reconsideration,
        send_by=new.send_by,
        prepared_at=act.at,
        prepared_by=act.actor,
    )
    record_creation(session, client_id, act, row)
    return row.id


def lock_appeal(session: Session, client_id: UUID, appeal_id: UUID) -> Appeal:
    """Load one appeal and keep other runs from it.

    Raises:
        NotFoundError: this client has no such appeal.
    """
    row = session.exec(
        select(Appeal)
        .where(Appeal.client_id == client_id, Appeal.id == appeal_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no appeal {appeal_id}"
        raise NotFoundError(msg)
    return row


def list_appeals(session: Session, client_id: UUID, denial_id: UUID) -> list[AppealPicture]:
    """List the appeals of a denial, the first level first."""
    rows = session.exec(
        select(Appeal)
        .where(Appeal.client_id == client_id, Appeal.denial_id == denial_id)
        .order_by(col(Appeal.level))
    )
    return [_picture(row) for row in rows]


def lock_undecided_appeals(
    session: Session, client_id: UUID, denial_ids: Collection[UUID]
) -> list[Appeal]:
    """Load the appeals of denials that the payer has not answered."""
    return [
        row
        for ids in in_chunks(denial_ids)
        for row in session.exec(
            select(Appeal)
            .where(
                Appeal.client_id == client_id,
                col(Appeal.denial_id).in_(ids),
                col(Appeal.state).in_(UNDECIDED),
            )
            .order_by(col(Appeal.id))
            .with_for_update()
        )
    ]


def has_undecided_appeal(session: Session, client_id: UUID, claim_id: UUID) -> bool:
    """Tell whether a letter about a claim is prepared or sent and not answered."""
    statement = (
        select(Appeal.id)
        .join(Denial, (col(Denial.client_id) == client_id) & (col(Denial.id) == Appeal.denial_id))
        .where(
            Appeal.client_id == client_id,
            Denial.claim_id == claim_id,
            col(Appeal.state).in_(UNDECIDED),
        )
        .limit(1)
    )
    return session.exec(statement).first() is not None


def _picture(row: Appeal) -> AppealPicture:
    return AppealPicture(
        id=row.id,
        denial_id=row.denial_id,
        level=row.level,
        wording=row.wording,
        letter=row.letter,
        state=AppealState(row.state),
        prepared_at=row.prepared_at,
        prepared_by=row.prepared_by,
        answer_by=row.answer_by,
        sent_on=row.sent_on,
        level_name=row.level_name,
        is_reconsideration=row.is_reconsideration,
        send_by=row.send_by,
        acknowledged_on=row.acknowledged_on,
        payer_reference=row.payer_reference,
        decided_on=row.decided_on,
    )
