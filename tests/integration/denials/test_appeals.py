"""Appeals: written, sent, answered; the books and the patient wait meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.appeal import AppealState
from models.states.denial import DenialState
from models.states.transition import IllegalTransitionError
from models.tables import Denial
from models.values.identifiers import new_id
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.close_denial import close_denial
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.denials.lose_appeal import lose_appeal
from revcycle.operations.denials.prepare_appeal import LETTER_LENGTH_MAX, prepare_appeal
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.denials.resume_denial import resume_denial
from revcycle.operations.denials.send_appeal import SendingWay, send_appeal
from revcycle.operations.denials.win_appeal import win_appeal
from revcycle.operations.denials.withdraw_appeal import withdraw_appeal
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.verify.money import check_money
from revcycle.reference.playbook import standard_plays
from revcycle.store import appeals
from revcycle.store.session import transaction
from revcycle.store.work_items import close_work_items
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

DENIED = (0, [("CO", "50", 15_000)])
PAID = (10_000, [("CO", "45", 5_000)])
PLAYS = standard_plays()


def a_denial(office: BillingOffice, group: str = "CO") -> tuple[BilledClaim, Denial]:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, (0, [(group, "50", 15_000)]))))
    (denial,) = office.denials()
    return claim, denial


def write(office: BillingOffice, denial: Denial, *, days: int = 60) -> UUID:
    with transaction(office.database_url) as session:
        appeal_id = prepare_appeal(
            session,
            office.act,
            denial.id,
            wording="clinical",
            letter="Please decide anew.\r\n",
            answer_by=office.act.today + timedelta(days=days),
        )
    office.check()
    return appeal_id


def send(office: BillingOffice, appeal_id: UUID) -> None:
    with transaction(office.database_url) as session:
        send_appeal(session, office.act, appeal_id, way=SendingWay.FAX, sent_on=office.act.today)
    office.check()


def letters(office: BillingOffice, denial: Denial) -> list[AppealState]:
    with transaction(office.database_url) as session:
        found = appeals.list_appeals(session, office.act.client_id, denial.id)
    return [one.state for one in found]


def state_of(office: BillingOffice) -> DenialState:
    (denial,) = office.denials()
    return DenialState(denial.state)


def test_a_letter_moves_the_denial_and_its_work_and_no_money(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    before = office.books()
    write(office, denial)
    assert state_of(office) is DenialState.APPEALED
    assert office.open_items() == ["appeal_prepared"]
    assert office.books() == before


def test_a_denial_has_one_letter_at_a_time(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    write(office, denial)
    with pytest.raises(IllegalTransitionError):
        write(office, denial)
    assert letters(office, denial) == [AppealState.PREPARED]


@pytest.mark.parametrize(
    ("letter", "days"),
    [
        pytest.param(" \n", 60, id="an-empty-letter"),
        pytest.param("x" * (LETTER_LENGTH_MAX + 1), 60, id="a-book"),
        pytest.param("Please.", 0, id="an-answer-due-today"),
        pytest.param("Please.", 366, id="an-answer-due-after-more-than-a-year"),
    ],
)
def test_what_cannot_leave_is_not_kept(office: BillingOffice, letter: str, days: int) -> None:
    _, denial = a_denial(office)
    due = office.act.today + timedelta(days=days)
    with pytest.raises(RejectedError), transaction(office.database_url) as session:
        prepare_appeal(
            session, office.act, denial.id, wording="general", letter=letter, answer_by=due
        )
    assert state_of(office) is DenialState.OPEN


def test_meanwhile_nobody_bills_writes_off_corrects_or_closes(office: BillingOffice) -> None:
    claim, denial = a_denial(office, group="PR")
    write(office, denial)
    with transaction(office.database_url) as session:
        with pytest.raises(IllegalTransitionError):
            bill_patient(session, office.act, denial.id)
        with pytest.raises(IllegalTransitionError):
            request_write_off(session, office.act, denial.id, reason="not_covered")
        with pytest.raises(RejectedError, match="withdraw the appeal first"):
            correct_claim(session, office.act, claim.claim_id, takes_replacements=True)
        with pytest.raises(RejectedError, match="not answered yet"):
            close_denial(session, office.act, denial.id, resolution="reprocessing")
        with pytest.raises(RejectedError, match="not answered yet"):
            resume_denial(session, office.act, denial.id, plays=PLAYS)
        assert close_settled_claims(session, office.act) == 0


def test_a_lost_appeal_goes_on_with_the_next_level(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    send(office, appeal_id)
    assert office.open_items() == ["appeal_sent"]
    with transaction(office.database_url) as session:
        lose_appeal(session, office.act, appeal_id, plays=PLAYS)
    office.check()
    (lost,) = office.denials()
    assert (lost.state, lost.first_action) == ("open", "decide on the next level of appeal")
    assert lost.due_on == office.act.today + timedelta(days=14)
    assert office.open_items() == ["CO-50"]
    write(office, denial)
    assert letters(office, denial) == [AppealState.LOST, AppealState.PREPARED]


def test_a_withdrawn_letter_leaves_the_denial_as_it_was(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    with transaction(office.database_url) as session:
        withdraw_appeal(session, office.act, appeal_id, plays=PLAYS)
    office.check()
    assert office.denials()[0].first_action == denial.first_action
    assert office.open_items() == ["CO-50"]


def test_a_won_appeal_waits_for_the_remittance_that_reverses(office: BillingOffice) -> None:
    claim, denial = a_denial(office)
    appeal_id = write(office, denial)
    send(office, appeal_id)
    with transaction(office.database_url) as session:
        win_appeal(session, office.act, appeal_id, money_by=office.act.today + timedelta(days=30))
    office.check()
    assert office.open_items() == ["appeal_won"]
    back = reversed_decision(a_decision(claim, DENIED))
    office.post(a_remittance(back, a_decision(claim, PAID, payer_number="ICN2"), trace="EFT2"))
    assert state_of(office) is DenialState.REVERSED
    assert office.open_items() == []
    assert office.books() == {"CHARGES": -15_000, "REMIT_CLEARING": 10_000, "CONTRACTUAL": 5_000}


@pytest.mark.parametrize(
    ("after", "state"),
    [
        pytest.param([send], AppealState.WON, id="a-letter-that-left-has-won"),
        pytest.param([], AppealState.WITHDRAWN, id="a-letter-that-never-left-is-withdrawn"),
    ],
)
def test_a_payer_that_takes_its_denial_back_ends_the_appeal(
    office: BillingOffice,
    after: list[Callable[[BillingOffice, UUID], None]],
    state: AppealState,
) -> None:
    claim, denial = a_denial(office)
    appeal_id = write(office, denial)
    for step in after:
        step(office, appeal_id)
    back = reversed_decision(a_decision(claim, DENIED))
    office.post(a_remittance(back, a_decision(claim, PAID, payer_number="ICN2"), trace="EFT2"))
    assert letters(office, denial) == [state]
    assert office.open_items() == []


def test_promised_money_that_comes_without_a_reversal_is_the_payers_again(
    office: BillingOffice,
) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    send(office, appeal_id)
    with transaction(office.database_url) as session:
        win_appeal(session, office.act, appeal_id, money_by=office.act.today)
        close_denial(session, office.act, denial.id, resolution="appeal won")
    office.check()
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}
    assert office.open_items() == []


def test_promised_money_that_never_comes_opens_the_denial_again(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    send(office, appeal_id)
    with transaction(office.database_url) as session:
        win_appeal(session, office.act, appeal_id, money_by=office.act.today)
        resume_denial(session, office.act, denial.id, plays=PLAYS)
    office.check()
    assert state_of(office) is DenialState.OPEN
    assert office.open_items() == ["CO-50"]


@pytest.mark.parametrize("days", [-2, 1])
def test_a_letter_leaves_between_its_writing_and_today(office: BillingOffice, days: int) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    day = office.act.today + timedelta(days=days)
    with pytest.raises(RejectedError), transaction(office.database_url) as session:
        send_appeal(session, office.act, appeal_id, way=SendingWay.MAIL, sent_on=day)
    assert letters(office, denial) == [AppealState.PREPARED]


def test_an_appeal_that_nobody_works_on_is_found(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    write(office, denial)
    with transaction(office.database_url) as session:
        causes = [f"appeal:{denial.id}"]
        close_work_items(session, office.act.client_id, office.act, causes, resolution="lost")
        results = check_money(session, office.act.client_id)
    assert {one.id for one in results if one.violations} == {"I-M11"}


def test_an_appealed_denial_without_a_letter_is_found(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    with transaction(office.database_url) as session:
        row = session.merge(denial)
        row.state = DenialState.APPEALED
        session.flush()
        results = check_money(session, office.act.client_id)
        session.rollback()
    assert {one.id for one in results if one.violations} == {"I-M12"}


def test_another_practices_appeal_is_not_found(office: BillingOffice) -> None:
    _, denial = a_denial(office)
    appeal_id = write(office, denial)
    stranger: Act = replace(office.act, client_id=new_id())
    with pytest.raises(NotFoundError), transaction(office.database_url) as session:
        lose_appeal(session, stranger, appeal_id, plays=PLAYS)
