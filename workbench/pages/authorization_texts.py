"""Authorizations in words, for every page that names them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from models.values.authorized import AuthorizationSource
from revcycle.operations.verification.authorizations_left import AuthorizationLeft
from revcycle.rules.coding.authorized_visits import FEW

SOURCE_WORDS: Final = {
    AuthorizationSource.PERSON: "written down by",
    AuthorizationSource.FILE: "from a file, by",
    AuthorizationSource.PAYER: "told by the payer, read by",
}


@dataclass(frozen=True, slots=True, repr=False)
class ShownAuthorization:
    """An authorization in words."""

    payer_name: str
    number: str
    procedures: str
    period: tuple[date | None, date | None]
    counted_from: date | None
    counts: str
    allowed: int
    used: int
    left: int
    tone: str
    told: str


def shown(one: AuthorizationLeft, *, today: date) -> ShownAuthorization:
    """Put an authorization into words; nothing left, few left and over have a tone."""
    known = one.authorization
    is_over = known.valid_to is not None and known.valid_to < today
    tone = "over" if is_over else "none" if not one.left else "few" if one.left <= FEW else ""
    return ShownAuthorization(
        payer_name=one.payer_name,
        number=known.number,
        procedures=known.procedures.replace(",", ", "),
        period=(known.valid_from, known.valid_to),
        counted_from=known.counted_from,
        counts=known.counts.named(known.allowed),
        allowed=known.allowed,
        used=one.used,
        left=one.left,
        tone=tone,
        told=f"{SOURCE_WORDS[known.source]} {one.noted_by}",
    )
