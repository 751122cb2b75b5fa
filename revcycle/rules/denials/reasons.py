"""Why is an amount given up, or a denial closed? Codes for the trail, words for the page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WRITE_OFF_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "timely_filing": "filed too late, and nothing proves otherwise",
        "no_authorization": "no authorization, and none is granted any more",
        "not_covered": "not covered, and the patient does not owe it",
        "bundled": "part of another service that was paid",
        "not_documented": "the note does not support the service",
        "appeals_exhausted": "every level of appeal was refused",
        "not_worth_it": "costs more to pursue than it is worth",
    }
)
CLOSING_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reprocessing": "the payer said that it decides again by itself",
        "paid_elsewhere": "the money came with another remittance",
        "payer_takes_back": "the payer takes the decision back and sends it anew",
    }
)


def is_write_off_reason(code: str) -> bool:
    """Tell whether a code is one of the list.

    Source:
        The office's own list; a write-off without a reason cannot be reported on.
    """
    return code in WRITE_OFF_REASONS


def is_closing_reason(code: str) -> bool:
    """Tell whether a code is one of the list.

    Source:
        The office's own list: nothing stays denied without somebody who works on it.
    """
    return code in CLOSING_REASONS
