"""Deadlines, wordings and explanations of denials."""

from datetime import date

import pytest

from models.documents.playbook import Play
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.choose_wording import WORDING_OF_CATEGORIES, WORDINGS, choose_wording
from revcycle.rules.denials.deadlines import deadline_after
from revcycle.rules.denials.explain_play import ROOTS, root_of, why_play
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.reasons import is_closing_reason, is_write_off_reason

DECIDED = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        pytest.param(date(2026, 11, 18), 65, id="on-the-day-of-the-decision"),
        pytest.param(date(2027, 1, 22), 0, id="the-last-day-still-counts"),
        pytest.param(date(2027, 1, 23), -1, id="the-day-after-is-too-late"),
    ],
)
def test_a_limit_counts_from_the_decision(today: date, left: int) -> None:
    found = deadline_after(DECIDED, limit_days=65, follows_from="a contract", today=today)
    assert (found.on, found.days_left, found.is_past) == (date(2027, 1, 22), left, left < 0)


def test_every_category_of_the_playbook_has_a_root() -> None:
    assert {play.category for play in standard_plays()} <= set(ROOTS)
    assert root_of("a practice's own").owner == "denial specialist"


def test_every_chosen_wording_exists() -> None:
    assert set(WORDING_OF_CATEGORIES.values()) <= set(WORDINGS)
    assert choose_wording("clinical", sent_before=0) == "clinical"
    assert choose_wording("clinical", sent_before=1) == "second_level"
    assert choose_wording("unheard of", sent_before=0) == "general"


@pytest.mark.parametrize(
    ("group", "carc", "rarcs", "sentence"),
    [
        ("CO", "16", ("N290",), "first of the playbook that fits reason 16, remark N290"),
        ("CO", "197", (), "first of the playbook that fits reason 197"),
        ("PR", "96", (), "first of the playbook that fits group PR, reason 96"),
        ("CO", "999", (), "nothing more special fits"),
    ],
)
def test_why_a_play_fits(group: str, carc: str, rarcs: tuple[str, ...], sentence: str) -> None:
    play = find_play(group, carc, rarcs, "acme", standard_plays())
    assert why_play(play, group, carc, rarcs, "acme") == sentence


def test_a_play_of_one_payer_says_so() -> None:
    play = Play("own", "coding", "call", 3, payer_keys=frozenset({"acme"}))
    assert why_play(play, "CO", "4", (), "acme").endswith("payer acme")


def test_reasons_are_those_of_the_lists() -> None:
    assert is_write_off_reason("bundled")
    assert not is_write_off_reason("reprocessing")
    assert is_closing_reason("reprocessing")
    assert not is_closing_reason("")
