"""What each line of a claim should bring by the contract with its payer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.documents.contract import (
    ContractBook,
    ContractService,
    ContractTerm,
    ExpectedPrice,
    MpfsAmount,
    MpfsKey,
)
from models.values.money import Money
from revcycle.rules.contracts.base_price import BasePrice, base_price
from revcycle.rules.contracts.find_term import TermFinder
from revcycle.rules.contracts.reductions import WHOLE, Factors, Reducible, find_factors

NO_FACTORS = Factors()


class Pricer:
    """A contract book, ready to price many claims."""

    def __init__(self, book: ContractBook) -> None:
        self.finder = TermFinder(book.terms)
        self.mpfs: Mapping[MpfsKey, MpfsAmount] = book.mpfs

    def price_claim(self, services: Sequence[ContractService]) -> tuple[ExpectedPrice, ...]:
        """Price the lines of one claim, in their order.

        A line is rounded once, half up to a cent, when every factor is applied; only then is it
        held against the charge. The order of the lines matters to nothing but equal ranks.

        Source:
            docs/decisions/0027.
        """
        chosen = [self._choose(one, one.modifiers, one.service_date) for one in services]
        factors = find_factors([one.reducible for one in chosen if one.reducible])
        return tuple(_finish(one, factors.get(one.service.number, NO_FACTORS)) for one in chosen)

    def price_alone(
        self, service: ContractService, *, modifiers: Sequence[str], on: date
    ) -> ExpectedPrice:
        """Price a line as if it stood alone, with other modifiers, or on another day."""
        chosen = self._choose(service, modifiers, on)
        return _finish(chosen, NO_FACTORS)

    def price_by(self, service: ContractService, term: ContractTerm) -> ExpectedPrice:
        """Price a line as if it stood alone, by a term of our choice."""
        base = base_price(service, service.modifiers, term, self.mpfs)
        return _finish(_Chosen(service, term, base), NO_FACTORS)

    def _choose(self, service: ContractService, modifiers: Sequence[str], on: date) -> "_Chosen":
        term = self.finder.find(service, modifiers, on)
        if term is None:
            text = f"no term covers {service.code} on {on.isoformat()}"
            return _Chosen(service, None, BasePrice(None, text))
        return _Chosen(service, term, base_price(service, modifiers, term, self.mpfs))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A line with the term that applies, and its price before reductions."""

    service: ContractService
    term: ContractTerm | None
    base: BasePrice

    @property
    def reducible(self) -> Reducible | None:
        """The line as reductions see it; None where it has no price."""
        if self.term is None or self.base.cents is None:
            return None
        return Reducible(self.service, self.term, self.base.cents, self.base.mpfs)


def _finish(chosen: _Chosen, factors: Factors) -> ExpectedPrice:
    term, base, line_id = chosen.term, chosen.base, chosen.service.claim_line_id
    if term is None or base.cents is None:
        return ExpectedPrice(line_id, None, base.arithmetic, term)
    exact = base.cents * factors.bilateral / WHOLE * factors.multiple / WHOLE
    amount = Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
    text = f"{base.arithmetic}{_words(factors)} = {amount}"
    if term.is_lesser_of_charge and chosen.service.charge < amount:
        amount = chosen.service.charge
        text = f"{text}; the charge {amount} is lower"
    return ExpectedPrice(line_id, amount, text, term)


def _words(factors: Factors) -> str:
    sides = f" x {factors.bilateral:f} % both sides"
    if factors.bilateral < WHOLE:
        sides = f" x {factors.bilateral:f} % second side"
    several = f" x {factors.multiple:f} % several procedures"
    return (sides if factors.bilateral != WHOLE else "") + (
        several if factors.multiple != WHOLE else ""
    )


def tolerance_of(price: ExpectedPrice) -> Money:
    """Say up to which difference a payment is as expected: the larger of both tolerances."""
    if price.term is None or price.amount is None:
        return Money(0)
    share = price.amount.times(price.term.tolerance_percent / WHOLE)
    return max(price.term.tolerance, share)
