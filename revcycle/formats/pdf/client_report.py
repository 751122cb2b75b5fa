"""The PDF of the statement of a day's activity to the practice."""

from typing import Final
from zoneinfo import ZoneInfo

from models.documents.client_report import (
    ClientReportDocument,
    DayCounts,
    Figure,
    ReportSection,
)
from models.values.display import to_dollars, to_long_date
from models.values.money import Money
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE: Final = "reports/day.typ"


def render_client_report(document: ClientReportDocument) -> bytes:
    """Lay out the report as a tagged PDF, US letter, the definitions beside the numbers."""
    return typeset(TEMPLATE, report_facts(document), on=document.counts.day)


def report_facts(document: ClientReportDocument) -> dict[str, object]:
    """Write every fact of the report the way it is printed."""
    counts = document.counts
    return {
        "practice": document.practice_name,
        "day": to_long_date(counts.day),
        "periods": _periods(counts),
        "highlights": _highlights(counts),
        "sections": [_section(section) for section in document.sections],
    }


def _periods(counts: DayCounts) -> dict[str, str]:
    zone = ZoneInfo(counts.time_zone)
    start, as_of = counts.day_start.astimezone(zone), counts.as_of.astimezone(zone)
    now = f"{to_long_date(as_of.date())}, {as_of:%H:%M}"
    return {
        "today": f"{to_long_date(start.date())}, {start:%H:%M} to {as_of:%H:%M}",
        "to_date": f"from your first record to {now}",
        "now": f"as of {now}",
        "zone": counts.time_zone,
    }


def _highlights(counts: DayCounts) -> list[dict[str, str]]:
    open_work = sum(queue.count for queue in counts.open_work)
    shown = (
        ("Encounters received today", counts.today.encounters_received),
        ("Claims sent today", counts.today.claims_sent),
        ("Payments posted today", counts.today.payments),
        ("Owed to you now", counts.balances.receivable),
        ("Open work items now", open_work),
    )
    return [{"label": label, "value": _text(value)} for label, value in shown]


def _section(section: ReportSection) -> dict[str, object]:
    return {"title": section.title, "figures": [_figure(figure) for figure in section.figures]}


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "label": figure.label,
        "today": "" if figure.today is None else _text(figure.today),
        "now": _text(figure.now),
        "formula": figure.formula,
        "population": figure.population,
        "is_stock": figure.today is None,
    }


def _text(value: int | Money) -> str:
    text = to_dollars(value) if isinstance(value, Money) else f"{value:,}"
    return text.replace("-", "\N{MINUS SIGN}")
