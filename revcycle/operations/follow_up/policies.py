"""The parts of a client file that clocks and follow-up need, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from models.documents.client_config import ClientConfig, ClockSection, PayerSection
from models.documents.clock import ClockKind, ClockRule, StartEvent
from models.documents.denial import LevelStart
from models.errors import RejectedError
from revcycle.operations.denials.policies import terms_of
from revcycle.reference.clocks import standard_clocks
from revcycle.rules.clocks.find_rule import ClockSubject, find_clock_rule

CLIENT_FILE: Final = "client file"
APPEAL_WARN_DAYS: Final = 21  # a letter takes records, and records take the practice's time


@dataclass(frozen=True, slots=True)
class AskTerms:
    """How a payer is asked about claims.

    Attributes:
        answers_status: It answers a 276.
        ask_again_days: Days between two questions about one claim.
        takes_file_receipt: A 999 with any 277CA that accepts proves that a claim arrived.
    """

    answers_status: bool = True
    ask_again_days: int = 14
    takes_file_receipt: bool = False


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """The clocks of a practice.

    Attributes:
        rules: In order: the first that fits counts.
        filing_indicators: Payer keys to their class.
        ask_terms: Payer keys to how they are asked about claims.
        zone: The practice's time zone, in which days are counted.
    """

    rules: tuple[ClockRule, ...]
    filing_indicators: Mapping[str, str]
    ask_terms: Mapping[str, AskTerms]
    zone: ZoneInfo

    def rule(self, kind: ClockKind, payer_key: str, *, level: int = 1) -> ClockRule:
        """Find the rule of a payer's clock; a payer that left the client file has the standard's.

        Raises:
            RejectedError: no rule says how long such a clock is, as at a level no payer has.
        """
        subject = ClockSubject(payer_key, self.filing_indicators.get(payer_key, ""), None, level)
        rule = find_clock_rule(self.rules, kind, subject)
        if rule is None:
            msg = f"no rule says how long the clock {kind} of level {level} is"
            raise RejectedError(msg)
        return rule

    def ask_terms_of(self, payer_key: str) -> AskTerms:
        """Say how a payer is asked about claims."""
        return self.ask_terms.get(payer_key, AskTerms())


def clock_policy(config: ClientConfig) -> ClockPolicy:
    """Read a practice's clocks: its own, its payers' limits, then the standard ones."""
    indicators = {payer.key: payer.filing_indicator for payer in config.payers}
    rules = (
        *(_own_rule(config, index, section) for index, section in enumerate(config.clocks)),
        *(rule for payer in config.payers for rule in (*_limits(payer), *_appeals(payer))),
        *standard_clocks(),
    )
    terms = {payer.key: _terms(config, payer) for payer in config.payers}
    return ClockPolicy(rules, indicators, terms, config.zone())


def _own_rule(config: ClientConfig, index: int, section: ClockSection) -> ClockRule:
    payer = next((one for one in config.payers if one.key == section.payer), None)
    subject = ClockSubject(section.payer or "", payer.filing_indicator if payer else "")
    standard = find_clock_rule(standard_clocks(), section.kind, subject)
    return ClockRule(
        id=f"{section.kind}.client.{index + 1}",
        kind=section.kind,
        start=section.start or (standard.start if standard else StartEvent.LETTER),
        days=section.days,
        months=section.months,
        counts_business_days=section.business_days,
        receipt_days=section.receipt_days,
        closed_day=section.closed_day,
        warn_days=_warning(section.warn_days, standard),
        payer_keys=frozenset({section.payer} if section.payer else ()),
        source=section.source,
        verified_on=section.verified_on,
    )


def _warning(own: int | None, standard: ClockRule | None) -> int:
    if own is not None:
        return own
    return standard.warn_days if standard else 14


def _limits(payer: PayerSection) -> Iterator[ClockRule]:
    """Read the limits that the payer's own table states; a default of the form is no statement."""
    stated = {
        ClockKind.FILING: ("filing_limit_days", payer.filing_limit_days),
        ClockKind.CORRECTED_CLAIM: (
            "corrected_claim_limit_days",
            payer.corrected_claim_limit_days,
        ),
        ClockKind.SILENT: ("answer_days", payer.answer_days),
    }
    subject = ClockSubject(payer.key, payer.filing_indicator)
    for kind, (key, days) in stated.items():
        standard = find_clock_rule(standard_clocks(), kind, subject)
        if days is not None and standard is not None and key in payer.model_fields_set:
            yield ClockRule(
                id=f"{kind}.{payer.key}",
                kind=kind,
                start=standard.start,
                days=days,
                warn_days=standard.warn_days,
                payer_keys=frozenset({payer.key}),
                source=f"{CLIENT_FILE}, payers.{key}",
            )


def _appeals(payer: PayerSection) -> Iterator[ClockRule]:
    """Read the levels of appeal as the work on denials knows them, so that both say one day."""
    for number, level in enumerate(terms_of(payer).levels, start=1):
        is_first = level.starts is LevelStart.DECISION
        yield ClockRule(
            id=f"{ClockKind.APPEAL}.{payer.key}.{number}",
            kind=ClockKind.APPEAL,
            start=StartEvent.REMITTANCE if is_first else StartEvent.LETTER,
            days=level.days,
            receipt_days=level.receipt_days,
            warn_days=APPEAL_WARN_DAYS,
            payer_keys=frozenset({payer.key}),
            level=number,
            source=level.name,
        )


def _terms(config: ClientConfig, payer: PayerSection) -> AskTerms:
    proof = config.connection(payer.connection).proof_of_receipt
    return AskTerms(payer.answers_status, payer.ask_again_days, proof == "999")
