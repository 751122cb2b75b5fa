"""The rule file, and chance that can be repeated."""

from decimal import Decimal
from pathlib import Path

import pytest

from revcycle.sandbox.chance import Chance
from revcycle.sandbox.rulebook import RulesError, read_rulebook

CLAIMS = 4_000


def test_the_shipped_rules_know_ten_reasons_to_deny_and_pay_every_payer() -> None:
    rulebook = read_rulebook()
    codes = {f"{rule.group}-{rule.reason}" for rule in rulebook.denials}
    assert codes >= {
        *("CO-16", "CO-11", "CO-18", "CO-22", "CO-27", "CO-29", "CO-50", "CO-97", "CO-197"),
        "PR-204",
    }
    assert rulebook.terms_of("FEDSR").crosses_over
    assert rulebook.terms_of("a payer of somebody else") == rulebook.terms


def test_a_file_changes_only_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[rates]\ndenial = 0.5\n[[payers]]\npayer_id = "00123"\nallowed = 1\n')
    rulebook = read_rulebook(path, seed=77)
    assert rulebook.seed == 77
    assert rulebook.rates.denial == Decimal("0.5")
    assert rulebook.rates.rejection == read_rulebook().rates.rejection
    assert rulebook.terms_of("00123").allowed == 1
    assert rulebook.terms_of("00123").copay_cents == rulebook.terms.copay_cents


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("[rates]\ndenail = 0.1", "rates.denail", id="an-unknown-key"),
        pytest.param("[rates]\ndenial = 1.1", "rates.denial", id="more-often-than-always"),
        pytest.param("[[payers]]\nallowed = 0.5", "payer_id", id="a-payer-without-a-name"),
        pytest.param('[[payers]]\npayer_id = "1"\nalowed = 1', "alowed", id="an-unknown-term"),
        pytest.param("rates = [", "TOML", id="not-toml"),
    ],
)
def test_a_wrong_rule_file_is_refused_by_the_name_of_the_key(
    tmp_path: Path, text: str, named: str
) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text)
    with pytest.raises(RulesError, match=named):
        read_rulebook(path)


def test_lots_fall_as_often_as_their_rate_says_and_never_differently() -> None:
    rate = Decimal("0.10")
    drawn = [Chance(1, f"C-{number}").happens("denial", rate) for number in range(CLAIMS)]
    again = [Chance(1, f"C-{number}").happens("denial", rate) for number in range(CLAIMS)]
    assert drawn == again
    assert 0.08 < sum(drawn) / CLAIMS < 0.12
    assert not any(Chance(1, f"C-{number}").happens("x", Decimal(0)) for number in range(CLAIMS))
    assert all(Chance(1, f"C-{number}").happens("x", Decimal(1)) for number in range(CLAIMS))


def test_a_lot_without_weight_is_never_drawn() -> None:
    places = {Chance(5, f"C-{number}").pick("which", (3, 0, 1)) for number in range(200)}
    assert places == {0, 2}


def test_a_case_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[cases]\nrate = 0.5\nweights = { teleported = 1 }\n")
    with pytest.raises(RulesError, match=r"cases\.weights"):
        read_rulebook(path)
