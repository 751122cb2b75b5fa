"""One 835 transaction: the payment, its parties, its claims, and what is moved besides (PLB)."""

from dataclasses import dataclass, field
from datetime import date

from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.documents.remittance_summaries import RemittanceGroup
from models.documents.remittance_supplements import (
    NO_REMITTANCE_SUPPLEMENT,
    BankAccount,
    FundsTransfer,
    RemittanceSupplement,
)
from models.values.money import Money
from revcycle.formats.x12.reading import Place, UnreadableError
from revcycle.formats.x12.remittances.conversions import AMOUNTS, DATES
from revcycle.formats.x12.remittances.reading_claims import read_claim
from revcycle.formats.x12.remittances.reading_groups import Footer, Group
from revcycle.formats.x12.remittances.reading_parties import PAYEE_LOOP, PAYER_LOOP, Party
from revcycle.formats.x12.remittances.reading_state import (
    Elements,
    Reading,
    Remains,
    element,
)
from revcycle.formats.x12.remittances.unreadable import unreadable_element
from revcycle.formats.x12.segments import Segment, segment

CLAIM_ENDS = frozenset({"CLP", "LX", "PLB", "SE"})
HEADER_SEGMENTS = {"BPR": 16, "TRN": 4, "CUR": 2, "REF*EV": 2, "REF*F2": 2, "DTM*405": 2}
USUAL_GROUPS = [RemittanceGroup()]


@dataclass(slots=True)
class _Header:
    """BPR to DTM*405, by their tags and, of REF and DTM, qualifiers."""

    remains: Remains
    positions: list[int] = field(default_factory=list)
    first: dict[str, tuple[int, Elements]] = field(default_factory=dict)

    def take(self, at: int, segment: Elements) -> None:
        """Take a segment, or keep it as it is."""
        self.positions.append(at)
        tag = segment[0]
        key = f"{tag}*{element(segment, 1)}" if tag in {"REF", "DTM"} else tag
        if key in HEADER_SEGMENTS and key not in self.first:
            self.first[key] = at, segment
            self.remains.check_length(at, segment, HEADER_SEGMENTS[key])
            if not element(segment, 2):
                self.remains.odd.add(tag)
        else:
            self.remains.keep(at, segment)

    def required(self, tag: str) -> tuple[int, Elements]:
        """Return a segment without which there is no payment.

        Raises:
            UnreadableError: it is missing.
        """
        if tag not in self.first:
            self.remains.reading.place.here = 1
            raise UnreadableError(segment(tag), 1, f"{tag} is missing")
        return self.first[tag]

    def text(self, key: str) -> str:
        """Return element 02 of a segment that may be absent."""
        return element(self.first[key][1], 2) if key in self.first else ""

    def closed(self) -> tuple[KeptSegment, ...]:
        """Return what no field holds."""
        return self.remains.closed(self.positions)


