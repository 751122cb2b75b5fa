"""A book of a few codes, in the words of the tabular list."""

from functools import cache

from revcycle.reference.tabular import TabularCode
from revcycle.rules.suggestions.book import BookIndex, build_book
from revcycle.rules.suggestions.history import AcceptedNote


def entry(
    code: str,
    title: str,
    *,
    parent: str = "",
    is_billable: bool = True,
    terms: tuple[str, ...] = (),
) -> TabularCode:
    return TabularCode(code, parent, is_billable, title, terms)


TABULAR = (
    entry("J18", "Pneumonia, unspecified organism", is_billable=False),
    entry("J181", "Lobar pneumonia, unspecified organism", parent="J18"),
    entry("J189", "Pneumonia, unspecified organism", parent="J18"),
    entry("I10", "Essential (primary) hypertension", terms=("high blood pressure",)),
    entry("E11", "Type 2 diabetes mellitus", is_billable=False, terms=("diabetes NOS",)),
    entry("E119", "Type 2 diabetes mellitus without complications", parent="E11"),
    entry("N200", "Calculus of kidney", terms=("Nephrolithiasis NOS",)),
    entry("C189", "Malignant neoplasm of colon, unspecified"),
    entry("Z85038", "Personal history of other malignant neoplasm of large intestine"),
    entry("Z800", "Family history of malignant neoplasm of digestive organs"),
    entry("D691", "Qualitative platelet defects"),
    entry("R059", "Cough, unspecified"),
    entry("R509", "Fever, unspecified"),
    entry("S93401", "Sprain of ligament of right ankle", is_billable=False),
    entry("S93401A", "Sprain of ligament of right ankle, initial", parent="S93401"),
    entry("S93401D", "Sprain of ligament of right ankle, subsequent", parent="S93401"),
)
NOTES = tuple(
    AcceptedNote(text, codes)
    for _ in range(20)
    for text, codes in (
        ("Sugar is up again at the yearly check. Metformin.", ("E119",)),
        ("Pressure is up at home. Lisinopril.", ("I10",)),
        ("Coughing since Monday, temperature. Crackles.", ("J189", "R059")),
        ("Colic at night; stone seen on the scan.", ("N200",)),
    )
)


@cache
def small_book() -> BookIndex:
    return build_book(TABULAR)
