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
from revcycle.rules.contracts.judged_together import JudgedTogether, find_judged_together
from revcycle.rules.contracts.price_claim import Pricer


def compare_claim(
    services: Sequence[ContractService],
    prices: Mapping[UUID, Expectation],
    said: Sequence[JudgedService],
    pricer: Pricer,
) -> tuple[LineDifference, ...]:
    """Hold a payer's standing decision about a claim against what its lines should bring.

    Lines of which the contract says nothing, and lines with a denied part, are left out. What a
    payer split into several services is added up, and so is what lines should bring that it
    judged as one. Where nobody knows which lines a service is about, all are held against the
    whole claim, and only if every line of it has a price.

    Args:
        services: The lines of the claim.
        prices: What they should bring, by line.
        said: The services as the payer judged them.
        pricer: Finds out which rule was applied or left out.
    """
    if any(is_left_to_denials(one) for one in said if one.claim_line_id is None):
        return ()
    together = find_judged_together(services, said)
    if together is None:
        return _compare_whole(services, prices, said)
    judged: dict[UUID | None, list[JudgedService]] = defaultdict(list)
    for one in said:
        judged[one.claim_line_id].append(one)
    merged = {part.claim_line_id for one in together for part in one.services}
    found = [_compare_together(one, prices) for one in together]
    found += [
        _compare_line(one, prices.get(one.claim_line_id), judged[one.claim_line_id], pricer)
        for one in services
        if judged.get(one.claim_line_id) and one.claim_line_id not in merged
    ]
    return tuple(one for one in found if one is not None)


def _compare_line(
    service: ContractService,
    price: Expectation | None,
    said: Sequence[JudgedService],
    pricer: Pricer,
) -> LineDifference | None:
    if price is None or price.amount is None or any(map(is_left_to_denials, said)):
        return None
    parts = [allowed_of(one) for one in said]
    allowed = total(parts)
    if _is_within(price.amount, allowed, price.tolerance):
        return None
    code = said[0].procedure_code
    reason, words = explain_difference(service, price, allowed, code, pricer)
    text = f"{price.arithmetic}; allowed {_sum(parts)}: {words}"
    return LineDifference(service.claim_line_id, price.amount, allowed, reason, text)


def _compare_together(
    judged: JudgedTogether, prices: Mapping[UUID, Expectation]
) -> LineDifference | None:
    """Compare what several lines should bring in all with what was allowed for them as one."""
    known = [prices.get(one.claim_line_id) for one in judged.services]
    amounts = [one.amount for one in known if one is not None and one.amount is not None]
    if len(amounts) != len(judged.services) or is_left_to_denials(judged.said):
        return None
    expected, allowed = total(amounts), allowed_of(judged.said)
    if _is_within(expected, allowed, total(one.tolerance for one in known if one is not None)):
        return None
    codes = " and ".join(one.code for one in judged.services)
    text = (
        f"{codes} should bring {_sum(amounts)} together; the payer judged them as one "
        f"{judged.said.procedure_code} and allowed {allowed}"
    )
    return LineDifference(None, expected, allowed, MERGED, text)


def _sum(parts: Sequence[Money]) -> str:
    """Say one amount, or how several add up."""
    whole = total(parts)
    return f"{whole}" if len(parts) == 1 else f"{' + '.join(map(str, parts))} = {whole}"


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
