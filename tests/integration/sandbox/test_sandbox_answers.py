"""What the sandbox answers to files, and what it remembers of them."""

import sqlite3
from collections.abc import Generator
from dataclasses import replace
from datetime import date
from pathlib import Path

import oxedi
import pytest

from models.documents.acknowledgement import ClaimStatusBatchDocument, ClaimStatusInquiry
from models.documents.claim import FrequencyCode
from models.documents.eligibility import EligibilityBatchDocument, EligibilityInquiry
from models.documents.remittance import RemittanceDocument
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t270 import write_inquiries
from revcycle.formats.x12.t271 import read_answers
from revcycle.formats.x12.t276 import write_status_inquiries
from revcycle.formats.x12.t277 import read_statuses
from revcycle.formats.x12.t835 import read_remittances
from revcycle.formats.x12.ta1 import read_interchange_acknowledgements
from revcycle.sandbox import record
from revcycle.sandbox.book import BOOK_NAME
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.schema import APPEND_ONLY
from tests.integration.sandbox.sandbox_office import (
    ACCOUNT,
    Office,
    claim_answer,
    file_answer,
    open_office,
    remittance,
)
from tests.unit.formats.x12_claims.claim_oracle import complaints
from tests.unit.sandbox.sandbox_examples import (
    MEDICARE_LIKE,
    PATIENT,
    PRACTICE,
    SERVICE_DATE,
    a_claim,
    a_claim_file,
    a_rulebook,
    an_envelope,
    hospital_claim,
    rules,
    secondary_claim,
    with_member,
    with_other_payer,
)


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """A payer that accepts everything and pays 62 % less 10 % coinsurance."""
    with open_office(tmp_path, a_rulebook(tmp_path)) as opened:
        yield opened


def corrected(number: str, payer_number: str, frequency: FrequencyCode) -> bytes:
    claim = replace(
        a_claim(number, 20_000), frequency_code=frequency, original_reference=payer_number
    )
    return a_claim_file(claim, control_number=50 + int(frequency))


def test_a_claim_is_acknowledged_twice_and_paid(office: Office) -> None:
    answers = office.answers("one.837", a_claim_file(a_claim("C-1", 10_000)))
    assert answers.keys() == {"999", "277ca", "835"}
    assert file_answer(answers["999"]).code == "A"
    assert claim_answer(answers["277ca"]).is_accepted
    document = remittance(answers["835"])
    assert document.amount == Money(5_580)
    assert document.payee.npi == PRACTICE.npi
    (claim,) = document.claims
    assert (claim.claim_control_number, claim.status) == ("C-1", "1")
    assert claim.payer_claim_control_number == (
        claim_answer(answers["277ca"]).payer_claim_control_number
    )
    assert claim.lines[0].line_control_number == "1"
    assert record.pending_work(office.home) == 0
    assert (office.account.inbox / "archive" / "one.837").exists()


def test_a_repeated_interchange_is_refused_and_nothing_else_is_done(office: Office) -> None:
    content = a_claim_file(a_claim())
    office.answers("one.837", content)
    answers = office.answers("other_name.837", content)
    assert answers.keys() == {"ta1"}
    (ack,), _ = read_interchange_acknowledgements(answers["ta1"])
    assert (ack.control_number, ack.code, ack.note_code) == ("000000001", "R", "025")
    assert record.accepted_claim_versions(office.home) == [(ACCOUNT, "C-1", 1)]
    assert record.summary(office.home)[ACCOUNT].duplicates == 1


def test_a_payer_told_to_accept_repeats_shows_the_claim_twice(tmp_path: Path) -> None:
    rulebook = a_rulebook(tmp_path, "reject_duplicate_interchanges = false")
    with open_office(tmp_path, rulebook) as office:
        office.send("one.837", a_claim_file(a_claim()))
        office.send("two.837", a_claim_file(a_claim()))
        assert record.accepted_claim_versions(tmp_path) == [(ACCOUNT, "C-1", 2)]
        assert [claim.paid > ZERO for claim in record.decided_claims(tmp_path)] == [True, False]


