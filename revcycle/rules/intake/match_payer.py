"""Which of the practice's payers does a coverage mean?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_SELF_PAY: Final = frozenset(
    ("selfpay", "self", "noinsurance", "none", "uninsured", "cash", "patient")
)


@dataclass(frozen=True, slots=True)
class KnownPayer:
    """What identifies a payer of the practice."""

    key: str
    name: str
    payer_id: str
    aliases: tuple[str, ...] = ()


def match_payer(payers: Sequence[KnownPayer], *, name: str, payer_id: str) -> str | None:
    """Return the key of the payer that was meant; None if there is none, or doubt.

    The payer id decides. Without a known id the name does, or an alias, compared without letter
    case, punctuation and blanks. An id and a name that mean different payers, or a name that two
    payers share, mean nobody: a person decides.

    Source:
        Our rule; 837 loop 2010BB names a payer by NM109, so the id is the stronger fact.
    """
    by_id = {payer.key for payer in payers if payer_id and payer.payer_id == payer_id}
    wanted = _plain(name)
    by_name = {payer.key for payer in payers if wanted and wanted in _names(payer)}
    found = by_id & by_name if by_id and by_name else by_id or by_name
    return next(iter(found)) if len(found) == 1 else None


def is_self_pay(name: str) -> bool:
    """Tell whether what stands as a payer says that the patient pays.

    Source:
        Our list of what EHRs write there, among them Synthea's ``no_insurance``.
    """
    return _plain(name) in _SELF_PAY


def _names(payer: KnownPayer) -> frozenset[str]:
    return frozenset(_plain(name) for name in (payer.name, *payer.aliases))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())
