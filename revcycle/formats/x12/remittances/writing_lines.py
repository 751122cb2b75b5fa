"""One service of a claim (loop 2110), written."""

from collections.abc import Iterator, Sequence

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceLine
from models.errors import RejectedError
from revcycle.formats.x12.elements import write_amount, write_quantity
from revcycle.formats.x12.remittances.writing_text import (
    Pen,
    chunked,
    date_segments,
    number_segments,
    optional_quantity,
    reference_segments,
    with_kept,
)
from revcycle.formats.x12.segments import Segment, segment

TRIPLETS_MAX = 6  # of one CAS
SEGMENTS_MAX = 99  # CAS of one claim or line
MODIFIERS_MAX = 4
CODE_LIMIT = 48
DESCRIPTION_LIMIT = 80
WRITTEN_GROUPS = frozenset({"CO", "OA", "PI", "PR"})  # CR was 4010


def line_segments(pen: Pen, line: RemittanceLine) -> Iterator[Segment]:
    """Write a service, SVC to LQ.

    Raises:
        RejectedError: something required is missing or cannot be carried.
    """
    return with_kept(pen, _segments(pen, line), line.kept)


def adjustment_segments(
    pen: Pen, adjustments: Sequence[Adjustment], counts: Sequence[int]
) -> Iterator[Segment]:
    """Write one CAS for each run of a group, and another behind every sixth reason.

    Raises:
        RejectedError: a group is not one of 005010, or there are too many reasons.
    """
    written = chunked(adjustments, lambda one: one.group, TRIPLETS_MAX, counts)
    if len(written) > SEGMENTS_MAX:
        msg = f"adjustments need more than {SEGMENTS_MAX} CAS segments"
        raise RejectedError(msg)
    for chunk in written:
        triplets = (element for one in chunk for element in _triplet(pen, one))
        yield segment(
            "CAS", pen.code(chunk[0].group, "adjustment group", WRITTEN_GROUPS), *triplets
        )


def _segments(pen: Pen, line: RemittanceLine) -> Iterator[Segment]:
    supplement = line.supplement
    yield _service(pen, line)
    if line.service_end_date is None:
        yield from date_segments("472", line.service_date)
    else:
        yield from date_segments("150", line.service_date)
        yield from date_segments("151", line.service_end_date)
    yield from adjustment_segments(pen, line.adjustments, supplement.adjustment_counts)
    yield from reference_segments(pen, supplement.references, "reference of a line")
    if line.line_control_number:
        number = pen.required(line.line_control_number, "line control number")
        yield segment("REF", "6R", number)
    yield from reference_segments(pen, supplement.provider_references, "provider of a line")
    for policy in supplement.policies:
        yield segment("REF", "0K", pen.required(policy, "health care policy"))
    allowed = () if line.allowed is None else (("B6", line.allowed),)
    amounts = ((one.kind.value, one.amount) for one in supplement.amounts)
    yield from number_segments("AMT", (*allowed, *amounts))
    yield from number_segments(
        "QTY", ((one.kind.value, one.quantity) for one in supplement.quantities)
    )
    for remark in line.remarks:
        yield segment("LQ", "HE", pen.required(remark, "line remark", 30))
    for remark in supplement.drug_remarks:
        yield segment("LQ", "RX", pen.required(remark, "drug remark", 30))


def _service(pen: Pen, line: RemittanceLine) -> Segment:
    supplement = line.supplement
    revenue_code = line.revenue_code if line.procedure_code else ""
    return segment(
        "SVC",
        _judged(pen, line),
        write_amount(line.charge),
        write_amount(line.paid),
        pen.optional(revenue_code, "revenue code", CODE_LIMIT),
        write_quantity(line.units) if supplement.are_units_said else "",
        _submitted(pen, line),
        optional_quantity(supplement.submitted_units),
    )


def _judged(pen: Pen, line: RemittanceLine) -> str:
    usual = "HC" if line.procedure_code else "NU"
    qualifier = pen.required(line.supplement.procedure_qualifier or usual, "kind of code", 2)
    code = pen.required(line.procedure_code or line.revenue_code, "service code", CODE_LIMIT)
    return pen.composite(qualifier, code, *_modifiers(pen, line.modifiers))


def _submitted(pen: Pen, line: RemittanceLine) -> str:
    supplement = line.supplement
    if not line.submitted_procedure_code:
        return ""
    modifiers = _modifiers(pen, supplement.submitted_modifiers)
    description = pen.name(
        supplement.submitted_description, "description of a service", DESCRIPTION_LIMIT
    )
    blanks = [""] * (MODIFIERS_MAX - len(modifiers))
    return pen.composite(
        pen.required(supplement.submitted_qualifier, "kind of submitted code", 2),
        pen.required(line.submitted_procedure_code, "submitted code", CODE_LIMIT),
        *modifiers,
        *blanks,
        description,
    )


def _modifiers(pen: Pen, modifiers: Sequence[str]) -> list[str]:
    if len(modifiers) > MODIFIERS_MAX:
        msg = f"a service carries at most {MODIFIERS_MAX} modifiers"
        raise RejectedError(msg)
    return [pen.required(modifier, "modifier", 2) for modifier in modifiers]


def _triplet(pen: Pen, adjustment: Adjustment) -> tuple[str, str, str]:
    return (
        pen.required(adjustment.reason, "adjustment reason", 5),
        write_amount(adjustment.amount),
        optional_quantity(adjustment.quantity),
    )
