"""The list of ICD-10-CM codes as the database holds it: validity by date joined to titles."""

from collections.abc import Iterator, Mapping

from models.documents.billing_code import BillingCodeDocument
from models.values.billing_codes import CodeSystem
from revcycle.reference.icd10 import KNOWN_FROM, KNOWN_THROUGH, all_icd10_periods


def list_icd10_code_documents(titles: Mapping[str, str]) -> list[BillingCodeDocument]:
    """List every period of every code, and every heading, in the order in which they are found.

    Short titles come first: they are the more general ones, and what one means most often. Codes
    of which no title is known come after all others.

    Args:
        titles: Codes and headings without dots, with their titles, of the latest edition.

    Source:
        ``icd10cm_validity.csv.gz`` for the days, see ``derive_icd10_validity``; for the titles
        see ``icd10_titles``.
    """
    return sorted([*_billable(titles), *_headings(titles)], key=_place)


def _billable(titles: Mapping[str, str]) -> Iterator[BillingCodeDocument]:
    for code, periods in all_icd10_periods().items():
        for first, last in periods:
            end = None if last >= KNOWN_THROUGH else last  # the edition ends, the code does not
            yield BillingCodeDocument(CodeSystem.ICD10CM, code, titles.get(code, ""), first, end)


def _headings(titles: Mapping[str, str]) -> Iterator[BillingCodeDocument]:
    for code in titles.keys() - all_icd10_periods().keys():
        yield BillingCodeDocument(
            CodeSystem.ICD10CM, code, titles[code], KNOWN_FROM, is_billable=False
        )


def _place(code: BillingCodeDocument) -> tuple[bool, int, str, int]:
    return (not code.title, len(code.title), code.code, -code.valid_from.toordinal())
