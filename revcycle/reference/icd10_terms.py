"""Titles and inclusion terms of ICD-10-CM, for searches by words.

From the package simple-icd-10-cm (CDC tabular list, FY 2026), which takes 190 MB and some seconds
to import. Nobody imports it but a process of its own: ``python -m revcycle.reference.icd10_terms``
writes one code a line as JSON; ``tabular.read_tabular`` reads the lines.
"""

import json
import sys
import warnings
from collections.abc import Iterator

from revcycle.reference.tabular import TabularCode

with warnings.catch_warnings():
    # On Python 3.11 and 3.12 the package reads its files in a way that warns.
    warnings.simplefilter("ignore", DeprecationWarning)
    import simple_icd_10_cm


def list_tabular() -> Iterator[TabularCode]:
    """List every category, subcategory and code of the edition."""
    # A block of one category, such as C50, bears its name; the first of the two is the block.
    for code in dict.fromkeys(simple_icd_10_cm.get_all_codes(with_dots=False)):
        if "-" in code or code.isdecimal():
            continue
        parent = simple_icd_10_cm.get_parent(code).replace(".", "")
        yield TabularCode(
            code,
            "" if "-" in parent or parent.isdecimal() or parent == code else parent,
            simple_icd_10_cm.is_leaf(code),
            simple_icd_10_cm.get_description(code),
            (*simple_icd_10_cm.get_inclusion_term(code), *simple_icd_10_cm.get_includes(code)),
        )


def main() -> None:
    """Write the entries to standard output."""
    for one in list_tabular():
        row = (one.code, one.parent, one.is_billable, one.title, one.terms)
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