def test_a_file_with_a_wrong_count_is_refused_by_999_and_no_claim_enters(office: Office) -> None:
    content = a_claim_file(a_claim())
    count = content.split(b"\nSE*")[1].split(b"*")[0]
    broken = content.replace(b"\nSE*" + count + b"*", b"\nSE*99*")
    answers = office.answers("broken.837", broken)
    assert answers.keys() == {"999"}
    ack = file_answer(answers["999"])
    assert (ack.code, ack.transactions[0].code) == ("R", "R")
    assert [error.segment for error in ack.transactions[0].errors] == ["SE"]
    assert record.received_claims(office.home) == []


def test_a_file_that_is_cut_off_is_refused_by_ta1(office: Office) -> None:
    answers = office.answers("cut.837", a_claim_file(a_claim()).split(b"GE*")[0])
    (ack,), _ = read_interchange_acknowledgements(answers["ta1"])
    assert (ack.code, ack.note_code) == ("R", "023")


def test_what_is_not_x12_is_kept_in_the_record_without_an_answer(office: Office) -> None:
    assert office.answers("note.txt", b"please call me") == {}
    assert [file.name for file in record.received_files(office.home)] == ["note.txt"]
    assert record.pending_work(office.home) == 0


def test_a_rejected_claim_never_reaches_a_remittance(tmp_path: Path) -> None:
    with open_office(tmp_path, a_rulebook(tmp_path, rejection=1)) as office:
        answers = office.answers("one.837", a_claim_file(a_claim()))
    assert answers.keys() == {"999", "277ca"}
    assert not claim_answer(answers["277ca"]).is_accepted
    assert record.accepted_claim_versions(tmp_path) == []


def test_a_replacement_of_a_paid_claim_takes_the_first_decision_back(office: Office) -> None:
    answers = office.answers("one.837", a_claim_file(a_claim("C-1", 10_000)))
    number = claim_answer(answers["277ca"]).payer_claim_control_number
    answers = office.answers("two.837", corrected("C-2", number, FrequencyCode.REPLACEMENT))
    document = remittance(answers["835"])
    told = [(claim.claim_control_number, claim.status, claim.paid) for claim in document.claims]
    assert told == [("C-1", "22", Money(-5_580)), ("C-2", "1", Money(11_160))]
    assert document.claims[0].payer_claim_control_number == number
    assert document.amount == Money(5_580)


def test_what_a_void_takes_back_is_announced_and_then_kept_from_later_payments(
    office: Office,
) -> None:
    answers = office.answers("one.837", a_claim_file(a_claim("C-1", 10_000)))
    number = claim_answer(answers["277ca"]).payer_claim_control_number
    void = remittance(
        office.answers("two.837", corrected("C-2", number, FrequencyCode.VOID))["835"]
    )
    assert (void.amount, void.method) == (ZERO, "NON")
    moved = [(one.reason, one.reference, one.amount) for one in void.provider_adjustments]
    assert moved == [("WO", number, Money(-5_580))]
    next_one = remittance(
        office.answers("three.837", a_claim_file(a_claim("C-3", 7_000), control_number=3))["835"]
    )
    moved = [(one.reason, one.reference, one.amount) for one in next_one.provider_adjustments]
    assert moved == [("WO", number, Money(3_906))]
    assert next_one.amount == ZERO
    last = remittance(
        office.answers("four.837", a_claim_file(a_claim("C-4", 10_000), control_number=4))["835"]
    )
    assert [one.amount for one in last.provider_adjustments] == [Money(5_580 - 3_906)]
    assert last.amount == Money(5_580 - 1_674)
    again = corrected("C-5", number, FrequencyCode.REPLACEMENT)
    assert claim_answer(office.answers("five.837", again)["277ca"]).is_accepted


