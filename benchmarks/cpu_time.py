"""CPU time, so that what else the machine does counts as little as possible."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

FLOOR_REPETITIONS = 3


def cpu_seconds(action: Callable[[], object]) -> float:
    """Run an action once and return the CPU seconds it took; what it returns is dropped.

    The garbage of others is collected before; what the action itself leaves to the collector is
    part of its price.
    """
    gc.collect()
    start = process_time()
    action()
    return process_time() - start


@dataclass(frozen=True, slots=True)
class Ratio:
    """How often the floor fits into something, and what the floor took in CPU seconds."""

    value: float
    floor: float


def ratio_to_floor(action: Callable[[], object], data: bytes, repetitions: int) -> Ratio:
    """Compare an action with cutting ``data`` into segments and elements, and nothing else.

    Every reader in Python does at least this. Floor and action are measured in turns, so that a
    load that comes or goes hits both; the median of the ratios counts.
    """
    pairs = [(_split_seconds(data), cpu_seconds(action)) for _ in range(repetitions)]
    return Ratio(
        value=median(seconds / floor for floor, seconds in pairs),
        floor=median(floor for floor, _ in pairs),
    )


def _split_seconds(data: bytes) -> float:
    return median(cpu_seconds(lambda: _split(data)) for _ in range(FLOOR_REPETITIONS))


def _split(data: bytes) -> None:
    for segment in data.split(b"~"):
        segment.split(b"*")
