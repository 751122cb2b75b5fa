"""Every play says on which law, manual, standard or custom it stands, and on no other."""

import re

import pytest

from models.documents.playbook import Play
from revcycle.reference.playbook import standard_plays

# What plays may cite. A new work enters this list on purpose, with its section where it is a law.
KNOWN = frozenset(
    {
        "42 CFR 405.942",
        "42 CFR 405.960 to 405.978",
        "42 CFR 411.15",
        "42 CFR 411.15(k)",
        "42 CFR 411.20 to 411.33",
        "42 CFR 411.24 and 411.32",
        "42 CFR 411.40 and 411.50",
        "42 CFR 411.404",
        "42 CFR 424.44",
        "42 CFR 424.5(a)(6)",
        "42 CFR 424.507",
        "42 CFR 424.520 and 424.521",
        "42 CFR 424.55",
        "45 CFR 149.110 to 149.140",
        "45 CFR 162.1000",
        "45 CFR 162.1002",
        "45 CFR 162.410",
        "ASC X12 claim adjustment group codes",
        "CMS Medicare Claims Processing Manual",
        "CMS NCCI Policy Manual",
        "ICD-10-CM Official Guidelines for Coding and Reporting",
        "payer contracts",
        "payer letters",
        "payer policies",
        "practice of the field",
        "the contract with the payer",
    }
)
PLACE_IN_MANUAL = re.compile(r",? (\(Pub\. \d+-\d+\), )?(chapter|section) .*")
IN_WORDS = re.compile(r" \((?!a\))(?!k\))[^)]*\)$")  # what a section is about, not its number


def cited(play: Play) -> list[str]:
    """List the works that a play cites, without their chapters and our words about them."""
    parts = [part.strip() for part in play.source.split(";")]
    return [IN_WORDS.sub("", PLACE_IN_MANUAL.sub("", part)) for part in parts]


@pytest.mark.parametrize("play", standard_plays(), ids=lambda play: play.id)
def test_a_play_cites_what_is_known(play: Play) -> None:
    assert set(cited(play)) <= KNOWN


def test_nothing_is_known_that_no_play_cites() -> None:
    assert {work for play in standard_plays() for work in cited(play)} == KNOWN


def test_a_manual_is_cited_with_its_chapter_or_section() -> None:
    manuals = [
        part
        for play in standard_plays()
        for part in play.source.split(";")
        if "Manual" in part or "Guidelines" in part
    ]
    assert manuals
    assert [part for part in manuals if not re.search(r"(chapter|section) \w+", part)] == []
