"""Queries on refunds and on requests to give up what patients owe."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.ledger import EntryKind
from models.documents.patient_money import BalanceWriteOffPicture, RefundPicture, StandingCredit
from models.errors import NotFoundError
from models.states.balance_write_off import BalanceWriteOffKind, BalanceWriteOffState
from models.states.refund import OPEN_REFUND_STATES, RefundPayee, RefundState
from models.tables import BalanceWriteOff, LedgerEntry, Posting, Refund, Remittance
from models.values.accounts import Account
from models.values.money import ZERO

Violations = tuple[int, tuple[str, ...]]
PAID_STATES = (RefundState.PAID, RefundState.CLEARED)


def lock_refund(session: Session, client_id: UUID, refund_id: UUID) -> Refund:
    """Load a refund and keep others from changing it.

    Raises:
        NotFoundError: this practice has no such refund.
    """
    row = session.exec(
        select(Refund)
        .where(Refund.client_id == client_id, Refund.id == refund_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no refund {refund_id}"
        raise NotFoundError(msg)
    return row


def get_refund(session: Session, client_id: UUID, refund_id: UUID) -> RefundPicture:
    """Picture one refund.

    Raises:
        NotFoundError: this practice has no such refund.
    """
    row = session.exec(
        select(Refund).where(Refund.client_id == client_id, Refund.id == refund_id)
    ).one_or_none()
    if row is None:
        msg = f"no refund {refund_id}"
        raise NotFoundError(msg)
    return _picture(row)


def list_refunds(
    session: Session,
    client_id: UUID,
    *,
    states: Collection[RefundState] = (),
    limit: int,
    offset: int = 0,
) -> list[RefundPicture]:
    """List refunds, the latest first; of some states only if any are named."""
    statement = select(Refund).where(Refund.client_id == client_id)
    if states:
        statement = statement.where(col(Refund.state).in_(states))
    statement = statement.order_by(col(Refund.id).desc()).limit(limit).offset(offset)
    return [_picture(row) for row in session.exec(statement)]


def count_refunds(
    session: Session, client_id: UUID, *, states: Collection[RefundState] = ()
) -> int:
    """Count refunds; of some states only if any are named."""
    statement = select(func.count()).select_from(Refund).where(Refund.client_id == client_id)
    if states:
        statement = statement.where(col(Refund.state).in_(states))
    return session.exec(statement).one()


def list_refunds_of_credit(
    session: Session, client_id: UUID, credit: StandingCredit
) -> list[RefundPicture]:
    """List the refunds that give a credit back and are not paid yet."""
    statement = select(Refund).where(
        Refund.client_id == client_id,
        Refund.account == credit.account,
        Refund.receivable == credit.receivable,
        col(Refund.charge_id) == credit.charge_id,
        col(Refund.patient_id) == credit.patient_id,
        col(Refund.state).in_(OPEN_REFUND_STATES),
    )
    return [_picture(row) for row in session.exec(statement)]


def open_refunds(session: Session, client_id: UUID) -> list[RefundPicture]:
    """List every refund that speaks for a credit and is not paid yet."""
    statement = select(Refund).where(
        Refund.client_id == client_id, col(Refund.state).in_(OPEN_REFUND_STATES)
    )
    return [_picture(row) for row in session.exec(statement)]


def find_paid_refund(
    session: Session, client_id: UUID, remittance_claim_id: UUID
) -> RefundPicture | None:
    """Find the check that returned the unapplied money of a claim of a remittance.

    Every refund of it is locked, so that none is paid or made void meanwhile.
    """
    rows = session.exec(
        select(Refund)
        .where(Refund.client_id == client_id, Refund.remittance_claim_id == remittance_claim_id)
        .order_by(col(Refund.id))
        .with_for_update()
    ).all()
    return next((_picture(row) for row in rows if row.state in PAID_STATES), None)


def is_instrument_used(session: Session, client_id: UUID, instrument: str) -> bool:
    """Tell whether a check paid another refund already."""
    statement = select(Refund.id).where(
        Refund.client_id == client_id,
        Refund.instrument == instrument,
        Refund.state != RefundState.VOID,
    )
    return session.exec(statement).first() is not None


def waiting_for_payer(session: Session, client_id: UUID) -> list[Refund]:
    """Lock the paid refunds to payers that no payment has acknowledged yet."""
    statement = (
        select(Refund)
        .where(
            Refund.client_id == client_id,
            Refund.payee == RefundPayee.PAYER,
            col(Refund.state).in_(PAID_STATES),
            Refund.payer_reference != "",
            col(Refund.acknowledged_on).is_(None),
        )
        .order_by(col(Refund.id))
        .with_for_update()
    )
    return list(session.exec(statement))


def payer_trace_ids(session: Session, client_id: UUID) -> list[str]:
    """List the numbers under which payers sent payments; they begin the names of sub-ledgers."""
    statement = (
        select(Remittance.payer_trace_id).where(Remittance.client_id == client_id).distinct()
    )
    return sorted(session.exec(statement))


def refunds_unlike_promise(session: Session, client_id: UUID) -> Violations:
    """Paid refunds that one person let go where two were needed, or unlike the books."""
    booked_statement = (
        select_columns(col(LedgerEntry.source_key), func.sum(Posting.amount))
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.kind) == EntryKind.REFUND,
            col(Posting.account) == Account.REFUND_CLEARING,
        )
        .group_by(col(LedgerEntry.source_key))
    )
    booked = {key: sum_ or ZERO for key, sum_ in session.execute(booked_statement)}
    rows = session.exec(
        select(Refund).where(Refund.client_id == client_id, col(Refund.state).in_(PAID_STATES))
    ).all()
    wrong = [
        str(row.id)
        for row in rows
        if booked.get(f"refund:{row.id}", ZERO) != -row.amount
        or not row.instrument
        or (row.two_persons and row.decided_by in {"", row.requested_by})
    ]
    return len(rows), tuple(sorted(wrong))


def lock_write_off(session: Session, client_id: UUID, request_id: UUID) -> BalanceWriteOff:
    """Load a request to give a balance up, and keep others from changing it.

    Raises:
        NotFoundError: this practice has no such request.
    """
    row = session.exec(
        select(BalanceWriteOff)
        .where(BalanceWriteOff.client_id == client_id, BalanceWriteOff.id == request_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no request {request_id}"
        raise NotFoundError(msg)
    return row


def get_write_off(session: Session, client_id: UUID, request_id: UUID) -> BalanceWriteOffPicture:
    """Picture a request to give a balance up.

    Raises:
        NotFoundError: this practice has no such request.
    """
    row = session.exec(
        select(BalanceWriteOff).where(
            BalanceWriteOff.client_id == client_id, BalanceWriteOff.id == request_id
        )
    ).one_or_none()
    if row is None:
        msg = f"no request {request_id}"
        raise NotFoundError(msg)
    return _request(row)


def find_open_write_off(
    session: Session, client_id: UUID, patient_id: UUID
) -> BalanceWriteOffPicture | None:
    """Find the request about a patient's balance that waits for a decision."""
    row = session.exec(
        select(BalanceWriteOff).where(
            BalanceWriteOff.client_id == client_id,
            BalanceWriteOff.patient_id == patient_id,
            BalanceWriteOff.state == BalanceWriteOffState.REQUESTED,
        )
    ).one_or_none()
    return None if row is None else _request(row)


def _request(row: BalanceWriteOff) -> BalanceWriteOffPicture:
    return BalanceWriteOffPicture(
        row.id,
        row.patient_id,
        BalanceWriteOffKind(row.kind),
        row.reason,
        row.amount,
        row.requested_by,
        BalanceWriteOffState(row.state),
    )


def _picture(row: Refund) -> RefundPicture:
    return RefundPicture(
        id=row.id,
        payee=RefundPayee(row.payee),
        account=Account(row.account),
        patient_id=row.patient_id,
        charge_id=row.charge_id,
        amount=row.amount,
        reason=row.reason,
        state=RefundState(row.state),
        two_persons=row.two_persons,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        decided_by=row.decided_by,
        instrument=row.instrument,
        paid_on=row.paid_on,
        cleared_on=row.cleared_on,
        payer_reference=row.payer_reference,
        acknowledged_on=row.acknowledged_on,
    )
