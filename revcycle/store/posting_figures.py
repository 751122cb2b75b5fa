"""Figures of posting: how much posts by itself, what people had to look at, what was kept out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.posting import PostingOutcome
from models.states.file import InboundFileState
from models.states.work_item import WorkItemState
from models.tables import InboundFile, Remittance, RemittanceClaimRow, RemittanceLineRow, WorkItem

KINDS_ASKED = ("remittance_claim",)
REMITTANCE_FILE = "835"


@dataclass(frozen=True, slots=True)
class PayerPosting:
    """What became of a payer's lines in a period.

    Attributes:
        payments: Payments of the period.
        claims: Claims that they judge.
        lines: Lines of these claims; a claim judged as a whole counts as one.
        untouched: Lines of claims that were booked, or noted, without any question to a person.
        asked: Claims about which a person was asked.
    """

    payer_name: str
    payments: int
    claims: int
    lines: int
    untouched: int
    asked: int


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often a person was asked for a reason, and how often it is still open."""

    payer_name: str
    reason: str
    count: int
    still_open: int


@dataclass(frozen=True, slots=True)
class KeptOutFile:
    """A remittance file of which nothing was posted."""

    id: UUID
    name: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class AskedClaim:
    """A claim of a payment about which a person was asked."""

    item_id: UUID
    queue: str
    reason: str
    state: str
    remittance_id: UUID
    payer_name: str
    payment_date: date


@dataclass(frozen=True, slots=True)
class QuestionsWanted:
    """Which questions; an empty payer or reason takes all.

    Attributes:
        since: First day of payment.
        until: Last day of payment.
        only_open: Only what still waits.
    """

    since: date
    until: date
    payer_name: str = ""
    reason: str = ""
    only_open: bool = False


def posting_by_payer(
    session: Session, client_id: UUID, since: date, until: date
) -> list[PayerPosting]:
    """Count payments, claims and lines of a period by payer, by name.

    Args:
        session: The open transaction.
        client_id: The practice.
        since: First day of payment.
        until: Last day of payment.
    """
    asked = was_asked(client_id)
    decided: Select[*tuple[Any, ...]] = select_columns(
        col(RemittanceClaimRow.remittance_id).label("remittance_id"),
        func.count().label("claims"),
        func.sum(case((asked, 1), else_=0)).label("asked"),
    ).where(col(RemittanceClaimRow.client_id) == client_id)
    claims = decided.group_by(col(RemittanceClaimRow.remittance_id)).subquery()
    lines = _lines(client_id, asked).subquery()
    statement = (
        select_columns(
            col(Remittance.payer_name),
            func.count(),
            func.coalesce(func.sum(claims.c.claims), 0),
            func.coalesce(func.sum(lines.c.lines), 0),
            func.coalesce(func.sum(lines.c.untouched), 0),
            func.coalesce(func.sum(claims.c.asked), 0),
        )
        .outerjoin(claims, claims.c.remittance_id == Remittance.id)
        .outerjoin(lines, lines.c.remittance_id == Remittance.id)
        .where(in_period(client_id, since, until))
        .group_by(col(Remittance.payer_name))
        .order_by(col(Remittance.payer_name))
    )
    return [PayerPosting(*row) for row in session.execute(statement)]


def reasons_by_payer(
    session: Session, client_id: UUID, since: date, until: date
) -> list[ReasonCount]:
    """Count the questions about claims of a period's payments by payer and reason."""
    is_open = case((col(WorkItem.state) == WorkItemState.OPEN, 1), else_=0)
    statement = (
        _questions(
            client_id,
            since,
            until,
            col(Remittance.payer_name),
            col(WorkItem.reason),
            func.count(),
            func.sum(is_open),
        )
        .group_by(col(Remittance.payer_name), col(WorkItem.reason))
        .order_by(col(Remittance.payer_name), func.count().desc(), col(WorkItem.reason))
    )
    return [ReasonCount(*row) for row in session.execute(statement)]


