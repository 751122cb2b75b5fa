"""Write down a telephone call about a claim, or that we wait for its payer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.tables import ClaimContact
from revcycle.store import claims
from revcycle.store.audit import record_act

LONGEST: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """What was said, or that we wait.

    Attributes:
        spoken_with: Who answered; empty where nobody was called.
        reference: The payer's number of the call.
        said: What was said; it may hold PHI.
        wait_until: A day until which nobody asks or is reminded.
    """

    spoken_with: str = ""
    reference: str = ""
    said: str = ""
    wait_until: date | None = None


def note_contact(session: Session, act: Act, claim_id: UUID, contact: Contact) -> None:
    """Keep a contact for ever; the payer is not asked before the day until which we wait.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: it says nothing, or waits for a day that is past or too far away.
    """
    claims.get_claim(session, act.client_id, claim_id)
    if contact.wait_until is None and not (contact.spoken_with and contact.said):
        msg = "a call needs who answered and what was said"
        raise RejectedError(msg)
    until = contact.wait_until
    if until is not None and not act.today < until <= act.today + LONGEST:
        msg = f"wait until a day within the next {LONGEST.days} days"
        raise RejectedError(msg)
    session.add(
        ClaimContact(
            client_id=act.client_id,
            claim_id=claim_id,
            at=act.at,
            author=act.actor,
            spoken_with=contact.spoken_with[:80],
            reference=contact.reference[:60],
            said=contact.said[:1000],
            wait_until=until,
        )
    )
    action = "note_call" if contact.spoken_with else "wait_for_payer"
    record_act(session, act.client_id, act, action, "claim", claim_id)
