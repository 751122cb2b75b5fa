"""Loop 2300: one claim, and everything below it."""

from datetime import date
from typing import Any

from models.documents.claim import ClaimDocument, ClaimDocumentLine, ClaimForm, OtherPayer
from models.documents.claim_codes import KeptSegment
from models.documents.claim_supplements import ClaimSupplement
from models.documents.finding import Severity
from revcycle.formats.x12.claims.reading_codes import Codes, plain_diagnoses
from revcycle.formats.x12.claims.reading_coordination import date_by_line, read_other_payer
from revcycle.formats.x12.claims.reading_details import (
    read_ambulance,
    read_attachment,
    read_claim_date,
    read_condition,
    read_contract,
    read_note,
    read_pricing,
    read_reference,
    read_spinal,
)
from revcycle.formats.x12.claims.reading_facts import Facts, read_fact
from revcycle.formats.x12.claims.reading_frame import Frame
from revcycle.formats.x12.claims.reading_header import (
    institutional_detail,
    read_header,
    read_stay,
)
from revcycle.formats.x12.claims.reading_lines import read_line
from revcycle.formats.x12.claims.reading_names import CLAIM_NAMES, read_name
from revcycle.formats.x12.claims.reading_state import Reading, Row, frozen
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.drafts import quick
from revcycle.formats.x12.elements import read_amount, write_cents
from revcycle.formats.x12.segments import Segment

CLAIM_ENDS = frozenset({"CLM", "HL", "SE", ""})
PLACE_OF_FACILITIES = "11"  # they say it with their bill type; the document needs some
REFERENCE_FIELDS = {
    "F8": "original_reference",
    "G1": "prior_authorization",
    "9F": "referral_number",
}
_SINGLE = {
    "CN1": ("contract", read_contract),
    "CR1": ("ambulance", read_ambulance),
    "CR2": ("spinal", read_spinal),
    "HCP": ("pricing", read_pricing),
}
_REPEATED = {
    "CRC": ("conditions", read_condition),
    "DTP": ("dates", read_claim_date),
    "NTE": ("notes", read_note),
    "PWK": ("attachments", read_attachment),
    "REF": ("references", read_reference),
}
FACTS = {
    ClaimForm.PROFESSIONAL: Facts(_SINGLE, _REPEATED, {"F5": "patient_paid"}, {}),
    ClaimForm.INSTITUTIONAL: Facts(_SINGLE, _REPEATED, {"F3": "patient_estimated_due"}, {}),
}


new_claim = quick(ClaimDocument)


class Parts:
    """What was found of one claim so far."""

    __slots__ = ("codes", "extra", "fallback", "kept", "lines", "others")

    def __init__(self, fallback: date) -> None:
        self.fallback = fallback  # the date of lines that have none
        self.extra: dict[str, Any] = {}
        self.codes: list[int] = []  # the rows with an HI
        self.lines: list[ClaimDocumentLine] = []
        self.others: list[OtherPayer] = []
        self.kept: list[KeptSegment] = []


def read_claim(reading: Reading, frame: Frame) -> ClaimDocument:
    """Read one claim from its CLM; the reading then stands behind it."""
    rows, start = reading.rows, reading.at
    parts = Parts(frame.created_on)
    reading.kept = parts.kept
    reading.at += 1
    while True:
        tag = rows[reading.at][0]
        if tag == "LX":
            parts.lines.append(read_line(reading, parts.fallback))
        elif tag in CLAIM_ENDS:
            break
        elif tag == "HI":
            parts.codes.append(reading.at)
            reading.at += 1
        else:
            reading.loop = "2300"
            _read_part(reading, tag, parts)
    reading.loop = "2300"
    return _claim(reading, start, frame, parts)


def _read_part(reading: Reading, tag: str, parts: Parts) -> None:
    """Read a segment of loop 2300, or a loop 2310 or 2320."""
    if tag == "NM1":
        read_name(reading, CLAIM_NAMES[reading.form], "2310", parts.extra)
        return
    if tag == "SBR":
        parts.others.append(read_other_payer(reading))
        return
    row = reading.rows[reading.at]
    reading.at += 1
    if tag == "REF" and _is_own_reference(row, parts.extra):
        parts.extra[REFERENCE_FIELDS[row[1]]] = row[2]
        return
    one = reading.segment(reading.at - 1)
    if tag == "DTP" and one.get(1) == "434":
        _read_statement_period(reading, one, parts)
    elif reading.form is ClaimForm.PROFESSIONAL or not read_stay(reading, one, parts.extra):
        read_fact(reading, FACTS[reading.form], one, parts.extra)


