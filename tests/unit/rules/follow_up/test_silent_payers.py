"""What payers' answers about claims mean, and when they are asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.documents.acknowledgement import ClaimStatus
from models.documents.clock import ClockKind, ClockRule, StartEvent
from models.states.status_check import StatusVerdict
from models.values.money import ZERO, Money
from revcycle.rules.follow_up.proof_of_receipt import is_partner_receipt, is_payer_receipt
from revcycle.rules.follow_up.silence import is_due_question
from revcycle.rules.follow_up.status_verdict import judge_status, needs_person, status_code
from revcycle.store.filing_proofs import ReceiptHeld

SENT = date(2026, 10, 1)
THIRTY = ClockRule("silent", ClockKind.SILENT, StartEvent.SENT, days=30)


@pytest.mark.parametrize(
    ("category", "verdict"),
    [
        ("A1", StatusVerdict.PENDING),
        ("A4", StatusVerdict.NOT_FOUND),
        ("A7", StatusVerdict.REFUSED),
        ("D0", StatusVerdict.NOT_FOUND),
        ("E0", StatusVerdict.NOT_SAID),
        ("E4", StatusVerdict.NOT_SAID),
        ("F0", StatusVerdict.DENIED),
        ("F1", StatusVerdict.PAID),
        ("F2", StatusVerdict.DENIED),
        ("F3F", StatusVerdict.DENIED),
        ("P1", StatusVerdict.PENDING),
        ("P3", StatusVerdict.NEEDS_INFORMATION),
        ("P4", StatusVerdict.NEEDS_INFORMATION),
        ("R3", StatusVerdict.NEEDS_INFORMATION),
        ("R17", StatusVerdict.NEEDS_INFORMATION),
        ("ZZ", StatusVerdict.NOT_SAID),
    ],
)
def test_each_category_has_a_verdict(category: str, verdict: StatusVerdict) -> None:
    assert judge_status([ClaimStatus(category, "20")], ZERO) is verdict


def test_a_final_status_that_does_not_say_how_is_paid_when_money_is_named() -> None:
    assert judge_status([ClaimStatus("F0", "1")], Money(1)) is StatusVerdict.PAID
    assert judge_status([ClaimStatus("F3", "1")], None) is StatusVerdict.DENIED


def test_of_several_statuses_what_needs_a_person_counts() -> None:
    statuses = [ClaimStatus("P1", "20"), ClaimStatus("R4", "294", "1P")]
    assert judge_status(statuses, None) is StatusVerdict.NEEDS_INFORMATION
    assert status_code(statuses, None) == "R4:294:1P"


def test_an_answer_without_a_status_says_nothing() -> None:
    assert judge_status([], None) is StatusVerdict.NOT_SAID
    assert status_code([], None) == ""


def test_only_a_pending_claim_needs_nobody() -> None:
    assert [one for one in StatusVerdict if not needs_person(one)] == [StatusVerdict.PENDING]


@pytest.mark.parametrize(
    ("days", "asked", "wait", "is_due"),
    [
        pytest.param(30, None, None, False, id="the-last-day-is-still-the-payers"),
        pytest.param(31, None, None, True, id="the-day-after-it-is-asked"),
        pytest.param(44, 31, None, False, id="asked-thirteen-days-ago"),
        pytest.param(45, 31, None, True, id="asked-a-fortnight-ago"),
        pytest.param(40, None, 41, False, id="somebody-decided-to-wait"),
        pytest.param(41, None, 41, True, id="waiting-is-over"),
        pytest.param(5, None, 4, False, id="waiting-makes-nobody-hurry"),
    ],
)
def test_when_a_claim_is_asked_about(
    days: int, asked: int | None, wait: int | None, *, is_due: bool
) -> None:
    def day(count: int | None) -> date | None:
        return None if count is None else SENT + timedelta(days=count)

    found = is_due_question(
        sent_on=SENT,
        asked_on=day(asked),
        wait_until=day(wait),
        rule=THIRTY,
        ask_again_days=14,
        today=SENT + timedelta(days=days),
    )
    assert found is is_due


def receipt(kind: str, code: str, *, accepted: bool = True) -> ReceiptHeld:
    return ReceiptHeld(kind, accepted, code, None, "", datetime(2026, 1, 1, tzinfo=UTC), "", "")


def test_only_the_payers_own_acceptance_proves_receipt() -> None:
    assert is_payer_receipt([receipt("277CA", "A2:20")])
    assert not is_payer_receipt([receipt("999", "A"), receipt("277CA", "A1:19")])
    assert not is_payer_receipt([receipt("277CA", "A7:562", accepted=False)])


def test_some_partners_contract_takes_a_file_receipt_with_any_277ca() -> None:
    assert is_partner_receipt([receipt("999", "A"), receipt("277CA", "A1:19")])
    assert not is_partner_receipt([receipt("999", "A")])
    assert not is_partner_receipt([receipt("999", "R", accepted=False), receipt("277CA", "A1")])
