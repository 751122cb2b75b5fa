"""Money that a payer sent for nobody of ours goes back to it, by two persons and a check."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from models.documents.approval import ApprovalLimits, Approver
from models.documents.patient_money import RefundPicture, RefundPolicy
from models.errors import RejectedError
from models.states.refund import RefundPayee, RefundState
from models.tables import WorkItem
from models.values.access import Role
from models.values.money import ZERO, Money
from revcycle.operations.posting.prepare_match import MatchChoice
from revcycle.operations.refunds.approve_refund import approve_refund
from revcycle.operations.refunds.clear_refund import clear_refund
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.operations.refunds.refuse_refund import refuse_refund
from revcycle.operations.refunds.request_unapplied_refund import request_unapplied_refund
from revcycle.operations.refunds.settle_acknowledged_refunds import settle_acknowledged_refunds
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.store import refunds
from revcycle.store.invariants_unapplied import unapplied_unlike_books
from revcycle.store.session import transaction
from revcycle.store.work_items import StaleLeaseError
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody

POLICY = RefundPolicy(limit=ZERO, return_days=60)
LEAD = Approver("lena", [Role.TEAM_LEAD], ApprovalLimits(Money(50_000), Money(500_000)))
PAID = (9_000, [("CO", "45", 6_000)])


@pytest.fixture
def desk(office: BillingOffice) -> MatchingDesk:
    """Somebody who finds owners of payments."""
    return MatchingDesk(office)


def do(desk: MatchingDesk, work: Callable[[Session], Any]) -> Any:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        result = work(session)
    desk.office.check()
    return result


def unapplied(desk: MatchingDesk) -> tuple[BilledClaim, WorkItem]:
    """Have a payer pay 90.00 for a claim that nobody knows."""
    claim = desk.office.bill(15_000)
    desk.office.post(a_remittance(of_nobody(a_decision(claim, PAID))))
    return claim, desk.waiting()


def ask(desk: MatchingDesk, item: WorkItem, *, reference: str = "", token: int = -1) -> UUID:
    held = desk.take(item) if token < 0 else token
    found = do(
        desk,
        lambda session: request_unapplied_refund(
            session,
            desk.act,
            item.subject_id,
            reason="not_ours",
            payer_reference=reference,
            policy=POLICY,
            work_item_id=item.id,
            token=held,
        ),
    )
    assert isinstance(found, UUID)
    return found


def approve_and_pay(desk: MatchingDesk, refund_id: UUID) -> None:
    lead = replace(desk.act, actor=LEAD.login)
    do(desk, lambda session: approve_refund(session, lead, refund_id, approver=LEAD))
    do(desk, lambda session: pay_refund(session, desk.act, refund_id, instrument="1001"))


def picture(desk: MatchingDesk, refund_id: UUID) -> RefundPicture:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        return refunds.get_refund(session, desk.act.client_id, refund_id)


def test_it_goes_back_whole_and_the_deposit_still_explains_the_remittance(
    desk: MatchingDesk,
) -> None:
    _, item = unapplied(desk)
    refund_id = ask(desk, item)
    assert desk.office.open_items() == ["refund_requested"]
    assert desk.office.books()["UNAPPLIED"] == -9_000
    approve_and_pay(desk, refund_id)
    books = desk.office.books()
    assert "UNAPPLIED" not in books
    assert (books["REFUND_CLEARING"], books["REMIT_CLEARING"]) == (-9_000, 9_000)
    do(desk, lambda session: clear_refund(session, desk.act, refund_id))
    assert desk.office.books()["BANK"] == -9_000
    seen = picture(desk, refund_id)
    assert (seen.state, seen.payee) == (RefundState.CLEARED, RefundPayee.PAYER)
    assert desk.office.open_items() == []


def test_who_asks_does_not_decide(desk: MatchingDesk) -> None:
    _, item = unapplied(desk)
    refund_id = ask(desk, item)
    asker = replace(LEAD, login=desk.act.actor)
    with pytest.raises(RejectedError, match="somebody else"):
        do(desk, lambda session: approve_refund(session, desk.act, refund_id, approver=asker))


def test_a_second_click_and_a_lost_lease_change_nothing(desk: MatchingDesk) -> None:
    _, item = unapplied(desk)
    token = desk.take(item)
    ask(desk, item, token=token)
    before = desk.office.books()
    with pytest.raises(StaleLeaseError):
        ask(desk, item, token=token)
    assert desk.office.books() == before
    assert desk.office.open_items() == ["refund_requested"]


def test_money_that_is_on_its_way_back_is_matched_with_no_claim(desk: MatchingDesk) -> None:
    claim, item = unapplied(desk)
    refund_id = ask(desk, item)
    for _ in ("asked for", "paid"):
        with pytest.raises(RejectedError):
            desk.preview(item.subject_id, MatchChoice(claim.claim_id))
        if picture(desk, refund_id).state is RefundState.REQUESTED:
            approve_and_pay(desk, refund_id)


@pytest.mark.parametrize("end", ["refused", "void before it is paid", "void after it is paid"])
def test_what_does_not_go_back_after_all_waits_for_its_owner_again(
    desk: MatchingDesk, end: str
) -> None:
    claim, item = unapplied(desk)
    before = desk.office.books()
    refund_id = ask(desk, item)
    if end == "refused":
        do(desk, lambda session: refuse_refund(session, desk.act, refund_id))
    else:
        if end.endswith("after it is paid"):
            approve_and_pay(desk, refund_id)
        do(desk, lambda session: void_refund(session, desk.act, refund_id))
    assert desk.office.books() == before
    assert desk.office.open_items() == ["posting.unmatched"]
    again = desk.waiting()
    assert again.subject_id == item.subject_id
    desk.preview(item.subject_id, MatchChoice(claim.claim_id))
    ask(desk, again)


def test_a_decision_that_kept_no_money_has_nothing_to_give_back(desk: MatchingDesk) -> None:
    claim = desk.office.bill(15_000)
    denied = a_decision(claim, (0, [("CO", "29", 15_000)]))
    desk.office.post(a_remittance(of_nobody(denied)))
    item = desk.waiting()
    with pytest.raises(RejectedError, match="no money of it waits"):
        ask(desk, item)
    assert desk.office.open_items() == ["posting.unmatched"]


def test_a_payer_that_acknowledges_it_beside_its_recovery_leaves_nothing_open(
    desk: MatchingDesk,
) -> None:
    _, item = unapplied(desk)
    refund_id = ask(desk, item, reference="REF77")
    approve_and_pay(desk, refund_id)
    do(desk, lambda session: clear_refund(session, desk.act, refund_id))
    other = desk.office.bill(9_000)
    plb = [("WO", "REF77", 9_000), ("72", "REF77", -9_000)]
    desk.office.post(a_remittance(a_decision(other, (9_000, [])), trace="EFT3", plb=plb))
    assert do(desk, lambda session: settle_acknowledged_refunds(session, desk.act)) == 1
    assert not {"RECOUP_DUE", "REFUND_CLEARING", "UNAPPLIED"} & desk.office.books().keys()


def test_a_refund_that_the_books_do_not_know_breaks_the_promise_about_unapplied_money(
    desk: MatchingDesk,
) -> None:
    _, item = unapplied(desk)
    refund_id = ask(desk, item)
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        refunds.lock_refund(session, desk.act.client_id, refund_id).state = RefundState.PAID
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        assert unapplied_unlike_books(session, desk.act.client_id)[1] == (str(item.subject_id),)
