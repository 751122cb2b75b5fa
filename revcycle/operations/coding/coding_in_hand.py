"""What a coder's page holds while it is open, and what must still be true when it is sent."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.errors import RejectedError
from revcycle.rules.coding.compare_codings import coding_fingerprint
from revcycle.store import codings, encounters, work_items


class ChangedCodingError(RejectedError):
    """Somebody changed the codes since the coder saw them; nothing was changed now."""

    def __init__(self, now: CodingDocument) -> None:
        self.now = now
        super().__init__("the codes were changed since you opened them")


@dataclass(frozen=True, slots=True)
class CodingInHand:
    """An encounter on a coder's page.

    Attributes:
        shown: The fingerprint of the stored coding that the page was made from.
        token: The fencing token of the coder's lease.
    """

    encounter_id: UUID
    work_item_id: UUID
    token: int
    shown: str


def require_in_hand(
    session: Session, act: Act, in_hand: CodingInHand, wanted: CodingDocument
) -> None:
    """Refuse whoever lost the item, or saw codes that are not there any more.

    Codes that are already as they are wanted conflict with nobody.

    Raises:
        NotFoundError: this practice has no such encounter.
        StaleLeaseError: the coder does not hold the item any more.
        ChangedCodingError: the stored codes are others than the page showed.
    """
    work_items.require_lease(session, act.client_id, act, in_hand.work_item_id, token=in_hand.token)
    encounter = encounters.get_encounter(session, act.client_id, in_hand.encounter_id)
    now = codings.list_codings(session, act.client_id, [encounter])[encounter.id]
    if coding_fingerprint(now) not in {in_hand.shown, coding_fingerprint(wanted)}:
        raise ChangedCodingError(now)
