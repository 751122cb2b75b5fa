"""Money at the bank: every line once, matched or asked about, and the books always agree."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.bank_line import BankLineState
from models.states.file import InboundFileState
from models.states.transition import IllegalTransitionError
from models.states.work_item import WorkItemEvent
from models.tables import InboundFile
from models.values.identifiers import new_id
from revcycle.operations.deposits.cancel_out import cancel_out
from revcycle.operations.deposits.set_aside import bring_back, set_aside
from revcycle.operations.deposits.unmatch_deposit import unmatch_deposit
from revcycle.rules.deposits.matching import MatchTerms
from revcycle.store import work_items
from revcycle.store.session import transaction
from tests.bank_files import ACCOUNT, Movement, an_eft, bai2, bai2_lines
from tests.integration.deposits.deposit_desk import POLICY, DepositDesk
from tests.integration.posting.billing_office import BillingOffice, a_remittance
from tests.integration.posting.test_one_claim_on_both_databases import an_office

MATCHED, UNMATCHED = BankLineState.MATCHED, BankLineState.UNMATCHED
LATE = date(2026, 12, 18)


@pytest.fixture
def desk(database_url: str, act: Act) -> DepositDesk:
    """An office whose bank sends statements, in an empty database of its own."""
    return DepositDesk(BillingOffice(database_url, act))


def unmatch(desk: DepositDesk, line_id: UUID) -> None:
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        unmatch_deposit(session, desk.act, line_id, desk.policy)
    desk.office.check()


def test_a_deposit_of_a_known_trace_and_amount_clears_its_remittance(desk: DepositDesk) -> None:
    desk.post("EFT1", 88_250)
    assert desk.office.books()["REMIT_CLEARING"] == 88_250
    count = desk.bank(an_eft(88_250, "EFT1"))
    assert (count.read, count.matched, count.left) == (1, 1, 1)
    books = desk.office.books()
    assert books["BANK"] == 88_250
    assert "REMIT_CLEARING" not in books
    assert "UNIDENTIFIED_CASH" not in books
    assert desk.questions() == []


def test_on_both_databases_the_same_lines_and_books(either_database_url: str) -> None:
    desk = DepositDesk(an_office(either_database_url))
    desk.post("EFT1", 500)
    remittance = desk.post("EFT2", 700)
    desk.bank(an_eft(500, "EFT1"), Movement("399", 300), Movement("399", 400), Movement("698", 5))
    lines = desk.lines(UNMATCHED)
    desk.match([line.id for line in lines], [remittance])
    assert [line.state for line in desk.lines()] == [
        MATCHED,
        MATCHED,
        MATCHED,
        BankLineState.SET_ASIDE,
    ]
    unmatch(desk, lines[0].id)
    desk.on_day(LATE)
    assert desk.settle().asked == 2  # the deposit, and what its remittance lacks now
    assert desk.office.books()["REMIT_CLEARING"] == 300


def test_a_deposit_may_come_before_its_remittance(desk: DepositDesk) -> None:
    desk.bank(an_eft(500, "EFT1"))
    assert desk.office.books() == {"BANK": 500, "UNIDENTIFIED_CASH": -500}
    desk.post("EFT1", 500)
    assert desk.settle().matched == 1
    assert "UNIDENTIFIED_CASH" not in desk.office.books()
    assert desk.settle() == replace(desk.settle(), matched=0, asked=0)


def test_the_same_file_twice_is_one_deposit(desk: DepositDesk) -> None:
    content = bai2(an_eft(500, "EFT1"))
    assert desk.take_in(content).is_new
    again = desk.take_in(content)
    assert not again.is_new
    assert len(desk.lines()) == 1


def test_two_overlapping_exports_bring_each_deposit_once(desk: DepositDesk) -> None:
    desk.bank(Movement("165", 500), Movement("165", 500), an_eft(7, "A"))
    count = desk.bank(Movement("165", 500), Movement("165", 500), an_eft(7, "A"), an_eft(9, "B"))
    assert (count.read, count.known) == (4, 3)
    assert [line.amount.cents for line in desk.lines()] == [500, 500, 7, 9]


def test_a_short_deposit_is_one_item_that_closes_itself_when_the_rest_comes(
    desk: DepositDesk,
) -> None:
    remittance = desk.post("EFT1", 500)
    desk.bank(an_eft(400, "EFT1"))
    desk.on_day(LATE)
    desk.settle()
    assert desk.questions() == ["deposit.amount_differs"]
    desk.bank(an_eft(100, "EFT1-REST"), on=date(2026, 11, 20))
    with pytest.raises(RejectedError, match=r"1\.00 less"):
        desk.match([desk.lines()[0].id], [remittance])
    desk.match([line.id for line in desk.lines()], [remittance])
    assert desk.questions() == []
    assert "REMIT_CLEARING" not in desk.office.books()


def test_each_missing_half_becomes_one_item_after_three_business_days(desk: DepositDesk) -> None:
    desk.post("EFT1", 500)
    desk.bank(an_eft(900, "EFT9"))
    assert desk.questions() == []
    desk.on_day(LATE)
    desk.settle()
    desk.settle()
    assert desk.questions() == ["deposit.no_deposit", "deposit.no_remittance"]
    desk.post("EFT9", 900)
    desk.bank(an_eft(500, "EFT1"), on=date(2026, 11, 19))
    assert desk.questions() == []


def test_nobody_is_asked_about_payments_from_before_the_first_statement(
    desk: DepositDesk,
) -> None:
    desk.post("EFT1", 500)
    desk.on_day(LATE)
    assert desk.settle().asked == 0
    desk.bank(an_eft(7, "A"), on=date(2026, 12, 1))
    assert desk.questions() == ["deposit.no_remittance"]


def test_what_a_person_finished_is_not_asked_again(desk: DepositDesk) -> None:
    desk.bank(an_eft(900, "EFT9"))
    desk.on_day(LATE)
    desk.settle()
    line = desk.lines()[0]
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        work_items.close_work_items(
            session,
            desk.act.client_id,
            desk.act,
            [f"deposit:{line.id}"],
            resolution="called",
            event=WorkItemEvent.COMPLETE,
        )
    assert desk.settle().asked == 0
    assert desk.questions() == []


def test_one_deposit_pays_several_remittances_and_is_taken_off_to_the_cent(
    desk: DepositDesk,
) -> None:
    remittances = [desk.post("EFT1", 500), desk.post("EFT2", 300)]
    before = desk.office.books()
    desk.bank(Movement("165", 800))
    line = desk.lines()[0]
    desk.match([line.id], remittances)
    assert "REMIT_CLEARING" not in desk.office.books()
    with pytest.raises(RejectedError):
        desk.match([line.id], remittances)
    unmatch(desk, line.id)
    assert desk.office.books() == {**before, "BANK": 800, "UNIDENTIFIED_CASH": -800}
    with pytest.raises(RejectedError):
        unmatch(desk, line.id)
    desk.match([line.id], remittances)
    assert "REMIT_CLEARING" not in desk.office.books()


def test_what_was_taken_off_is_asked_about_again_though_somebody_finished_it(
    desk: DepositDesk,
) -> None:
    remittance = desk.post("EFT1", 500)
    desk.bank(Movement("165", 500))
    desk.on_day(LATE)
    desk.settle()
    assert desk.questions() == ["deposit.no_deposit", "deposit.no_remittance"]
    line = desk.lines()[0]
    desk.match([line.id], [remittance])
    assert desk.questions() == []
    unmatch(desk, line.id)
    assert desk.questions() == ["deposit.no_deposit", "deposit.no_remittance"]


def test_a_remittance_of_nothing_waits_for_no_deposit(desk: DepositDesk) -> None:
    desk.bank(an_eft(7, "A"), on=date(2026, 11, 1))
    claim = desk.office.bill(500)
    nothing = a_remittance(trace="ZERO")
    assert nothing.method == "NON"
    desk.post_document(nothing)
    del claim
    desk.on_day(LATE)
    desk.settle()
    assert desk.questions() == ["deposit.no_remittance"]


def test_a_check_of_the_lockbox_clears_the_remittance_of_its_number(desk: DepositDesk) -> None:
    desk.post("4711", 500, method="CHK")
    count = desk.bank(Movement("115", 500, text="LOCKBOX CHECK NO 004711"))
    assert count.matched == 1


def test_a_name_matches_alone_only_where_the_client_file_says_so(desk: DepositDesk) -> None:
    desk.post("EFT1", 500)
    desk.bank(Movement("165", 500, text="BLUE HERON HCCLAIMPMT"))
    assert desk.lines()[0].state == UNMATCHED
    desk.policy = replace(POLICY, terms=MatchTerms(by_name=True))
    assert desk.settle().matched == 1


def test_fees_and_own_payments_are_set_aside_and_can_be_brought_back(desk: DepositDesk) -> None:
    count = desk.bank(Movement("698", 25), Movement("475", 900))
    assert count.set_aside == 2
    assert desk.office.books() == {}
    fee = desk.lines()[0]
    for _ in range(2):
        with transaction(desk.office.database_url, desk.act.client_id) as session:
            bring_back(session, desk.act, fee.id, desk.policy)
        desk.office.check()
        assert desk.office.books() == {"BANK": -25, "UNIDENTIFIED_CASH": 25}
        assert desk.questions() == ["deposit.returned"]
        with transaction(desk.office.database_url, desk.act.client_id) as session:
            set_aside(session, desk.act, fee.id, reason="bank_fee")
        desk.office.check()
        assert desk.office.books() == {}
        assert desk.questions() == []


def test_a_payment_that_the_bank_took_back_opens_its_remittance_again(desk: DepositDesk) -> None:
    desk.post("EFT1", 500)
    desk.bank(an_eft(500, "EFT1"))
    count = desk.bank(Movement("455", 500, trace="EFT1"), on=date(2026, 11, 20))
    assert count.left == 1
    assert desk.questions() == ["deposit.returned"]
    deposit, debit = desk.lines()
    with (
        pytest.raises(IllegalTransitionError),
        transaction(desk.office.database_url, desk.act.client_id) as session,
    ):
        cancel_out(session, desk.act, debit.id, deposit.id)
    unmatch(desk, deposit.id)
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        cancel_out(session, desk.act, debit.id, deposit.id)
    desk.office.check()
    books = desk.office.books()
    assert books["REMIT_CLEARING"] == 500
    assert "BANK" not in books
    assert "UNIDENTIFIED_CASH" not in books
    for _ in range(2):
        unmatch(desk, deposit.id)
        with transaction(desk.office.database_url, desk.act.client_id) as session:
            cancel_out(session, desk.act, deposit.id, debit.id)
        desk.office.check()


def test_a_set_aside_reason_is_one_of_the_list_and_a_matched_line_stays(desk: DepositDesk) -> None:
    desk.post("EFT1", 500)
    desk.bank(an_eft(500, "EFT1"))
    line = desk.lines()[0]
    for reason, error in (("because", RejectedError), ("patients", IllegalTransitionError)):
        with (
            pytest.raises(error),
            transaction(desk.office.database_url, desk.act.client_id) as session,
        ):
            set_aside(session, desk.act, line.id, reason=reason)
    assert desk.lines()[0].state == MATCHED


def test_a_file_that_does_not_add_up_changes_nothing_and_asks_once(desk: DepositDesk) -> None:
    content = "\n".join(bai2_lines([an_eft(500, "EFT1")])).replace("49,1005", "49,1004").encode()
    for _ in range(2):
        count = desk.take_in(content)
        assert count.state is InboundFileState.QUARANTINED
        assert "control total" in str(count.refused[0])
    assert desk.lines() == []
    assert desk.questions() == ["deposit.unreadable"]


def test_one_bad_line_is_named_and_the_rest_is_booked(desk: DepositDesk) -> None:
    count = desk.bank(an_eft(500, "EFT1"), Movement("999", 5))
    assert [problem.field for problem in count.refused] == ["type code"]
    assert desk.office.books()["BANK"] == 500
    assert desk.questions() == ["deposit.lines_refused"]


def test_a_statement_from_the_future_is_not_believed(desk: DepositDesk) -> None:
    count = desk.bank(an_eft(500, "EFT1"), on=date(2062, 1, 1))
    assert (count.read, len(count.refused)) == (0, 1)


def test_no_account_number_is_stored(desk: DepositDesk) -> None:
    desk.bank(an_eft(500, "EFT1", f"TO {ACCOUNT}"))
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        files = session.exec(
            select(InboundFile).where(
                InboundFile.client_id == desk.act.client_id, InboundFile.kind == "BANK"
            )
        ).all()
    assert [ACCOUNT.encode() in file.content for file in files] == [False]
    assert ACCOUNT not in desk.lines()[0].text


def test_lines_and_remittances_of_nobody_are_not_matched(desk: DepositDesk) -> None:
    desk.bank(an_eft(500, "EFT1"))
    line = desk.lines()[0]
    for lines, remittances in (([new_id()], [new_id()]), ([line.id], [new_id()])):
        with pytest.raises(NotFoundError):
            desk.match(lines, remittances)
    with pytest.raises(RejectedError):
        desk.match([line.id], [])
