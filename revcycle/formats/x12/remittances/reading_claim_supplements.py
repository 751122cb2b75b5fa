"""What a claim of a remittance says that most claims do not (loop 2100)."""

from dataclasses import dataclass, field
from datetime import date

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.party import Contact, Reference
from models.documents.remittance_codes import (
    RemittanceAmount,
    RemittanceAmountKind,
    RemittanceQuantity,
    RemittanceQuantityKind,
)
from models.documents.remittance_supplements import (
    NO_REMITTANCE_CLAIM_SUPPLEMENT,
    RemittanceClaimSupplement,
)
from revcycle.formats.x12.remittances.conversions import DATES
from revcycle.formats.x12.remittances.reading_adjudication import read_inpatient, read_outpatient
from revcycle.formats.x12.remittances.reading_names import ENTITIES, Names
from revcycle.formats.x12.remittances.reading_state import (
    Elements,
    Remains,
    adjustment_counts,
    element,
    is_contact_odd,
    read_contact_numbers,
)

CLP_ELEMENTS = 14
PAIR = 3  # a tag, a qualifier and a value
CLAIM_DATES = frozenset({"232", "233", "050"})
USUAL_STATEMENT = frozenset({"", "232", "233", "232233"})
COVERAGE_EXPIRED = "036"
CLAIM_REFERENCES = frozenset(
    {"1L", "1W", "28", "6P", "9A", "9C", "BB", "CE", "EA", "F8", "G1", "G3", "IG", "SY"}
)
PROVIDER_REFERENCES = frozenset({"0B", "1A", "1B", "1C", "1D", "1G", "1H", "1J", "D3", "G2", "LU"})
AMOUNT_KINDS = {
    code: RemittanceAmountKind(code)
    for code in ("AU", "D8", "DY", "F5", "I", "NL", "T", "T2", "ZK", "ZL", "ZM", "ZN", "ZO")
}
QUANTITY_KINDS = {
    code: RemittanceQuantityKind(code)
    for code in ("CA", "CD", "LA", "LE", "NE", "NR", "OU", "PS", "VS", "ZK", "ZL", "ZM", "ZN", "ZO")
}


