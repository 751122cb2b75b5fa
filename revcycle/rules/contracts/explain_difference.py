"""Why a payer may have allowed another amount, as far as arithmetic shows it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from models.documents.contract import ContractService, Expectation
from models.values.money import ZERO, Money
from revcycle.rules.contracts.find_term import is_in_force
from revcycle.rules.contracts.price_claim import Pricer

CHANGED_CODE: Final = "variance.changed_code"
MERGED: Final = "variance.merged_lines"
CLAIM_LEVEL: Final = "variance.claim_level"
REDUCED: Final = "variance.multiple_procedure"
NOT_REDUCED: Final = "variance.no_reduction"
MODIFIER: Final = "variance.modifier_ignored"
UNITS: Final = "variance.units"
OTHER_TERM: Final = "variance.other_term"
LESS: Final = "variance.below_contract"
MORE: Final = "variance.above_contract"
REDUCTIONS: Final = (Decimal(50), Decimal(25))  # percent that payers commonly leave
Explanation = tuple[str, str]
Step = Callable[[ContractService, Expectation, Money, Pricer], Iterator[Explanation]]


def explain_difference(
    service: ContractService,
    price: Expectation,
    allowed: Money,
    judged_code: str,
    pricer: Pricer,
) -> Explanation:
    """Return a reason and a sentence: the first change of the rules that gives what was allowed.

    Tried in this order: another code was judged; an earlier or later term was used; modifiers
    were ignored; one unit was paid; a reduction of several procedures was applied or left out. If
    nothing gives the amount, the part of the expected amount that was allowed is said.
    """
    if judged_code and judged_code != service.code:
        return CHANGED_CODE, f"the payer judged {judged_code}, we billed {service.code}"
    found = (one for step in STEPS for one in step(service, price, allowed, pricer))
    return next(found, _say_share(price, allowed))


def _reduction(
    service: ContractService, price: Expectation, allowed: Money, pricer: Pricer
) -> Iterator[Explanation]:
    alone = pricer.price_alone(service, modifiers=service.modifiers, on=service.service_date)
    if price.amount is None or not price.amount:
        return
    for percent in REDUCTIONS:
        if allowed == price.amount.times(percent / 100):
            yield REDUCED, f"that is {percent:f} % of it: reduced as a further procedure of the day"
    if alone.amount == allowed != price.amount:
        yield NOT_REDUCED, "that is the price without the reduction or the second side"


def _modifiers(
    service: ContractService, price: Expectation, allowed: Money, pricer: Pricer
) -> Iterator[Explanation]:
    if not service.modifiers:
        return
    plain = pricer.price_alone(service, modifiers=(), on=service.service_date)
    if plain.amount == allowed != price.amount:
        yield MODIFIER, f"that is the price without modifier {', '.join(service.modifiers)}"


def _units(
    service: ContractService, price: Expectation, allowed: Money, pricer: Pricer
) -> Iterator[Explanation]:
    if service.units == 1:
        return
    one = replace(service, units=Decimal(1))
    single = pricer.price_alone(one, modifiers=service.modifiers, on=service.service_date)
    if single.amount == allowed != price.amount:
        yield UNITS, f"that is the price of one unit, {service.units.normalize():f} were billed"


def _other_term(
    service: ContractService, price: Expectation, allowed: Money, pricer: Pricer
) -> Iterator[Explanation]:
    for term in pricer.finder.list_applicable(service):
        if is_in_force(term, service.service_date) or term.key == price.term_key:
            continue
        if pricer.price_by(service, term).amount == allowed:
            end = f" to {term.valid_to.isoformat()}" if term.valid_to else " on"
            words = f"that is the price of {term.valid_from.isoformat()}{end} (line {term.line})"
            yield OTHER_TERM, words


STEPS: Final[tuple[Step, ...]] = (_other_term, _modifiers, _units, _reduction)


def _say_share(price: Expectation, allowed: Money) -> Explanation:
    expected = price.amount or ZERO
    reason = LESS if allowed < expected else MORE
    if not expected:
        return reason, "nothing was expected"
    share = (Decimal(allowed.cents) * 100 / Decimal(expected.cents)).quantize(Decimal("0.1"))
    return reason, f"that is {share:f} % of what the contract says"
