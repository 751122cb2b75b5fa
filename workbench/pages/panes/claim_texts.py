"""What the panes of claims say in words, and what of a claim a form brings back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from models.documents.finding import Finding
from models.values.display import to_dollars
from revcycle.operations.submission.partner_words import say_code
from revcycle.store.claim_pictures import ClaimPicture, PartnerWord

LABELS: Final = (("claim", "Claim"), ("payer", "Payer"), ("amount", "Charged"))


@dataclass(frozen=True, slots=True)
class SaidOfClaim:
    """What a partner said of a claim, in words.

    Attributes:
        meaning: What follows from it.
        about: What the code points at.
    """

    kind: str
    code: str
    meaning: str
    about: str
    is_accepted: bool
    said_at: datetime
    inbound_file_id: UUID


@dataclass(frozen=True, slots=True)
class Edit:
    """One finding of our own edits.

    Attributes:
        is_mended: It was found when the claim was held, and is not found any more.
    """

    rule_id: str
    severity: str
    field: str
    message: str
    is_mended: bool = False


def claim_values(claim: ClaimPicture) -> dict[str, str]:
    """Say what a form was filled in for; it brings the sum of it back."""
    return {
        "claim": str(claim.state),
        "payer": claim.payer_name,
        "amount": to_dollars(claim.charge_total),
    }


def say_word(word: PartnerWord) -> SaidOfClaim:
    """Say an acknowledgement in words; a code without words of ours is shown as it is."""
    meaning, about = say_code(word.kind, word.code)
    return SaidOfClaim(
        kind=word.kind,
        code=word.code,
        meaning=meaning or ("accepted" if word.is_accepted else "refused"),
        about=about,
        is_accepted=word.is_accepted,
        said_at=word.said_at,
        inbound_file_id=word.inbound_file_id,
    )


def mended(found_then: Sequence[Edit], found_now: Sequence[Finding]) -> list[Edit]:
    """List what the edits find now, then what they found before and do not find any more."""
    now = [Edit(one.rule_id, str(one.severity), one.field, one.message) for one in found_now]
    still = {(one.rule_id, one.field) for one in now}
    gone = [one for one in found_then if (one.rule_id, one.field) not in still]
    return [*now, *(replace(one, is_mended=True) for one in gone)]
