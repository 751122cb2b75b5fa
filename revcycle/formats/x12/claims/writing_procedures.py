"""Procedure composites and what both forms write on a service line."""

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.claim_supplements import NO_LINE_SUPPLEMENT, LineSupplement
from revcycle.formats.x12.claims.writing_pen import Pen

DESCRIPTION_AT = 6  # the seventh component


def procedure_of(pen: Pen, line: ClaimDocumentLine, *, is_described: bool = True) -> str:
    """Write qualifier, code, modifiers and description; nothing where there is no procedure."""
    if line.supplement is not NO_LINE_SUPPLEMENT:
        return _described_procedure(pen, line, line.supplement, is_described=is_described)
    key = (line.procedure_code, line.modifiers)
    known = pen.memo.get(key)
    if known is None:
        known = pen.memo[key] = ":".join(_parts(pen, line, "HC"))
    return known


def _parts(pen: Pen, line: ClaimDocumentLine, qualifier: str) -> list[str]:
    if not line.procedure_code:
        return [qualifier] if pen.as_it_stands and qualifier != "HC" else []
    code = pen.code(line.procedure_code, 48, "procedure code")
    return [
        qualifier,
        code,
        *(pen.code(modifier, 2, "modifier", 2) for modifier in line.modifiers),
    ]


def _described_procedure(
    pen: Pen, line: ClaimDocumentLine, extra: LineSupplement, *, is_described: bool
) -> str:
    qualifier = pen.optional_code(extra.procedure_qualifier, 2, "procedure qualifier")
    parts = _parts(pen, line, qualifier)
    if parts and is_described and extra.procedure_description:
        parts += [""] * (DESCRIPTION_AT - len(parts))
        parts.append(pen.text(extra.procedure_description, 80, "procedure description"))
    return ":".join(parts)


def has_service(line: ClaimDocumentLine, procedure: str) -> bool:
    """Tell whether a line that was read says which service it is for."""
    return bool(procedure or line.revenue_code or line.charge.cents or line.units)


def put_service_date(pen: Pen, line: ClaimDocumentLine) -> None:
    """DTP*472: a range only where the end is given."""
    if line.supplement is NO_LINE_SUPPLEMENT or not line.supplement.is_date_of_claim:
        pen.out.append(f"DTP*472*{pen.period(line.service_date, line.service_end_date)}")


def put_line_number(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """REF*6R, always: it comes back in the 835 and finds the line."""
    number = line.line_control_number
    if not number:
        if pen.as_it_stands:
            return
        number = f"{claim.control_number}-{line.number}"
    pen.out.append(f"REF*6R*{pen.code(number, 30, 'line control number')}")
