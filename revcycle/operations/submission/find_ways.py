"""Which ways are open for a claim that no payer has judged?"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.values.money import ZERO, Money, total
from revcycle.operations.submission.bill_claim_to_patient import is_covered
from revcycle.operations.submission.redirect_claim import find_other_coverage
from revcycle.operations.submission.send_back_to_coder import why_not_back
from revcycle.operations.submission.unsent_claims import get_unsent_claim, owed_on_claim
from revcycle.store import clients, encounters


@dataclass(frozen=True, slots=True)
class ClaimWays:
    """What may become of a claim.

    Attributes:
        is_unjudged: It is held or rejected and no payer decided on it; without it no way is open.
        other_payer: The payer of another coverage in force on the day; empty when there is none.
        may_bill_patient: No coverage was in force on the day.
        may_recode: Its chart can go back to the coders.
        owed: What its payer owes on it in our books: what a write-off would give up.
    """

    is_unjudged: bool
    other_payer: str = ""
    may_bill_patient: bool = False
    may_recode: bool = False
    owed: Money = ZERO


def find_ways(session: Session, act: Act, claim_id: UUID) -> ClaimWays:
    """Look at a claim and its patient's coverages; nothing is changed.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    try:
        claim = get_unsent_claim(session, act.client_id, claim_id)
    except NotFoundError:
        raise
    except RejectedError:
        return ClaimWays(is_unjudged=False)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    other = find_other_coverage(session, act.client_id, claim, encounter)
    payers = clients.find_payers(session, act.client_id).values()
    names = {row.id: row.name for row in payers}
    return ClaimWays(
        is_unjudged=True,
        other_payer=names[other.payer_id] if other else "",
        may_bill_patient=not is_covered(session, act.client_id, encounter),
        may_recode=not why_not_back(session, act.client_id, claim),
        owed=total(owed_on_claim(session, act.client_id, claim).values()),
    )
