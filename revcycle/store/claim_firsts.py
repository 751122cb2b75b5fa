"""How claims fared when they were judged for the first time: by our edits, and by their payers.

What came later counts no more: a claim that was held, put right and paid was not clean, and one
that was denied and then paid was denied. So both rates say how well the work before was done.

Source:
    HFMA MAP keys CL-1 (clean claim rate) and AR-5 (remittance denial rate), over claims instead
    of remittances; capitated claims are not left out.
"""

from collections import Counter
from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.states.claim import ClaimEvent, ClaimState
from models.tables import Claim, StateChange
from revcycle.store.claim_figures import NOUN, ClaimRow
from revcycle.store.practice_days import Period, is_within, spans_of


class FirstAnswer(StrEnum):
    """What somebody said of a claim first. The value stands in the address."""

    CLEAN = "clean"  # our edits let it pass, and no person was needed
    STOPPED = "stopped"  # one of our edits held it
    PAID = "paid"  # its payer, or one of its lines
    DENIED = "denied"  # at least one line of it


EVENTS: Final = {
    FirstAnswer.CLEAN: ClaimEvent.CLEAR,
    FirstAnswer.STOPPED: ClaimEvent.HOLD,
    FirstAnswer.PAID: ClaimEvent.PAY,
    FirstAnswer.DENIED: ClaimEvent.DENY,
}
_OF_EDITS: Final = (ClaimEvent.CLEAR, ClaimEvent.HOLD)
_OF_PAYERS: Final = (ClaimEvent.PAY, ClaimEvent.DENY)


def count_firsts(
    session: Session, client_ids: Collection[UUID], period: Period
) -> Counter[FirstAnswer]:
    """Count the claims that were judged first within a period, by what was said of them."""
    answers = {event: answer for answer, event in EVENTS.items()}
    statement = _firsts(session, client_ids, period, EVENTS.values(), func.count())
    rows = session.execute(
        statement.add_columns(col(StateChange.event)).group_by(col(StateChange.event))
    )
    return Counter({answers[ClaimEvent(event)]: count for count, event in rows})


def list_firsts(
    session: Session,
    client_ids: Collection[UUID],
    answer: FirstAnswer,
    period: Period,
    *,
    after: UUID | None,
    limit: int,
) -> list[ClaimRow]:
    """List the claims of which this was said first within a period, the newest first."""
    columns = (
        col(Claim.client_id),
        col(Claim.id),
        col(Claim.control_number),
        col(Claim.payer_rank),
        col(Claim.state),
        col(Claim.charge_total),
        col(Claim.file_by),
    )
    statement = _firsts(session, client_ids, period, (EVENTS[answer],), *columns).join(
        Claim,
        and_(
            col(Claim.client_id) == col(StateChange.client_id),
            col(Claim.id) == col(StateChange.subject_id),
        ),
    )
    if after is not None:
        statement = statement.where(col(Claim.id) < after)
    rows = session.execute(statement.order_by(col(Claim.id).desc()).limit(limit))
    return [ClaimRow(row[0], row[1], row[2], row[3], ClaimState(row[4]), *row[5:]) for row in rows]


def _firsts(
    session: Session,
    client_ids: Collection[UUID],
    period: Period,
    events: Collection[ClaimEvent],
    *columns: Any,
) -> Select[*tuple[Any, ...]]:
    """Select moves within a period before which the same judge had said nothing of the claim."""
    spans = spans_of(session, client_ids, [period])
    change = StateChange
    return (
        select_columns(*columns)
        .select_from(change)
        .where(
            col(change.noun) == NOUN,
            col(change.event).in_(events),
            or_(*(_is_first_of(client_ids, judge) for judge in (_OF_EDITS, _OF_PAYERS))),
            *is_within(spans, col(change.client_id), col(change.at), client_ids),
        )
    )


def _is_first_of(
    client_ids: Collection[UUID], events: Collection[ClaimEvent]
) -> ColumnElement[bool]:
    earlier = aliased(StateChange)
    said_before = (
        select_columns(col(earlier.id))
        .where(
            col(earlier.client_id).in_(client_ids),
            col(earlier.client_id) == col(StateChange.client_id),
            col(earlier.noun) == NOUN,
            col(earlier.subject_id) == col(StateChange.subject_id),
            col(earlier.event).in_(events),
            or_(
                col(earlier.at) < col(StateChange.at),
                and_(col(earlier.at) == col(StateChange.at), col(earlier.id) < col(StateChange.id)),
            ),
        )
        .exists()
    )
    return and_(col(StateChange.event).in_(events), ~said_before)
