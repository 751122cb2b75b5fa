"""Titles of ICD-10-CM codes, from the package simple-icd-10-cm (CDC tabular list, FY 2026).

Importing this module takes two seconds and 190 MB, because that package loads its list on import.
Nobody imports it but a process of its own: ``python -m revcycle.reference.icd10_titles`` writes one
code and its title a line, parted by a tab. Codes that began on 2026-10-01 have no title here.
"""

import sys
import warnings

with warnings.catch_warnings():
    # On Python 3.11 and 3.12 the package reads its files in a way that warns.
    warnings.simplefilter("ignore", DeprecationWarning)
    import simple_icd_10_cm


def icd10_title(code: str) -> str:
    """Return the title of a billable code or of a header, ``code`` without the dot.

    Raises:
        KeyError: the list has no such code.
    """
    try:
        return str(simple_icd_10_cm.get_description(code))
    except ValueError as error:
        raise KeyError(code) from error


def list_icd10_titles() -> dict[str, str]:
    """List every billable code of the edition, without its dot, with its title."""
    return {
        code: icd10_title(code)
        for code in simple_icd_10_cm.get_all_codes(with_dots=False)
        if "-" not in code and simple_icd_10_cm.is_leaf(code)
    }


def list_icd10_headings() -> dict[str, str]:
    """List every heading under which codes stand, from three characters on, with its title."""
    return {
        code: icd10_title(code)
        for code in simple_icd_10_cm.get_all_codes(with_dots=False)
        if "-" not in code and not code.isdecimal() and not simple_icd_10_cm.is_leaf(code)
    }


def main() -> None:
    """Write codes and headings with their titles to standard output."""
    for code, title in (list_icd10_titles() | list_icd10_headings()).items():
        sys.stdout.write(f"{code}\t{title}\n")


if __name__ == "__main__":
    main()
