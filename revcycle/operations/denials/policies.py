"""The parts of a client file that the work on denials needs, as plain values."""

from models.documents.client_config import ClientConfig, PayerSection
from models.documents.denial import AppealLevel, DenialTerms
from models.documents.playbook import Play
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.appeal_levels import standard_levels
from revcycle.rules.denials.ask_again_as import takes_replacements


def plays_of(config: ClientConfig | None) -> tuple[Play, ...]:
    """Return a practice's playbook: its own plays, then the product's."""
    return (*(config.plays if config else ()), *standard_plays())


def denial_terms(config: ClientConfig | None, payer_key: str) -> DenialTerms:
    """Read how a payer is asked again; where nobody wrote it down, limits are not known."""
    payers = config.payers if config else ()
    found = next((payer for payer in payers if payer.key == payer_key), None)
    return terms_of(found) if found else DenialTerms()


def terms_of(payer: PayerSection) -> DenialTerms:
    """Read the terms of one payer."""
    return DenialTerms(
        takes_replacements(payer.filing_indicator, said=payer.accepts_replacement),
        payer.accepts_void,
        payer.corrected_claim_limit_days,
        _levels(payer),
    )


def _levels(payer: PayerSection) -> tuple[AppealLevel, ...]:
    own = tuple(
        AppealLevel(one.name, one.days, one.starts, one.receipt_days, one.reconsideration)
        for one in payer.appeal_levels
    )
    return own or standard_levels(payer.filing_indicator, limit_days=payer.appeal_limit_days)
