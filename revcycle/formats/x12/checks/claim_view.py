"""A claim of an 837 as the rules look at it: its levels, lines and other payers."""

from collections.abc import Iterator
from datetime import date

from revcycle.formats.x12.checks.outline import Loop, Outline
from revcycle.formats.x12.checks.values import to_days
from revcycle.formats.x12.segments import ABSENT, Segment

ROOT = Loop("", 0)  # stands for a level that is not there
SELF = "18"
CHARGED = {"SV1": 2, "SV2": 3, "SV3": 2}  # tag, element of the charge
SERVICE_DATES = frozenset({"472", "434"})


class ClaimView:
    """One 2300 with everything around it.

    Attributes:
        loop: The 2300 itself.
        header: Its CLM.
        index: Where the CLM stands.
        billing: The level of the billing provider (2000A).
        subscriber: The level of the subscriber (2000B).
        patient: The level of the patient (2000C), or that of the subscriber.
        lines: Its service lines (2400).
        others: Its other payers (2320).
        parties: Its providers and places (2310), by loop id.
        codes: Its HI segments and where they stand.
        services: The SV1, SV2 or SV3 of each line and where it stands; ``ABSENT`` where none does.
        place: CLM05, taken apart.
    """

    __slots__ = (
        "_days",
        "billing",
        "codes",
        "header",
        "index",
        "lines",
        "loop",
        "others",
        "parties",
        "patient",
        "place",
        "services",
        "subscriber",
    )

    def __init__(self, loop: Loop, patient: Loop, subscriber: Loop, billing: Loop) -> None:
        self.loop = loop
        self.header: Segment = loop.segments[0]
        self.index = loop.start
        self.patient = patient
        self.subscriber = subscriber
        self.billing = billing
        self.lines: list[Loop] = []
        self.services: list[tuple[int, Segment]] = []
        self.others: list[Loop] = []
        self.parties: dict[str, Loop] = {}
        for one in loop.loops:
            if one.id == "2400":
                self.lines.append(one)
                self.services.append(_service_of(one))
            elif one.id == "2320":
                self.others.append(one)
            else:
                self.parties.setdefault(one.id, one)
        self.codes = loop.each("HI")
        self.place: list[str] = []
        self._days: tuple[date, date] | bool | None = False

    def __repr__(self) -> str:
        """Say nothing: everything in a claim may be a patient's."""
        return "<ClaimView>"

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of service, or ``None`` where none is readable."""
        if self._days is False or self._days is True:
            self._days = self._read_days()
        return self._days

    def _read_days(self) -> tuple[date, date] | None:
        loops = [self.loop, *self.lines]
        periods = [
            period
            for loop in loops
            for one in loop.segments
            if one[0] == "DTP" and one.get(1) in SERVICE_DATES
            if (period := to_days(one.get(3))) is not None
        ]
        if not periods:
            return None
        return min(period[0] for period in periods), max(period[1] for period in periods)


def _service_of(line: Loop) -> tuple[int, Segment]:
    for at, one in enumerate(line.segments, start=line.start):
        if one[0] in CHARGED:
            return at, one
    return line.start, ABSENT


def child(loop: Loop, loop_id: str) -> Loop:
    """Return the first loop of a kind in a loop, or an empty one."""
    for one in loop.loops:
        if one.id == loop_id:
            return one
    return ROOT


def claims_of(outline: Outline, separator: str) -> Iterator[ClaimView]:
    """Walk the claims of an 837, each with the levels above it by HL01 and HL02."""
    levels: dict[str, Loop] = {}
    for loop in outline.root.loops:
        if not loop.id.startswith("2000"):
            continue
        header = loop.segments[0]
        levels[header.get(1)] = loop
        claims = [one for one in loop.loops if one.id == "2300"]
        if not claims:
            continue
        patient = loop
        subscriber = levels.get(header.get(2), ROOT) if loop.id == "2000C" else loop
        above = subscriber.segments[0].get(2) if subscriber.segments else ""
        billing = levels.get(above, ROOT)
        for claim in claims:
            view = ClaimView(claim, patient, subscriber, billing)
            view.place = view.header.get(5).split(separator)
            yield view
