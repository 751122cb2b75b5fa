"""How much can go wrong with a chart."""

from typing import Final

from models.documents.coding_audit import CodedChart
from models.values.money import Money
from revcycle.rules.audit.visit_levels import is_high_level

HIGH_VALUE: Final = Money(50_000)
RISKY_MODIFIERS: Final = frozenset({"25", "59", "XE", "XP", "XS", "XU"})


def weigh_chart(chart: CodedChart) -> int:
    """Weigh a chart for a sample by risk: 1, and more for each thing that raises risk.

    Two for modifier 25 or 59 (and its finer forms), two for a high level of a visit, two for a
    value of 500 dollars and more, one for a code that the practice did not bill before, one for a
    chart about which the coder was not sure.

    Source:
        HHS OIG work plan and OEI-07-03-00470 (modifier 25), OEI-03-02-00771 (modifier 59),
        OEI-04-10-00181 (levels); the weights are a house rule.
    """
    services = chart.coding.services
    return (
        1
        + 2 * any(RISKY_MODIFIERS & set(one.modifiers) for one in services)
        + 2 * any(is_high_level(one.procedure_code) for one in services)
        + 2 * (chart.amount >= HIGH_VALUE)
        + (chart.new_codes > 0)
        + chart.is_unsure
    )
