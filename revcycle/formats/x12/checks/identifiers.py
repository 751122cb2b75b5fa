"""Numbers that are given to providers: NPI, tax ids, taxonomy, laboratory licences, telephones."""

import re
from functools import lru_cache

from models.documents.finding import Severity
from models.values.identifiers import is_npi
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

NPI = Rule(
    "x12.npi",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270 276 (835 271 277: warning)",
    "not a National Provider Identifier: wrong length or check digit",
    "ten digits, of which the last is the check digit; look it up in the NPI registry",
    "45 CFR 162.406; CMS, Requirements for NPI and NPI Check Digit",
    "7",
    is_later_matter=True,
)
TAX_ID = Rule(
    "x12.tax_id",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D",
    "not a tax id or social security number",
    "nine digits without dashes",
    "005010X222A1 and X223A2, REF02 of 2010AA; 26 CFR 301.6109-1",
    "7",
    is_later_matter=True,
)
TAXONOMY = Rule(
    "x12.taxonomy",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 270",
    "not the form of a provider taxonomy code",
    "ten letters and digits, as the provider is registered with its NPI",
    "005010X222A1 and X223A2, PRV03; form of the NUCC code set",
    "7",
)
CLIA = Rule(
    "x12.clia_number",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P",
    "not the form of a CLIA number",
    "two digits, the letter D, seven digits; without the word CLIA and without blanks",
    "42 CFR 493; CMS Claims Processing Manual, chapter 16, section 70",
    "7",
)
CONTACT = Rule(
    "x12.contact_number",
    Snip.CODE_SET,
    Severity.WARNING,
    "all",
    "not the form of a telephone number or mail address",
    "ten digits without signs for TE and FX; a name, @ and a domain for EM",
    "005010X222A1, PER04 of 1000A (area code, exchange and number without separators)",
    "7",
)
NPI_QUALIFIER = "XX"
NAME_NUMBER, PARTY_NUMBER = 9, 4  # NM109, N104
_TAX_ID = re.compile(r"(?!0{9})\d{9}", re.ASCII)
_TAXONOMY = re.compile(r"[0-9A-Z]{10}")
_CLIA = re.compile(r"\d{2}D\d{7}", re.ASCII)
_PHONE = re.compile(r"\d{10}", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_REFERENCES = {"EI": (TAX_ID, _TAX_ID), "SY": (TAX_ID, _TAX_ID), "X4": (CLIA, _CLIA)}
_CONTACTS = {"TE": _PHONE, "FX": _PHONE, "EM": _MAIL}
_is_npi = lru_cache(maxsize=4096)(is_npi)  # few providers stand in many claims


def check_name(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the NPI of an NM1."""
    is_numbered = len(segment) > NAME_NUMBER and segment[8] == NPI_QUALIFIER
    if is_numbered and not _is_npi(segment[NAME_NUMBER]):
        exam.report(NPI, index, "NM109")


def check_party(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the NPI of an N1."""
    is_numbered = len(segment) > PARTY_NUMBER and segment[3] == NPI_QUALIFIER
    if is_numbered and not _is_npi(segment[PARTY_NUMBER]):
        exam.report(NPI, index, "N104")


def check_reference(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the form of tax ids and CLIA numbers in the REF of a claim file."""
    known = _REFERENCES.get(segment.get(1))
    if known is not None and exam.kind == "837" and not known[1].fullmatch(segment.get(2)):
        exam.report(known[0], index, "REF02")


def check_specialty(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the form of the taxonomy code in a PRV."""
    if segment.get(2) == "PXC" and not _TAXONOMY.fullmatch(segment.get(3)):
        exam.report(TAXONOMY, index, "PRV03")


def check_contact(segment: Segment, index: int, exam: Examination) -> None:
    """Judge telephone numbers and mail addresses in a PER."""
    for number in range(3, len(segment) - 1, 2):
        form = _CONTACTS.get(segment[number])
        if form is not None and not form.fullmatch(segment[number + 1]):
            exam.report(CONTACT, index, f"PER{number + 1:02d}")
