"""Which denials say that another payer, or none, is responsible?"""

from typing import Final

# Not found, before or after coverage, another payer first, managed care, wrong payer.
COVERAGE_REASONS: Final = frozenset({"22", "24", "26", "27", "31", "32", "33", "109", "200"})


def asks_for_verification(carc: str) -> bool:
    """Tell whether the coverage of the day is asked about again before anything else is done.

    Source:
        The playbook: coverage denials begin with a question (270) for the date of service.
    """
    return carc in COVERAGE_REASONS
