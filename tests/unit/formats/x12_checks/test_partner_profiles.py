"""Profiles of payers and partners: what they refuse, and how a wrong profile is refused."""

import pytest

from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.checks.profile_reading import profile_named, read_profile
from revcycle.formats.x12.checks.profiles import ProfileError, profile_names
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from tests.unit.formats.x12_checks.spoiled_files import CLAIM_FILE, Edit, replace, spoiled, written

RULE = '[[rule]]\nid = "one"\nloop = "2300"\nmessage = "no"\n'
HEAD = 'title = "Invented"\nkinds = ["837P"]\n'


def refused(name: str, edit: Edit) -> list[Diagnostic]:
    return list(check_file(spoiled(CLAIM_FILE, edit), profile=profile_named(name)))


def by(text: str) -> list[tuple[str, str, int]]:
    found = check_file(written(CLAIM_FILE), profile=read_profile(HEAD + text, "mine"))
    return [(one.rule_id, one.subject, one.segment) for one in found]


def test_every_profile_of_the_package_can_be_read() -> None:
    assert "sandbox" in profile_names()
    for name in profile_names():
        assert profile_named(name).title


def test_a_sound_claim_file_passes_the_sandbox() -> None:
    assert check_file(written(CLAIM_FILE), profile=profile_named("sandbox")) == ()


def test_the_sandbox_needs_the_kind_of_insurance() -> None:
    found = refused("sandbox", replace("SBR*P*18", "SBR*P*18*GRP100"))
    rules = {(one.rule_id, one.subject, one.segment) for one in found}
    assert ("profile.sandbox.filing_indicator", "SBR09", 13) in rules


def test_a_partners_rule_is_of_the_seventh_kind_and_says_what_to_do() -> None:
    [found] = refused("sandbox", replace("CLM*A-1", "CLM*A-1*165.5***11:B:6*Y*A*Y*Y"))
    assert (found.level, found.subject, found.kind) == (Snip.PAYER, "CLM05-3", "837")


def test_small_letters_are_refused_once_where_capitals_are_wanted() -> None:
    found = refused("sandbox", replace("N3*1 SAMPLE", "N3*1 Sample Way"))
    assert [one.rule_id for one in found if one.level is Snip.PAYER] == [
        "profile.sandbox.upper_case"
    ]


def test_medicare_as_second_payer_must_be_told_why() -> None:
    found = refused("sample_medicare", replace("SBR*P*18", "SBR*S*18*GRP100******MB"))
    assert "profile.sample_medicare.secondary_reason" in {one.rule_id for one in found}


def test_medicare_as_first_payer_need_not_be_told_why() -> None:
    found = refused("sample_medicare", replace("SBR*P*18", "SBR*P*18*GRP100******MB"))
    assert "profile.sample_medicare.secondary_reason" not in {one.rule_id for one in found}


def test_a_profile_for_professional_claims_leaves_others_alone() -> None:
    text = HEAD.replace("837P", "837I") + RULE + 'segment = "PWK"\nis_required = true\n'
    assert check_file(written(CLAIM_FILE), profile=read_profile(text, "mine")) == ()


def test_a_required_segment_is_missed_in_every_claim() -> None:
    assert by(RULE + 'segment = "PWK"\nis_required = true\n') == [
        ("profile.mine.one", "PWK", 19),
        ("profile.mine.one", "PWK", 42),
    ]


def test_a_forbidden_element_is_found_where_it_stands() -> None:
    assert by(RULE + 'element = "CLM07"\nis_forbidden = true\n')[0][1:] == ("CLM07", 19)


def test_a_component_may_be_limited_to_codes() -> None:
    assert by(RULE + 'element = "CLM05-1"\ncodes = ["11"]\n') == []
    assert len(by(RULE + 'element = "CLM05-1"\ncodes = ["22"]\n')) == 2


def test_a_length_may_be_limited() -> None:
    assert by(RULE + 'element = "CLM01"\nlength_max = 3\n') == []
    assert len(by(RULE + 'element = "CLM01"\nlength_max = 2\n')) == 2


def test_a_file_with_too_many_claims_is_found_at_the_first_that_is_too_many() -> None:
    assert by("claims_per_file = 1\n") == [("profile.mine.claims_per_file", "CLM", 42)]


def test_an_unknown_profile_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(ProfileError, match="there are sample_medicare"):
        profile_named("nobody")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 1", "title must be a str"),
        ('title = "x"', "kinds is missing"),
        ('title = "x"\nkinds = ["838"]', "kinds must be among"),
        (HEAD + "color = 1", "color is not known"),
        (HEAD + 'case = "lower"', "case must be"),
        (HEAD + "claims_per_file = 0", "claims_per_file must be above zero"),
        (HEAD + "[[rule]]\n", "rule 1: id is missing"),
        (HEAD + RULE, "rule one: needs segment or element"),
        (HEAD + RULE + 'segment = "PWK"', "needs one of is_required"),
        (HEAD + RULE + 'segment = "PWK"\ncodes = ["1"]', "are about an element"),
        (HEAD + RULE + 'element = "PWK"\ncodes = ["1"]', "element must be like NM109"),
        (HEAD + RULE + 'element = "PWK01"\npattern = "["', "not a regular expression"),
        (HEAD + RULE + 'element = "PWK01"\ncodes = [1]', "codes must be a list of texts"),
        (
            HEAD + RULE + 'element = "PWK01"\nis_required = true\nis_forbidden = true',
            "cannot be required and forbidden",
        ),
        (HEAD + RULE + 'element = "PWK01"\nis_required = true\nseverity = "x"', "severity must be"),
        (HEAD + RULE + 'element = "PWK01"\nis_required = true\nwhen = [1]', "when needs element"),
        (HEAD + (RULE + 'segment = "PWK"\nis_required = true\n') * 2, "the same id"),
        ("title = ", "not TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        read_profile(text, "mine")
