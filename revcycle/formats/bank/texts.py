"""What free text of a bank line says: the payer's trace, a check number."""

import re
from dataclasses import dataclass
from typing import Final

TEXT_LENGTH: Final = 300
NUMBER_LENGTH: Final = 50
# The addenda of a CCD+ payment repeats the TRN of the 835. Banks wrap it, so that a break may
# stand anywhere in it; its end is a backslash, a tilde or just the end of ten characters.
_TRACE: Final = re.compile(
    r"TRN\s?\*\s?1\s?\*([^*\\~\r\n]{1,50})\*([0-9A-Za-z]{1,10})(?:\*[^*\\~\r\n]{0,50})?"
)
_CHECK: Final = re.compile(
    r"\b(?:CHECK|CHK|CK)\b[ #:]*(?:NO\.?|NUM(?:BER)?)?[ #:.]*([0-9]{3,20})\b", re.IGNORECASE
)
_UNSEEN: Final = re.compile(r"[^\x20-\x7e\xa1-\uffff]+")
LAST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Trace:
    """TRN02 and TRN03 of a payment; both empty where the bank passed none on."""

    number: str = ""
    payer_id: str = ""


NO_TRACE: Final = Trace()


def find_trace(pieces: tuple[str, ...]) -> Trace:
    r"""Find the trace in text that came in pieces: wrapped anywhere, or one piece a line.

    Source:
        NACHA CCD+ addenda as CORE rule 370 demands it: ``TRN*1*trace*payer id\``.
    """
    found = _TRACE.search("".join(pieces)) or _TRACE.search(" ".join(pieces))
    if found is None:
        return NO_TRACE
    return Trace(found[1].strip(), found[2].strip())


def find_check_number(text: str) -> str:
    """Find the number of a check in words such as "CHECK NO 4711"."""
    found = _CHECK.search(text)
    return found[1] if found else ""


def plain(text: str, length: int = TEXT_LENGTH) -> str:
    """Return text in one line, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub(" ", text).split())[:length]


def last_digits(account: str) -> str:
    """Keep the last four signs of an account number; more of it is never kept."""
    return "".join(sign for sign in account if sign.isalnum())[-LAST_DIGITS:]