def test_a_reversal_and_its_correction_come_in_a_later_file(tmp_path: Path) -> None:
    path = rules(tmp_path, reversal=1)
    path.write_text(path.read_text().replace("reversal = 0\n", "reversal = 0.01\n"))
    with open_office(tmp_path, read_rulebook(path)) as office:
        office.send("one.837", a_claim_file(a_claim("C-1", 10_000)))
        files = [answer for answer in record.answer_files(tmp_path) if answer.kind == "835"]
        assert len(files) == 2
        while record.pending_work(tmp_path):
            office.room.make_round()
        first, second = (
            remittance(content) for name, content in office.files().items() if "835" in name
        )
    assert [claim.status for claim in first.claims] == ["1"]
    assert [(claim.status, claim.paid) for claim in second.claims] == [
        ("22", Money(-5_580)),
        ("1", Money(5_022)),
    ]
    assert [adjustment.amount for adjustment in second.provider_adjustments] == [Money(-558)]
    assert second.amount == ZERO


def test_a_duplicate_remittance_has_the_same_bytes_under_another_name(tmp_path: Path) -> None:
    with open_office(tmp_path, a_rulebook(tmp_path, duplicate=1)) as office:
        office.send("one.837", a_claim_file(a_claim()))
        files = {name: content for name, content in office.files().items() if "835" in name}
    assert len(files) == 2
    assert len(set(files.values())) == 1


def test_a_crossover_is_paid_by_both_payers(office: Office) -> None:
    claim = with_other_payer(a_claim("C-1", 10_000, payer=MEDICARE_LIKE))
    office.send("one.837", a_claim_file(claim))
    documents = [remittance(data) for name, data in office.files().items() if "835" in name]
    told = {document.payer_id: document.claims[0] for document in documents}
    assert (told["FEDSR"].status, told["FEDSR"].crossover_payer_id) == ("19", "SMPL2")
    assert (told["SMPL2"].status, told["SMPL2"].paid) == ("2", Money(960))


@pytest.mark.parametrize("seed", [1, 2])
def test_every_835_balances_and_passes_independent_validators(tmp_path: Path, seed: int) -> None:
    path = rules(
        tmp_path,
        denial=0.1,
        partial_denial=0.2,
        deductible=0.3,
        copay=0.5,
        reversal=0.2,
        duplicate=0.1,
    )
    claims = [a_claim(f"C-{number}", 12_501 + number, 4_003) for number in range(25)]
    claims += [with_other_payer(a_claim(f"X-{number}", payer=MEDICARE_LIKE)) for number in range(5)]
    claims += [secondary_claim(f"S-{number}") for number in range(5)]
    with open_office(tmp_path, read_rulebook(path, seed=seed)) as office:
        office.send("p.837", a_claim_file(*claims))
        office.send("i.837", a_claim_file(hospital_claim(), control_number=2))
        files = office.files()
    documents: list[RemittanceDocument] = []
    for name, content in files.items():
        assert complaints(content) == "", name
        if name.startswith("835"):
            assert [str(found) for found in oxedi.parse(content).diagnostics] == []
            if "again" not in name:
                documents.extend(read_remittances(content)[0])
    assert [gap for document in documents for gap in remittance_gaps(document)] == []
    traces = [document.trace_number for document in documents]
    assert len(set(traces)) == len(traces)
    summary = record.summary(tmp_path)[ACCOUNT]
    assert total(document.amount for document in documents) == summary.paid
    assert summary.received == 36


