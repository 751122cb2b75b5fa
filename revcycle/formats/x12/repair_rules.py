"""The rules of form: what each kind of value may be relieved of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from revcycle.formats.x12.names.catalogue import Element, Kind, known_codes

NPI_LENGTH: Final = 10
TAX_ID_LENGTH: Final = 9
AGREED: Final = frozenset({"", "ZZ"})  # the partners' own codes: their case may matter
NPI_QUALIFIERS: Final = frozenset({"XX", "HPI"})
TAX_ID_QUALIFIERS: Final = frozenset({"EI", "TJ", "SY", "24", "34", "FI"})
PHONE_QUALIFIERS: Final = frozenset({"TE", "FX", "WP", "HP"})
# Lists of diagnoses, and of the procedures of ICD, that are written without dots in X12.
ICD_QUALIFIERS: Final = frozenset(
    {"ABK", "ABF", "ABJ", "ABN", "APR", "BBR", "BBQ", "BK", "BF", "BJ", "BN", "PR", "BR", "BQ"}
)
DOMESTIC: Final = frozenset({"", "US", "USA"})  # N404 of an address with a ZIP code
DRUG: Final = "N4"
NUMBERED_KINDS: Final = frozenset({Kind.PARTY_ID, Kind.REFERENCE, Kind.NAMED})
UPPER_CASE_KINDS: Final = frozenset({Kind.OPEN, Kind.MODIFIER, Kind.STATE, Kind.PUBLIC})

_CODE_OF_ANY_CASE = re.compile(r"[A-Za-z0-9.]{1,15}", re.ASCII)
_ICD_WITH_DOT = re.compile(r"[A-Za-z0-9]{2,4}\.[A-Za-z0-9]{1,4}", re.ASCII)
_ICD_LENGTHS = range(3, 8)
_ZIP_PLUS_FOUR = re.compile(r"(\d{5})[- ](\d{4})", re.ASCII)
_NDC_WITH_HYPHENS = re.compile(r"(\d{5})-(\d{4})-(\d{2})", re.ASCII)
_PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?(\d{3})\)?[ ./-]*(\d{3})[ .-]?(\d{4})", re.ASCII)
_NUMBER_WITH_PUNCTUATION = re.compile(r"\d[\d .-]*\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule must know of the place of a value.

    Attributes:
        element: What the catalogue knows of it.
        qualifier: What says which number or list it is; of a ZIP code, the country.
        is_zip: Whether it is N403.
    """

    element: Element
    qualifier: str = ""
    is_zip: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One repair: ``apply`` returns the value as it should be, or as it is."""

    rule_id: str
    kind: str
    apply: Callable[[str, Spot], str]


def _without_blanks(value: str, _: Spot) -> str:
    return value.strip(" ")


def _code_in_upper_case(value: str, spot: Spot) -> str:
    """Only where the list knows the code in upper case, and not as it stands."""
    codes = known_codes(spot.element.codes)
    return value.upper() if value not in codes and value.upper() in codes else value


def _open_code_in_upper_case(value: str, spot: Spot) -> str:
    """Codes of lists kept elsewhere; those that partners agreed on are left alone."""
    if spot.element.kind not in UPPER_CASE_KINDS:
        return value
    if spot.element.kind is Kind.PUBLIC and spot.qualifier in AGREED:
        return value
    return value.upper() if _CODE_OF_ANY_CASE.fullmatch(value) else value


def _npi(value: str, spot: Spot) -> str:
    if spot.element.kind in NUMBERED_KINDS and spot.qualifier in NPI_QUALIFIERS:
        return _digits(value, NPI_LENGTH)
    return value


def _tax_id(value: str, spot: Spot) -> str:
    if spot.element.kind in NUMBERED_KINDS and spot.qualifier in TAX_ID_QUALIFIERS:
        return _digits(value, TAX_ID_LENGTH)
    return value


def _digits(value: str, length: int) -> str:
    """Leave out blanks, dots and hyphens where exactly the number remains."""
    if _NUMBER_WITH_PUNCTUATION.fullmatch(value) is None:
        return value
    digits = re.sub(r"[ .-]", "", value)
    return digits if len(digits) == length else value


def _phone(value: str, spot: Spot) -> str:
    """Ten digits of the North American plan; its prefix 1 is not written."""
    if spot.element.kind is not Kind.WAY or spot.qualifier not in PHONE_QUALIFIERS:
        return value
    found = _PHONE.fullmatch(value)
    return "".join(found.groups()) if found else value


def _icd(value: str, spot: Spot) -> str:
    if spot.element.kind is not Kind.PUBLIC or spot.qualifier not in ICD_QUALIFIERS:
        return value
    if _ICD_WITH_DOT.fullmatch(value) is None:
        return value
    without = value.replace(".", "")
    return without if len(without) in _ICD_LENGTHS else value


def _ndc(value: str, spot: Spot) -> str:
    """Only the form 5-4-2, which needs no zeros; others are another number without them."""
    if spot.qualifier != DRUG:
        return value
    found = _NDC_WITH_HYPHENS.fullmatch(value)
    return "".join(found.groups()) if found else value


def _zip(value: str, spot: Spot) -> str:
    if not spot.is_zip or spot.qualifier not in DOMESTIC:
        return value
    found = _ZIP_PLUS_FOUR.fullmatch(value)
    return "".join(found.groups()) if found else value


# In this order: a qualifier is put right before the value that it explains.
RULES: Final = (
    Rule("x12.repair_blanks", "blanks around the value removed", _without_blanks),
    Rule("x12.repair_code_case", "code written in upper case", _code_in_upper_case),
    Rule("x12.repair_open_code_case", "code written in upper case", _open_code_in_upper_case),
    Rule("x12.repair_npi", "punctuation of the NPI removed", _npi),
    Rule("x12.repair_tax_id", "punctuation of the tax id removed", _tax_id),
    Rule("x12.repair_phone", "punctuation of the telephone number removed", _phone),
    Rule("x12.repair_icd", "dot of the ICD code removed", _icd),
    Rule("x12.repair_ndc", "hyphens of the drug code removed", _ndc),
    Rule("x12.repair_zip", "ZIP code written as nine digits", _zip),
)
