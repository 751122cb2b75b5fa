"""CLM: place, frequency, signatures and causes; and what only a stay in a facility has."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from models.documents.claim import (
    ClaimDocumentLine,
    ClaimForm,
    FrequencyCode,
    InstitutionalDetail,
)
from revcycle.formats.x12.claims.reading_details import read_moment
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.segments import ABSENT, Segment

CODE_LENGTH = 2
QUALIFIERS = {ClaimForm.PROFESSIONAL: "B", ClaimForm.INSTITUTIONAL: "A"}
FREQUENCIES = {str(code): code for code in FrequencyCode}
ORDINARY_TAILS = {  # what stands behind CLM05 on an ordinary claim
    ClaimForm.PROFESSIONAL: (["Y", "A", "Y", "Y"], ["Y", "C", "Y", "Y"]),
    ClaimForm.INSTITUTIONAL: (["", "A", "Y", "Y"], ["", "C", "Y", "Y"]),
}
TAIL = slice(6, None)
CLM_ELEMENTS = frozenset({1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 20})
CAUSES = slice(0, 3)
CODES_MAX = 5  # components of CLM11


class Facility(NamedTuple):
    """The parts of CLM05."""

    code: str  # place of service, or two digits of the bill type
    qualifier: str
    frequency: str
    is_all: bool


@lru_cache(maxsize=1024)
def _facility_of(text: str, separator: str) -> Facility:
    parts = (*text.split(separator), "", "")
    is_all = not any(parts[3:]) and len(parts[0]) == CODE_LENGTH
    return Facility(parts[0], parts[1], parts[2], is_all)


def read_header(
    reading: Reading, at: int, extra: dict[str, Any]
) -> tuple[Facility, FrequencyCode, bool]:
    """Read CLM05 to CLM20.

    Returns:
        The facility, the frequency (interim and other first bills count as original), and
        whether the provider accepts assignment.
    """
    row, form = reading.rows[at], reading.form
    facility = _facility_of(row[5] if len(row) > 5 else "", reading.separator)  # noqa: PLR2004 - CLM05
    _, qualifier, frequency, is_all = facility
    if not is_all or qualifier != QUALIFIERS[form]:
        reading.report_spare(reading.segment(at), 5)
    if frequency not in FREQUENCIES and frequency and form is ClaimForm.PROFESSIONAL:
        extra["frequency_code"] = frequency
    tail = row[TAIL]
    if tail not in ORDINARY_TAILS[form] or row[3] or row[4]:
        _read_tail(reading, reading.segment(at), extra)
    accepts = len(tail) < 2 or tail[1] != "C"  # noqa: PLR2004 - CLM07
    return facility, FREQUENCIES.get(frequency, FrequencyCode.ORIGINAL), accepts


def _read_tail(reading: Reading, header: Segment, extra: dict[str, Any]) -> None:
    """Read CLM06 to CLM20; only what is out of the ordinary goes into the supplement."""
    used = CLM_ELEMENTS
    if reading.form is ClaimForm.INSTITUTIONAL:
        used = CLM_ELEMENTS - {6, 10, 11, 12}
    elif (signature := header.get(6)) != "Y":
        extra["signature_on_file"] = signature
    if (assignment := header.get(7)) not in {"A", "C"}:
        extra["assignment_code"] = assignment
    if (assigned := header.get(8)) != "Y":
        extra["benefits_assigned"] = assigned
    if (release := header.get(9)) != "Y":
        extra["release_of_information"] = release
    for number, name in ((10, "patient_signature_source"), (12, "special_program")):
        if number in used and (value := header.get(number)):
            extra[name] = value
    if delay := header.get(20):
        extra["delay_reason"] = delay
    if 11 in used and header.get(11):  # noqa: PLR2004 - CLM11
        _read_causes(reading, header, extra)
    reading.check_spare(header, used)


def _read_causes(reading: Reading, header: Segment, extra: dict[str, Any]) -> None:
    parts = header[11].split(reading.separator)
    causes = [cause for cause in parts[CAUSES] if cause]
    if parts[: len(causes)] != causes or any(parts[CODES_MAX:]):
        reading.report_spare(header, 11)
    _, _, _, state, country = (*parts, "", "", "", "")[:CODES_MAX]
    extra["related_causes"] = tuple(causes)
    if state:
        extra["accident_state"] = state
    if country:
        extra["accident_country"] = country


def read_stay(reading: Reading, one: Segment, extra: dict[str, Any]) -> bool:
    """Read what only 837I has: CL1, and when the patient came and left; false for the rest."""
    tag, qualifier, form = one[0], one.get(1), one.get(2)
    if tag == "CL1" and "codes" not in extra:
        reading.check_spare(one, range(4))
        extra["codes"] = one
    elif tag == "DTP" and qualifier == "435" and "admitted_on" not in extra:
        _read_admission(reading, one, extra)
    elif tag == "DTP" and (qualifier, form) == ("096", "TM") and "discharge_time" not in extra:
        extra["discharge_time"] = one.get(3)
    else:
        return False
    return True


def _read_admission(reading: Reading, one: Segment, extra: dict[str, Any]) -> None:
    if one.get(2) == "DT":
        moment = read_moment(reading, one)
        if moment is not None:
            extra["admitted_on"], extra["admission_time"] = moment
        return
    days = reading.period(one)
    if days is not None:
        extra["admitted_on"] = days[0]
        if days[1] is not None:
            reading.report_spare(one)


def institutional_detail(
    facility: Facility, lines: tuple[ClaimDocumentLine, ...], extra: dict[str, Any]
) -> InstitutionalDetail:
    """Gather what only an institutional claim says."""
    codes = extra.pop("codes", ABSENT)
    period = extra.pop("statement_period", None)
    return InstitutionalDetail(
        bill_type=f"0{facility.code}{facility.frequency}",
        admission_type=codes.get(1),
        admission_source=codes.get(2),
        patient_status=codes.get(3),
        admitted_on=extra.pop("admitted_on", None),
        attending_provider=extra.pop("attending_provider", None),
        admission_time=extra.pop("admission_time", ""),
        discharge_time=extra.pop("discharge_time", ""),
        statement_period=None if period == _period_of(lines) else period,
        is_period_given=period is not None,
    )


def _period_of(lines: tuple[ClaimDocumentLine, ...]) -> tuple[date, date] | None:
    """Return the first and the last day of service."""
    if not lines:
        return None
    firsts = (line.service_date for line in lines)
    lasts = (line.service_end_date or line.service_date for line in lines)
    return min(firsts), max(lasts)
