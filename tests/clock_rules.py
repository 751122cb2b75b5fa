"""Clocks that contracts of tests set."""

from models.documents.clock import ClockKind, ClockRule, StartEvent


def days_after_service(days: int) -> ClockRule:
    """A filing limit of so many days."""
    return ClockRule(f"filing.{days}", ClockKind.FILING, StartEvent.SERVICE, days=days)
