"""``docs/reference/coding-rules.md`` says what the rules of coding say of themselves.

``REVCYCLE_REWRITE=1 pytest tests/spec/test_coding_rules_doc.py`` writes the page anew after a rule
was added or changed.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from revcycle.rules.coding import CODING_RULES
from revcycle.rules.coding.chart_rules import CHART_RULES
from revcycle.rules.coding.coding_rule import CodingRule
from revcycle.rules.coding.diagnosis_rules import DIAGNOSIS_RULES
from revcycle.rules.coding.service_rules import SERVICE_RULES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/coding-rules.md"
TESTS = ROOT / "tests/unit/rules/coding"
CHAPTERS = {"Diagnoses": DIAGNOSIS_RULES, "Services": SERVICE_RULES, "Chart": CHART_RULES}
INTRODUCTION = """\
# Rules of coding

Generated from `revcycle/rules/coding/` by `tests/spec/test_coding_rules_doc.py`; change the rule
and run

```console
$ REVCYCLE_REWRITE=1 .venv/bin/python -m pytest tests/spec/test_coding_rules_doc.py
```

Codes are judged when an encounter arrives with codes, while a coder works, when the coder finishes,
and by `revcycle coding check`. An **error** stops the encounter. A **warning** is looked at: a
coder finishes only after accepting it with a reason. An **info** is a reminder. A rule whose
reference data is not loaded says nothing, and so does one whose fact nobody knows.

Each list answers by the date of service: pairs and limits of a practitioner or of a hospital, as
the practice bills. Services of other encounters count where the same provider had the patient.
Pairs, units and authorizations are asked again when a claim leaves, because another encounter of
the day may have been coded since.

The gravity below is the gravest that a rule finds. A practice sets another one for all its payers,
or for one of them, in its [client file](client-file.md), by the rule's name:

```toml
[coding.severity]
"coding.excludes1" = "error" # or "warning", "info", "off"

[coding.payer_severity.some_payer]
"coding.excludes1" = "warning"
```
"""


def catalogue() -> str:
    lines = [INTRODUCTION]
    for title, rules in CHAPTERS.items():
        lines += [f"## {title}", "", *rows(rules), ""]
    return "\n".join(lines)


def rows(rules: Sequence[CodingRule]) -> Iterator[str]:
    yield "| rule | asks | gravity | what to do | source |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        gravity = rule.severity if rule.is_asked else f"off; else {rule.severity}"
        yield f"| `{rule.id}` | {rule.asks} | {gravity} | {rule.fix} | {rule.source} |"


def test_the_catalogue_of_rules_is_current() -> None:
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(catalogue(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == catalogue()


def test_the_catalogue_holds_every_rule_once() -> None:
    listed = [rule.id for rules in CHAPTERS.values() for rule in rules]
    assert sorted(listed) == sorted({rule.id for rule in CODING_RULES})


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in CODING_RULES])
def test_a_rule_can_be_read_and_is_tested(rule: CodingRule) -> None:
    assert rule.asks.endswith("?")
    assert rule.fix.endswith(".")
    assert len(rule.source) > len("Source")
    named = (rule.id, f'"{rule.id.removeprefix("coding.")}"', rule.check.__name__)
    assert any(word in test for test in _tests() for word in named)


def _tests() -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
