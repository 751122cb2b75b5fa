"""How grave each finding of coding is for a practice and its payers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.claim import ClaimForm
from models.documents.finding import Finding, Severity


class Weight(StrEnum):
    """What a client file may say of a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"  # the rule is not asked


@dataclass(frozen=True, slots=True)
class CodingPolicy:
    """What a client file says of the rules of coding; what it does not name stays as it is.

    Attributes:
        weights: By the rule's id.
        payer_weights: By our key of the payer, and then by the rule's id: before ``weights``.
        form: What the practice bills on: hospitals have edits of their own.
    """

    weights: Mapping[str, Weight] = field(default_factory=lambda: MappingProxyType({}))
    payer_weights: Mapping[str, Mapping[str, Weight]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    form: ClaimForm = ClaimForm.PROFESSIONAL

    def names(self, rule_id: str, payer: str) -> bool:
        """Tell whether the client file says anything of a rule, for this payer or for all."""
        return rule_id in self.weights or rule_id in self.payer_weights.get(payer, {})

    def weigh(self, finding: Finding, payer: str) -> Finding | None:
        """Return a finding as grave as it is here; None where its rule is off."""
        own = self.payer_weights.get(payer, {}).get(finding.rule_id)
        weight = own or self.weights.get(finding.rule_id)
        if weight is None:
            return finding
        if weight is Weight.OFF:
            return None
        return Finding(
            finding.rule_id,
            Severity(weight),
            finding.field,
            finding.message,
            finding.position,
        )


AS_WRITTEN: Final = CodingPolicy()
