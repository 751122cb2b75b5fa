"""Reads the standard clocks."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from models.documents.claim import ClaimForm
from models.documents.clock import ClockKind, ClockRule, ClosedDay, StartEvent

CLOCKS: Final = Path(__file__).with_name("clocks.toml")
REQUIRED: Final = frozenset({"id", "kind", "start", "warn_days", "source"})
OPTIONAL: Final = frozenset(
    {
        "days",
        "months",
        "business_days",
        "receipt_days",
        "closed_day",
        "filing_indicator",
        "payer",
        "form",
        "level",
        "verified_on",
    }
)


@cache
def standard_clocks() -> tuple[ClockRule, ...]:
    """Return the product's own clocks, in order; the last of a kind and level fits any payer."""
    return read_clocks(CLOCKS.read_text(encoding="utf-8"))


def read_clocks(text: str) -> tuple[ClockRule, ...]:
    """Read clocks from TOML.

    Raises:
        ValueError: it is not TOML, or a clock lacks or misspells a key or a value.
    """
    return tuple(_rule(table) for table in tomllib.loads(text).get("clock", []))


def _rule(table: dict[str, Any]) -> ClockRule:
    unknown = set(table) - REQUIRED - OPTIONAL
    missing = REQUIRED - set(table)
    if unknown or missing:
        msg = f"clock {table.get('id', '')!r}: unknown {sorted(unknown)}, missing {sorted(missing)}"
        raise ValueError(msg)
    return ClockRule(
        id=table["id"],
        kind=ClockKind(table["kind"]),
        start=StartEvent(table["start"]),
        days=table.get("days"),
        months=table.get("months"),
        counts_business_days=table.get("business_days", False),
        receipt_days=table.get("receipt_days", 0),
        closed_day=ClosedDay(table.get("closed_day", ClosedDay.STAYS)),
        warn_days=table["warn_days"],
        filing_indicators=frozenset(table.get("filing_indicator", ())),
        payer_keys=frozenset(table.get("payer", ())),
        forms=frozenset(ClaimForm(form) for form in table.get("form", ())),
        level=table.get("level", 1),
        source=table["source"],
        verified_on=table.get("verified_on"),
    )