class PaymentReader:
    """Reads one transaction from its first segment to its last.

    Attributes:
        left_out: The ordinals of the claims that could not be read.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._reading = Reading(place)
        self._header = _Header(Remains(self._reading, "HEADER"))
        self._payer = Party(Remains(self._reading, PAYER_LOOP))
        self._payee = Party(Remains(self._reading, PAYEE_LOOP))
        self._section: _Header | Party | Group = self._header
        self._groups: list[Group] = []
        self._footer = Footer(self._reading)
        self._claims: list[RemittanceClaim] = []
        self._lost: list[KeptSegment] = []
        self.left_out: set[int] = set()

    @property
    def is_complete(self) -> bool:
        """Tell whether everything that a balance counts was read."""
        return not (self.left_out or self._footer.is_left_out)

    def read(self) -> RemittanceDocument:
        """Read it all.

        Raises:
            UnreadableError: there is no payment.
        """
        reading = self._reading
        current = reading.go_to(1)
        while current[0] not in {"", "SE"}:
            if current[0] == "CLP":
                self._take_claim()
            else:
                self._take(reading.at, current)
                reading.go_to(reading.at + 1)
            current = reading.segment
        return self._document()

    def _take(self, at: int, segment: Elements) -> None:
        tag = segment[0]
        if tag == "LX":
            self._section = Group(self._reading, at, segment)
            self._groups.append(self._section)
        elif tag == "PLB" or self._footer:
            self._footer.take(at, segment)
        elif tag == "N1" and not self._groups:
            parties = {"PR": self._payer, "PE": self._payee}
            self._section = parties.get(element(segment, 1), self._header)
            self._section.take(at, segment)
        else:
            self._section.take(at, segment)

    def _take_claim(self) -> None:
        start, noted = self._reading.at, len(self._place.findings)
        try:
            self._claims.append(read_claim(self._reading, len(self._groups)))
        except (ValueError, IndexError):
            del self._place.findings[noted:]
            self._leave_out(start)

    def _leave_out(self, start: int) -> None:
        """Keep the segments of a claim that cannot be read, and say which element is at fault."""
        reading = self._reading
        segments = [(start, reading.segment_at(start))]
        while reading.go_to(segments[-1][0] + 1)[0] not in CLAIM_ENDS | {""}:
            segments.append((reading.at, reading.segment))
        ordinal = len(self._claims) + len(self.left_out) + 1
        self.left_out.add(ordinal)
        loop = "2100"
        for _, one in segments:
            loop = "2110" if one[0] == "SVC" else loop
            self._lost.append(reading.kept(loop, one))
        at, error = unreadable_element(segments)
        self._place.here = at + 1
        self._place.report_unreadable(error, f"claim {ordinal}")

    def _document(self) -> RemittanceDocument:
        header = self._header
        bank, trace = header.required("BPR")[1], header.required("TRN")[1]
        amount = self._amount()
        produced = self._production_date()
        payment_date = self._payment_date(produced)
        if element(bank, 3) not in {"C", "D"}:
            header.remains.odd.add("BPR")
        if element(trace, 1) != "1":
            header.remains.odd.add("TRN")
        if "CUR" in header.first and header.first["CUR"][1][1:2] != ["PR"]:
            header.remains.odd.add("CUR")
        trace_id = element(trace, 3)
        payer, payer_id = self._payer.read_payer(trace_id)
        groups = [group.closed() for group in self._groups]
        is_usual = groups == USUAL_GROUPS and bool(self._claims) and self._claims[0].group == 1
        return RemittanceDocument(
            payer=payer,
            payee=self._payee.read_payee(),
            handling_code=element(bank, 1),
            amount=amount,
            is_credit=element(bank, 3) != "D",
            method=element(bank, 4),
            payment_date=payment_date,
            trace_number=element(trace, 2),
            payer_trace_id=trace_id,
            claims=tuple(self._claims),
            provider_adjustments=tuple(self._footer.adjustments),
            payer_id=payer_id,
            production_date=produced,
            control_number=self._place.transaction.control_number,
            groups=() if is_usual else tuple(groups),
            supplement=self._supplement(bank, trace),
            kept=self._kept(),
        )

    def _kept(self) -> tuple[KeptSegment, ...]:
        return (
            *self._header.closed(),
            *self._payer.closed(),
            *self._payee.closed(),
            *self._lost,
            *self._footer.closed(),
        )

    def _supplement(self, bank: Elements, trace: Elements) -> RemittanceSupplement:
        supplement = RemittanceSupplement(
            transfer=FundsTransfer(
                payment_format=element(bank, 5),
                sender=BankAccount(*(element(bank, number) for number in range(6, 10))),
                payer_id=element(bank, 10),
                supplemental_code=element(bank, 11),
                receiver=BankAccount(*(element(bank, number) for number in range(12, 16))),
            ),
            trace_code=element(trace, 4),
            currency=self._header.text("CUR"),
            receiver_id=self._header.text("REF*EV"),
            version=self._header.text("REF*F2"),
            payer_contacts=self._payer.unusual_contacts(),
            is_contact_missing=not self._payer.contacts,
            delivery=self._payee.delivery,
            provider_adjustment_counts=self._footer.counts(),
        )
        is_empty = supplement == NO_REMITTANCE_SUPPLEMENT
        return NO_REMITTANCE_SUPPLEMENT if is_empty else supplement

    def _amount(self) -> Money:
        at, payment = self._header.required("BPR")
        try:
            return AMOUNTS[element(payment, 2)]
        except ValueError as error:
            self._place.here = at + 1
            problem = "not an amount in whole cents"
            raise UnreadableError(Segment(payment), 2, problem) from error

    def _production_date(self) -> date | None:
        if "DTM*405" not in self._header.first:
            return None
        self._header.remains.check_dates([self._header.first["DTM*405"][0]])
        return DATES[self._header.text("DTM*405")]

    def _payment_date(self, production_date: date | None) -> date:
        """Take BPR16 or, where a payer misplaced it, the day the file was produced; and say so."""
        at, payment = self._header.required("BPR")
        day = DATES[element(payment, 16)]
        if day is not None:
            return day
        self._place.here = at + 1
        if production_date is None:
            raise UnreadableError(Segment(payment), 16, "not a date")
        self._header.remains.odd.add("BPR")
        message = f"no date of payment; the production date {production_date} stands in"
        self._place.report(
            Segment(payment), "x12.835_payment_date", Severity.WARNING, "BPR16", message
        )
        return production_date
