"""HI segments: diagnoses, and every other code of a claim."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.documents.claim_codes import HealthCode, HealthCodeKind
from revcycle.formats.x12.claims.reading_state import Reading, Row, quantity_of
from revcycle.formats.x12.elements import read_date, read_date_range
from revcycle.formats.x12.segments import segment

PRINCIPAL_QUALIFIERS = frozenset({"ABK", "BK"})
DIAGNOSIS_QUALIFIERS = PRINCIPAL_QUALIFIERS | {"ABF", "BF"}
ICD9_QUALIFIERS = frozenset({"BK", "BF"})
PRESENT_AT = 8  # the ninth component
CODES_CACHED = 16_384
_KINDS = {str(kind): kind for kind in HealthCodeKind}


@dataclass(frozen=True, slots=True, repr=False)
class Diagnosis:
    """One diagnosis as an HI composite says it."""

    code: str
    is_principal: bool
    is_icd9: bool
    present_on_admission: str = ""


@dataclass(slots=True, repr=False)
class Codes:
    """All codes of one claim, in the order of the file."""

    diagnoses: list[Diagnosis] = field(default_factory=list)
    others: list[HealthCode] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # of the HI with a diagnosis

    def add(self, reading: Reading, at: int) -> None:
        """Read one HI; a composite that is no code we know of is kept in an HI of its own."""
        unknown: list[str] = []
        before = len(self.diagnoses)
        separator = reading.separator
        for element in reading.rows[at][1:]:
            code = _code(element, separator)
            if type(code) is Diagnosis:
                self.diagnoses.append(code)
            elif type(code) is HealthCode:
                self.others.append(code)
            elif element:
                unknown.append(element)
        if unknown:
            reading.keep_part(reading.segment(at), segment("HI", *unknown))
        if len(self.diagnoses) > before:
            self.places.append(at)

    def sorted_diagnoses(self, reading: Reading) -> list[Diagnosis]:
        """Return the principal diagnosis first, whatever the order in the file."""
        diagnoses = self.diagnoses
        if any(one.is_principal for one in diagnoses[1:]):
            diagnoses = sorted(diagnoses, key=lambda one: not one.is_principal)
        principals = sum(one.is_principal for one in diagnoses)
        if principals > 1 or len({one.is_icd9 for one in diagnoses}) > 1:
            for at in self.places:
                reading.report_spare(reading.segment(at))
        return diagnoses


def plain_diagnoses(row: Row, separator: str) -> tuple[str, ...] | None:
    """Read an HI of ICD-10 diagnoses, principal first, that says nothing more; else None."""
    if len(row) < 2 or not row[1].startswith("ABK"):  # noqa: PLR2004 - the tag and one code
        return None
    codes = tuple([_plain_code(element, separator) for element in row[1:]])
    if "" in codes or any([element.startswith("ABK") for element in row[2:]]):  # noqa: C419 - faster
        return None
    return codes


@lru_cache(maxsize=CODES_CACHED)
def _plain_code(element: str, separator: str) -> str:
    code = _code(element, separator)
    if type(code) is not Diagnosis or code.is_icd9 or code.present_on_admission:
        return ""
    return code.code


@lru_cache(maxsize=CODES_CACHED)
def _code(element: str, separator: str) -> Diagnosis | HealthCode | None:
    """Read one composite; None where it is empty or says what no field holds."""
    parts = element.split(separator)
    qualifier, code = parts[0], parts[1] if len(parts) > 1 else ""
    present = parts[PRESENT_AT] if len(parts) > PRESENT_AT else ""
    if not code or any(parts[PRESENT_AT + 1 :]) or any(parts[5:PRESENT_AT]):
        return None
    if qualifier in DIAGNOSIS_QUALIFIERS:
        if any(parts[2:PRESENT_AT]):
            return None
        principal, icd9 = qualifier in PRINCIPAL_QUALIFIERS, qualifier in ICD9_QUALIFIERS
        return Diagnosis(code, principal, icd9, present)
    if qualifier not in _KINDS:
        return None
    return _health_code(_KINDS[qualifier], code, parts[2:5], present)


def _health_code(
    kind: HealthCodeKind, code: str, details: list[str], present: str
) -> HealthCode | None:
    form, day, amount = (*details, "", "", "")[:3]
    try:
        first, last = _days(form, day)
        value = quantity_of(amount) if amount else None
    except ValueError:
        return None
    return HealthCode(kind, code, first, last, value, present)


def _days(form: str, text: str) -> tuple[date | None, date | None]:
    if form == "D8":
        return read_date(text), None
    if form == "RD8":
        return read_date_range(text)
    if form or text:
        msg = "not a form of date that an HI may have"
        raise ValueError(msg)
    return None, None
