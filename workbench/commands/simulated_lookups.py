"""What simulated staff look up, or hear on the phone, before they decide."""

import hashlib
import re
from uuid import UUID

from sqlmodel import Session

from models.tables import WorkItem
from revcycle.store import claims, clients


def claim_payer_key(session: Session, client_id: UUID, claim_id: UUID) -> str:
    """Name the payer of a claim as the client file does."""
    claim = claims.get_claim(session, client_id, claim_id)
    payers = clients.find_payers(session, client_id)
    return next(key for key, row in payers.items() if row.id == claim.payer_id)


def doubtful_patient(item: WorkItem) -> UUID | None:
    """Read from a patient match item who the patient may be."""
    found = re.search(r"[0-9a-f-]{36}", item.detail)
    return UUID(found.group()) if found else None


def invented_member_id(text: str) -> str:
    """Invent the member id that a patient reads out on the phone; it ends in 0: active."""
    return f"X{_number(text) % 10_000_000:07d}0"


def chance(text: str) -> float:
    """Draw from 0 to 1, always the same for the same text."""
    return _number(text) / 0xFFFFFFFF


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
