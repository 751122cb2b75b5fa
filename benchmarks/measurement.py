"""What a benchmark says: a number, its unit, and what to hold it against."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class WrongResultError(Exception):
    """The code under measurement did something wrong, so that its time means nothing."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of ``benchmarks/latest.json``.

    Attributes:
        name: Stable, such as ``x12.read_835``.
        target: The most that the design allows, in ``unit``; None where it names no number.
        floor: What the least possible work took in this process, in CPU seconds; None where
            nothing was compared. Where ``unit`` says ``x ...``, ``value`` is the ratio to it.
        peers: Other programs, or a plainer way, measured beside it; each in ``unit``.
        note: The size of the input, and what else a reader of the number must know.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    floor: float | None = None
    peers: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Tell whether the target is met; None without one."""
        return None if self.target is None else self.value <= self.target

    def to_json(self) -> dict[str, object]:
        """Picture it as the file holds it."""
        return {
            "name": self.name,
            "value": _rounded(self.value),
            "unit": self.unit,
            "target": self.target,
            "met": self.met,
            "floor": None if self.floor is None else _rounded(self.floor),
            "peers": {name: _rounded(value) for name, value in self.peers.items()},
            "note": self.note,
        }


def _rounded(value: float) -> float:
    """Keep four digits: more would promise a precision that no run has."""
    return float(f"{value:.4g}")
