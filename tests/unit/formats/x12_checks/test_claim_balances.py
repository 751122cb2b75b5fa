"""Sums of claims: their lines, and what an earlier payer paid and adjusted."""

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.checks.values import cents
from tests.unit.formats.x12_checks.spoiled_files import (
    CLAIM_FILE,
    Edit,
    both,
    drop,
    insert,
    position,
    replace,
    spoiled,
)

SECOND = replace("SBR*P*18", "SBR*S*18*GRP100******CI")
OTHER_NAMES = (
    "OI***Y***Y",
    "NM1*IL*1*TESTPERSON*ADA****MI*W555555555",
    "NM1*PR*2*FIRST SAMPLE PLAN*****PI*00999",
)


def first_payer(*amounts: str, rank: str = "P", dated: bool = True) -> Edit:
    decided = ("DTP*573*D8*20261102",) if dated else ()
    return insert("LX*1", f"SBR*{rank}*18*******CI", *amounts, *OTHER_NAMES, *decided)


def lines(first: tuple[str, ...], second: tuple[str, ...]) -> Edit:
    return both(insert("LX*2", *first), insert("HL*3", *second))


DECIDED = "DTP*573*D8*20261102"
FIRST_LINE = ("SVD*00999*100*HC:99213**1", "CAS*CO*45*15**253*10", DECIDED)
SECOND_LINE = ("SVD*00999*30*HC:90471**1", "CAS*PR*2*10.5", DECIDED)
SOUND = {
    "decided line by line": both(SECOND, first_payer("AMT*D*130"), lines(FIRST_LINE, SECOND_LINE)),
    "decided as a whole": both(SECOND, first_payer("CAS*CO*45*65.5", "AMT*D*100")),
    "decided as a whole, after the claim": both(
        SECOND, first_payer("CAS*CO*45*5.5", "AMT*D*124.5"), lines(FIRST_LINE, SECOND_LINE)
    ),
    "one line only": both(SECOND, first_payer("AMT*D*100"), insert("LX*2", *FIRST_LINE)),
    "paper with what remains": both(SECOND, first_payer("AMT*D*100", "AMT*EAF*20")),
    "not covered": both(SECOND, first_payer("AMT*D*0", "AMT*A8*165.5")),
    "bundled lines": both(
        SECOND,
        first_payer("AMT*D*130"),
        lines(
            ("SVD*00999*130*HC:99213**1", "CAS*OA*94*-5", DECIDED),
            ("SVD*00999*0*HC:99213**1*1", "CAS*CO*97*40.5", DECIDED),
        ),
    ),
    "nothing decided yet": both(SECOND, first_payer(dated=False)),
}


@pytest.mark.parametrize("name", ["decided line by line", "decided as a whole", "one line only"])
def test_what_the_first_payer_decided_may_stand_on_lines_or_claim(name: str) -> None:
    assert check_file(spoiled(CLAIM_FILE, SOUND[name])) == ()


@pytest.mark.parametrize("name", SOUND)
def test_no_sum_is_demanded_where_none_can_hold(name: str) -> None:
    found = check_file(spoiled(CLAIM_FILE, SOUND[name]))
    assert [one.rule_id for one in found if one.rule_id.startswith("x12.cob")] == []


def one_error(edit: Edit) -> tuple[str, str, int]:
    found = check_file(spoiled(CLAIM_FILE, edit))
    [error] = [one for one in found if one.severity is Severity.ERROR]
    return error.rule_id, error.subject, error.segment


def test_a_line_must_be_paid_and_adjusted_in_full() -> None:
    wrong = ("SVD*00999*100*HC:99213**1", "CAS*CO*45*15**253*9", DECIDED)
    edit = both(SECOND, first_payer("AMT*D*130"), lines(wrong, SECOND_LINE))
    found = check_file(spoiled(CLAIM_FILE, edit))
    assert ("x12.cob_line_balance", "SVD02") in {(one.rule_id, one.subject) for one in found}
    assert "charge less adjustments is 101.00" in {one.advice for one in found}


def test_what_a_payer_paid_is_the_sum_of_its_lines() -> None:
    edit = both(SECOND, first_payer("AMT*D*131"), lines(FIRST_LINE, SECOND_LINE))
    data = spoiled(CLAIM_FILE, edit)
    assert one_error(edit) == ("x12.cob_paid_balance", "AMT02", position(data, "AMT*D"))


def test_a_claim_decided_as_a_whole_must_be_paid_and_adjusted_in_full() -> None:
    edit = both(SECOND, first_payer("CAS*CO*45*65.4", "AMT*D*100"))
    assert one_error(edit)[:2] == ("x12.cob_claim_balance", "AMT02")


def test_a_payment_without_adjustments_is_worth_a_look() -> None:
    found = check_file(spoiled(CLAIM_FILE, both(SECOND, first_payer("AMT*D*100"))))
    assert [(one.rule_id, one.severity) for one in found] == [
        ("x12.cob_unexplained", Severity.WARNING)
    ]


def test_a_line_is_decided_by_a_payer_of_the_claim() -> None:
    stranger = ("SVD*00111*100*HC:99213**1", "CAS*CO*45*25", "DTP*573*D8*20261102")
    edit = both(SECOND, first_payer("CAS*CO*45*65.5", "AMT*D*100"), insert("LX*2", *stranger))
    assert one_error(edit)[:2] == ("x12.adjudication_payer_unknown", "SVD01")


def test_two_payers_cannot_be_first() -> None:
    edit = first_payer("CAS*CO*45*65.5", "AMT*D*100")
    assert one_error(edit)[:2] == ("x12.payer_rank_twice", "SBR01")


def test_a_decision_has_a_day() -> None:
    edit = both(SECOND, first_payer("CAS*CO*45*65.5", "AMT*D*100", dated=False))
    [found] = check_file(spoiled(CLAIM_FILE, edit))
    assert (found.rule_id, found.subject) == ("x12.decision_date_missing", "DTP*573")


def test_a_reason_unknown_to_everybody_is_found_in_a_claim_too() -> None:
    edit = both(SECOND, first_payer("CAS*CO*999*65.5", "AMT*D*100"))
    assert one_error(edit)[:2] == ("x12.adjustment_reason", "CAS02")


def test_the_lines_are_the_claim() -> None:
    data = spoiled(
        CLAIM_FILE,
        both(drop("SV1*HC:90471"), insert("REF*6R*A-1-2", "SV1*HC:90471*40.49*UN*1***1")),
    )
    assert "x12.claim_total" in {one.rule_id for one in check_file(data)}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12", 1200), ("12.5", 1250), (".5", 50), ("-3", -300), ("0", 0), ("12.50", 1250)],
)
def test_amounts_are_whole_cents(text: str, amount: int) -> None:
    assert cents(text) == amount


@pytest.mark.parametrize("text", ["", "1,5", "1.005", "+1", "1e3", "--1", ".", "\u0661"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert cents(text) is None
