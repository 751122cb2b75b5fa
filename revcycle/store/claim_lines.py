"""The lines of a claim, when they are said anew."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, delete

from models.tables import ClaimLine, ExpectedAmount
from revcycle.store.ledger import in_chunks


def replace_lines(
    session: Session, client_id: UUID, claim_ids: Collection[UUID], lines: Sequence[ClaimLine]
) -> None:
    """Put lines in the place of all that these claims had; what was expected of those goes too.

    It is for claims that no payer has decided: decisions point at lines.
    """
    for ids in in_chunks(claim_ids):
        for table in (ExpectedAmount, ClaimLine):
            session.exec(
                delete(table).where(col(table.client_id) == client_id, col(table.claim_id).in_(ids))
            )
    session.add_all(lines)
    session.flush()
