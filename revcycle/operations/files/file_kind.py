"""What kind of file did a payer or clearinghouse leave for us?"""

from models.errors import RejectedError
from revcycle.formats.x12.interchange import Interchange, Transaction, read_interchanges

UNKNOWN_KIND = "unknown"
CLAIM_ACKNOWLEDGEMENT_VERSION = "005010X214"  # the other 277 answers a 276
EXPECTED_KINDS = frozenset({"271", "277", "835", "999"})
# What nobody knows is read as an acknowledgement too: if it is none, it goes to quarantine.
ACKNOWLEDGEMENT_KINDS = ("TA1", "999", "277CA", UNKNOWN_KIND)


def file_kind(content: bytes) -> str:
    """Name the kind by what the envelope says, whatever the file is called.

    A TA1 that travels with a 999 is a 999 file: the acknowledgement reader looks for both.
    """
    try:
        interchanges = read_interchanges(content)
    except RejectedError:
        return UNKNOWN_KIND
    kinds = [kind for interchange in interchanges for kind in _kinds(interchange)]
    if kinds:
        return kinds[0]
    has_ta1 = any(segment.tag == "TA1" for one in interchanges for segment in one.loose)
    return "TA1" if has_ta1 else UNKNOWN_KIND


def _kinds(interchange: Interchange) -> list[str]:
    return [_kind(transaction) for transaction in interchange.transactions]


def _kind(transaction: Transaction) -> str:
    if transaction.kind == "277" and transaction.version.startswith(CLAIM_ACKNOWLEDGEMENT_VERSION):
        return "277CA"
    kind = "999" if transaction.kind == "997" else transaction.kind
    return kind if kind in EXPECTED_KINDS else UNKNOWN_KIND
