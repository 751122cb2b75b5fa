"""835: one claim (loop 2100) and its services (loop 2110)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.documents.claim import Adjustment
from models.documents.finding import Severity
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.money import Money
from revcycle.formats.x12.reading import (
    Place,
    UnreadableError,
    amount,
    components,
    day,
    optional_amount,
    optional_quantity,
)
from revcycle.formats.x12.segments import Segment

TRIPLETS_MAX = 6  # of one CAS
TRIPLET_STRIDE = 3
REMARK_ELEMENTS = {"MIA": (5, 20, 21, 22, 23), "MOA": (3, 4, 5, 6, 7)}
SOCIAL_SECURITY_NUMBER = "34"  # NM108
REVENUE_CODE = "NU"  # SVC01-1

_CLAIM_TAGS = frozenset({"CLP", "CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY"})
_LINE_TAGS = frozenset({"SVC", "DTM", "CAS", "REF", "AMT", "QTY", "LQ"})
_CLAIM_NAMES = frozenset({"QC", "IL", "74", "82", "TT"})
_CLAIM_DATES = frozenset({"232", "233", "050"})
_LINE_DATES = frozenset({"472", "150", "151"})


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts what the guide knows and a remittance document does not carry."""

    place: Place
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, segment: Segment) -> None:
        """Count a segment by its tag and, where it has one, its qualifier."""
        has_qualifier = segment.tag not in {"TS3", "TS2"}
        self.counts[f"{segment.tag}*{segment.get(1)}" if has_qualifier else segment.tag] += 1

    def report(self, first: Segment) -> None:
        """Add one note for the whole transaction, if there is anything to say."""
        if self.counts:
            listed = ", ".join(f"{name} ({count})" for name, count in sorted(self.counts.items()))
            message = f"kept in the file only: {listed}"
            self.place.report(first, "x12.835_not_carried", Severity.INFO, "", message)


@dataclass(slots=True)
class _Facts:
    """The segments of one claim or service, by qualifier; the first of each counts."""

    names: dict[str, Segment] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, Money] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def name(self, entity: str, number: int) -> str:
        """Return an element of the NM1 of an entity."""
        return self.names[entity].get(number) if entity in self.names else ""


def read_claim(segments: Sequence[Segment], tally: Tally) -> RemittanceClaim:
    """Read one claim from CLP to the segment before the next.

    Raises:
        UnreadableError: an amount, a date or a quantity is malformed.
    """
    starts = [index for index, segment in enumerate(segments) if segment.tag == "SVC"]
    ends = [*starts[1:], len(segments)]
    claim, *others = segments[: starts[0] if starts else len(segments)]
    facts = _read_claim_facts(others, tally)
    npi = facts.name("82", 9) if facts.name("82", 8) == "XX" else ""
    return RemittanceClaim(
        claim_control_number=claim.get(1),
        status=claim.get(2),
        charge=amount(claim, 3),
        paid=amount(claim, 4),
        patient_responsibility=optional_amount(claim, 5),
        filing_indicator=claim.get(6),
        payer_claim_control_number=claim.get(7),
        facility_code=claim.get(8),
        frequency_code=claim.get(9),
        patient_last_name=facts.name("QC", 3),
        patient_first_name=facts.name("QC", 4),
        member_id=_member_id(facts),
        corrected_member_id=facts.name("74", 9),
        rendering_provider_npi=npi,
        crossover_payer_name=facts.name("TT", 3),
        crossover_payer_id=facts.name("TT", 9),
        statement_from=facts.dates.get("232"),
        statement_to=facts.dates.get("233"),
        received_on=facts.dates.get("050"),
        adjustments=tuple(facts.adjustments),
        remarks=tuple(facts.remarks),
        lines=tuple(
            _read_line(segments[start:end], tally) for start, end in zip(starts, ends, strict=False)
        ),
    )


