"""Finish an item whose work was done elsewhere: on the telephone, in a portal, on paper."""

from contextlib import suppress
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.tables import Claim, Encounter, WorkItem
from revcycle.store import claims, encounters, work_items, work_notes
from revcycle.store.audit import record_act

RESOLUTION: Final = "done_by_hand"
# Nothing but their items keeps these from being forgotten, so a note does not end them.
STUCK_CLAIMS: Final = frozenset({ClaimState.HELD, ClaimState.RECODING, ClaimState.REJECTED})
STUCK_VISITS: Final = frozenset(
    {EncounterState.NEEDS_FIX, EncounterState.CODING, EncounterState.QUERIED}
)


def finish_item(session: Session, act: Act, work_item_id: UUID, *, token: int, what: str) -> None:
    """Close an item that the actor holds, with a note of what was done.

    Raises:
        RejectedError: nothing says what was done, or the item is about a denial, a held or
            rejected claim, or a visit that cannot go on: it ends by a decision, not by a note.
        StaleLeaseError: the lease is not the actor's any more.
    """
    if not what.strip():
        msg = "say what was done, for whoever asks later"
        raise RejectedError(msg)
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if reason := _why_not(session, act.client_id, item):
        raise RejectedError(reason)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=RESOLUTION
    )
    work_notes.add_note(session, act.client_id, act, work_item_id, what.strip())
    record_act(session, act.client_id, act, "finish", "work_item", work_item_id)


def _why_not(session: Session, client_id: UUID, item: WorkItem) -> str:
    """Say what ends this item instead; empty when a note may."""
    if item.subject_kind == "denial":
        return "a denial ends by a decision: correct, appeal, bill, write off or close it"
    with suppress(NotFoundError):  # an item may outlive what it was about
        if item.subject_kind == "claim":
            return _why_not_claim(claims.get_claim(session, client_id, item.subject_id))
        if item.subject_kind == "encounter":
            return _why_not_visit(encounters.get_encounter(session, client_id, item.subject_id))
    return ""


def _why_not_claim(claim: Claim) -> str:
    if claim.state not in STUCK_CLAIMS:
        return ""
    return f"this claim is {claim.state}: it goes on when it is sent, redirected or given up"


def _why_not_visit(visit: Encounter) -> str:
    if visit.state not in STUCK_VISITS:
        return ""
    return "this visit cannot go on yet: correct, code, answer or void it"
