"""Paper remittances that a poster types go through the door of every 835."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.claim import Adjustment
from models.documents.party import Address, Organization
from models.errors import RejectedError
from models.states.claim import ClaimState
from models.tables import InboundFile, Remittance
from models.values.money import Money
from revcycle.operations.deposits.post_typed_remittance import post_typed_remittance
from revcycle.operations.deposits.typed_remittance import TypedClaim, TypedLine, TypedRemittance
from revcycle.store.session import transaction
from tests.bank_files import Movement
from tests.integration.deposits.deposit_desk import DepositDesk
from tests.integration.posting.billing_office import (
    CODES,
    NPI,
    PAID_ON,
    POLICY,
    TIN,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)

PRACTICE = Organization(
    "Demo Practice", npi=NPI, tax_id=TIN, address=Address("1 Oak", "Fernwick", "OH", "441011234")
)


@pytest.fixture
def desk(database_url: str, act: Act) -> DepositDesk:
    """An office whose bank sends statements, in an empty database of its own."""
    return DepositDesk(BillingOffice(database_url, act))


def a_check(claim: BilledClaim, paid: int, *adjustments: Adjustment) -> TypedRemittance:
    """Type a check for a claim of one line."""
    line = TypedLine(1, CODES[0], claim.charges[0], Money(paid), adjustments)
    typed = TypedClaim(claim.control_number, 1, (line,), "ICN7")
    return TypedRemittance("Paper & Sons", "PAPR1", "4711", "CHK", PAID_ON, Money(paid), (typed,))


def post(desk: DepositDesk, typed: TypedRemittance) -> None:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        post_typed_remittance(session, desk.act, typed, payee=PRACTICE, policy=POLICY)
    desk.office.check()


def test_a_typed_check_posts_as_an_835_and_meets_its_deposit(desk: DepositDesk) -> None:
    claim = desk.office.bill(15_000)
    said = (Adjustment("CO", "45", Money(5_000)), Adjustment("PR", "1", Money(2_000)))
    post(desk, a_check(claim, 8_000, *said))
    books = desk.office.books()
    assert (books["REMIT_CLEARING"], books["CONTRACTUAL"], books["AR:PAT"]) == (8_000, 5_000, 2_000)
    assert desk.office.claim(claim).state != ClaimState.ACCEPTED
    assert desk.bank(Movement("115", 8_000, text="LOCKBOX CHECK 4711")).matched == 1
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        file = session.exec(
            select(InboundFile).where(
                InboundFile.client_id == desk.act.client_id, InboundFile.source == "manual"
            )
        ).one()
    assert (file.kind, file.state) == ("835", "posted")


def test_the_same_check_twice_is_refused_and_leaves_nothing(desk: DepositDesk) -> None:
    claim = desk.office.bill(15_000)
    typed = a_check(claim, 15_000)
    post(desk, typed)
    before = desk.office.books()
    with pytest.raises(RejectedError, match="posted before"):
        post(desk, typed)
    assert desk.office.books() == before


def test_a_payment_that_came_as_835_is_not_typed_again(desk: DepositDesk) -> None:
    claim = desk.office.bill(15_000)
    desk.office.post(a_remittance(a_decision(claim, (15_000, ())), trace="4711"))
    with pytest.raises(RejectedError, match="posted before"):
        post(desk, a_check(claim, 15_000))


def test_an_835_of_a_typed_check_is_known_by_the_payers_own_number(desk: DepositDesk) -> None:
    first, second = desk.office.bill(1_000), desk.office.bill(2_000)
    electronic = replace(a_remittance(a_decision(first, (1_000, ()))), payer_id="PAPR1")
    desk.office.post(electronic)
    post(desk, a_check(second, 2_000))
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        ids = session.exec(
            select(Remittance.payer_trace_id).where(Remittance.client_id == desk.act.client_id)
        ).all()
    assert set(ids) == {electronic.payer_trace_id}


@pytest.mark.parametrize("amount", [7_999, 8_001])
def test_what_does_not_add_up_is_refused_with_the_equation(desk: DepositDesk, amount: int) -> None:
    claim = desk.office.bill(15_000)
    typed = a_check(claim, 8_000, Adjustment("CO", "45", Money(7_000)))
    with pytest.raises(RejectedError, match="payment"):
        post(desk, replace(typed, amount=Money(amount)))
    with pytest.raises(RejectedError, match="claim 1, line 1"):
        post(desk, a_check(claim, 8_000))
    assert "REMIT_CLEARING" not in desk.office.books()


def test_a_denial_on_paper_opens_a_denial(desk: DepositDesk) -> None:
    claim = desk.office.bill(15_000)
    post(desk, a_check(claim, 0, Adjustment("CO", "29", Money(15_000))))
    assert [denial.reason for denial in desk.office.denials()] == ["29"]


def test_a_claim_that_nobody_knows_keeps_its_money_apart(desk: DepositDesk) -> None:
    claim = replace(desk.office.bill(15_000), control_number="NOBODYS1")
    post(desk, a_check(claim, 15_000))
    assert desk.office.books()["UNAPPLIED"] == -15_000
