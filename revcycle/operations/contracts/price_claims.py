"""Compute what the lines of claims should bring, and keep it beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.contract import ContractService, Expectation
from revcycle.operations.contracts.fill_fee_schedule import fill_fee_schedule
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.rules.contracts.price_claim import Pricer, tolerance_of
from revcycle.store import expected_amounts
from revcycle.store.audit import record_act
from revcycle.store.contracts import list_services


@dataclass(frozen=True, slots=True)
class PricedCount:
    """How many lines have an amount, and of how many the contract says nothing."""

    claims: int
    priced: int
    unknown: int


def price_claims(
    session: Session, act: Act, claim_ids: Sequence[UUID], *, policy: ContractPolicy
) -> PricedCount:
    """Price claims to first payers by the terms as they are now; what was said before goes.

    Repeating it is safe: the same terms give the same amounts.
    """
    services = list_services(session, act.client_id, claim_ids, policy.practice)
    codes = {service.code for of_claim in services.values() for service in of_claim}
    pricer = Pricer(fill_fee_schedule(session, policy.book, codes))
    expectations = [
        one
        for of_claim in services.values()
        for one in expect(of_claim, pricer, version=policy.book.version)
    ]
    expected_amounts.replace_expectations(session, act.client_id, act, expectations)
    record_act(session, act.client_id, act, "price_claims", "claim", None)
    known = sum(one.amount is not None for one in expectations)
    return PricedCount(len(services), known, len(expectations) - known)


def expect(
    services: Sequence[ContractService], pricer: Pricer, *, version: str
) -> Iterable[Expectation]:
    """Say what each line of one claim should bring."""
    prices = pricer.price_claim(services)
    for service, price in zip(services, prices, strict=True):
        yield Expectation(
            claim_id=service.claim_id,
            claim_line_id=service.claim_line_id,
            amount=price.amount,
            arithmetic=price.arithmetic,
            tolerance=tolerance_of(price),
            term_key=price.term.key if price.term else "",
            version=version,
        )
