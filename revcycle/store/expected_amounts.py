"""Queries on what claim lines should bring."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.contract import Expectation
from models.tables import ExpectedAmount
from models.values.identifiers import new_id
from revcycle.store.ledger import in_chunks

ARITHMETIC_LENGTH = 400


def replace_expectations(
    session: Session,
    client_id: UUID,
    act: Act,
    expectations: Sequence[Expectation],
) -> None:
    """Put these amounts in the place of all that was said of their claims."""
    for ids in in_chunks({one.claim_id for one in expectations}):
        session.execute(
            delete(ExpectedAmount).where(
                col(ExpectedAmount.client_id) == client_id, col(ExpectedAmount.claim_id).in_(ids)
            )
        )
    rows = [_row(client_id, act, one) for one in expectations]
    if rows:
        session.execute(insert(ExpectedAmount).execution_options(render_nulls=True), rows)


def list_expectations(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[Expectation]:
    """List what the lines of claims should bring."""
    return [
        Expectation(
            row.claim_id,
            row.claim_line_id,
            row.amount,
            row.arithmetic,
            row.tolerance,
            row.term_key,
            row.version,
        )
        for ids in in_chunks(claim_ids)
        for row in session.exec(
            select(ExpectedAmount).where(
                ExpectedAmount.client_id == client_id, col(ExpectedAmount.claim_id).in_(ids)
            )
        )
    ]


def mark_compared(session: Session, client_id: UUID, act: Act, claim_ids: Collection[UUID]) -> None:
    """Note that the decisions about claims were held against the contract now."""
    for ids in in_chunks(claim_ids):
        session.execute(
            update(ExpectedAmount)
            .where(
                col(ExpectedAmount.client_id) == client_id, col(ExpectedAmount.claim_id).in_(ids)
            )
            .values(compared_at=act.at)
        )


def _row(client_id: UUID, act: Act, one: Expectation) -> Mapping[str, object]:
    return {
        "client_id": client_id,
        "id": new_id(),
        "claim_id": one.claim_id,
        "claim_line_id": one.claim_line_id,
        "amount": one.amount,
        "term_key": one.term_key,
        "version": one.version,
        "arithmetic": one.arithmetic[:ARITHMETIC_LENGTH],
        "tolerance": one.tolerance,
        "priced_at": act.at,
        "compared_at": None,
    }
