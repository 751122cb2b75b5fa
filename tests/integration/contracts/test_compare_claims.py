"""Payments below or above the contract become work, and later payments take it away."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from models.documents.act import Act
from models.documents.contract import ContractBook
from models.states.variance import VarianceState
from models.tables import Client
from models.values.money import Money
from revcycle.operations.contracts.let_variance_be import let_variance_be
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.contracts.contract_office import PRACTICE, ContractOffice, a_fee
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    Said,
    a_decision,
    a_remittance,
    reversed_decision,
)

AS_AGREED = (7_000, [("CO", "45", 6_000), ("PR", "2", 2_000)])
TOO_LITTLE = (6_000, [("CO", "45", 7_000), ("PR", "2", 2_000)])
TOO_MUCH = (8_000, [("CO", "45", 5_000), ("PR", "2", 2_000)])


@pytest.fixture
def contract_office(either_database_url: str) -> ContractOffice:
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    act = Act(client.id, "tester", NOON, TODAY)
    return ContractOffice(BillingOffice(either_database_url, act))


def post(
    contract_office: ContractOffice,
    claim: BilledClaim,
    *lines: tuple[int, Sequence[Said]],
    trace: str,
) -> None:
    """Post a decision about a claim."""
    decision = a_decision(claim, *lines)
    contract_office.office.post(a_remittance(decision, trace=trace))


def test_a_short_payment_opens_one_item_and_its_correction_closes_it(
    contract_office: ContractOffice,
) -> None:
    office = contract_office.office
    claim = office.bill(15_000, 3_000)
    assert contract_office.price_all() == 1
    assert contract_office.price_all() == 0
    assert [str(row.amount) for row in contract_office.expected(claim)] == ["20.00", "90.00"]

    short = a_decision(claim, TOO_LITTLE, (2_000, [("CO", "45", 1_000)]))
    office.post(a_remittance(short, trace="EFT1"))
    assert contract_office.compare_all().opened == 1
    assert contract_office.compare_all().claims == 1  # it stands, so it is looked at again
    assert contract_office.compare_all().opened == 0
    (variance,) = contract_office.variances()
    assert (variance.expected, variance.allowed) == (Money(9_000), Money(8_000))
    (item,) = contract_office.items()
    assert (item.amount, item.payer_name) == (Money(1_000), "Payer 1")
    assert item.detail == "$10.00 below the contract: for no reason that arithmetic shows"

    full = a_decision(claim, AS_AGREED, (2_000, [("CO", "45", 1_000)]), payer_number="ICN2")
    office.post(a_remittance(reversed_decision(short), full, trace="EFT2"))
    assert contract_office.compare_all().leveled == 1
    (variance,) = contract_office.variances()
    assert (variance.state, variance.recovered) == (VarianceState.RECOVERED, Money(1_000))
    assert contract_office.items() == []
    assert contract_office.compare_all().claims == 0


def test_a_correction_that_brings_a_part_leaves_the_rest_open(
    contract_office: ContractOffice,
) -> None:
    claim = contract_office.office.bill(15_000)
    contract_office.price_all()
    short = a_decision(claim, TOO_LITTLE)
    contract_office.office.post(a_remittance(short, trace="EFT1"))
    contract_office.compare_all()
    better = a_decision(claim, (6_600, [("CO", "45", 6_400), ("PR", "2", 2_000)]))
    contract_office.office.post(a_remittance(reversed_decision(short), better, trace="EFT2"))
    contract_office.compare_all()
    (variance,) = contract_office.variances()
    assert (variance.state, variance.recovered) == (VarianceState.OPEN, Money(600))
    (item,) = contract_office.items()
    assert item.detail.startswith("$4.00 below the contract")


def test_a_decision_that_is_taken_back_leaves_nothing_to_compare(
    contract_office: ContractOffice,
) -> None:
    claim = contract_office.office.bill(15_000)
    contract_office.price_all()
    short = a_decision(claim, TOO_LITTLE)
    contract_office.office.post(a_remittance(short, trace="EFT1"))
    contract_office.compare_all()
    contract_office.office.post(a_remittance(reversed_decision(short), trace="EFT2"))
    assert contract_office.compare_all().withdrawn == 1
    assert contract_office.items() == []
    post(contract_office, claim, TOO_LITTLE, trace="EFT3")
    assert contract_office.compare_all().opened == 1
    states = [row.state for row in contract_office.variances()]
    assert states == [VarianceState.WITHDRAWN, VarianceState.OPEN]


def test_a_request_to_let_it_be_ends_with_the_decision(contract_office: ContractOffice) -> None:
    claim = contract_office.office.bill(15_000)
    short = a_decision(claim, TOO_LITTLE)
    contract_office.office.post(a_remittance(short, trace="EFT1"))
    contract_office.compare_all()
    act = contract_office.act
    with transaction(contract_office.office.database_url, act.client_id) as session:
        variance_id = contract_office.only_variance_id()
        assert not let_variance_be(session, act, variance_id, note="small", limit=Money(0))
    contract_office.office.post(a_remittance(reversed_decision(short), trace="EFT2"))
    assert contract_office.compare_all().withdrawn == 1
    (variance,) = contract_office.variances()
    assert variance.let_be_asked_by == ""


def test_too_much_is_told_too(contract_office: ContractOffice) -> None:
    claim = contract_office.office.bill(15_000)
    post(contract_office, claim, TOO_MUCH, trace="EFT1")
    assert contract_office.compare(claim).opened == 1
    (variance,) = contract_office.variances()
    assert variance.first_shortfall == Money(-1_000)
    (item,) = contract_office.items()
    assert item.detail.startswith("$10.00 above the contract")


def test_what_is_as_agreed_denied_or_not_agreed_opens_nothing(
    contract_office: ContractOffice,
) -> None:
    office = contract_office.office
    claims = [office.bill(15_000), office.bill(15_000), office.bill(15_000, 3_000, 9_000, 4_800)]
    contract_office.price_all()
    post(contract_office, claims[0], AS_AGREED, trace="EFT1")
    post(contract_office, claims[1], (0, [("CO", "197", 15_000)]), trace="EFT2")
    rest = [(2_000, [("CO", "45", 1_000)]), (4_500, [("CO", "45", 4_500)])]
    unknown = (100, [("CO", "45", 4_700)])
    post(contract_office, claims[2], AS_AGREED, *rest, unknown, trace="EFT3")
    compared = contract_office.compare_all()
    assert (compared.claims, compared.opened) == (3, 0)
    assert contract_office.compare_all().claims == 0


def test_what_a_second_payer_allows_is_not_compared(contract_office: ContractOffice) -> None:
    office = contract_office.office
    first = office.bill(15_000, coverages=(1, 2))
    second = office.bill_next(first)
    contract_office.price_all()
    post(contract_office, first, AS_AGREED, trace="EFT1")
    post(contract_office, second, (2_000, [("OA", "23", 13_000)]), trace="EFT2")
    assert contract_office.compare_all().opened == 0
    assert contract_office.expected(second) == []


def test_another_payer_who_is_asked_as_the_first_is_held_to_its_terms(
    contract_office: ContractOffice,
) -> None:
    office = contract_office.office
    other = office.bill_next(office.bill(15_000, coverages=(1, 2)))
    contract_office.price_all()
    assert contract_office.expected(other) == []
    with transaction(office.database_url, office.act.client_id) as session:
        claim = office.claim(other)
        claim.stands_alone = True
        session.add(claim)
    contract_office.price_all()
    (row,) = contract_office.expected(other)
    assert row.claim_id == other.claim_id


def test_amounts_stay_as_they_were_when_the_claim_left_until_somebody_computes_them_anew(
    contract_office: ContractOffice,
) -> None:
    claim = contract_office.office.bill(15_000)
    contract_office.price_all()
    book = ContractBook((a_fee("99213", "80.00"),), version="v2")
    later = ContractOffice(contract_office.office, ContractPolicy(book, PRACTICE))
    post(later, claim, TOO_LITTLE, trace="EFT1")
    assert later.compare_all().opened == 1
    (row,) = later.expected(claim)
    assert (row.amount, row.version) == (Money(9_000), "v1")


def test_another_practice_neither_prices_nor_compares_these_claims(database_url: str) -> None:
    ids: list[UUID] = []
    for key in ("here", "there"):
        client = Client(key=key, name=key, time_zone="UTC")
        with transaction(database_url) as session:
            session.add(client)
        ids.append(client.id)
    here, there = (
        ContractOffice(BillingOffice(database_url, Act(one, "tester", NOON, TODAY))) for one in ids
    )
    claim = here.office.bill(15_000)
    post(here, claim, TOO_LITTLE, trace="EFT1")
    assert there.price_all() == there.compare_all().claims == 0
    assert there.compare(claim).claims == 0
    assert here.compare_all().opened == 1
