"""One service of a claim (loop 2110)."""

from dataclasses import dataclass, field
from decimal import Decimal

from models.documents.claim import Adjustment
from models.documents.party import Reference
from models.documents.remittance import RemittanceLine
from models.documents.remittance_codes import (
    RemittanceAmount,
    RemittanceAmountKind,
    RemittanceQuantity,
    RemittanceQuantityKind,
)
from models.documents.remittance_supplements import RemittanceLineSupplement
from revcycle.formats.x12.remittances.conversions import AMOUNTS, DATES, QUANTITIES, Procedure
from revcycle.formats.x12.remittances.drafts import LineDraft
from revcycle.formats.x12.remittances.reading_state import (
    TRIPLET_STRIDE,
    Elements,
    Reading,
    Remains,
    adjustment_counts,
    element,
    read_adjustments,
    trimmed,
)

LOOP = "2110"
USUAL_LENGTH = 6  # SVC with SVC05 and nothing behind it
SVC_ELEMENTS = 7
NO_PROCEDURE = Procedure("HC", "", "", (), "", is_usual=True, is_odd=False)
PAIR = 3  # a tag, a qualifier and a value
ONE_UNIT = Decimal(1)
LINE_ENDS = frozenset({"SVC", "CLP", "LX", "TS3", "TS2", "PLB", "SE"})
LINE_DATES = frozenset({"472", "150", "151"})
USUAL_DATES = frozenset({"", "472", "150151"})
SERVICE_REFERENCES = frozenset({"1S", "APC", "BB", "E9", "G1", "G3", "LU", "RB"})
PROVIDER_REFERENCES = frozenset(
    {"0B", "1A", "1B", "1C", "1D", "1G", "1H", "1J", "D3", "G2", "HPI", "SY", "TJ"}
)
AMOUNT_KINDS = {
    code: RemittanceAmountKind(code)
    for code in ("B6", "KH", "T", "T2", "ZK", "ZL", "ZM", "ZN", "ZO")
}
QUANTITY_KINDS = {code: RemittanceQuantityKind(code) for code in ("ZK", "ZL", "ZM", "ZN", "ZO")}


@dataclass(slots=True)
class _More:
    """What a line says beyond the ordinary, while it is read."""

    remains: Remains
    references: list[Reference] = field(default_factory=list)
    provider_references: list[Reference] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    amounts: list[RemittanceAmount] = field(default_factory=list)
    quantities: list[RemittanceQuantity] = field(default_factory=list)
    drug_remarks: list[str] = field(default_factory=list)
    adjustment_counts: tuple[int, ...] = ()
    service: Elements = field(default_factory=list)  # an SVC that is not as usual
    submitted: Procedure = NO_PROCEDURE
    is_odd: bool = False  # in its adjustments or dates; its segments have to be looked at again

    def take_service(self, at: int, service: Elements, judged: Procedure) -> Decimal:
        """Take an SVC that is not as usual; return the units."""
        self.service = service
        if text := element(service, 6):
            self.submitted = self.remains.reading.procedures[text]
        if judged.is_odd or self.submitted.is_odd or judged.description:
            self.remains.odd.add("SVC")
            message = "what names the service is not as the guide has it; it is kept as it is"
            self.remains.reading.note(at, service, message)
        if judged.revenue_code and element(service, 4):
            self.remains.odd.add("SVC")
        self.remains.check_length(at, service, SVC_ELEMENTS)
        units = element(service, 5)
        return QUANTITIES[units] if units else ONE_UNIT

    def take(self, at: int, segment: Elements) -> None:
        """Take a segment that only some lines have."""
        if len(segment) != PAIR or not self._is_taken(at, segment):
            self.remains.keep(at, segment)

    def supplement(self, judged: Procedure) -> RemittanceLineSupplement:
        """Make the supplement."""
        service, submitted = self.service, self.submitted
        units = element(service, 7)
        return RemittanceLineSupplement(
            procedure_qualifier="" if judged.qualifier in {"HC", "NU"} else judged.qualifier,
            are_units_said=not service or bool(element(service, 5)),
            submitted_qualifier=submitted.qualifier,
            submitted_modifiers=submitted.modifiers,
            submitted_description=submitted.description,
            submitted_units=QUANTITIES[units] if units else None,
            references=tuple(self.references),
            provider_references=tuple(self.provider_references),
            policies=tuple(self.policies),
            amounts=tuple(self.amounts),
            quantities=tuple(self.quantities),
            drug_remarks=tuple(self.drug_remarks),
            adjustment_counts=self.adjustment_counts,
        )

    def check_order(self, positions: range) -> None:
        """Let segments stand in where their order or choice says more than the fields do."""
        if not (self.is_odd or self.amounts or self.drug_remarks):
            return
        remains = self.remains
        segments = list(map(remains.reading.segment_at, positions))
        kinds: dict[str, list[str]] = {"AMT": [], "DTM": [], "LQ": []}
        for segment in segments:
            if segment[0] in kinds and len(segment) == PAIR:
                kinds[segment[0]].append(segment[1])
        if "".join(kinds["DTM"]) not in USUAL_DATES or None in (
            DATES[one[2]] for one in segments if one[0] == "DTM" and len(one) == PAIR
        ):
            remains.odd.add("DTM")
            remains.check_dates(positions)
        if "B6" in kinds["AMT"][1:] and kinds["AMT"][0] != "B6":
            remains.odd.add("AMT")
        if kinds["LQ"] != sorted(kinds["LQ"]):
            remains.odd.add("LQ")
        self.adjustment_counts = adjustment_counts(segments, remains)

    def _is_taken(self, at: int, segment: Elements) -> bool:
        tag, qualifier, value = segment
        if tag == "REF":
            return self._is_reference(qualifier, value)
        if tag == "LQ" and qualifier == "RX":
            self.drug_remarks.append(value)
            return True
        return self._is_number(at, segment)

    def _is_reference(self, qualifier: str, value: str) -> bool:
        if qualifier in SERVICE_REFERENCES:
            self.references.append(Reference(qualifier, value))
        elif qualifier in PROVIDER_REFERENCES:
            self.provider_references.append(Reference(qualifier, value))
        elif qualifier == "0K":
            self.policies.append(value)
        else:
            return False
        return True

    def _is_number(self, at: int, segment: Elements) -> bool:
        tag, qualifier, _ = segment
        if tag == "AMT" and qualifier in AMOUNT_KINDS:
            amount = self.remains.amount(at, segment, 2)
            if amount is not None:
                self.amounts.append(RemittanceAmount(AMOUNT_KINDS[qualifier], amount))
        elif tag == "QTY" and qualifier in QUANTITY_KINDS:
            quantity = self.remains.quantity(at, segment, 2)
            if quantity is not None:
                self.quantities.append(RemittanceQuantity(QUANTITY_KINDS[qualifier], quantity))
        else:
            return False
        return True


