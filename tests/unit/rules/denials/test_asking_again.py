"""Levels of appeal with their limits, and as what a payer is asked again."""

from datetime import date

import pytest

from models.documents.claim import FrequencyCode
from models.documents.denial import AppealLevel, LevelStart
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.appeal_levels import level_deadline, next_level, standard_levels
from revcycle.rules.denials.ask_again_as import frequency_for, may_appeal, takes_replacements
from revcycle.rules.denials.find_play import find_play

DECIDED, ANSWERED, TODAY = date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 10)


def test_medicare_has_five_levels_the_first_within_120_days_of_receipt() -> None:
    levels = standard_levels("MB", limit_days=180)
    assert len(levels) == 5
    first = level_deadline(levels[0], decided_on=DECIDED, answered_on=None, today=TODAY)
    assert (first.on, first.days_left) == (date(2026, 7, 5), 25)
    second = level_deadline(levels[1], decided_on=DECIDED, answered_on=ANSWERED, today=TODAY)
    assert second.on == date(2026, 12, 3)
    assert "180 days and 5 for the mail after the answer" in second.follows_from


def test_other_payers_have_the_client_files_limit_twice_and_an_external_review() -> None:
    levels = standard_levels("CI", limit_days=65)
    assert [(one.name, one.days) for one in levels] == [
        ("First appeal", 65),
        ("Second appeal", 65),
        ("External review", 120),
    ]
    assert next_level(levels, answered=1) == levels[1]
    assert next_level(levels, answered=3) is None


def test_a_reconsideration_stands_before_the_first_appeal() -> None:
    levels = (
        AppealLevel("Reconsideration", 60, is_reconsideration=True),
        AppealLevel("Appeal", 90, LevelStart.ANSWER),
    )
    first = next_level(levels, answered=0)
    assert first is not None
    assert first.is_reconsideration


@pytest.mark.parametrize(
    ("filing_indicator", "said", "takes"),
    [("MB", None, False), ("MB", True, True), ("CI", None, True), ("CI", False, False)],
)
def test_part_b_takes_no_replacement_unless_the_client_file_says_so(
    filing_indicator: str,
    said: bool | None,  # noqa: FBT001 - a table of cases
    takes: bool,  # noqa: FBT001 - a table of cases
) -> None:
    assert takes_replacements(filing_indicator, said=said) is takes


@pytest.mark.parametrize(
    ("remarks", "number", "replaces", "frequency"),
    [
        pytest.param((), "ICN1", True, "7", id="decided-before"),
        pytest.param((), "ICN1", False, "1", id="the-payer-takes-none"),
        pytest.param((), "", True, "1", id="the-payer-gave-no-number"),
        pytest.param(("MA130",), "ICN1", True, "1", id="never-processed"),
    ],
)
def test_as_what_a_claim_is_sent_again(
    remarks: tuple[str, ...],
    number: str,
    replaces: bool,  # noqa: FBT001 - a table of cases
    frequency: str,
) -> None:
    found = frequency_for(remarks, payer_number=number, replaces=replaces)
    assert found == FrequencyCode(frequency)


def test_only_what_the_payer_has_is_taken_back() -> None:
    assert frequency_for((), payer_number="ICN1", replaces=False, voids=True) == FrequencyCode.VOID
    for remarks, number in (((), ""), (("MA130",), "ICN1")):
        with pytest.raises(ValueError, match="taken back"):
            frequency_for(remarks, payer_number=number, replaces=True, voids=True)


def test_what_was_never_processed_is_not_appealed() -> None:
    for remarks in (("MA130",), ("N290", "MA130")):
        play = find_play("CO", "16", remarks, "any", standard_plays())
        assert not may_appeal(play, remarks)
    assert may_appeal(find_play("CO", "50", (), "any", standard_plays()), ())
