"""Facts that stand in segments of their own, on a claim or on a line."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.segments import Segment

Read = Callable[[Reading, Segment], object]


class Facts(NamedTuple):
    """Which segments a loop has, by tag, and the fields they go to.

    Attributes:
        single: At most one; a second is kept as a segment.
        repeated: Any number, in their order.
        amounts: AMT by its qualifier.
        quantities: QTY by its qualifier.
    """

    single: Mapping[str, tuple[str, Read]]
    repeated: Mapping[str, tuple[str, Read]]
    amounts: Mapping[str, str]
    quantities: Mapping[str, str]


def read_fact(reading: Reading, facts: Facts, one: Segment, extra: dict[str, Any]) -> None:
    """Read a segment; what comes too often, or is not known here, is kept."""
    tag = one[0]
    if tag in facts.repeated:
        name, read = facts.repeated[tag]
        if (fact := read(reading, one)) is not None:
            extra.setdefault(name, []).append(fact)
    elif tag in facts.single and facts.single[tag][0] not in extra:
        name, read = facts.single[tag]
        extra[name] = read(reading, one)
    elif tag == "AMT" and (name := facts.amounts.get(one.get(1), "")) and name not in extra:
        reading.check_spare(one, (1, 2))
        extra[name] = reading.amount(one, 2)
    elif tag == "QTY" and (name := facts.quantities.get(one.get(1), "")) and name not in extra:
        reading.check_spare(one, (1, 2))
        extra[name] = reading.quantity(one, 2)
    elif tag == "K3" and not any(one[2:]):
        extra.setdefault("file_information", []).append(one.get(1))
    else:
        reading.keep(one)
