"""The catalogue of rules: complete, in words, and printed as the page says."""

import re
from pathlib import Path

from revcycle.formats.x12.checks.catalogue import MODULES, list_rules, page
from revcycle.formats.x12.checks.dispatch import CLAIM_CHECKS, LOOP_CHECKS, SEGMENT_CHECKS

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs" / "reference" / "x12_checks.md"
IDS = re.compile(r"[a-z0-9]+\.[a-z0-9_]+")


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [rule.id for rule in list_rules()]
    assert len(ids) == len(set(ids))
    assert all(IDS.fullmatch(one) for one in ids)


def test_every_rule_says_what_is_wrong_what_to_do_and_who_says_so() -> None:
    for rule in list_rules():
        assert rule.message, rule.id
        assert rule.advice, rule.id
        assert rule.source, rule.id
        assert rule.code, rule.id


def test_every_module_that_is_applied_is_in_the_catalogue() -> None:
    applied = {check.__module__ for table in SEGMENT_CHECKS.values() for check in table.values()}
    applied |= {check.__module__ for checks in LOOP_CHECKS.values() for check in checks}
    applied |= {check.__module__ for check in CLAIM_CHECKS}
    assert applied <= {module.__name__ for module in MODULES}
