"""Diagnoses and services of an encounter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal, InvalidOperation
from typing import Final

from models.documents.encounter import SourceCode, SourceProcedure
from models.documents.finding import Finding, Severity
from models.values.money import Money
from revcycle.formats.fhir.charts import Chart
from revcycle.formats.fhir.codes import find_coding, to_source_code
from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text, to_day
from revcycle.formats.fhir.resources import Resources

RULE_ID: Final = "intake.fhir"
PLACE_SYSTEMS: Final = (
    "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
    "http://terminology.hl7.org/CodeSystem/ex-serviceplace",
    "https://bluebutton.cms.gov/resources/variables/line_place_of_srvc_cd",
)
UNITS_MAX: Final = 9_999_999  # SV104 and our tables hold no more
_AMOUNT_MAX: Final = Decimal(10) ** 12
_NOT_CONFIRMED: Final = ("refuted", "entered-in-error", "differential", "unconfirmed")
_LAST: Final = 99


@dataclass(slots=True, repr=False)
class ServiceReader:
    """Reads what was found and done in one chart, and collects what could not be read."""

    resources: Resources
    chart: Chart
    zone: tzinfo | None
    position: str
    diagnoses: list[SourceCode] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read_diagnoses(self) -> None:
        """Read the diagnoses of the claims, of the encounter by rank, then its other conditions."""
        for payment in self._payments():
            for diagnosis in sorted(nodes(payment, "diagnosis"), key=_sequence):
                self._add(self._claimed_diagnosis(diagnosis, payment))
        encounter = self.chart.encounter
        for diagnosis in sorted(nodes(encounter, "diagnosis"), key=_rank):
            condition = self.resources.resolve(node(diagnosis, "condition"), encounter)
            self._add(_condition_code(condition))
        for condition in self.chart.conditions:
            self._add(_condition_code(condition))

    def read_services(self) -> tuple[SourceProcedure, ...]:
        """Read the items of the claims, then the procedures that no item names."""
        billed = tuple(self._read_items())
        codes = {(service.code.system, service.code.code) for service in billed}
        done = tuple(self._read_procedures())
        return (*billed, *(one for one in done if (one.code.system, one.code.code) not in codes))

    def read_place(self) -> str:
        """Return the place of service that an item names; empty if none does."""
        places = (
            find_coding(node(item, "locationCodeableConcept"), PLACE_SYSTEMS)
            for payment in (*self.chart.claims, *self.chart.benefits)
            for item in nodes(payment, "item")
        )
        return next((place for place in places if place), "")

    def _payments(self) -> tuple[Node, ...]:
        """Return the claims; the benefits speak only where no claim does."""
        claims = tuple(claim for claim in self.chart.claims if nodes(claim, "item"))
        return claims or self.chart.benefits

    def _read_items(self) -> Iterator[SourceProcedure]:
        for payment in self._payments():
            for item in nodes(payment, "item"):
                code = to_source_code(node(item, "productOrService") or node(item, "service"))
                if code is not None and self._is_ours(item, payment):
                    yield self._service(item, code, payment)

    def _is_ours(self, item: Node, payment: Node) -> bool:
        """Tell whether an item belongs to this encounter; one that names none does."""
        named = [self.resources.resolve(one, payment) for one in nodes(item, "encounter")]
        return not named or any(one is self.chart.encounter for one in named)

    def _service(self, item: Node, code: SourceCode, payment: Node) -> SourceProcedure:
        serviced = text(item, "servicedDate") or text(item, "servicedPeriod", "start")
        modifiers = (text(one, "coding", "code") for one in nodes(item, "modifier"))
        return SourceProcedure(
            code=code,
            service_date=to_day(serviced, self.zone),
            modifiers=tuple(modifier for modifier in modifiers if modifier),
            units=self._units(item),
            charge=self._charge(item),
            diagnosis_pointers=self._pointers(item, payment),
            revenue_code=text(item, "revenue", "coding", "code"),
        )

    def _read_procedures(self) -> Iterator[SourceProcedure]:
        for procedure in self.chart.procedures:
            code = to_source_code(node(procedure, "code"))
            performed = text(procedure, "performedDateTime") or text(
                procedure, "performedPeriod", "start"
            )
            if code is not None:
                yield SourceProcedure(code, to_day(performed, self.zone))

    def _pointers(self, item: Node, payment: Node) -> tuple[int, ...]:
        """Turn sequence numbers of the claim's diagnoses into places in ours."""
        sequences = item.get("diagnosisSequence") or item.get("diagnosisLinkId") or ()
        claimed = {_sequence(one): one for one in nodes(payment, "diagnosis")}
        wanted = [claimed[number] for number in _integers(sequences) if number in claimed]
        places = (self._add(self._claimed_diagnosis(one, payment)) for one in wanted)
        return tuple(dict.fromkeys(place for place in places if place))

    def _claimed_diagnosis(self, diagnosis: Node, payment: Node) -> SourceCode | None:
        concept = node(diagnosis, "diagnosisCodeableConcept")
        if concept:
            return to_source_code(concept)
        reference = node(diagnosis, "diagnosisReference")
        return _condition_code(self.resources.resolve(reference, payment))

    def _add(self, code: SourceCode | None) -> int:
        """Return the place, from 1, of a diagnosis, adding it last if it is new; 0 for none."""
        if code is None:
            return 0
        known = [(one.system, one.code, one.text if not one.code else "") for one in self.diagnoses]
        key = (code.system, code.code, code.text if not code.code else "")
        if key not in known:
            self.diagnoses.append(code)
            return len(self.diagnoses)
        return known.index(key) + 1

    def _units(self, item: Node) -> Decimal:
        try:
            units = Decimal(text(item, "quantity", "value") or "1")
        except InvalidOperation:
            units = Decimal("NaN")
        if units.is_finite() and 0 < units <= UNITS_MAX:
            return units
        message = f"units are a number above zero, at most {UNITS_MAX}"
        self._report("item.quantity", message)
        return Decimal(1)

    def _charge(self, item: Node) -> Money | None:
        """Read the item's net, the submitted amount of a benefit, or units times unit price."""
        net = text(item, "net", "value") or _submitted(item)
        price = text(item, "unitPrice", "value")
        if not (net or price):
            return None
        try:
            return _amount(net) if net else _amount(price).times(self._units(item))
        except ValueError as error:
            self._report("item.net", f"the charge is {error}; it is left out")
            return None

    def _report(self, name: str, message: str) -> None:
        self.findings.append(Finding(RULE_ID, Severity.WARNING, name, message, self.position))


