"""The boxes of the UB-04 on the grid of ten characters and six lines an inch.

Positions are those a public health service prints on pre-printed stock; the words are our own.
The form's artwork is not ours to draw.
"""

from typing import Final

from models.documents.paper import Align, Box

LINES_A_PAGE: Final = 22
PAYERS: Final = 3
FIRST_LINE: Final = 18
TOTAL_ROW: Final = 40
DIAGNOSES_A_ROW: Final = 9
DIAGNOSES: Final = 17
CONDITIONS: Final = 11
OCCURRENCES: Final = 8
SPANS: Final = 4
VALUES: Final = 12
PROCEDURES: Final = 6
REASONS: Final = 3
REMARKS: Final = 4
CONDITION_COLUMNS: Final = (34, 38, 41, 44, 47, 50, 53, 56, 59, 62, 65)
VALUE_COLUMNS: Final = (44, 57, 70)
CAUSE_COLUMNS: Final = (49, 57, 65)


def _box(name: str, number: str, words: str, *place: int) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width)


def _amount(name: str, number: str, words: str, *place: int) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width, Align.RIGHT)


def _line(name: str, number: str, words: str, *place: int, align: Align = Align.LEFT) -> Box:
    column, width = place
    return Box(name, number, words, FIRST_LINE, column, width, align, LINES_A_PAGE)


def _payer(name: str, number: str, words: str, *place: int, align: Align = Align.LEFT) -> Box:
    row, column, width = place
    return Box(name, number, words, row, column, width, align, PAYERS)


HEAD: Final = (
    *(_box(f"biller.{at}", "1", "who bills", 1 + at, 1, 25) for at in range(4)),
    *(_box(f"pay_to.{at}", "2", "pay to", 1 + at, 26, 25) for at in range(3)),
    _box("account", "3a", "our number", 1, 54, 23),
    _box("record", "3b", "record number", 2, 54, 23),
    _box("bill_type", "4", "bill", 2, 78, 4),
    _box("tax_id", "5", "tax id", 4, 51, 9),
    _box("from", "6", "from", 4, 61, 6),
    _box("through", "6", "through", 4, 68, 6),
    _box("patient_id", "8a", "patient id", 5, 12, 19),
    _box("patient", "8b", "patient", 6, 3, 29),
    _box("street", "9a", "street", 5, 42, 40),
    _box("city", "9b", "city", 6, 32, 30),
    _box("state", "9c", "st", 6, 65, 2),
    _box("zip", "9d", "zip", 6, 69, 9),
    _box("birth", "10", "born", 8, 1, 8),
    _box("sex", "11", "sex", 8, 11, 1),
    _box("admitted", "12", "admitted", 8, 13, 6),
    _box("admission_hour", "13", "hr", 8, 19, 2),
    _box("admission_type", "14", "ty", 8, 22, 1),
    _box("admission_source", "15", "src", 8, 25, 1),
    _box("discharge_hour", "16", "hr", 8, 28, 2),
    _box("status", "17", "st", 8, 31, 2),
    *(
        _box(f"condition.{at}", str(18 + at), "", 8, column, 2)
        for at, column in enumerate(CONDITION_COLUMNS)
    ),
    _box("accident_state", "29", "st", 8, 70, 2),
)


def _occurrence(at: int) -> tuple[Box, Box]:
    row, column = 10 + at // 4, 1 + 10 * (at % 4)
    number = str(31 + at % 4)
    return (
        _box(f"occurrence.{at}", number, "", row, column, 2),
        _box(f"occurrence_on.{at}", number, "happened", row, column + 3, 6),
    )


def _span(at: int) -> tuple[Box, Box, Box]:
    row, column = 10 + at // 2, 41 + 17 * (at % 2)
    number = str(35 + at % 2)
    return (
        _box(f"span.{at}", number, "", row, column, 2),
        _box(f"span_from.{at}", number, "from", row, column + 3, 6),
        _box(f"span_to.{at}", number, "to", row, column + 10, 6),
    )


def _value(at: int) -> tuple[Box, Box]:
    row, column = 13 + at // 3, VALUE_COLUMNS[at % 3]
    number = f"{39 + at % 3}{'abcd'[at // 3]}"
    return (
        _box(f"value.{at}", number, "", row, column, 2),
        _amount(f"value_amount.{at}", number, "value", row, column + 3, 9),
    )