@dataclass(slots=True)
class ClaimMore:
    """What a claim says beyond the ordinary, while it is read."""

    remains: Remains
    at: int  # the index of the CLP
    claim: Elements  # the CLP
    is_odd: bool = False  # in its adjustments or dates; its segments have to be looked at again
    names: dict[str, Elements] = field(default_factory=dict)
    inpatient: InpatientAdjudication | None = None
    outpatient: OutpatientAdjudication | None = None
    references: list[Reference] = field(default_factory=list)
    provider_references: list[Reference] = field(default_factory=list)
    coverage_expired_on: date | None = None
    contacts: list[Contact] = field(default_factory=list)
    amounts: list[RemittanceAmount] = field(default_factory=list)
    quantities: list[RemittanceQuantity] = field(default_factory=list)
    adjustment_counts: tuple[int, ...] = ()

    def take(self, at: int, segment: Elements) -> None:
        """Take a segment that only some claims have."""
        tag = segment[0]
        if tag == "NM1":
            is_taken = self._is_name(segment)
        elif tag in {"MIA", "MOA"}:
            is_taken = self._is_adjudication(at, segment)
        elif tag == "PER" and element(segment, 1) == "CX":
            is_taken = self._is_contact(segment)
        else:
            is_taken = len(segment) == PAIR and self._is_pair(at, segment)
        if not is_taken:
            self.remains.keep(at, segment)

    def take_usual(self, entity: str, *elements: str) -> None:
        """Take a name that was found to be as usual, beside those that are not."""
        if entity in self.names:
            self.remains.odd.add("NM1")  # the second of its kind
        self.names[entity] = ["NM1", entity, *elements]

    def check_order(self, positions: range) -> None:
        """Let segments stand in where their order or choice says more than the fields do."""
        remains = self.remains
        remains.check_length(self.at, self.claim, CLP_ELEMENTS)
        if not self.is_odd:
            return
        segments = list(map(remains.reading.segment_at, positions))
        dates = [one for one in segments if one[0] == "DTM" and len(one) == PAIR]
        kinds = "".join(one[1] for one in dates if one[1] in CLAIM_DATES)
        if kinds.replace("050", "", 1) not in USUAL_STATEMENT or None in (
            DATES[one[2]] for one in dates
        ):
            remains.odd.add("DTM")
            remains.check_dates(positions)
        self.adjustment_counts = adjustment_counts(segments, remains)

    def supplement(self, names: Names) -> RemittanceClaimSupplement:
        """Make the supplement."""
        claim = self.claim
        supplement = RemittanceClaimSupplement(
            patient_middle_name=names.patient.middle_name,
            patient_suffix=names.patient.suffix,
            patient_identifier=names.patient_identifier,
            insured=names.insured,
            corrected=names.corrected,
            rendering_provider=names.rendering_provider,
            crossover_qualifier=names.crossover_qualifier,
            corrected_payer=names.corrected_payer,
            other_subscriber=names.other_subscriber,
            patient_status=element(claim, 10),
            drg_code=element(claim, 11),
            drg_weight=self.remains.quantity(self.at, claim, 12),
            discharge_fraction=self.remains.quantity(self.at, claim, 13),
            condition_response=element(claim, 14),
            inpatient=self.inpatient,
            outpatient=self.outpatient,
            references=tuple(self.references),
            provider_references=tuple(self.provider_references),
            coverage_expired_on=self.coverage_expired_on,
            contacts=tuple(self.contacts),
            amounts=tuple(self.amounts),
            quantities=tuple(self.quantities),
            adjustment_counts=self.adjustment_counts,
        )
        is_empty = supplement == NO_REMITTANCE_CLAIM_SUPPLEMENT
        return NO_REMITTANCE_CLAIM_SUPPLEMENT if is_empty else supplement

    def remarks(self, of_outpatient: tuple[str, ...]) -> tuple[str, ...]:
        """Gather the remarks of MIA and MOA.

        Args:
            of_outpatient: Of an MOA that says nothing else.
        """
        if of_outpatient and self.outpatient is not None:
            self.remains.odd.add("MOA")  # two of them
        elif of_outpatient and self.inpatient is not None:
            self.outpatient = OutpatientAdjudication(remarks=of_outpatient)
        if self.inpatient is None and self.outpatient is None:
            return of_outpatient
        inpatient = self.inpatient.remarks if self.inpatient else ()
        return inpatient + (self.outpatient.remarks if self.outpatient else ())

    def _is_name(self, segment: Elements) -> bool:
        entity = element(segment, 1)
        if entity not in ENTITIES or entity in self.names:
            return False
        self.names[entity] = segment
        return True

    def _is_adjudication(self, at: int, segment: Elements) -> bool:
        if segment[0] == "MIA" and self.inpatient is None:
            self.inpatient = read_inpatient(self.remains, at, segment)
        elif segment[0] == "MOA" and self.outpatient is None:
            self.outpatient = read_outpatient(self.remains, at, segment)
        else:
            return False
        return True

    def _is_contact(self, segment: Elements) -> bool:
        if is_contact_odd(segment):
            self.remains.odd.add("PER")
        self.contacts.append(Contact(element(segment, 2), read_contact_numbers(segment)))
        return True

    def _is_pair(self, at: int, segment: Elements) -> bool:
        tag, qualifier, value = segment
        if tag == "REF" and qualifier in CLAIM_REFERENCES:
            self.references.append(Reference(qualifier, value))
        elif tag == "REF" and qualifier in PROVIDER_REFERENCES:
            self.provider_references.append(Reference(qualifier, value))
        elif tag == "DTM" and qualifier == COVERAGE_EXPIRED and not self.coverage_expired_on:
            self.coverage_expired_on = DATES[value]
            self.is_odd = self.is_odd or self.coverage_expired_on is None
        else:
            return self._is_number(at, segment)
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
