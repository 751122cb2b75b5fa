"""Procedure composites and service dates, read."""

from datetime import date

from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import Segment

MODIFIER_COMPONENTS = range(3, 7)


def read_procedure(segment: Segment, number: int, notes: Notes) -> tuple[str, tuple[str, ...]]:
    """Read a procedure code and its modifiers."""
    parts = notes.components(segment, number)
    modifiers = (component(parts, place) for place in MODIFIER_COMPONENTS)
    return component(parts, 2), tuple(filter(None, modifiers))


def read_service_date(written: Segment, fallback: date, notes: Notes) -> tuple[date, date | None]:
    """Read DTP*472; a range keeps its end."""
    days = notes.date_range(written)
    if days is None:
        return fallback, None
    return days[0], days[1] if written.get(2) == "RD8" else None
