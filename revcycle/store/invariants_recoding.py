"""Queries that count what must always hold of charts that are coded anew."""

from typing import Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.tables import Charge, Claim, Encounter, Posting
from models.values.accounts import Account
from models.values.money import ZERO

Violations = tuple[int, tuple[str, ...]]
"""How many records were checked, and which of them are wrong."""
# A chart on its way to a claim; a claim that exists meanwhile waits for it, or is done with.
WITH_CODERS: Final = (EncounterState.CODING, EncounterState.QUERIED, EncounterState.CODED)
# No payer has judged these: two of one visit would be two bills for one service.
UNJUDGED: Final = (
    ClaimState.DRAFT,
    ClaimState.HELD,
    ClaimState.RECODING,
    ClaimState.READY,
    ClaimState.SUBMITTED,
    ClaimState.RECEIVED,
    ClaimState.ACCEPTED,
    ClaimState.REJECTED,
)
WHOLE: Final = (EncounterState.BILLED, EncounterState.VOIDED)


def claims_unlike_charts(session: Session, client_id: UUID) -> Violations:
    """Claims that wait for a coder who has no chart of them, or do not wait while one has it.

    A visit with two claims that ask for the same payer's first judgement is wrong too.
    """
    rows = session.execute(
        select_columns(col(Claim.id), col(Claim.state), col(Encounter.state))
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Claim.encounter_id),
        )
        .where(col(Claim.client_id) == client_id, col(Claim.state) != ClaimState.CLOSED)
    ).all()
    wrong = [
        str(claim_id)
        for claim_id, state, chart in rows
        if (state == ClaimState.RECODING) != (chart in WITH_CODERS)
    ]
    return len(rows), (*wrong, *_asked_twice(session, client_id))


def _asked_twice(session: Session, client_id: UUID) -> list[str]:
    twice = session.exec(
        select(Claim.encounter_id)
        .where(Claim.client_id == client_id, col(Claim.state).in_(UNJUDGED))
        .group_by(col(Claim.encounter_id), col(Claim.payer_rank))
        .having(func.count() > 1)
    )
    return [f"encounter {encounter_id}" for encounter_id in twice]


def charges_of_nothing(session: Session, client_id: UUID) -> Violations:
    """Services that are not coded any more, or of voided visits, and are charged all the same.

    A chart that is with a coder is not looked at: its books follow when it is coded.
    """
    charged = func.sum(Posting.amount).filter(col(Posting.account) == Account.CHARGES)
    statement = (
        select_columns(col(Charge.id), charged)
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Charge.encounter_id),
        )
        .join(
            Posting, (col(Posting.client_id) == client_id) & (col(Posting.charge_id) == Charge.id)
        )
        .where(
            col(Charge.client_id) == client_id,
            col(Encounter.state).in_(WHOLE),
            col(Charge.is_withdrawn) | (col(Encounter.state) == EncounterState.VOIDED),
        )
        .group_by(col(Charge.id))
    )
    rows = session.execute(statement).all()
    return len(rows), tuple(
        str(charge_id) for charge_id, amount in rows if amount not in (None, ZERO)
    )
