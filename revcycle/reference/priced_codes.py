"""Procedures for which practices have prices: they can be found without a list of their words."""

from collections.abc import Collection, Mapping

from models.documents.billing_code import BillingCodeDocument
from models.values.billing_codes import CodeSystem
from revcycle.reference.icd10 import KNOWN_FROM


def list_priced_codes(
    codes: Collection[str], words: Mapping[str, str]
) -> list[BillingCodeDocument]:
    """List procedures in order, with words for those that have some.

    Nothing is said of their days: a price is no statement that a code may be billed.
    """
    return [
        BillingCodeDocument(CodeSystem.PRICED, code, words.get(code, ""), KNOWN_FROM)
        for code in sorted(codes)
    ]