def _is_own_reference(one: Row, extra: dict[str, Any]) -> bool:
    if len(one) != 3 or not one[2]:  # noqa: PLR2004 - REF02 is its last
        return False
    name = REFERENCE_FIELDS.get(one[1])
    return name is not None and name not in extra


def _read_statement_period(reading: Reading, one: Segment, parts: Parts) -> None:
    """Read DTP*434, which a professional claim has no field for."""
    if reading.form is ClaimForm.PROFESSIONAL or "statement_period" in parts.extra:
        reading.keep(one)
    days = reading.period(one)
    if days is None:
        return
    parts.fallback = days[0]
    if reading.form is ClaimForm.INSTITUTIONAL:
        if days[1] is None:
            reading.report_spare(one)
        parts.extra.setdefault("statement_period", (days[0], days[1] or days[0]))


def _claim(reading: Reading, start: int, frame: Frame, parts: Parts) -> ClaimDocument:
    extra, row = parts.extra, reading.rows[start]
    lines, others = tuple(parts.lines), tuple(parts.others)
    if others:
        others = tuple([date_by_line(other, lines) for other in others])
    facility, frequency, accepts = read_header(reading, start, extra)
    place, institutional = facility.code, None
    if reading.form is ClaimForm.INSTITUTIONAL:
        institutional = institutional_detail(facility, lines, extra)
        place = PLACE_OF_FACILITIES
    diagnoses = _diagnoses(reading, parts)
    _check_total(reading, start, lines)
    take = extra.pop
    return new_claim(
        row[1] if len(row) > 1 else "",
        reading.form,
        frame.billing_provider,
        frame.patient,
        frame.subscriber,
        frame.payer,
        diagnoses,
        lines,
        frequency,
        take("original_reference", ""),
        place,
        take("rendering_provider", None),
        take("referring_provider", None),
        take("service_facility", None),
        take("prior_authorization", ""),
        take("referral_number", ""),
        others,
        accepts,
        take("patient_paid", None),
        institutional,
        _supplement(frame, extra) if extra else frame.supplement,
        (*frame.kept, *parts.kept) if frame.kept or parts.kept else (),
    )


def _supplement(frame: Frame, extra: dict[str, Any]) -> ClaimSupplement:
    """Join what the levels and the claim say beyond the fields of a claim."""
    return ClaimSupplement(**frozen({**frame.extra(), **extra}))


def _diagnoses(reading: Reading, parts: Parts) -> tuple[str, ...]:
    if len(parts.codes) == 1:
        plain = plain_diagnoses(reading.rows[parts.codes[0]], reading.separator)
        if plain is not None:
            return plain
    codes, extra = Codes(), parts.extra
    for at in parts.codes:
        codes.add(reading, at)
    if codes.others:
        extra["health_codes"] = tuple(codes.others)
    found = codes.sorted_diagnoses(reading)
    if any(one.present_on_admission for one in found):
        extra["present_on_admission"] = tuple(one.present_on_admission for one in found)
    if found and found[0].is_icd9:
        extra["is_icd9"] = True
    return tuple([one.code for one in found])


def _check_total(reading: Reading, start: int, lines: tuple[ClaimDocumentLine, ...]) -> None:
    row, cents = reading.rows[start], 0
    for line in lines:
        cents += line.charge.cents
    try:  # most senders write it as we do, so that there is nothing to convert
        if lines and (row[2] == write_cents(cents) or read_amount(row[2]).cents == cents):
            return
    except (IndexError, ValueError):
        pass
    header = reading.segment(start)
    reading.stand_in(header)
    if not lines:
        message = "the claim has no service lines"
        reading.report(header, "x12.claim_without_lines", Severity.ERROR, "CLM", message)
    elif reading.amount(header, 2).cents != cents:
        message = "is not the sum of the lines' charges"
        reading.report(header, "x12.claim_total", Severity.ERROR, "CLM02", message, Snip.BALANCE)
