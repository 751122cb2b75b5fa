"""The TA1 and 999 that answer a file we received."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.documents.acknowledgement import ElementError, SegmentError
from models.documents.finding import Severity
from revcycle.formats.x12.answers.acknowledge import acknowledge, reply, reply_envelope
from revcycle.formats.x12.check import passage_checker
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Envelope, read_interchanges
from revcycle.formats.x12.judging import nothing_wrong
from revcycle.formats.x12.segments import NotX12Error
from revcycle.formats.x12.t999 import read_functional_acknowledgements
from revcycle.formats.x12.ta1 import read_interchange_acknowledgements
from tests.unit.formats.x12_claims.claim_oracle import complaints
from tests.unit.formats.x12_explain.explain_examples import (
    CLAIM,
    REMITTANCE,
    a_claim_file,
    a_file,
    a_remittance_file,
    corpus_files,
)

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
ENVELOPE = Envelope("ZZ", "SAMPLEPLAN", "ZZ", "LAKESIDE", 7, NOW)
AT_MEMBER = Diagnostic(
    Snip.GUIDE,
    "x12.length",
    Severity.ERROR,
    "NM109",
    "is too long",
    interchange="000000042",
    transaction="0001",
    kind="837",
    loop="2010BA",
    segment=13,
    tag="NM1",
    element=9,
    code="5",
)
AT_FREQUENCY = replace(
    AT_MEMBER,
    subject="CLM05-3",
    loop="2300",
    segment=18,
    tag="CLM",
    element=5,
    component=3,
    code="7",
)
MISSING_DATE = replace(
    AT_MEMBER, subject="DTP*472", loop="2400", segment=25, tag="DTP", element=0, code="3"
)


def interchanges_of(answer: bytes) -> list[bytes]:
    return [b"ISA*" + part for part in answer.split(b"ISA*")[1:]]


def verdicts(text: str, *diagnostics: Diagnostic, with_values: bool = False) -> bytes:
    return acknowledge(text.encode(), diagnostics, ENVELOPE, with_values=with_values)


def the_999(answer: bytes) -> bytes:
    [found] = [one for one in interchanges_of(answer) if b"ST*999" in one]
    return found


def test_a_good_file_is_accepted_and_its_envelope_too_where_asked() -> None:
    answer = verdicts(a_claim_file())
    ta1, functional = interchanges_of(answer)
    ([ack], _), ([group], _) = (
        read_interchange_acknowledgements(ta1),
        read_functional_acknowledgements(functional),
    )
    assert (ack.control_number, ack.code, ack.note_code) == ("000000042", "A", "000")
    assert (group.functional_code, group.group_control_number, group.code) == ("HC", "42", "A")
    assert (group.included, group.received, group.accepted) == (1, 1, 1)
    assert [one.code for one in group.transactions] == ["A"]


def test_a_ta1_is_not_sent_where_it_was_not_asked_for() -> None:
    answer = verdicts(a_remittance_file())
    assert b"TA1*" not in answer
    assert b"AK1*HP*42*005010X221A1~" in answer
    assert b"AK2*835*0001~" in answer


def test_answers_take_consecutive_numbers_and_ask_for_no_answer_themselves() -> None:
    headers = [one.header for one in read_interchanges(verdicts(a_claim_file()))]
    assert [(header.get(13), header.get(14)) for header in headers] == [
        ("000000007", "0"),
        ("000000008", "0"),
    ]


def test_errors_name_segment_loop_element_and_claim() -> None:
    answer = the_999(verdicts(a_claim_file(), AT_FREQUENCY, AT_MEMBER, MISSING_DATE))
    ([group], problems) = read_functional_acknowledgements(answer)
    [transaction] = group.transactions
    assert (group.code, group.accepted, transaction.code) == ("R", 0, "R")
    assert transaction.errors == (
        SegmentError("NM1", 13, "2010", "8", (ElementError("9", "5", "67"),)),
        SegmentError("CLM", 18, "2300", "8", (ElementError("5-3", "7"),), ("CLM01", "A-1")),
        SegmentError("DTP", 25, "2400", "3", (), ("CLM01", "A-1")),
    )
    assert problems == ()
    assert complaints(answer) == ""


def test_values_in_error_are_repeated_only_when_asked() -> None:
    quiet = verdicts(a_claim_file(), AT_MEMBER)
    loud = verdicts(a_claim_file(), AT_MEMBER, with_values=True)
    assert b"W123456789" not in quiet
    assert b"IK4*9*67*5*W123456789~" in loud
    assert complaints(the_999(loud)) == ""


def test_a_warning_is_accepted_with_errors() -> None:
    answer = verdicts(a_claim_file(), replace(AT_FREQUENCY, severity=Severity.WARNING))
    ([group], _) = read_functional_acknowledgements(the_999(answer))
    assert (group.code, group.accepted, group.transactions[0].code) == ("E", 1, "E")


@pytest.mark.parametrize(
    "unsaid",
    [
        replace(AT_MEMBER, level=Snip.BALANCE, code=""),
        replace(AT_MEMBER, level=Snip.CODE_SET, code=""),
        replace(AT_MEMBER, severity=Severity.INFO),
    ],
    ids=["a-balance", "an-external-code", "a-note"],
)
def test_what_a_999_has_no_word_for_does_not_refuse(unsaid: Diagnostic) -> None:
    ([group], _) = read_functional_acknowledgements(the_999(verdicts(a_claim_file(), unsaid)))
    assert group.code == "A"


def test_one_bad_transaction_of_two_accepts_the_group_in_part() -> None:
    second = CLAIM.replace("ST*837*0001", "ST*837*0002").replace("SE*29*0001", "SE*29*0002")
    answer = the_999(verdicts(a_file(CLAIM, second), replace(AT_MEMBER, transaction="0002")))
    ([group], _) = read_functional_acknowledgements(answer)
    assert (group.code, group.received, group.accepted) == ("P", 2, 1)
    assert [one.code for one in group.transactions] == ["A", "R"]
    assert complaints(answer) == ""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("SE*29*0001", "SE*28*0001", "4"),
        ("SE*29*0001", "SE*29*0009", "3"),
        ("SE*29*0001~\n", "", "2"),
        ("005010X222A1~\nBHT", "005010X223A2~\nBHT", "I6"),
    ],
    ids=["count", "number", "no-trailer", "version"],
)
def test_a_broken_frame_of_a_transaction_is_said_in_its_verdict(
    before: str, after: str, code: str
) -> None:
    answer = the_999(verdicts(a_claim_file().replace(before, after)))
    ([group], _) = read_functional_acknowledgements(answer)
    assert group.code == "R"
    assert code in group.transactions[0].error_codes
    assert complaints(answer) == ""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("GE*1*42", "GE*2*42", "5"), ("GE*1*42", "GE*1*43", "4"), ("GE*1*42~\n", "", "3")],
    ids=["count", "number", "no-trailer"],
)
def test_a_group_that_is_not_whole_is_refused_with_all_in_it(
    before: str, after: str, code: str
) -> None:
    answer = the_999(verdicts(a_claim_file().replace(before, after)))
    ([group], _) = read_functional_acknowledgements(answer)
    assert (group.code, group.accepted, group.error_codes) == ("R", 0, (code,))
    assert [one.code for one in group.transactions] == ["R"]
    assert complaints(answer) == ""


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("IEA*1*000000042", "IEA*1*000000043", "001"),
        ("IEA*1*000000042", "IEA*2*000000042", "021"),
        ("IEA*1*000000042~\n", "", "023"),
    ],
    ids=["number", "count", "no-trailer"],
)
def test_a_broken_envelope_is_refused_whether_an_answer_was_asked_for_or_not(
    before: str, after: str, note: str
) -> None:
    answer = verdicts(a_remittance_file().replace(before, after))
    ([ack], _) = read_interchange_acknowledgements(answer)
    assert (ack.code, ack.note_code) == ("R", note)
    assert b"ST*999" not in answer
    assert complaints(answer) == ""


def test_acknowledgements_are_not_acknowledged() -> None:
    ta1, functional = interchanges_of(verdicts(a_claim_file()))
    assert acknowledge(ta1, (), ENVELOPE) == b""
    assert acknowledge(functional, (), ENVELOPE) == b""


def test_diagnostics_of_a_number_used_twice_go_to_the_transaction_they_fit() -> None:
    groups = a_claim_file().split("IEA")[0].split("GS*", 1)
    second = f"GS*HP*LAKESIDE*SAMPLEPLAN*20261122*0930*43*X*005010X221A1~\n{REMITTANCE}GE*1*43~\n"
    text = f"{groups[0]}GS*{groups[1]}{second}IEA*2*000000042~\n"
    answer = the_999(verdicts(text, replace(AT_MEMBER, kind="835", segment=12)))
    acks, _ = read_functional_acknowledgements(answer)
    assert [(ack.functional_code, ack.code) for ack in acks] == [("HC", "A"), ("HP", "R")]
    assert acks[1].transactions[0].errors[0].unit == ("TRN02", "EFT777")


def test_several_interchanges_are_answered_one_by_one() -> None:
    other = a_remittance_file().replace("000000042", "000000043")
    answer = reply(
        (a_claim_file() + other).encode(), nothing_wrong, control_number=20, created_at=NOW
    )
    numbers = [one.control_number for one in read_interchanges(answer)]
    assert numbers == ["000000020", "000000021", "000000022"]


def test_an_answer_goes_back_to_whom_the_file_came_from() -> None:
    [received] = read_interchanges(a_claim_file().encode())
    envelope = reply_envelope(received, control_number=1, created_at=NOW)
    assert (envelope.sender_id, envelope.receiver_id) == ("SAMPLEPLAN", "LAKESIDE")
    assert (envelope.group_sender, envelope.group_receiver) == ("SAMPLEPLAN", "LAKESIDE")


def test_a_number_that_cannot_be_repeated_refuses_instead_of_failing() -> None:
    text = a_claim_file().replace("*42*X*", "*A:B*X*").replace("GE*1*42", "GE*1*A:B")
    ([group], _) = read_functional_acknowledgements(the_999(verdicts(text)))
    assert (group.group_control_number, group.code, group.error_codes) == ("0", "R", ("6",))


def test_a_text_without_isa_has_nobody_to_answer() -> None:
    with pytest.raises(NotX12Error):
        acknowledge(b"nothing of the kind", (), ENVELOPE)


@pytest.mark.skipif(not corpus_files(), reason="the public files are not on this machine")
def test_the_answers_to_all_public_files_pass_pyx12_and_our_reader() -> None:
    answers = [
        one
        for number, path in enumerate(corpus_files())
        for one in answers_to(path, 10 * number + 1)
    ]
    functional = [one for one in answers if b"ST*999" in one]
    assert len(functional) > 100
    assert complaints(b"".join(functional)) == ""
    assert [one for one in functional if read_functional_acknowledgements(one)[1]] == []


def answers_to(path: Path, number: int) -> list[bytes]:
    data = path.read_bytes()
    return interchanges_of(reply(data, passage_checker(), control_number=number, created_at=NOW))