def test_the_last_digit_of_the_member_number_decides_who_is_insured(office: Office) -> None:
    inquiries = tuple(
        EligibilityInquiry(
            trace_number=f"T-{ending}",
            payer_name="SAMPLE HEALTH PLAN",
            payer_id="SMPL1",
            provider=PRACTICE,
            subscriber=PATIENT,
            member_id=f"W12345678{ending}",
            service_date=SERVICE_DATE,
        )
        for ending in "0789"
    )
    batch = EligibilityBatchDocument("SAMPLE HEALTH PLAN", "SMPL1", "B-1", inquiries)
    found = office.answers("one.270", write_inquiries(batch, an_envelope()))
    assert found.keys() == {"999", "271"}
    answers, findings = read_answers(found["271"])
    assert findings == ()
    assert {answer.batch_reference for answer in answers} == {"B-1"}
    by_trace = {answer.trace_number: answer for answer in answers}
    kinds = {trace: {one.kind for one in answer.benefits} for trace, answer in by_trace.items()}
    assert kinds["T-0"] == {"1", "A", "B", "C"}
    assert kinds["T-7"] == {"6"}
    assert by_trace["T-7"].plan_end == date(2026, 9, 5)
    assert [one.reason for one in by_trace["T-8"].rejections] == ["75"]
    assert "R" in kinds["T-9"]


def test_of_a_claim_that_gets_lost_only_its_file_is_acknowledged(office: Office) -> None:
    lost = with_member(a_claim("C-1", 10_000), "W12345678L")
    alone = office.answers("one.837", a_claim_file(lost))
    assert alone.keys() == {"999"}
    both = office.answers("two.837", a_claim_file(lost, a_claim("C-2", 10_000), control_number=2))
    assert claim_answer(both["277ca"]).claim_control_number == "C-2"
    assert [one.claim_control_number for one in remittance(both["835"]).claims] == ["C-2"]


def test_a_276_is_answered_with_what_became_of_each_claim(office: Office) -> None:
    claims = (a_claim("C-1", 10_000), with_member(a_claim("C-2", 10_000), "W123456787"))
    office.answers("one.837", a_claim_file(*claims))
    inquiries = tuple(
        ClaimStatusInquiry(
            trace_number=f"T-{number}",
            claim_control_number=number,
            payer_claim_control_number="",
            charge=Money(10_000),
            service_from=SERVICE_DATE,
            service_to=SERVICE_DATE,
            payer_name="SAMPLE HEALTH PLAN",
            payer_id="SMPL1",
            provider=PRACTICE,
            subscriber=PATIENT,
            member_id="W123456780",
        )
        for number in ("C-1", "C-2", "C-9")
    )
    batch = ClaimStatusBatchDocument(
        "SAMPLE HEALTH PLAN", "SMPL1", "TESTCLINIC", "TESTCLINIC", "B-2", inquiries
    )
    found = office.answers("two.276", write_status_inquiries(batch, an_envelope(2)))
    statuses, findings = read_statuses(found["277"])
    assert findings == ()
    told = {one.trace_number: (one.statuses[0].category, one.paid) for one in statuses}
    assert told == {"T-C-1": ("F1", Money(5_580)), "T-C-2": ("F2", ZERO), "T-C-9": ("D0", ZERO)}


def test_a_name_with_a_sign_that_x12_has_not_is_refused_where_it_stands(office: Office) -> None:
    content = a_claim_file(a_claim()).replace(b"TESTPERSON", b"TEST\xacPERSON")
    answers = office.answers("odd.837", content)
    assert answers.keys() == {"999"}
    assert file_answer(answers["999"]).code == "R"


def test_the_record_holds_no_name_and_nothing_in_it_can_be_changed(office: Office) -> None:
    office.send("one.837", a_claim_file(a_claim()))
    database = sqlite3.connect(office.home / BOOK_NAME)
    told = database.execute("SELECT claim FROM decision").fetchall()
    assert told
    assert PATIENT.last_name not in str(told)
    database.execute(
        "INSERT INTO provider_adjustment (remittance, reason, reference, amount_cents)"
        " VALUES (1, 'L6', '', 1)"
    )
    database.execute("INSERT INTO claim_case (received_claim, name) VALUES (1, 'levy')")
    for table in APPEND_ONLY:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    database.close()
