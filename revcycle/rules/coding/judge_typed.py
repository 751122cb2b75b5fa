"""What is wrong with a coding as it stands on a coder's page?"""

from collections.abc import Collection

from models.documents.coding_case import CodingCase
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding
from revcycle.rules.coding import check_coding


def judge_typed(
    case: CodingCase, unreadable: Collection[Finding], policy: CodingPolicy
) -> tuple[Finding, ...]:
    """Judge what was typed; a field that cannot be read is not judged further.

    Args:
        case: The coding as far as it could be read.
        unreadable: What ``read_coding`` said of fields that could not.
        policy: How grave each finding is here.

    Source:
        ``CODING_RULES`` and ``read_coding``.
    """
    fields = {finding.field for finding in unreadable}
    judged = (finding for finding in check_coding(case, policy) if finding.field not in fields)
    return (*unreadable, *judged)
