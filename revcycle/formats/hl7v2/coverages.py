"""Coverages of a message (IN1)."""

from collections.abc import Iterator
from typing import Final

from models.documents.encounter import SourceCoverage
from models.documents.party import Person
from revcycle.formats.hl7v2.elements import Segment
from revcycle.formats.hl7v2.messages import Message
from revcycle.formats.hl7v2.people import to_subscriber

# Table 0063 and what senders write in its place; 1, 01 and the like are asked of the names.
_RELATIONSHIPS: Final = {
    **dict.fromkeys(("SEL", "SELF", "18", "S"), "18"),
    **dict.fromkeys(("SPO", "SPOUSE", "2", "02"), "01"),
    **dict.fromkeys(("CHD", "CHILD", "SON", "DAU", "NCH", "19", "3", "03"), "19"),
}
SELF: Final = "18"
OTHER: Final = "G8"
RANK_MAX: Final = 3  # claims name primary, secondary and tertiary


def to_coverages(message: Message, patient: Person) -> tuple[SourceCoverage, ...]:
    """Read up to three IN1 segments by their priority (IN1-22), then in their order."""
    present = list_named_coverages(message)[:RANK_MAX]
    return tuple(_coverage(rank, in1, patient) for rank, in1 in enumerate(present, start=1))


def list_named_coverages(message: Message) -> tuple[Segment, ...]:
    """List the IN1 segments that name a payer, the first to pay first."""
    segments = sorted(message.list_segments("IN1"), key=_priority)
    return tuple(in1 for in1 in segments if _payer_name(in1) or in1.text(3))


def to_authorization(message: Message) -> str:
    """Return the first prior authorization number (IN1-14)."""
    numbers: Iterator[str] = (in1.text(14) for in1 in message.list_segments("IN1"))
    return next((number for number in numbers if number), "")


def _coverage(rank: int, in1: Segment, patient: Person) -> SourceCoverage:
    subscriber = to_subscriber(in1)
    relationship = _relationship(in1.text(17), subscriber, patient)
    named = bool(subscriber.last_name)
    return SourceCoverage(
        rank=rank,
        payer_name=_payer_name(in1),
        member_id=in1.text(36) or in1.text(49),
        payer_id=in1.text(3),
        plan_name=in1.text(2, 2) if in1.text(4) else in1.text(9),
        group_number=in1.text(8),
        relationship=relationship,
        subscriber=subscriber if named and relationship != SELF else None,
        valid_from=in1.day(12),
        valid_to=in1.day(13),
    )


def _payer_name(in1: Segment) -> str:
    """Return IN1-4, else the name or the code of the plan."""
    return in1.text(4) or in1.text(2, 2) or in1.text(2, 1)


def _priority(in1: Segment) -> int:
    text = in1.text(22)
    return int(text) if text in ("1", "2", "3") else 9


def _relationship(sent: str, subscriber: Person, patient: Person) -> str:
    """Map the relationship; what is not clear is decided by whether the names are the same."""
    known = _RELATIONSHIPS.get(sent.upper())
    if known:
        return known
    same = (subscriber.last_name.casefold(), subscriber.first_name.casefold()) == (
        patient.last_name.casefold(),
        patient.first_name.casefold(),
    )
    return SELF if same or not subscriber.last_name else OTHER
