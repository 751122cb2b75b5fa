"""Claims that nobody answers are asked about, and a person is called only when needed."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from models.documents.acknowledgement import ClaimAcknowledgement, ClaimStatus
from models.documents.claim import ClaimDocument
from models.errors import RejectedError
from models.states.file import InboundFileState
from models.states.work_item import Queue
from models.tables import Claim, ClaimVersion, InboundFile, OutboundFile, StatusCheck
from models.values.money import Money
from revcycle.formats.x12.t276 import read_status_inquiries
from revcycle.formats.x12.t277 import write_statuses
from revcycle.formats.x12.t837p import read_batches
from revcycle.operations.follow_up.apply_statuses import (
    AppliedStatuses,
    fail_status_checks,
    fail_unanswered_checks,
)
from revcycle.operations.follow_up.question_claims import QuestionedClaims, question_claim
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import (
    TERMS,
    WITHOUT_276,
    ask,
    asked_file,
    claim_id,
    follow_ups,
    hear,
    later,
    question,
    verdicts,
)
from tests.integration.follow_up.partner_answers import envelope, judged
from tests.integration.sandbox.sandbox_office import Office as Sandbox
from tests.integration.sandbox.sandbox_office import open_office as open_sandbox
from tests.integration.submission.office import Office
from tests.unit.sandbox.sandbox_examples import a_rulebook

PENDING, PAID = ClaimStatus("P1", "20", "PR"), ClaimStatus("F1", "65", "PR")
NOT_FOUND, RECORDS = ClaimStatus("D0", "35", "PR"), ClaimStatus("R4", "294", "1P")


def a_277(file: OutboundFile, status: ClaimStatus, number: int = 5, **said: Any) -> bytes:
    inquiries, findings = read_status_inquiries(file.content)
    assert findings == ()
    pairs = [
        (
            inquiry,
            ClaimAcknowledgement(
                claim_control_number=inquiry.claim_control_number,
                statuses=(status,),
                is_accepted=True,
                charge=inquiry.charge,
                trace_number=inquiry.trace_number,
                **said,
            ),
        )
        for inquiry in inquiries
    ]
    return write_statuses(pairs, envelope(number))


def test_a_claim_is_asked_about_the_day_after_the_payers_window(office: Office) -> None:
    office.submit()
    assert question(office, later(office.act, 30)) == QuestionedClaims(0, 0)
    assert question(office, later(office.act, 31)) == QuestionedClaims(1, 0)
    assert question(office, later(office.act, 31)) == QuestionedClaims(0, 0)


def test_the_question_names_the_claim_as_it_was_sent(office: Office) -> None:
    file = office.submit()
    day = later(office.act, 31)
    question(office, day)
    asked = ask(office, day)
    assert (asked.questions, asked.files, asked.refused) == (1, 1, 0)
    (batch,), _ = read_batches(file.content)
    (sent,) = batch.claims
    assert isinstance(sent, ClaimDocument)
    (inquiry,), findings = read_status_inquiries(asked_file(office).content)
    assert findings == ()
    assert inquiry.claim_control_number == sent.control_number
    assert inquiry.charge == Money(12_500)
    assert inquiry.member_id == "M10001"
    assert ask(office, day).questions == 0


def test_a_pending_claim_needs_nobody_and_is_asked_about_again_later(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    applied = hear(office, day, a_277(asked_file(office), PENDING))
    assert applied == AppliedStatuses(answered=1, problems=0, unknown=0)
    assert (verdicts(office), follow_ups(office)) == (["pending"], [])
    assert question(office, later(day, 13)).questions == 0
    assert question(office, later(day, 14)).questions == 1


def test_a_payer_that_says_it_paid_leaves_a_person_to_find_the_remittance(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    hear(office, day, a_277(asked_file(office), PAID, paid=Money(8_000)))
    (item,) = follow_ups(office)
    assert (item.reason, item.subject_id) == ("status.paid", claim_id(office))
    assert "$80.00" in item.detail


def test_what_the_payer_waits_for_is_said(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    hear(office, day, a_277(asked_file(office), RECORDS))
    (item,) = follow_ups(office)
    assert item.reason == "status.needs_information"
    assert item.detail.startswith("The payer waits for information")


def test_the_payers_number_is_learned_and_never_replaced(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, ClaimStatus("A2", "20")))
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    hear(office, day, a_277(asked_file(office), PENDING, payer_claim_control_number="OTHER"))
    (claim,) = office.all(Claim)
    assert claim.payer_claim_control_number == "ICN77"


def test_the_same_answer_twice_changes_nothing(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    hear(office, day, a_277(asked_file(office), NOT_FOUND))
    assert hear(office, day, a_277(asked_file(office), NOT_FOUND)) == AppliedStatuses()
    again = hear(office, day, a_277(asked_file(office), PAID, number=6))
    assert again == AppliedStatuses(0, 0, 0)
    assert verdicts(office) == ["not_found"]
    assert [item.reason for item in follow_ups(office)] == ["status.not_found"]


def test_an_answer_without_our_trace_is_known_by_our_claim_number(office: Office) -> None:
    assert hear_of(office, trace=b"SOMEBODYELSES1234567") == AppliedStatuses(1, 1, 0)
    assert [item.reason for item in follow_ups(office)] == ["status.paid"]


def test_an_answer_that_names_no_claim_is_known_by_member_day_and_charge(office: Office) -> None:
    applied = hear_of(office, trace=b"SOMEBODYELSES1234567", number=b"0")
    assert applied == AppliedStatuses(1, 1, 0)
    (item,) = follow_ups(office)
    assert item.detail.endswith("; known by member number, day and charge")


def test_an_answer_to_nothing_of_ours_is_reported_with_what_it_may_be_about(
    office: Office,
) -> None:
    applied = hear_of(office, trace=b"SOMEBODYELSES1234567", number=b"THEIRS01")
    assert applied == AppliedStatuses(0, 0, 1)
    (item,) = office.open_items(Queue.TRANSPORT)
    (version,) = office.all(ClaimVersion)
    assert item.reason == "status.unknown_trace"
    assert item.detail.endswith(f"compare with {version.control_number} (by day and charge)")
    assert verdicts(office) == ["asked"]


def hear_of(office: Office, *, trace: bytes, number: bytes = b"") -> AppliedStatuses:
    """Hear that a claim was paid under another trace, and maybe another claim number."""
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    content = a_277(asked_file(office), PAID, paid=Money(8_000))
    (check,) = office.all(StatusCheck)
    content = content.replace(check.trace_number.encode(), trace)
    (version,) = office.all(ClaimVersion)
    if number:
        content = content.replace(version.control_number.encode(), number)
    return hear(office, day, content)


def test_a_file_that_is_no_277_goes_into_quarantine(office: Office) -> None:
    hear(office, office.act, b"not an answer")
    assert InboundFileState.QUARANTINED in {file.state for file in office.all(InboundFile)}


def test_a_question_that_nobody_answers_for_a_week_needs_a_person(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    for days, opened in ((7, 0), (8, 1), (8, 0)):
        with transaction(office.url) as session:
            assert fail_unanswered_checks(session, later(day, days), terms=TERMS) == opened
    assert [item.reason for item in follow_ups(office)] == ["status.no_answer"]


def test_a_refused_file_fails_its_questions(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    with transaction(office.url) as session:
        failed = fail_status_checks(
            session, day, [asked_file(office).id], reason="file_refused", terms=TERMS
        )
    assert failed == 1
    assert [item.reason for item in follow_ups(office)] == ["status.file_refused"]


def test_a_payer_without_276_leaves_a_call_to_make(office: Office) -> None:
    office.submit()
    day = later(office.act, 31)
    assert question(office, day, WITHOUT_276) == QuestionedClaims(0, 1)
    assert question(office, day, WITHOUT_276) == QuestionedClaims(0, 0)
    assert [item.reason for item in follow_ups(office)] == ["silent.call"]


def test_a_rejected_claim_is_not_asked_about(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, ClaimStatus("A7", "562")))
    assert question(office, later(office.act, 60)) == QuestionedClaims(0, 0)


def test_a_person_may_ask_at_once_but_not_twice(office: Office) -> None:
    office.submit()
    with transaction(office.url) as session:
        question_claim(session, office.act, claim_id(office))
    with pytest.raises(RejectedError), transaction(office.url) as session:
        question_claim(session, office.act, claim_id(office))


@pytest.fixture
def sandbox(tmp_path: Path) -> Generator[Sandbox]:
    with open_sandbox(tmp_path / "sandbox", a_rulebook(tmp_path)) as opened:
        yield opened


def test_the_sandbox_tells_of_a_claim_whose_remittance_got_lost(
    office: Office, sandbox: Sandbox
) -> None:
    file = office.submit()
    sandbox.answers("claims.837", file.content)
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    answers = sandbox.answers("status.276", asked_file(office).content)
    assert hear(office, day, answers["277"]).answered == 1
    assert [item.reason for item in follow_ups(office)] == ["status.paid"]


def test_the_sandbox_does_not_know_a_claim_that_never_reached_it(
    office: Office, sandbox: Sandbox
) -> None:
    office.submit()
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    answers = sandbox.answers("status.276", asked_file(office).content)
    assert hear(office, day, answers["277"]).problems == 1
    assert verdicts(office) == ["not_found"]
