"""The boxes of the CMS-1500 (02/12) on the grid of ten characters and six lines an inch.

Positions are those an openly developed practice system prints on pre-printed stock; the words are
our own. The form's artwork is not ours to draw.
"""

from itertools import chain
from typing import Final

from models.documents.paper import Align, Box

LINES_A_PAGE: Final = 6
DIAGNOSES: Final = 12
LINE_STEP: Final = 2
LINE_ROW: Final = 44
SHADED_ROW: Final = 43


def _box(name: str, number: str, words: str, *place: int) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width)


def _amount(name: str, number: str, words: str, *place: int) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width, Align.RIGHT)


def _line(name: str, number: str, words: str, *place: int, align: Align = Align.LEFT) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width, align, LINES_A_PAGE, LINE_STEP)


def _marks(name: str, number: str, row: int, places: dict[str, int]) -> tuple[Box, ...]:
    return tuple(
        Box(f"{name}.{value}", number if not at else "", value, row, column, 1)
        for at, (value, column) in enumerate(places.items())
    )


PAYER: Final = tuple(
    _box(f"payer.{at}", "", "payer" if at else "to", 2 + at, 41, 31) for at in range(4)
)
KINDS: Final = {
    "medicare": 1,
    "medicaid": 8,
    "tricare": 15,
    "champva": 24,
    "group": 31,
    "feca": 39,
    "other": 45,
}
PEOPLE: Final = (
    _box("member_id", "1a", "insured id", 8, 50, 17),
    _box("patient", "2", "patient", 10, 1, 28),
    _box("birth", "3", "born", 10, 31, 10),
    _box("insured", "4", "insured", 10, 50, 28),
    _box("street", "5", "street", 12, 1, 28),
    _box("city", "5", "city", 14, 1, 24),
    _box("state", "5", "st", 14, 26, 2),
    _box("zip", "5", "zip", 16, 1, 10),
    _box("phone", "5", "phone", 16, 15, 11),
    _box("insured_street", "7", "street", 12, 50, 28),
    _box("insured_city", "7", "city", 14, 50, 20),
    _box("insured_state", "7", "st", 14, 74, 2),
    _box("insured_zip", "7", "zip", 16, 50, 10),
    _box("insured_phone", "7", "phone", 16, 65, 11),
    _box("other_insured", "9", "other insured", 18, 1, 28),
    _box("other_policy", "9a", "other policy", 20, 1, 28),
    _box("other_plan", "9d", "other plan", 26, 1, 28),
    _box("accident_state", "10b", "st", 22, 45, 2),
    _box("claim_codes", "10d", "claim codes", 26, 30, 19),
    _box("group", "11", "group number", 18, 50, 29),
    _box("insured_birth", "11a", "insured born", 20, 53, 10),
    _box("other_claim_id", "11b", "claim number", 22, 50, 29),
    _box("plan", "11c", "plan", 24, 50, 29),
    _box("signed_patient", "12", "patient signed", 29, 7, 17),
    _box("signed_insured", "13", "insured signed", 29, 55, 17),
)
CHOICES: Final = tuple(
    chain(
        _marks("kind", "1", 8, KINDS),
        _marks("sex", "3", 10, {"m": 42, "f": 47}),
        _marks("relation", "6", 12, {"self": 33, "spouse": 38, "child": 42, "other": 47}),
        _marks("work", "10a", 20, {"yes": 35, "no": 41}),
        _marks("auto", "10b", 22, {"yes": 35, "no": 41}),
        _marks("accident", "10c", 24, {"yes": 35, "no": 41}),
        _marks("insured_sex", "11a", 20, {"m": 68, "f": 75}),
        _marks("other", "11d", 26, {"yes": 52, "no": 57}),
        _marks("lab", "20", 36, {"yes": 52, "no": 57}),
        _marks("tax_kind", "25", 56, {"ssn": 17, "ein": 19}),
        _marks("assigned", "27", 56, {"yes": 38, "no": 43}),
    )
)
CASE: Final = (
    _box("onset", "14", "since", 32, 2, 8),
    _box("onset_kind", "14", "kind", 32, 16, 3),
    _box("other_date_kind", "15", "kind", 32, 31, 3),
    _box("other_date", "15", "other date", 32, 37, 8),
    _box("off_from", "16", "off work", 32, 54, 8),
    _box("off_to", "16", "to", 32, 68, 8),
    _box("source_kind", "17", "as", 34, 1, 2),
    _box("source", "17", "referred by", 34, 4, 25),
    _box("source_id_kind", "17a", "id", 33, 30, 2),
    _box("source_id", "17a", "other id", 33, 33, 14),
    _box("source_npi", "17b", "npi", 34, 33, 15),
    _box("hospital_from", "18", "hospital", 34, 54, 8),
    _box("hospital_to", "18", "to", 34, 68, 8),
    _box("note", "19", "more", 36, 1, 48),
    _amount("lab_charge", "20", "lab charge", 36, 63, 8),
    _box("icd", "21", "icd", 37, 42, 1),
    _box("resubmission", "22", "as", 38, 50, 10),
    _box("original", "22", "payer's number", 38, 62, 17),
    _box("authorization", "23", "authorization", 40, 50, 28),
)
DIAGNOSIS_BOXES: Final = tuple(
    _box(f"diagnosis.{at}", "21", "ABCDEFGHIJKL"[at], 38 + at // 4, (3, 16, 29, 42)[at % 4], 7)
    for at in range(DIAGNOSES)
)
LINES: Final = (
    _line("supplement", "24", "more", SHADED_ROW, 1, 61),
    _line("id_kind", "24I", "id", SHADED_ROW, 65, 2),
    _line("id", "24J", "other id", SHADED_ROW, 68, 11),
    _line("from", "24A", "from", LINE_ROW, 1, 8),
    _line("to", "24A", "to", LINE_ROW, 10, 8),
    _line("place", "24B", "at", LINE_ROW, 19, 2),
    _line("emergency", "24C", "em", LINE_ROW, 22, 1),
    _line("procedure", "24D", "procedure", LINE_ROW, 25, 7),
    _line("modifiers", "24D", "modifiers", LINE_ROW, 33, 11),
    _line("pointers", "24E", "for", LINE_ROW, 45, 4),
    _line("charge", "24F", "charge", LINE_ROW, 50, 8, align=Align.RIGHT),
    _line("units", "24G", "units", LINE_ROW, 59, 3, align=Align.RIGHT),
    _line("family", "24H", "fp", LINE_ROW, 63, 1),
    _line("rendering_npi", "24J", "npi", LINE_ROW, 68, 10),
)
FOOT: Final = (
    _box("tax_id", "25", "tax id", 56, 1, 15),
    _box("account", "26", "our number", 56, 23, 14),
    _amount("total", "28", "total", 56, 51, 9),
    _amount("paid", "29", "paid", 56, 62, 8),
    _box("signed", "31", "provider signed", 60, 1, 20),
    _box("signed_on", "31", "on", 61, 6, 8),
    _box("facility", "32", "where", 58, 23, 26),
    _box("facility_street", "32", "street", 59, 23, 26),
    _box("facility_place", "32", "place", 60, 23, 26),
    _box("facility_npi", "32a", "npi", 61, 23, 10),
    _box("facility_id", "32b", "id", 61, 36, 13),
    _box("biller_phone", "33", "phone", 57, 66, 12),
    _box("biller", "33", "who bills", 58, 50, 29),
    _box("biller_street", "33", "street", 59, 50, 29),
    _box("biller_place", "33", "place", 60, 50, 29),
    _box("biller_npi", "33a", "npi", 61, 50, 10),
    _box("biller_id", "33b", "id", 61, 63, 16),
)
CMS1500_BOXES: Final = (
    *PAYER,
    *CHOICES,
    *PEOPLE,
    *CASE,
    *DIAGNOSIS_BOXES,
    *LINES,
    *FOOT,
)
