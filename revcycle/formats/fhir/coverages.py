"""Coverages of an encounter: those its claims name, then the patient's others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Final

from models.documents.encounter import SourceCoverage
from models.documents.party import Person
from revcycle.formats.fhir.charts import Chart
from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text, to_day
from revcycle.formats.fhir.people import to_person
from revcycle.formats.fhir.resources import Resources

RANK_MAX: Final = 3  # claims name primary, secondary and tertiary
SELF: Final = "18"
OTHER: Final = "G8"
_RELATIONSHIPS: Final = {"self": SELF, "": SELF, "spouse": "01", "child": "19"}
_INACTIVE: Final = ("cancelled", "entered-in-error", "draft")
_LAST: Final = 99


@dataclass(frozen=True, slots=True, repr=False)
class CoverageReader:
    """Reads the coverages of one chart."""

    resources: Resources
    chart: Chart
    zone: tzinfo | None

    def read(self, on: date | None) -> tuple[SourceCoverage, ...]:
        """Return at most three coverages, ranked from 1, each payer and member id once."""
        found: list[SourceCoverage] = []
        for coverage in (*self._insured(), *self._held(on)):
            _merge(found, coverage)
        return tuple(
            replace(coverage, rank=rank) for rank, coverage in enumerate(found[:RANK_MAX], start=1)
        )

    def _insured(self) -> Iterator[SourceCoverage]:
        """Give the coverages in the insurance lists of claims, then of benefits."""
        for payment in (*self.chart.claims, *self.chart.benefits):
            insurances = sorted(
                nodes(payment, "insurance"), key=lambda one: _order(one, "sequence")
            )
            for insurance in insurances:
                reference = node(insurance, "coverage")
                coverage = self.resources.resolve(reference, payment)
                if coverage:
                    yield self._coverage(coverage, payment)
                elif text(reference, "display"):
                    yield SourceCoverage(1, text(reference, "display"), "")

    def _held(self, on: date | None) -> Iterator[SourceCoverage]:
        """Give the patient's coverages that are active and in force on the day, in their order."""
        for coverage in sorted(self.chart.coverages, key=lambda one: _order(one, "order")):
            if text(coverage, "status") in _INACTIVE:
                continue
            read = self._coverage(coverage, coverage)
            ended = on is not None and read.valid_to is not None and read.valid_to < on
            if not ended:
                yield read

    def _coverage(self, coverage: Node, owner: Node) -> SourceCoverage:
        payor = node(coverage, "payor") or node(coverage, "insurer")
        payer = self.resources.resolve(payor, coverage) or self.resources.resolve(payor, owner)
        relationship = _relationship(coverage)
        return SourceCoverage(
            rank=1,
            payer_name=text(payer, "name") or text(payor, "display"),
            member_id=_member_id(coverage),
            payer_id=_payer_id(payer, payor),
            plan_name=_class(coverage, "plan", "name") or _class(coverage, "plan", "value"),
            group_number=_class(coverage, "group", "value"),
            relationship=relationship,
            subscriber=self._subscriber(coverage) if relationship != SELF else None,
            valid_from=to_day(text(coverage, "period", "start"), self.zone),
            valid_to=to_day(text(coverage, "period", "end"), self.zone),
        )

    def _subscriber(self, coverage: Node) -> Person | None:
        subscriber = self.resources.resolve(node(coverage, "subscriber"), coverage)
        return to_person(subscriber, self.zone) if subscriber else None


def _merge(found: list[SourceCoverage], coverage: SourceCoverage) -> None:
    """Add a coverage, or let it complete one of the same payer that lacks a member id."""
    for place, known in enumerate(found):
        if known.payer_name.casefold() != coverage.payer_name.casefold():
            continue
        if known.member_id == coverage.member_id or not coverage.member_id:
            return
        if not known.member_id:
            found[place] = coverage
            return
    found.append(coverage)


def _member_id(coverage: Node) -> str:
    numbers = (
        text(identifier, "value")
        for identifier in nodes(coverage, "identifier")
        if text(identifier, "type", "coding", "code") in ("MB", "")
    )
    return text(coverage, "subscriberId") or next(numbers, "")


def _payer_id(payer: Node, payor: Node) -> str:
    """Return the payer's number: one typed as such, else its only one, else the logical one."""
    identifiers = nodes(payer, "identifier")
    typed = [one for one in identifiers if "payer" in text(one, "type", "coding", "code")]
    chosen = typed[:1] or (identifiers if len(identifiers) == 1 else ())
    numbers = [text(one, "value") for one in chosen]
    return next(iter(numbers), "") or text(payor, "identifier", "value")


def _class(coverage: Node, kind: str, name: str) -> str:
    found = (
        text(one, name)
        for one in nodes(coverage, "class")
        if text(one, "type", "coding", "code") == kind
    )
    return next(found, "")


def _relationship(coverage: Node) -> str:
    code = text(node(coverage, "relationship") or EMPTY, "coding", "code")
    return _RELATIONSHIPS.get(code, OTHER)


def _order(resource: Node, name: str) -> int:
    value = resource.get(name)
    return value if isinstance(value, int) and value > 0 else _LAST
