"""Reading parsed JSON of which nothing is promised: what is not of the asked type is not there."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final

Node = Mapping[str, Any]
EMPTY: Final[Node] = {}


def node(parent: Any, *path: str) -> Node:
    """Follow a path of objects; of a list the first is taken; empty where the path ends."""
    current = parent
    for name in path:
        current = _first(current).get(name)
    return _first(current)


def nodes(parent: Any, name: str) -> tuple[Node, ...]:
    """List the objects in an array; a single object is an array of one."""
    value = _first(parent).get(name)
    values = value if isinstance(value, list) else [value]
    return tuple(entry for entry in values if isinstance(entry, dict))


def text(parent: Any, *path: str) -> str:
    """Return the text, number or truth at the end of a path, as text; empty if there is none."""
    *way, name = path
    value = node(parent, *way).get(name) if way else _first(parent).get(name)
    if isinstance(value, list):
        value = next(iter(value), None)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def texts(parent: Any, name: str) -> tuple[str, ...]:
    """List the texts in an array."""
    value = _first(parent).get(name)
    values = value if isinstance(value, list) else [value]
    return tuple(entry.strip() for entry in values if isinstance(entry, str))


def to_day(stamp: str, zone: tzinfo | None) -> date | None:
    """Return the day of a FHIR date or dateTime; None for a partial or impossible one.

    A UTC instant belongs to the day it is in the practice's zone, because many servers write
    everything in UTC; midnight UTC is left as it is, for that is how they write a plain date. Any
    other offset is the sender's own, and its day counts as written.

    Args:
        stamp: Such as ``2026-11-20`` or ``2026-11-21T01:30:00Z``.
        zone: The practice's time zone; None takes every day as written.
    """
    try:
        if len(stamp) <= len("2026-11-20"):
            return date.fromisoformat(stamp) if len(stamp) == len("2026-11-20") else None
        instant = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    is_utc = instant.tzinfo is not None and instant.utcoffset() == UTC.utcoffset(None)
    if zone is not None and is_utc and instant.time() != time(0):
        return instant.astimezone(zone).date()
    return instant.date()


def _first(value: Any) -> Node:
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, dict) else EMPTY
