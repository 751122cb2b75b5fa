"""Codes that stand on claims: their systems, how people write them, the words they are found by."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class CodeSystem(StrEnum):
    """Who keeps a list of codes. The value is what the database holds."""

    ICD10CM = "icd10cm"
    HCPCS = "hcpcs"  # level II
    CPT = "cpt"  # HCPCS level I
    PRICED = "priced"  # procedures for which a practice has a price: numbers without a list


class CodeKind(StrEnum):
    """What a code says: what the patient has, or what was done."""

    DIAGNOSIS = "diagnosis"
    PROCEDURE = "procedure"


SYSTEMS_OF_KIND: Final[Mapping[CodeKind, frozenset[CodeSystem]]] = MappingProxyType(
    {
        CodeKind.DIAGNOSIS: frozenset({CodeSystem.ICD10CM}),
        CodeKind.PROCEDURE: frozenset({CodeSystem.HCPCS, CodeSystem.CPT, CodeSystem.PRICED}),
    }
)
SYSTEM_LABELS: Final[Mapping[CodeSystem, str]] = MappingProxyType(
    {
        CodeSystem.ICD10CM: "ICD-10-CM",
        CodeSystem.HCPCS: "HCPCS level II",
        CodeSystem.CPT: "CPT",
        CodeSystem.PRICED: "price lists",
    }
)
CATEGORY_LENGTH: Final = 3  # of an ICD-10-CM code, before its dot
_CODE_BEGINNING: Final = re.compile(r"[A-Z]?[0-9][0-9A-Z]*|[A-Z]")
_WORD: Final = re.compile(r"[a-z0-9]+")


def to_code_text(system: CodeSystem, code: str) -> str:
    """Write a code as people read it: ``E119`` as ``E11.9``, procedures as they are."""
    if system is not CodeSystem.ICD10CM or len(code) <= CATEGORY_LENGTH:
        return code
    return f"{code[:CATEGORY_LENGTH]}.{code[CATEGORY_LENGTH:]}"


def to_code_beginning(typed: str) -> str:
    """Read what was typed as the beginning of a code, ``e11.`` as ``E11``; empty if it is none."""
    beginning = typed.replace(".", "").strip().upper()
    return beginning if _CODE_BEGINNING.fullmatch(beginning) else ""


def to_search_words(text: str) -> list[str]:
    """Split a text into the words by which it is found: small, without marks or signs.

    Titles and questions are split by this one function, so that both databases find the same.
    ``Ménière's`` gives ``meniere`` and ``s``.
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