def read_line(reading: Reading) -> RemittanceLine:
    """Read the service whose SVC is next, up to the segment that is none of its own.

    Raises:
        ValueError: an amount or a quantity that counts is none.
        IndexError: it is missing.
    """
    start, service, more = reading.at, reading.segment, None
    judged = reading.procedures[service[1]]
    revenue_code = judged.revenue_code
    if len(service) == USUAL_LENGTH and judged.is_usual and not (revenue_code and service[4]):
        units = QUANTITIES[service[5]]
    else:
        more = _More(Remains(reading, LOOP))
        units = more.take_service(start, service, judged)
    line = LineDraft(AMOUNTS[service[2]], AMOUNTS[service[3]], units)
    line.procedure_code = judged.procedure_code
    line.modifiers = judged.modifiers
    line.revenue_code = revenue_code or element(service, 4)
    more = _read_details(reading, line, more)
    if more is not None:
        positions = range(start, reading.at)
        more.check_order(positions)
        line.supplement, line.kept = more.supplement(judged), more.remains.closed(positions)
        submitted = more.submitted
        line.submitted_procedure_code = submitted.procedure_code or submitted.revenue_code
    return line.finished()


def _read_details(  # noqa: C901, PLR0912 - one pass; a call for each segment costs a fifth more
    reading: Reading, line: LineDraft, more: _More | None
) -> _More | None:
    """Read what stands behind an SVC; this is where the time of reading a remittance goes."""
    pieces, separator = reading.pieces, reading.separator
    adjustments: tuple[Adjustment, ...] = ()
    dates = group = ""
    is_odd = False
    for at in range(reading.at + 1, len(pieces)):
        segment = pieces[at].split(separator)
        if not segment[-1]:
            trimmed(segment)
        tag, size = segment[0], len(segment)
        if tag == "CAS":
            found = read_adjustments(segment)
            if segment[1] == group or (size - 1) // TRIPLET_STRIDE != len(found):
                is_odd = True
            group = segment[1]
            adjustments += found
        elif tag == "DTM" and size == PAIR and segment[1] in LINE_DATES:
            day = DATES[segment[2]]
            dates += segment[1] if day else "?"
            if segment[1] == "151":
                line.service_end_date = line.service_end_date or day
            elif line.service_date is None or segment[1] == "472":
                line.service_date = day
        elif tag == "REF" and size == PAIR and segment[1] == "6R" and not line.line_control_number:
            line.line_control_number = segment[2]
        elif tag == "AMT" and size == PAIR and segment[1] == "B6" and line.allowed is None:
            line.allowed = AMOUNTS[segment[2]]
        elif tag == "LQ" and size == PAIR and segment[1] == "HE":
            line.remarks += (segment[2],)
        elif tag in LINE_ENDS:
            reading.at, reading.segment = at, segment
            break
        else:
            more = more or _More(Remains(reading, LOOP))
            more.take(at, segment)
    else:
        reading.go_to(len(pieces))
    line.adjustments = adjustments
    if is_odd or dates not in USUAL_DATES:
        more = more or _More(Remains(reading, LOOP))
        more.is_odd = True
    return more