def list_asked_claims(
    session: Session,
    client_id: UUID,
    wanted: QuestionsWanted,
    *,
    after: UUID | None,
    limit: int,
) -> list[AskedClaim]:
    """List the questions behind one count, by item."""
    statement = _questions(
        client_id,
        wanted.since,
        wanted.until,
        col(WorkItem.id),
        col(WorkItem.queue),
        col(WorkItem.reason),
        col(WorkItem.state),
        col(Remittance.id),
        col(Remittance.payer_name),
        col(Remittance.payment_date),
    )
    if wanted.payer_name:
        statement = statement.where(col(Remittance.payer_name) == wanted.payer_name)
    if wanted.reason:
        statement = statement.where(col(WorkItem.reason) == wanted.reason)
    if wanted.only_open:
        statement = statement.where(col(WorkItem.state) == WorkItemState.OPEN)
    if after is not None:
        statement = statement.where(col(WorkItem.id) > after)
    rows = session.execute(statement.order_by(col(WorkItem.id)).limit(limit))
    return [AskedClaim(*row) for row in rows]


def list_kept_out_files(session: Session, client_id: UUID, *, limit: int) -> Sequence[KeptOutFile]:
    """List remittance files in quarantine, the newest first."""
    statement = (
        select_columns(
            col(InboundFile.id),
            col(InboundFile.name),
            col(InboundFile.reason),
            col(InboundFile.source),
        )
        .where(
            col(InboundFile.client_id) == client_id,
            col(InboundFile.kind) == REMITTANCE_FILE,
            col(InboundFile.state) == InboundFileState.QUARANTINED,
            # A file for another practice is shown to nobody here; the company's inbox has it.
            col(InboundFile.reason) != "posting.wrong_payee",
        )
        .order_by(col(InboundFile.received_at).desc(), col(InboundFile.id))
        .limit(limit)
    )
    return [KeptOutFile(*row) for row in session.execute(statement)]


def was_asked(client_id: UUID) -> ColumnElement[bool]:
    """Tell whether a claim needed a person: it was set aside, or something of it was asked."""
    item = (
        select_columns(col(WorkItem.id))
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.subject_kind).in_(KINDS_ASKED),
            col(WorkItem.subject_id) == RemittanceClaimRow.id,
        )
        .exists()
    )
    return or_(col(RemittanceClaimRow.outcome) == PostingOutcome.UNAPPLIED, item)


def lines_per_claim(client_id: UUID) -> Subquery:
    """Count the lines of each claim of a payment; the line 0 counts where it has no other."""
    return (
        select_columns(
            col(RemittanceLineRow.remittance_claim_id).label("claim_id"),
            func.max(
                case((col(RemittanceLineRow.ordinal) > 1, col(RemittanceLineRow.ordinal)), else_=1)
            ).label("lines"),
        )
        .where(col(RemittanceLineRow.client_id) == client_id)
        .group_by(col(RemittanceLineRow.remittance_claim_id))
        .subquery()
    )


def _lines(client_id: UUID, asked: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Count the lines of each payment."""
    per_claim = lines_per_claim(client_id)
    return (
        select_columns(
            col(RemittanceClaimRow.remittance_id).label("remittance_id"),
            func.sum(per_claim.c.lines).label("lines"),
            func.sum(case((asked, 0), else_=per_claim.c.lines)).label("untouched"),
        )
        .join(per_claim, per_claim.c.claim_id == RemittanceClaimRow.id)
        .where(col(RemittanceClaimRow.client_id) == client_id)
        .group_by(col(RemittanceClaimRow.remittance_id))
    )


def _questions(
    client_id: UUID, since: date, until: date, *columns: Any
) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(*columns)
        .select_from(WorkItem)
        .join(
            RemittanceClaimRow,
            and_(
                col(RemittanceClaimRow.client_id) == client_id,
                col(RemittanceClaimRow.id) == WorkItem.subject_id,
            ),
        )
        .join(
            Remittance,
            and_(
                col(Remittance.client_id) == client_id,
                col(Remittance.id) == RemittanceClaimRow.remittance_id,
            ),
        )
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.subject_kind).in_(KINDS_ASKED),
            in_period(client_id, since, until),
        )
    )


def in_period(client_id: UUID, since: date, until: date) -> ColumnElement[bool]:
    """Ask for payments dated in a period, both days included."""
    return and_(
        col(Remittance.client_id) == client_id,
        col(Remittance.payment_date) >= since,
        col(Remittance.payment_date) <= until,
    )
