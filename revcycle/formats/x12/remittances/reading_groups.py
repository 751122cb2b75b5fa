"""What stands around the claims: each LX with its summaries, and the PLB segments at the end."""

from models.documents.claim_codes import KeptSegment
from models.documents.remittance import ProviderAdjustment
from models.documents.remittance_summaries import (
    InpatientSummary,
    ProviderSummary,
    RemittanceGroup,
)
from revcycle.formats.x12.reading import UnreadableError
from revcycle.formats.x12.remittances.conversions import AMOUNTS, DATES
from revcycle.formats.x12.remittances.reading_adjudication import (
    read_inpatient_summary,
    read_summary,
)
from revcycle.formats.x12.remittances.reading_state import (
    Elements,
    Reading,
    Remains,
    counts_of,
    element,
)
from revcycle.formats.x12.segments import Segment

PAIRS_MAX = 6  # of one PLB
FIRST_PAIR = 3  # PLB03
PLB_LENGTH = 15
COMPONENTS = 2  # of PLB03: a reason and a reference


class Group:
    """One LX, and what is said of the claims behind it before the first of them."""

    def __init__(self, reading: Reading, at: int, segment: Elements) -> None:
        self._remains = Remains(reading, "2000")
        self._positions = [at]
        self._number = element(segment, 1)
        self._summary: ProviderSummary | None = None
        self._inpatient: InpatientSummary | None = None
        self._remains.check_length(at, segment, 1)

    def take(self, at: int, segment: Elements) -> None:
        """Take TS3 and TS2, and keep anything else."""
        self._positions.append(at)
        if segment[0] == "TS3" and self._summary is None:
            self._summary = read_summary(self._remains, at, segment)
        elif segment[0] == "TS2" and self._inpatient is None:
            self._inpatient = read_inpatient_summary(self._remains, at, segment)
        else:
            self._remains.keep(at, segment)

    def closed(self) -> RemittanceGroup:
        """Make the document."""
        kept = self._remains.closed(self._positions)
        return RemittanceGroup(self._number, self._summary, self._inpatient, kept)


class Footer:
    """The PLB segments.

    Attributes:
        adjustments: What was read of them.
        is_left_out: One of them could not be read.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._remains = Remains(reading, "FOOTER")
        self._positions: list[int] = []
        self._counts: list[tuple[object, int]] = []
        self.adjustments: list[ProviderAdjustment] = []
        self.is_left_out = False

    def __bool__(self) -> bool:
        """Tell whether it has begun."""
        return bool(self._positions)

    def take(self, at: int, segment: Elements) -> None:
        """Take a PLB, and keep anything else."""
        self._positions.append(at)
        if segment[0] != "PLB":
            self._remains.keep(at, segment)
            return
        try:
            found = self._pairs(segment)
        except UnreadableError as error:
            self.is_left_out = True
            self._remains.odd.add("PLB")
            self._reading.place.here = at + 1
            self._reading.place.report_unreadable(error, "the provider adjustment")
            return
        self.adjustments.extend(found)
        self._counts.append(((element(segment, 1), element(segment, 2)), len(found)))
        used = FIRST_PAIR + 2 * len(found)
        if len(segment) != used or not found:
            self._remains.odd.add("PLB")
        if len(segment) > PLB_LENGTH:
            self._remains.spare(at, segment, PLB_LENGTH)

    def counts(self) -> tuple[int, ...]:
        """Say how many adjustments each PLB holds; nothing where that is as usual."""
        return counts_of(self._counts, PAIRS_MAX)

    def closed(self) -> tuple[KeptSegment, ...]:
        """Return what no field holds."""
        return self._remains.closed(self._positions)

    def _pairs(self, segment: Elements) -> list[ProviderAdjustment]:
        return [
            self._pair(segment, number)
            for number in range(FIRST_PAIR, min(len(segment), PLB_LENGTH), 2)
            if segment[number] or element(segment, number + 1)
        ]

    def _pair(self, segment: Elements, number: int) -> ProviderAdjustment:
        day = DATES[element(segment, 2)]
        if day is None:
            raise UnreadableError(Segment(segment), 2, "not a date")
        parts = segment[number].split(self._reading.component)
        if len(parts) > COMPONENTS or not parts[0]:
            self._remains.odd.add("PLB")
        try:
            amount = AMOUNTS[element(segment, number + 1)]
        except ValueError as error:
            problem = "not an amount in whole cents"
            raise UnreadableError(Segment(segment), number + 1, problem) from error
        return ProviderAdjustment(
            provider_id=segment[1],
            fiscal_period_end=day,
            reason=parts[0],
            reference=parts[1] if len(parts) > 1 else "",
            amount=amount,
        )
