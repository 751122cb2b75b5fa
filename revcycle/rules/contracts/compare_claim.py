"""Where a payer's decision about a claim differs from the contract."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from models.documents.contract import (
    ContractService,
    Expectation,
    JudgedService,
    LineDifference,
)
from models.values.money import Money, total
from revcycle.rules.contracts.allowed import allowed_of, is_left_to_denials
from revcycle.rules.contracts.explain_difference import CLAIM_LEVEL, MERGED, explain_difference
from revcycle.rules.contracts.price_claim import Pricer


def compare_claim(
    services: Sequence[ContractService],
    prices: Mapping[UUID, Expectation],
    said: Sequence[JudgedService],
    pricer: Pricer,
) -> tuple[LineDifference, ...]:
    """Hold a payer's standing decision about a claim against what its lines should bring.

    Lines of which the contract says nothing, and lines with a denied part, are left out. What a
    payer split into several services is added up. Services that are none of our lines are held
    against the whole claim, and only if every line of it has a price.

    Args:
        services: The lines of the claim.
        prices: What they should bring, by line.
        said: The services as the payer judged them.
        pricer: Finds out which rule was applied or left out.
    """
    if any(is_left_to_denials(one) for one in said if one.claim_line_id is None):
        return ()
    judged: dict[UUID | None, list[JudgedService]] = defaultdict(list)
    for one in said:
        judged[one.claim_line_id].append(one)
    if None in judged:
        return _compare_whole(services, prices, said)
    found = (
        _compare_line(one, prices.get(one.claim_line_id), judged[one.claim_line_id], pricer)
        for one in services
        if judged.get(one.claim_line_id)
    )
    return tuple(one for one in found if one is not None)


def _compare_line(
    service: ContractService,
    price: Expectation | None,
    said: Sequence[JudgedService],
    pricer: Pricer,
) -> LineDifference | None:
    if price is None or price.amount is None or any(map(is_left_to_denials, said)):
        return None
    allowed = total(map(allowed_of, said))
    if _is_within(price.amount, allowed, price.tolerance):
        return None
    code = said[0].procedure_code
    reason, words = explain_difference(service, price, allowed, code, pricer)
    text = f"{price.arithmetic}; allowed {allowed}: {words}"
    return LineDifference(service.claim_line_id, price.amount, allowed, reason, text)


def _compare_whole(
    services: Sequence[ContractService],
    prices: Mapping[UUID, Expectation],
    said: Sequence[JudgedService],
) -> tuple[LineDifference, ...]:
    of_lines = [prices.get(one.claim_line_id) for one in services]
    known = [one for one in of_lines if one is not None and one.amount is not None]
    if len(known) != len(services) or any(map(is_left_to_denials, said)):
        return ()
    expected = total(one.amount for one in known if one.amount is not None)
    allowed = total(map(allowed_of, said))
    if _is_within(expected, allowed, total(one.tolerance for one in known)):
        return ()
    others = [one for one in said if one.claim_line_id is None and one.procedure_code]
    reason = MERGED if others else CLAIM_LEVEL
    text = (
        f"{len(services)} lines should bring {expected} together; "
        f"the payer judged {'other services' if others else 'them as a whole'} "
        f"and allowed {allowed}"
    )
    return (LineDifference(None, expected, allowed, reason, text),)


def _is_within(expected: Money, allowed: Money, tolerance: Money) -> bool:
    return abs((expected - allowed).cents) <= tolerance.cents
