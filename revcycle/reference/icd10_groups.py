"""Which edit groups of the Medicare Code Editor does an ICD-10-CM code belong to on a day?

The table ``icd10cm_groups.csv.gz`` beside this module is made by ``derive_icd10_groups``. It is
read once, at the first question.

Source:
    CMS, Definitions of Medicare Code Edits, version 44. It is an editor of inpatient claims: on
    professional claims its age and principal-diagnosis edits are warnings.
"""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from revcycle.reference.icd10 import KNOWN_THROUGH

FILE_NAME: Final = "icd10cm_groups.csv.gz"


class Icd10Group(StrEnum):
    """An edit group of diagnoses."""

    NEWBORN = "newborn"
    PEDIATRIC = "pediatric"
    MATERNITY = "maternity"
    ADULT = "adult"
    FEMALE = "female"  # switched off by CMS: no code is in it after 2024-09-30
    MALE = "male"  # so is this one
    MANIFESTATION = "manifestation"  # never first: its cause goes before it
    EXTERNAL_CAUSE = "external_cause"  # how an injury came about; never first
    UNACCEPTABLE_PRINCIPAL = "unacceptable_principal"  # a circumstance, no illness
    UNSPECIFIED = "unspecified"  # of a side or a place that can be known


# What the Medicare Code Editor calls them.
GROUP_OF_NAME: Final[Mapping[str, Icd10Group]] = MappingProxyType(
    {
        "adult": Icd10Group.ADULT,
        "ecodepdx": Icd10Group.EXTERNAL_CAUSE,
        "female": Icd10Group.FEMALE,
        "male": Icd10Group.MALE,
        "manifestation": Icd10Group.MANIFESTATION,
        "maternity": Icd10Group.MATERNITY,
        "newborn": Icd10Group.NEWBORN,
        "pediatric": Icd10Group.PEDIATRIC,
        "unacceptable": Icd10Group.UNACCEPTABLE_PRINCIPAL,
        "unspecified": Icd10Group.UNSPECIFIED,
    }
)


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Years of age in which a diagnosis is expected, both included."""

    youngest: int
    oldest: int


# Definitions of Medicare Code Edits, section "Age conflict".
AGES_OF_GROUP: Final[Mapping[Icd10Group, AgeRange]] = MappingProxyType(
    {
        Icd10Group.NEWBORN: AgeRange(0, 0),
        Icd10Group.PEDIATRIC: AgeRange(0, 17),
        Icd10Group.MATERNITY: AgeRange(9, 64),
        Icd10Group.ADULT: AgeRange(15, 124),
    }
)

GroupPeriod = tuple[Icd10Group, date, date]  # first and last day, both included


def icd10_groups(code: str, on: date) -> frozenset[Icd10Group]:
    """Tell the edit groups of a code on a day; empty for most codes, and for unknown ones.

    A day after ``KNOWN_THROUGH`` is judged by the last day that is known, as validity is.

    Args:
        code: Upper case, without the dot, as claims carry it: ``O80``.
        on: The date of service.
    """
    day = min(on, KNOWN_THROUGH)
    return frozenset(
        group for group, first, last in _periods().get(code, ()) if first <= day <= last
    )


def list_codes_of_group(group: Icd10Group, on: date) -> tuple[str, ...]:
    """List the codes that are in a group on a day, in order."""
    day = min(on, KNOWN_THROUGH)
    return tuple(
        sorted(
            code
            for code, periods in _periods().items()
            if any(one is group and first <= day <= last for one, first, last in periods)
        )
    )


@cache
def _periods() -> Mapping[str, tuple[GroupPeriod, ...]]:
    """Read the table, 20 thousand rows, once per process."""
    packed = files("revcycle.reference").joinpath(FILE_NAME).read_bytes()
    found: dict[str, list[GroupPeriod]] = {}
    for name, code, first, last in csv.reader(gzip.decompress(packed).decode().splitlines()[1:]):
        found.setdefault(code, []).append((GROUP_OF_NAME[name], _day(first), _day(last)))
    return {code: tuple(periods) for code, periods in found.items()}


@cache
def _day(text: str) -> date:
    """Read YYYYMMDD; only a few dozen days differ, so each is made once."""
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
