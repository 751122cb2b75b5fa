"""Which wording does an appeal begin with?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GENERAL, SECOND_LEVEL = "general", "second_level"

# Wordings by name, with what a person chooses them by; each is a file of templates/letters/appeals.
WORDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        GENERAL: "any reason",
        "records": "records are enclosed",
        "clinical": "medically necessary",
        "authorization": "authorization",
        "coding": "separate or correctly coded service",
        "filing_limit": "filed in time",
        "coverage": "covered on the date",
        "benefit": "covered benefit",
        "payment": "paid below the contract",
        SECOND_LEVEL: "next level after an answer",
    }
)
WORDING_OF_CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "authorization": "authorization",
        "benefit": "benefit",
        "clinical": "clinical",
        "coding": "coding",
        "coordination": "coverage",
        "eligibility": "coverage",
        "filing_limit": "filing_limit",
        "records": "records",
        "missing_information": "records",
        "underpayment": "payment",
        "appeal": SECOND_LEVEL,
    }
)


def choose_wording(category: str, *, sent_before: int) -> str:
    """Name the wording for a denial of a category; after a letter that was sent, the next level.

    Args:
        category: From the playbook.
        sent_before: How many letters about this denial were sent.

    Source:
        The playbook: an earlier decision that stands goes to the next level with new argument.
    """
    if sent_before:
        return SECOND_LEVEL
    return WORDING_OF_CATEGORIES.get(category, GENERAL)
