"""The playbook, and what counts as a denial."""

import pytest

from models.documents.claim import Adjustment
from models.documents.playbook import Play
from models.values.money import Money
from revcycle.reference.adjustment_codes import ADJUSTMENT_REASONS
from revcycle.reference.playbook import read_plays, standard_plays
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.is_denial import is_denial
from revcycle.rules.denials.may_bill_patient import may_bill_patient


def category(group: str, carc: str, *rarcs: str) -> str:
    return find_play(group, carc, rarcs, "any_payer", standard_plays()).category


@pytest.mark.parametrize(
    ("group", "carc", "rarcs", "expected"),
    [
        pytest.param("CO", "16", ("N290",), "enrollment", id="rendering-npi-missing"),
        pytest.param("CO", "16", ("M76",), "coding", id="diagnosis-incomplete"),
        pytest.param("CO", "16", ("MA04",), "coordination", id="primary-payer-missing"),
        pytest.param("CO", "16", (), "missing_information", id="no-remark"),
        pytest.param("CO", "29", (), "filing_limit", id="filed-too-late"),
        pytest.param("CO", "197", (), "authorization", id="no-authorization"),
        pytest.param("CO", "50", (), "clinical", id="not-necessary"),
        pytest.param("CO", "97", (), "coding", id="bundled"),
        pytest.param("OA", "18", (), "submission", id="duplicate"),
        pytest.param("PR", "27", (), "eligibility", id="coverage-ended"),
        pytest.param("CO", "45", (), "underpayment", id="whole-charge-cut"),
        pytest.param("PI", "999", (), "review", id="payer-initiated"),
        pytest.param("CO", "999", (), "review", id="unknown"),
    ],
)
def test_a_denial_finds_its_play(
    group: str, carc: str, rarcs: tuple[str, ...], expected: str
) -> None:
    assert category(group, carc, *rarcs) == expected


def test_a_practices_own_play_goes_first() -> None:
    own = Play("own", "own_category", "call the representative", 2, payer_keys=frozenset({"sun"}))
    plays = (own, *standard_plays())
    assert find_play("CO", "29", (), "sun", plays).category == "own_category"
    assert find_play("CO", "29", (), "moon", plays).category == "filing_limit"


def test_every_play_fits_its_columns_and_has_time() -> None:
    plays = standard_plays()
    assert len({play.id for play in plays}) == len(plays)
    assert all(len(play.category) <= 40 and len(play.first_action) <= 80 for play in plays)
    assert all(play.due_days > 0 for play in plays)


def test_every_known_reason_finds_a_play_of_its_own() -> None:
    no_denial = {"1", "2", "3", "23", "131", "144", "253"}
    review = {
        reason
        for reason in ADJUSTMENT_REASONS
        if reason not in no_denial and category("CO", reason) == "review"
    }
    assert review == {"A1"}  # says nothing without its remark


def test_a_misspelled_key_is_refused() -> None:
    with pytest.raises(ValueError, match="rarcs"):
        read_plays('[[play]]\nid="x"\ncategory="c"\nfirst_action="a"\ndue_days=1\nrarcs=["M1"]')


def test_a_playbook_without_a_last_play_is_refused() -> None:
    with pytest.raises(ValueError, match="no play"):
        find_play("CO", "1", (), "payer", ())


@pytest.mark.parametrize(
    ("group", "reason", "expected"),
    [
        pytest.param("PR", "1", False, id="deductible"),
        pytest.param("PR", "3", False, id="co-pay"),
        pytest.param("CO", "45", False, id="fee-schedule"),
        pytest.param("CO", "253", False, id="sequestration"),
        pytest.param("CO", "144", False, id="incentive"),
        pytest.param("OA", "23", False, id="prior-payer"),
        pytest.param("CO", "16", True, id="missing-information"),
        pytest.param("PR", "96", True, id="not-covered"),
    ],
)
def test_a_denial_is_told_by_its_adjustment(group: str, reason: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    adjustment = Adjustment(group, reason, Money(500))
    assert is_denial(adjustment, line_charge=Money(1_000), line_paid=Money(500)) is expected


def test_a_contract_amount_never_reaches_the_patient() -> None:
    assert may_bill_patient("PR")
    assert not any(may_bill_patient(group) for group in ("CO", "OA", "PI", "CR"))
