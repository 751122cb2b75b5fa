"""What is wrong with a coding as it stands on a coder's page?"""

from datetime import date

from models.documents.finding import Finding
from revcycle.rules.coding import check_coding
from revcycle.rules.coding.typed_coding import TypedCoding, read_coding


def judge_typed(typed: TypedCoding, service_date: date) -> tuple[Finding, ...]:
    """Judge what was typed; a field that cannot be read is not judged further.

    Source:
        ``CODING_RULES`` and ``read_coding``.
    """
    coding, unreadable = read_coding(typed, service_date)
    fields = {finding.field for finding in unreadable}
    judged = (finding for finding in check_coding(coding) if finding.field not in fields)
    return (*unreadable, *judged)
