"""Which of our claims a payment may be about, and why."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.match import Candidate, ClaimPicture, LineKind, LinePicture
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.states.claim import ClaimState
from models.values.money import Money
from revcycle.rules.posting.candidates import (
    CANDIDATES_SHOWN,
    SCORE_MAX,
    Said,
    rank_candidates,
    said_dates,
)
from revcycle.rules.posting.line_likeness import liken_lines

DAY = date(2026, 10, 5)
NUMBER = "4JB0HMS24WSDN1"


def our_line(
    number: int = 1, code: str = "99213", cents: int = 15_000, day: date = DAY
) -> LinePicture:
    return LinePicture(UUID(int=number), number, code, Money(cents), day)


def their_line(
    code: str = "99213", cents: int = 15_000, submitted: str = "", day: date = DAY
) -> RemittanceLine:
    return RemittanceLine(
        Money(cents),
        Money(0),
        procedure_code=code,
        submitted_procedure_code=submitted,
        service_date=day,
    )


CLAIM = ClaimPicture(
    claim_id=UUID(int=1),
    patient_id=UUID(int=9),
    control_numbers=(NUMBER, f"{NUMBER}01"),
    payer_claim_control_number="ICN77",
    payer_name="Blue Heron",
    payer_id="P1",
    payer_rank=1,
    state=ClaimState.ACCEPTED,
    last_name="Marmalade",
    first_name="Otto",
    member_id="M-1",
    charge=Money(15_000),
    lines=(our_line(),),
)
STRANGER = RemittanceClaim("OTHER-NUMBER", "1", Money(999), Money(999))
SAID = RemittanceClaim(
    claim_control_number="OTHER-NUMBER",
    status="1",
    charge=Money(15_000),
    paid=Money(15_000),
    patient_last_name="MARMALADE",
    patient_first_name="OTTO",
    member_id="M1",
    lines=(their_line(),),
)


def candidate(decision: RemittanceClaim, claim: ClaimPicture = CLAIM) -> Candidate:
    return rank_candidates(Said(decision, "BLUE HERON"), [claim], score_min=0)[0]


def texts(decision: RemittanceClaim, claim: ClaimPicture = CLAIM) -> list[str]:
    return [reason.text for reason in candidate(decision, claim).reasons]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        pytest.param(f"{NUMBER}01", "our claim number", id="as-sent"),
        pytest.param(NUMBER, "our claim number", id="without-the-version"),
        pytest.param(f"{NUMBER.lower()}-01", "our claim number", id="small-and-with-a-hyphen"),
        pytest.param(f"9{NUMBER[1:]}01", "our claim number with one character wrong", id="a-slip"),
        pytest.param(
            f"99{NUMBER[2:]}01", "our claim number with 2 characters wrong", id="two-slips"
        ),
        pytest.param(
            f"{NUMBER[1]}{NUMBER[0]}{NUMBER[2:]}01",
            "our claim number with one character wrong",
            id="two-characters-change-places",
        ),
        pytest.param(f"REF{NUMBER}01", "a part of our claim number", id="with-more-before-it"),
        pytest.param(NUMBER[:10], "a part of our claim number", id="cut-off"),
    ],
)
def test_our_number_is_known_again(number: str, text: str) -> None:
    assert text in texts(replace(STRANGER, claim_control_number=number))


@pytest.mark.parametrize("number", ["", "4J", "999999999999901", "0", "MARMALADE1"])
def test_another_number_says_nothing(number: str) -> None:
    found = texts(replace(STRANGER, claim_control_number=number))
    assert [text for text in found if "number" in text] == []


def test_the_payers_number_counts_and_an_empty_one_does_not() -> None:
    assert "the number that the payer gave this claim" in texts(
        replace(STRANGER, payer_claim_control_number="ICN77")
    )
    unnumbered = replace(CLAIM, payer_claim_control_number="")
    assert not [text for text in texts(STRANGER, unnumbered) if "number" in text]


@pytest.mark.parametrize(
    ("last", "first", "text"),
    [
        ("MARMALADE", "OTTO", "same patient name"),
        ("Märmalade", "Otto", "same patient name"),
        ("MARMELADE", "OTTO", "nearly the patient's name: Marmalade, Otto"),
        ("OTTO", "MARMALADE", "the patient's names, the other way round"),
        ("PLUM", "VIOLET", "another patient: Marmalade, Otto"),
    ],
)
def test_the_patient_is_compared(last: str, first: str, text: str) -> None:
    assert text in texts(replace(STRANGER, patient_last_name=last, patient_first_name=first))


def test_a_claim_without_a_patient_is_not_against_itself() -> None:
    assert not [text for text in texts(STRANGER) if "patient" in text]


def test_a_member_number_is_compared_without_its_punctuation() -> None:
    assert "same member number" in texts(replace(STRANGER, member_id="m 1"))
    assert "same member number" in texts(replace(STRANGER, corrected_member_id="M1"))
    nobody = replace(CLAIM, member_id="")
    assert "same member number" not in texts(STRANGER, nobody)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "same date of service"),
        (1, "date of service one day apart"),
        (-3, "date of service 3 days apart"),
    ],
)
def test_days_of_service_are_compared(days: int, text: str) -> None:
    line = their_line(day=DAY + timedelta(days=days))
    assert text in texts(replace(STRANGER, lines=(line,)))


def test_a_day_too_far_away_says_nothing() -> None:
    line = their_line(day=DAY + timedelta(days=4))
    assert not [text for text in texts(replace(STRANGER, lines=(line,))) if "date" in text]


def test_days_of_lines_go_before_days_of_the_claim() -> None:
    other = DAY - timedelta(days=30)
    decision = replace(STRANGER, statement_from=other, statement_to=other)
    assert said_dates(decision) == (other,)
    assert said_dates(replace(decision, lines=(their_line(),))) == (DAY,)


@pytest.mark.parametrize(
    ("state", "status", "text"),
    [
        (ClaimState.ACCEPTED, "1", "it waits for a decision"),
        (ClaimState.SUBMITTED, "1", "it waits for a decision"),
        (ClaimState.PAID, "1", "it has a decision already"),
        (ClaimState.CLOSED, "1", "it has a decision already"),
        (ClaimState.DRAFT, "1", "it waits for no decision: it is not at the payer"),
    ],
)
def test_the_state_of_the_claim_speaks_too(state: ClaimState, status: str, text: str) -> None:
    assert text in texts(replace(STRANGER, status=status), replace(CLAIM, state=state))


def test_a_reversal_is_for_a_decided_claim() -> None:
    decision = replace(STRANGER, status="22", charge=Money(-15_000))
    found = texts(decision, replace(CLAIM, state=ClaimState.PAID))
    assert "it has a decision already" not in found
    assert "same charge" in found


def test_a_decided_claim_stands_behind_one_that_waits() -> None:
    decided = replace(CLAIM, claim_id=UUID(int=2), state=ClaimState.PAID)
    found = rank_candidates(Said(SAID, "Blue Heron"), [decided, CLAIM])
    assert [one.claim.claim_id for one in found] == [CLAIM.claim_id, decided.claim_id]


def test_at_most_twenty_are_shown_and_unlike_claims_are_not() -> None:
    many = [replace(CLAIM, claim_id=UUID(int=one)) for one in range(50)]
    assert len(rank_candidates(Said(SAID, "Blue Heron"), many)) == CANDIDATES_SHOWN
    assert rank_candidates(Said(STRANGER, "Otter Mutual"), many) == ()


def test_what_speaks_against_a_claim_stands_last() -> None:
    reasons = candidate(replace(SAID, patient_last_name="PLUM", patient_first_name="A")).reasons
    assert [one.points for one in reasons] == sorted((one.points for one in reasons), reverse=True)
    assert reasons[-1].points < 0


@given(st.text(max_size=40), st.text(max_size=40), st.integers(-(10**7), 10**7))
def test_whatever_a_payer_writes_a_score_is_between_0_and_100(
    number: str, name: str, cents: int
) -> None:
    decision = replace(
        SAID,
        claim_control_number=number,
        payer_claim_control_number=number,
        patient_last_name=name,
        charge=Money(cents),
    )
    found = candidate(decision)
    assert 0 <= found.score <= SCORE_MAX


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param(their_line(), LineKind.SAME, id="the-same"),
        pytest.param(their_line(cents=-15_000), LineKind.SAME, id="the-same-negated"),
        pytest.param(
            their_line("99212", submitted="99213"),
            LineKind.CHANGED_CODE,
            id="the-payer-changed-the-code",
        ),
        pytest.param(their_line("99214"), LineKind.FAMILY, id="the-next-code-at-our-charge"),
        pytest.param(their_line("0001U"), LineKind.CHARGE, id="another-code-at-our-charge"),
        pytest.param(their_line(cents=9_000), LineKind.CODE, id="our-code-at-another-charge"),
    ],
)
def test_a_line_is_likened_to_ours(line: RemittanceLine, kind: LineKind) -> None:
    (found,) = liken_lines([line], [our_line(), our_line(2, "85025", 4_000)])
    assert found is not None
    assert found.kind is kind
    assert found.line.number == 1


def test_a_line_like_two_of_ours_is_likened_to_none_unless_the_day_tells() -> None:
    ours = [our_line(1), our_line(2, day=DAY + timedelta(days=1))]
    (found,) = liken_lines([their_line()], ours)
    assert found is not None
    assert found.line.number == 1
    assert liken_lines([their_line()], [our_line(1), our_line(2)]) == (None,)


def test_a_split_service_is_put_together_again() -> None:
    parts = [their_line("97110", 4_000), their_line("85025"), their_line("97110", 6_000)]
    found = liken_lines(parts, [our_line(1, "97110", 10_000)])
    assert [one.kind if one else None for one in found] == [LineKind.SPLIT, None, LineKind.SPLIT]


def test_nothing_is_like_a_line_that_shares_nothing() -> None:
    assert liken_lines([their_line("0001U", 1)], [our_line()]) == (None,)
    assert liken_lines([their_line()], []) == (None,)
