"""A payer takes back what it paid for nobody of ours, before or after our check returned it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from models.documents.patient_money import RefundPolicy
from models.documents.remittance import RemittanceClaim
from models.errors import RejectedError
from models.values.money import ZERO
from revcycle.operations.refunds.approve_refund import approve_refund
from revcycle.operations.refunds.clear_refund import clear_refund
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.operations.refunds.request_unapplied_refund import request_unapplied_refund
from revcycle.operations.refunds.settle_acknowledged_refunds import settle_acknowledged_refunds
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody
from tests.people import approver

POLICY = RefundPolicy(limit=ZERO, return_days=60)
PAID = 9_000


@pytest.fixture
def desk(office: BillingOffice) -> MatchingDesk:
    """Somebody who finds owners of payments."""
    return MatchingDesk(office)


@pytest.fixture
def stranger(office: BillingOffice) -> RemittanceClaim:
    """A decision that pays 90.00 for a claim that nobody knows."""
    claim = office.bill(15_000)
    return of_nobody(a_decision(claim, (PAID, [("CO", "45", 6_000)])))


def do(desk: MatchingDesk, work: Callable[[Session], Any]) -> Any:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        result = work(session)
    desk.office.check()
    return result


def ask(desk: MatchingDesk, reference: str = "REF77") -> UUID:
    """Ask for the unapplied money to go back, and let a second person approve it."""
    item = desk.waiting()
    token = desk.take(item)
    refund_id: UUID = do(
        desk,
        lambda session: request_unapplied_refund(
            session,
            desk.act,
            item.subject_id,
            reason="not_ours",
            payer_reference=reference,
            policy=POLICY,
            work_item_id=item.id,
            token=token,
        ),
    )
    second = replace(desk.act, actor="second")
    do(desk, lambda session: approve_refund(session, second, refund_id, approver=approver()))
    return refund_id


def pay(desk: MatchingDesk, refund_id: UUID) -> None:
    do(desk, lambda session: pay_refund(session, desk.act, refund_id, instrument="1001"))


def take_back(desk: MatchingDesk, stranger: RemittanceClaim, *plb: tuple[str, str, int]) -> None:
    """Reverse it in a payment that pays for somebody else, too."""
    other = desk.office.bill(20_000)
    paying = a_decision(other, (20_000, []), payer_number="ICN9")
    back = reversed_decision(stranger)
    desk.office.post(a_remittance(paying, back, trace="EFT2", plb=plb))


def test_what_the_payer_takes_back_waits_for_nobody(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    desk.office.post(a_remittance(stranger))
    take_back(desk, stranger)
    books = desk.office.books()
    assert (books["REMIT_CLEARING"], books.get("UNAPPLIED", 0)) == (20_000, 0)
    assert desk.office.open_items() == []


def test_it_may_take_it_back_before_it_is_seen_to_pay(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    take_back(desk, stranger)
    assert desk.office.open_items() == ["posting.unknown_original"]
    desk.office.post(a_remittance(stranger))
    assert "UNAPPLIED" not in desk.office.books()
    assert desk.office.open_items() == []


def test_another_amount_is_another_claim(desk: MatchingDesk, stranger: RemittanceClaim) -> None:
    desk.office.post(a_remittance(stranger))
    other = of_nobody(a_decision(desk.office.bill(15_000), (8_000, [("CO", "45", 7_000)])))
    take_back(desk, other)
    assert desk.office.books()["UNAPPLIED"] == -1_000
    assert desk.office.open_items() == ["posting.unknown_original", "posting.unmatched"]


def test_no_check_is_written_for_money_that_the_payer_took(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    desk.office.post(a_remittance(stranger))
    refund_id = ask(desk)
    take_back(desk, stranger)
    with pytest.raises(RejectedError, match="holds less by now"):
        pay(desk, refund_id)
    do(desk, lambda session: void_refund(session, desk.act, refund_id))
    assert "UNAPPLIED" not in desk.office.books()
    assert desk.office.open_items() == []


def test_what_it_takes_after_our_check_it_owes_us(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    desk.office.post(a_remittance(stranger))
    refund_id = ask(desk)
    pay(desk, refund_id)
    take_back(desk, stranger)
    books = desk.office.books()
    assert (books["RECOUP_DUE"], books.get("UNAPPLIED", 0)) == (PAID, 0)
    assert books["REMIT_CLEARING"] == 20_000
    assert desk.office.open_items() == ["posting.unannounced_recovery"]


def test_its_word_that_the_check_came_settles_what_it_took(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    desk.office.post(a_remittance(stranger))
    refund_id = ask(desk)
    pay(desk, refund_id)
    do(desk, lambda session: clear_refund(session, desk.act, refund_id))
    take_back(desk, stranger, ("72", "REF77", -PAID))
    assert do(desk, lambda session: settle_acknowledged_refunds(session, desk.act)) == 1
    assert not {"RECOUP_DUE", "REFUND_CLEARING", "UNAPPLIED"} & desk.office.books().keys()
    assert desk.office.open_items() == []


def test_a_check_that_never_was_cashed_leaves_what_the_payer_took(
    desk: MatchingDesk, stranger: RemittanceClaim
) -> None:
    desk.office.post(a_remittance(stranger))
    refund_id = ask(desk, reference="")
    pay(desk, refund_id)
    take_back(desk, stranger)
    do(desk, lambda session: void_refund(session, desk.act, refund_id))
    assert not {"RECOUP_DUE", "REFUND_CLEARING", "UNAPPLIED"} & desk.office.books().keys()
    assert desk.office.open_items() == []
