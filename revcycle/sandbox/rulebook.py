"""The rules of the sandbox payer, read from TOML."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.errors import RejectedError
from revcycle.sandbox.case import Case

Rate = Annotated[Decimal, Field(ge=0, le=1)]
Cents = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]
Weight = Annotated[int, Field(ge=0)]


class RulesError(RejectedError):
    """A rule file says something that the sandbox does not understand."""


class _Rules(BaseModel):
    """A table of the rule file; a key that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Delays(_Rules):
    """When answers leave, in seconds after receipt."""

    remittance: Seconds
    late: Seconds
    duplicate: Seconds
    reversal: Seconds
    crossover: Seconds


class Rates(_Rules):
    """How often things happen to a claim."""

    rejection: Rate
    denial: Rate
    partial_denial: Rate
    denied_again: Rate
    deductible: Rate
    copay: Rate
    reversal: Rate
    late: Rate
    duplicate: Rate


class Members(_Rules):
    """Last characters of member numbers that mean something."""

    lapsed: str
    unknown: str
    refused: str
    denied: str
    lost: str
    other_payer_first: str
    denies_other_payer_first: bool
    other_payer_name: str
    other_payer_id: str


class Corrections(_Rules):
    """How a corrected decision differs from the one taken back."""

    reduction: Rate


class Cases(_Rules):
    """How often one of the rarer cases comes to a paid claim, and which of them how often."""

    rate: Rate
    weights: Mapping[Case, Weight]


class RejectionRule(_Rules):
    """One way to refuse a claim before adjudication (STC01 of a 277CA)."""

    category: str
    status: str
    entity: str = ""
    weight: Weight = 1


class DenialRule(_Rules):
    """One way to deny a line (CAS and LQ of an 835)."""

    group: str
    reason: str
    remarks: tuple[str, ...] = ()
    weight: Weight = 1


class Terms(_Rules):
    """What one payer pays."""

    allowed: Rate
    deductible_cents: Cents
    copay_cents: Cents
    coinsurance: Rate
    sequestration: Rate
    crosses_over: bool


class Rulebook(_Rules):
    """Everything the sandbox decides by."""

    seed: int
    reject_duplicate_interchanges: bool
    acknowledge_every_interchange: bool
    delays: Delays
    rates: Rates
    members: Members
    corrections: Corrections
    cases: Cases
    rejections: tuple[RejectionRule, ...] = Field(min_length=1)
    denials: tuple[DenialRule, ...] = Field(min_length=1)
    terms: Terms
    payers: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def _terms_by_payer(self) -> dict[str, Terms]:
        general = self.terms.model_dump()
        return {
            payer["payer_id"]: Terms.model_validate(
                general | {key: value for key, value in payer.items() if key != "payer_id"}
            )
            for payer in self.payers
        }

    def terms_of(self, payer_id: str) -> Terms:
        """Return a payer's own terms, or the general ones."""
        return self._terms_by_payer.get(payer_id, self.terms)


def read_rulebook(path: Path | None = None, *, seed: int | None = None) -> Rulebook:
    """Read a rule file, or the one that is shipped; a file may leave out what it does not change.

    Args:
        path: The rule file.
        seed: Replaces the seed of the file.

    Raises:
        RulesError: the file is not TOML, or says something unknown; the text names the keys.
    """
    rules = _shipped()
    if path is not None:
        rules = _merged(rules, _read(path))
    if seed is not None:
        rules = rules | {"seed": seed}
    try:
        rulebook = Rulebook.model_validate(rules)
        _ = rulebook._terms_by_payer  # noqa: SLF001 - checked here, not at the first claim
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
            for problem in error.errors(include_input=False)
        )
        msg = f"{path or 'the shipped rules'}: {places}"
        raise RulesError(msg) from None
    except KeyError:
        msg = f"{path or 'the shipped rules'}: a table of [[payers]] has no payer_id"
        raise RulesError(msg) from None
    return rulebook


def _shipped() -> dict[str, Any]:
    text = resources.files("revcycle.sandbox").joinpath("rules.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path}: cannot be read as TOML: {error}"
        raise RulesError(msg) from None


def _merged(general: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Lay one file over another: tables key by key, everything else as a whole."""
    return general | {
        key: general[key] | value
        if isinstance(value, dict) and isinstance(general.get(key), dict)
        else value
        for key, value in own.items()
    }
