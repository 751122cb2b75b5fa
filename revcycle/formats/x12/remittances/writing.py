"""835: the segments of one remittance, as a payer writes them."""

from collections.abc import Iterator
from typing import Final

from models.documents.remittance import RemittanceDocument
from revcycle.formats.x12.remittances import writing_claims
from revcycle.formats.x12.remittances.writing_payments import payment_segments
from revcycle.formats.x12.remittances.writing_text import Pen
from revcycle.formats.x12.segments import Delimiters, Segment

FILING_INDICATORS: Final = writing_claims.FILING_INDICATORS


def remittance_segments(
    document: RemittanceDocument,
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
    *,
    is_copy: bool = False,
) -> Iterator[Segment]:
    """Write everything between ST and SE.

    Args:
        document: What to write.
        delimiters: Of the file.
        is_copy: As in ``write_remittances``.

    Raises:
        RejectedError: something required is missing or cannot be carried.
    """
    return payment_segments(Pen(delimiters, is_copy), document)