def _read_claim_facts(segments: Sequence[Segment], tally: Tally) -> _Facts:
    facts = _Facts()
    for segment in segments:
        tag, qualifier = segment.tag, segment.get(1)
        if tag == "CAS":
            facts.adjustments.extend(read_adjustments(segment))
        elif tag == "NM1" and qualifier in _CLAIM_NAMES:
            facts.names.setdefault(qualifier, segment)
        elif tag == "DTM" and qualifier in _CLAIM_DATES:
            facts.dates.setdefault(qualifier, day(segment, 2))
        elif tag in REMARK_ELEMENTS:
            remarks = (segment.get(number) for number in REMARK_ELEMENTS[tag])
            facts.remarks.extend(remark for remark in remarks if remark)
        elif tag in _CLAIM_TAGS:
            tally.add(segment)
        else:
            tally.place.report_unknown(segment)
    return facts


def _member_id(facts: _Facts) -> str:
    """Take the patient's number with the payer, or the insured's; never a social security number.

    Some payers put the latter into NM1*QC, where it must not be taken for a member id.
    """
    numbers = (
        facts.name(entity, 9)
        for entity in ("QC", "IL")
        if facts.name(entity, 8) != SOCIAL_SECURITY_NUMBER
    )
    return next((number for number in numbers if number), "")


def _read_line(segments: Sequence[Segment], tally: Tally) -> RemittanceLine:
    service, *others = segments
    facts = _read_line_facts(others, tally)
    judged = components(service, 1, tally.place.delimiters)
    submitted = components(service, 6, tally.place.delimiters)
    code = judged[1] if len(judged) > 1 else ""
    is_revenue_code = judged[0] == REVENUE_CODE
    units = optional_quantity(service, 5)
    return RemittanceLine(
        charge=amount(service, 2),
        paid=amount(service, 3),
        procedure_code="" if is_revenue_code else code,
        modifiers=tuple(modifier for modifier in judged[2:6] if modifier),
        revenue_code=code if is_revenue_code else service.get(4),
        units=Decimal(1) if units is None else units,
        submitted_procedure_code=submitted[1] if len(submitted) > 1 else "",
        service_date=facts.dates.get("472") or facts.dates.get("150"),
        service_end_date=facts.dates.get("151"),
        line_control_number=facts.references.get("6R", ""),
        allowed=facts.amounts.get("B6"),
        adjustments=tuple(facts.adjustments),
        remarks=tuple(facts.remarks),
    )


def _read_line_facts(segments: Sequence[Segment], tally: Tally) -> _Facts:
    facts = _Facts()
    for segment in segments:
        tag, qualifier = segment.tag, segment.get(1)
        if tag == "CAS":
            facts.adjustments.extend(read_adjustments(segment))
        elif tag == "DTM" and qualifier in _LINE_DATES:
            facts.dates.setdefault(qualifier, day(segment, 2))
        elif tag == "REF" and qualifier == "6R":
            facts.references.setdefault(qualifier, segment.get(2))
        elif tag == "AMT" and qualifier == "B6":
            facts.amounts.setdefault(qualifier, amount(segment, 2))
        elif tag == "LQ":
            facts.remarks.append(segment.get(2))
        elif tag in _LINE_TAGS:
            tally.add(segment)
        else:
            tally.place.report_unknown(segment)
    return facts


def read_adjustments(segment: Segment) -> Iterator[Adjustment]:
    """Read the triplets of a CAS: reason, amount and an optional quantity, up to six times.

    Raises:
        UnreadableError: an amount has no reason, or an amount or a quantity is malformed.
    """
    last = min(len(segment.elements), TRIPLET_STRIDE * TRIPLETS_MAX + 1)
    for number in range(2, last + 1, TRIPLET_STRIDE):
        reason = segment.get(number)
        if not reason and not segment.get(number + 1):
            continue
        if not reason:
            raise UnreadableError(segment, number, "an amount without a reason")
        yield Adjustment(
            group=segment.get(1),
            reason=reason,
            amount=amount(segment, number + 1),
            quantity=optional_quantity(segment, number + 2),
        )
