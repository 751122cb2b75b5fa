"""The parts of a client file that submission needs, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.documents.claim import ClaimForm
from models.documents.client_config import ClientConfig
from models.documents.clock import ClockKind, ClockRule
from models.documents.practice import PracticeFacts
from models.states.work_item import Queue
from models.values.money import Money
from revcycle.operations.coding.policies import coding_policy
from revcycle.operations.follow_up.policies import clock_policy
from revcycle.reference.clocks import standard_clocks
from revcycle.rules.clocks.find_rule import ClockSubject, find_clock_rule
from revcycle.rules.submission.scrub import ScrubPolicy


@dataclass(frozen=True, slots=True)
class ClaimPolicy:
    """How a practice's claims are built.

    Attributes:
        form: The form of all its claims.
        fees: Prices of one unit by ``code`` or ``code-modifier``.
        filing_clocks: Payer keys to the clocks within which a first claim must arrive.
        revenue_codes: Procedures to revenue codes, where a charge names none.
    """

    form: ClaimForm
    fees: Mapping[str, Money]
    filing_clocks: Mapping[str, ClockRule]
    revenue_codes: Mapping[str, str] = field(default_factory=dict)

    def filing_clock(self, payer_key: str) -> ClockRule:
        """Find a payer's clock; one that left the client file has the shortest usual limit."""
        return self.filing_clocks.get(payer_key) or _standard_filing_clock()


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """How long work of a queue may wait, and how urgent it is."""

    service_hours: int = 48
    priority: int = 5


def claim_policy(config: ClientConfig) -> ClaimPolicy:
    """Read how claims are built."""
    clocks = clock_policy(config)
    return ClaimPolicy(
        form=config.practice.claim_form,
        fees={key: Money.parse(amount) for key, amount in config.fees.items()},
        filing_clocks={
            payer.key: clocks.rule(ClockKind.FILING, payer.key) for payer in config.payers
        },
        revenue_codes=config.revenue_codes,
    )


def _standard_filing_clock() -> ClockRule:
    rule = find_clock_rule(standard_clocks(), ClockKind.FILING, ClockSubject("", ""))
    assert rule is not None  # noqa: S101 - the last standard clock of a kind fits any payer
    return rule


def scrub_policy(config: ClientConfig) -> ScrubPolicy:
    """Read how strict the scrubber is."""
    return ScrubPolicy(
        filing_warning_days=config.scrub.filing_warning_days,
        duplicate_window_days=config.scrub.duplicate_window_days,
        require_verified_coverage=config.scrub.require_verified_coverage,
        coding=coding_policy(config),
    )


def practice_facts(config: ClientConfig) -> PracticeFacts:
    """Read what every claim says of the practice."""
    return PracticeFacts(
        billing_provider=config.practice.to_document(),
        place_of_service=config.practice.place_of_service,
        bill_type=config.practice.bill_type,
        filing_indicators={payer.key: payer.filing_indicator for payer in config.payers},
    )


def work_terms(config: ClientConfig, queue: Queue) -> WorkTerms:
    """Read how long work of a queue may wait."""
    section = config.queues.get(queue)
    return WorkTerms(section.service_hours, section.priority) if section else WorkTerms()
