"""Titles of ICD-10-CM codes; one test, because loading them takes two seconds."""

from datetime import date
from importlib import import_module

import pytest

from revcycle.reference.icd10 import list_icd10_codes


def test_every_code_in_force_in_september_2026_has_a_title() -> None:
    titles = import_module("revcycle.reference.icd10_titles")
    listed = titles.list_icd10_titles()
    assert set(listed) == set(list_icd10_codes(date(2026, 9, 1)))
    assert titles.icd10_title("E119").startswith("Type 2 diabetes")
    with pytest.raises(KeyError):
        titles.icd10_title("Z878901")
