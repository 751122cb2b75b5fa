"""Must a remittance file be refused as a whole?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from models.documents.finding import Finding, is_blocking
from models.documents.posting import PaymentContent, TraceKey
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.values.money import Money


class Refusal(StrEnum):
    """Why nothing of a file is posted."""

    UNREADABLE = "posting.unreadable"
    UNBALANCED = "posting.unbalanced"
    WRONG_PAYEE = "posting.wrong_payee"
    DUPLICATE_TRACE = "posting.duplicate_trace"
    TRACE_REUSED = "posting.trace_reused"
    INTERCHANGE_REUSED = "posting.interchange_reused"


def trace_key(document: RemittanceDocument) -> TraceKey:
    """Return what identifies a payment between payer and payee.

    Source:
        ASC X12 005010X221A1 (835), TRN; X12 RFI 1847.
    """
    return document.payer_trace_id, document.trace_number


def signed_amount(document: RemittanceDocument) -> Money:
    """Return the payment, negative where the payer takes money.

    Source:
        ASC X12 005010X221A1 (835), BPR02 and BPR03.
    """
    return document.amount if document.is_credit else -document.amount


def content_of(document: RemittanceDocument) -> PaymentContent:
    """Picture a payment, to be compared with one posted before.

    Source:
        X12 RFI 1847: some payers use one trace number for every payment of zero.
    """
    return PaymentContent(
        signed_amount(document), tuple(sorted(_facts(claim) for claim in document.claims))
    )


def refusal_of(
    documents: Sequence[RemittanceDocument],
    findings: Iterable[Finding],
    gaps: Iterable[Finding],
    *,
    payee_npis: frozenset[str],
    payee_tin: str,
    posted: Mapping[TraceKey, PaymentContent],
    is_known_interchange: bool = False,
) -> Refusal | None:
    """Return why a file may not be posted, or None: all of it or nothing.

    Args:
        documents: Every payment of the file.
        findings: What the reader noticed; an error leaves something unread.
        gaps: What does not add up.
        payee_npis: The practice's own NPIs.
        payee_tin: The practice's tax number.
        posted: Payments in our books, by trace.
        is_known_interchange: Another file of the same sender had its number (ISA13).

    A file that names another payee is misrouted whatever else is wrong with it: the practice may
    not see what is in it, not even to find the mistake.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2 (balancing) and 1.10.2.3 (re-association).
    """
    if any(names_another(document, payee_npis, payee_tin) for document in documents):
        return Refusal.WRONG_PAYEE
    if not documents or is_blocking(findings):
        return Refusal.UNREADABLE
    if any(gaps):
        return Refusal.UNBALANCED
    if not all(is_paid_to(document, payee_npis, payee_tin) for document in documents):
        return Refusal.WRONG_PAYEE
    refusal = _trace_refusal(documents, posted)
    return Refusal.INTERCHANGE_REUSED if is_known_interchange and refusal is None else refusal


def _trace_refusal(
    documents: Sequence[RemittanceDocument], posted: Mapping[TraceKey, PaymentContent]
) -> Refusal | None:
    repeated = [document for document in documents if trace_key(document) in posted]
    if any(content_of(document) != posted[trace_key(document)] for document in repeated):
        return Refusal.TRACE_REUSED
    if repeated:
        return Refusal.DUPLICATE_TRACE
    counts = Counter(trace_key(document) for document in documents)
    return Refusal.TRACE_REUSED if any(count > 1 for count in counts.values()) else None


def is_paid_to(document: RemittanceDocument, payee_npis: frozenset[str], payee_tin: str) -> bool:
    """Tell whether a payment names a practice as its payee, by NPI or by tax number.

    Source:
        ASC X12 005010X221A1 (835), loop 1000B: N104 and REF*TJ. Names are not compared.
    """
    payee = document.payee
    return payee.npi in payee_npis or (bool(payee_tin) and payee.tax_id == payee_tin)


def names_another(document: RemittanceDocument, payee_npis: frozenset[str], payee_tin: str) -> bool:
    """Tell whether a payment names somebody else as its payee; one that names nobody does not.

    Source:
        ASC X12 005010X221A1 (835), loop 1000B: N104 and REF*TJ.
    """
    payee = document.payee
    is_named = bool(payee.npi or payee.tax_id)
    return is_named and not is_paid_to(document, payee_npis, payee_tin)


def _facts(claim: RemittanceClaim) -> tuple[str, str, Money, Money]:
    return claim.claim_control_number, claim.status, claim.charge, claim.paid