def _amount(text: str) -> Money:
    """Read an amount of a size that can be money.

    Raises:
        ValueError: it is none, or finer than a cent.
    """
    try:
        is_money = -_AMOUNT_MAX < Decimal(text) < _AMOUNT_MAX
    except InvalidOperation:
        is_money = False
    if not is_money:
        msg = "not an amount"
        raise ValueError(msg)
    return Money.parse(text)


def _condition_code(condition: Node) -> SourceCode | None:
    status = text(condition, "verificationStatus", "coding", "code")
    return None if status in _NOT_CONFIRMED else to_source_code(node(condition, "code"))


def _submitted(item: Node) -> str:
    amounts = (
        text(one, "amount", "value")
        for one in nodes(item, "adjudication")
        if text(one, "category", "coding", "code") == "submitted"
    )
    return next(amounts, "")


def _integers(values: object) -> tuple[int, ...]:
    listed = values if isinstance(values, list) else []
    return tuple(value for value in listed if isinstance(value, int))


def _sequence(diagnosis: Node) -> int:
    value = diagnosis.get("sequence", _LAST)
    return value if isinstance(value, int) else _LAST


def _rank(diagnosis: Node) -> int:
    value = (diagnosis or EMPTY).get("rank", _LAST)
    return value if isinstance(value, int) else _LAST
