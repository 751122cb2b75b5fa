"""Procedures for which practices have prices: they can be found without a list of their words."""

from collections.abc import Collection

from models.documents.billing_code import BillingCodeDocument
from models.values.billing_codes import CodeSystem
from revcycle.reference.icd10 import KNOWN_FROM
from revcycle.reference.procedures import PROCEDURE_LABELS


def list_priced_codes(codes: Collection[str]) -> list[BillingCodeDocument]:
    """List procedures in order, with our own words for the few that we have some for.

    Nothing is said of their days: a price is no statement that a code may be billed.
    """
    return [
        BillingCodeDocument(CodeSystem.PRICED, code, PROCEDURE_LABELS.get(code, ""), KNOWN_FROM)
        for code in sorted(codes)
    ]
