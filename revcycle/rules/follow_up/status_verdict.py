"""What does a payer's answer about a claim (277) mean?"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from models.documents.acknowledgement import ClaimStatus
from models.states.status_check import StatusVerdict
from models.values.money import ZERO, Money

VERDICTS: Final[Mapping[str, StatusVerdict]] = MappingProxyType(
    {
        # Acknowledgements, as far as payers send them in a 277: it has the claim, or not.
        "A0": StatusVerdict.PENDING,
        "A1": StatusVerdict.PENDING,
        "A2": StatusVerdict.PENDING,
        "A3": StatusVerdict.REFUSED,
        "A4": StatusVerdict.NOT_FOUND,
        "A5": StatusVerdict.PENDING,
        "A6": StatusVerdict.REFUSED,
        "A7": StatusVerdict.REFUSED,
        "A8": StatusVerdict.REFUSED,
        "D0": StatusVerdict.NOT_FOUND,
        "F1": StatusVerdict.PAID,
        "F2": StatusVerdict.DENIED,
        "F4": StatusVerdict.DENIED,
        "P0": StatusVerdict.PENDING,
        "P1": StatusVerdict.PENDING,
        "P2": StatusVerdict.PENDING,
        "P3": StatusVerdict.NEEDS_INFORMATION,  # asked of the provider
        "P4": StatusVerdict.NEEDS_INFORMATION,  # asked of the patient
        "P5": StatusVerdict.PENDING,
    }
)
DECIDED: Final = ("F",)  # finalized: F0, F3, F3F, F3N do not say how
REQUESTS: Final = ("R",)  # R0 to R17: more is needed before it is decided
# What needs a person most is what the claim's several statuses mean together.
GRAVEST_FIRST: Final = (
    StatusVerdict.NEEDS_INFORMATION,
    StatusVerdict.REFUSED,
    StatusVerdict.NOT_FOUND,
    StatusVerdict.PAID,
    StatusVerdict.DENIED,
    StatusVerdict.PENDING,
    StatusVerdict.NOT_SAID,
)
NEEDS_NOBODY: Final = frozenset({StatusVerdict.PENDING})


def judge_status(statuses: Sequence[ClaimStatus], paid: Money | None) -> StatusVerdict:
    """Say what became of a claim by all that its 277 says; nothing said is a verdict of its own.

    Source:
        ASC X12N/005010X212 (276/277), STC01-1; claim status category codes A, D, E, F, P, R.
    """
    verdicts = {_verdict_of(status, paid) for status in statuses}
    return next((one for one in GRAVEST_FIRST if one in verdicts), StatusVerdict.NOT_SAID)


def status_code(statuses: Sequence[ClaimStatus], paid: Money | None) -> str:
    """Return the status that the verdict follows from, as ``F1:65:PR``."""
    verdict = judge_status(statuses, paid)
    found = (status for status in statuses if _verdict_of(status, paid) is verdict)
    status = next(found, None)
    if status is None:
        return ""
    return ":".join(filter(None, (status.category, status.code, status.entity)))


def needs_person(verdict: StatusVerdict) -> bool:
    """Tell whether somebody must act on an answer; a payer that will decide is left to it."""
    return verdict not in NEEDS_NOBODY


def _verdict_of(status: ClaimStatus, paid: Money | None) -> StatusVerdict:
    known = VERDICTS.get(status.category)
    if known is not None:
        return known
    if status.category.startswith(REQUESTS):
        return StatusVerdict.NEEDS_INFORMATION
    if status.category.startswith(DECIDED):
        return StatusVerdict.PAID if paid is not None and paid > ZERO else StatusVerdict.DENIED
    return StatusVerdict.NOT_SAID
