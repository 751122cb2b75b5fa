"""Checks of what a client file says of rules of coding."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from models.documents.client_config import ClientConfig
from revcycle.client_config.places import Problem
from revcycle.client_config.toml_lines import KeyPath
from revcycle.rules.coding import CODING_RULES

RULE_IDS: Final = tuple(rule.id for rule in CODING_RULES)


def check_coding_section(config: ClientConfig) -> Iterator[Problem]:
    """Report ids that no rule has, with the nearest one that there is, and unknown payers."""
    path: KeyPath = ("coding", "severity")
    yield from _unknown_rules(config.coding.severity, path)
    keys = [payer.key for payer in config.payers]
    for payer, weights in config.coding.payer_severity.items():
        path = ("coding", "payer_severity", payer)
        if payer not in keys:
            message = f"{payer!r} is not defined; allowed: {', '.join(keys)}"
            yield Problem("client.reference", path, message)
        yield from _unknown_rules(weights, path)


def _unknown_rules(named: Iterable[str], path: KeyPath) -> Iterator[Problem]:
    for rule_id in named:
        if rule_id not in RULE_IDS:
            near = get_close_matches(rule_id, RULE_IDS, n=1, cutoff=0)
            message = f"no rule has this id; did you mean {near[0]!r}?"
            yield Problem("client.value", (*path, rule_id), message)