CODES: Final = (
    *(box for at in range(OCCURRENCES) for box in _occurrence(at)),
    *(box for at in range(SPANS) for box in _span(at)),
    *(box for at in range(VALUES) for box in _value(at)),
    *(_box(f"addressee.{at}", "38", "to", 12 + at, 1, 40) for at in range(5)),
)
LINES: Final = (
    _line("revenue", "42", "rev", 1, 4),
    _line("description", "43", "what", 6, 24),
    _line("procedure", "44", "procedure", 31, 14),
    _line("service_on", "45", "on", 46, 6),
    _line("units", "46", "units", 53, 7, align=Align.RIGHT),
    _line("charge", "47", "charge", 62, 9, align=Align.RIGHT),
    _line("non_covered", "48", "not covered", 72, 9, align=Align.RIGHT),
    _box("page", "", "page", TOTAL_ROW, 12, 3),
    _box("pages", "", "of", TOTAL_ROW, 19, 3),
    _box("written_on", "45", "written", TOTAL_ROW, 46, 6),
    _amount("total", "47", "total", TOTAL_ROW, 62, 9),
    _amount("non_covered_total", "48", "not covered", TOTAL_ROW, 72, 9),
)
PAYER_BOXES: Final = (
    _box("biller_npi", "56", "npi", 41, 69, 13),
    _payer("payer", "50", "payer", 42, 1, 22),
    _payer("plan_id", "51", "plan id", 42, 24, 14),
    _payer("release", "52", "r", 42, 39, 1),
    _payer("assigned", "53", "a", 42, 42, 1),
    _payer("paid", "54", "paid", 42, 44, 10, align=Align.RIGHT),
    _payer("due", "55", "due", 42, 56, 10, align=Align.RIGHT),
    _payer("provider_id", "57", "other id", 42, 68, 14),
    _payer("insured", "58", "insured", 46, 1, 25),
    _payer("relation", "59", "rel", 46, 27, 2),
    _payer("member_id", "60", "insured id", 46, 30, 19),
    _payer("group_name", "61", "group", 46, 50, 14),
    _payer("group", "62", "group number", 46, 65, 17),
    _payer("authorization", "63", "authorization", 50, 1, 29),
    _payer("original", "64", "payer's number", 50, 31, 26),
)


def _diagnosis(at: int) -> tuple[Box, Box]:
    row, column = 53 + at // DIAGNOSES_A_ROW, 2 + 8 * (at % DIAGNOSES_A_ROW)
    number = f"67{'ABCDEFGHIJKLMNOPQ'[at - 1] if at else ''}"
    return (
        _box(f"diagnosis.{at}", number, "", row, column, 7),
        _box(f"present.{at}", number, "", row, column + 7, 1),
    )


def _procedure(at: int) -> tuple[Box, Box]:
    row, column = 57 + 2 * (at // 3), 1 + 15 * (at % 3)
    number = f"74{'abcde'[at - 1] if at else ''}"
    return (
        _box(f"operation.{at}", number, "operation", row, column, 7),
        _box(f"operation_on.{at}", number, "on", row, column + 8, 6),
    )


def _provider(name: str, number: str, words: str, row: int) -> tuple[Box, ...]:
    return (
        _box(f"{name}_role", number, "", row, 56, 2),
        _box(f"{name}_npi", number, words, row, 60, 10),
        _box(f"{name}_id_kind", number, "", row, 72, 2),
        _box(f"{name}_id", number, "id", row, 74, 8),
        _box(f"{name}_last", number, "last", row + 1, 54, 15),
        _box(f"{name}_first", number, "first", row + 1, 71, 11),
    )


FOOT: Final = (
    _box("icd", "66", "", 54, 1, 1),
    *(box for at in range(DIAGNOSES) for box in _diagnosis(at)),
    _box("admitting", "69", "admitted for", 55, 5, 7),
    *(_box(f"reason.{at}", "70", "reason", 55, 18 + 8 * at, 7) for at in range(REASONS)),
    _box("drg", "71", "drg", 55, 43, 4),
    *(_box(f"cause.{at}", "72", "cause", 55, column, 7) for at, column in enumerate(CAUSE_COLUMNS)),
    *(box for at in range(PROCEDURES) for box in _procedure(at)),
    *_provider("attending", "76", "attends", 56),
    *_provider("operating", "77", "operates", 58),
    *_provider("other", "78", "other", 60),
    *_provider("second_other", "79", "other", 62),
    *(
        _box(f"remark.{at}", "80", "remarks", 60 + at, 1 if at else 6, 24 if at else 19)
        for at in range(REMARKS)
    ),
    _box("taxonomy_kind", "81a", "", 60, 27, 2),
    _box("taxonomy", "81a", "code", 60, 30, 10),
)
UB04_BOXES: Final = (*HEAD, *CODES, *LINES, *PAYER_BOXES, *FOOT)
