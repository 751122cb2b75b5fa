"""Questions to a provider that do not lead: what is asked for usual gaps in a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

QUESTION_LENGTH_MAX: Final = 400  # what a work item holds


@dataclass(frozen=True, slots=True)
class QueryTemplate:
    """A beginning for a question. Brackets stand for what the coder fills in."""

    label: str
    text: str


# Each leaves every answer open and names no code and no money.
# Source: AHIMA and ACDIS, "Guidelines for Achieving a Compliant Query Practice" (2022 update):
# a query states facts of the record, offers every clinically reasonable answer with "other" and
# "unable to determine", and says nothing about payment.
QUERY_TEMPLATES: Final[Mapping[str, QueryTemplate]] = MappingProxyType(
    {
        "laterality": QueryTemplate(
            "Which side",
            "The note describes [finding] and does not say on which side. Please document: right, "
            "left, both sides, other, or unable to determine.",
        ),
        "specificity": QueryTemplate(
            "More detail",
            "The note says [condition] with [signs, results, treatment]. Please document the "
            "type, acuity or cause as far as you judge it clinically: [reasonable options], "
            "other, or unable to determine.",
        ),
        "documentation": QueryTemplate(
            "Missing documentation",
            "[Service] was reported for this visit and the note does not describe it. Please "
            "document what was done, if anything, or say that it was not done.",
        ),
        "signature": QueryTemplate(
            "Signature",
            "The note of this visit is not signed. Please review it, and sign and date it if it "
            "is complete, or correct it first.",
        ),
        "time": QueryTemplate(
            "Time",
            "The note describes [service] and does not state a time. If time was recorded, please "
            "document the total minutes on the date of the visit and what they were spent on.",
        ),
    }
)
