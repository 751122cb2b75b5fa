"""Do the modifiers that change the price stand first?"""

from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.modifiers import INFORMATIONAL, PRICING
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.modifier_order"


def check_modifier_order(case: CodingCase) -> tuple[Finding, ...]:
    """Warn where a modifier that explains stands before one that changes the price.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 26, section 10.4, item 24D, and the
        contractors' rule for it: pricing modifiers first, informational ones after them.
    """
    return tuple(finding for line in list_services(case) if (finding := _judge(line)) is not None)


def _judge(line: ServiceLine) -> Finding | None:
    modifiers = line.service.modifiers
    pricing = [number for number, one in enumerate(modifiers) if one in PRICING]
    explaining = [number for number, one in enumerate(modifiers) if one in INFORMATIONAL]
    if not pricing or not explaining or max(pricing) < min(explaining):
        return None
    wanted = sorted(modifiers, key=lambda one: one not in PRICING)
    message = f"payers read the price first: write {' '.join(wanted)}"
    return Finding(RULE_ID, Severity.WARNING, line.field("modifiers"), message)
