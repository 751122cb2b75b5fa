"""match_payer and is_self_pay."""

import pytest

from revcycle.rules.intake.match_payer import KnownPayer, is_self_pay, match_payer

PAYERS = (
    KnownPayer("bluegate", "Bluegate Health Plan", "BG100", ("Bluegate", "BG of Ohio")),
    KnownPayer("acorn", "Acornlife", "00123", ("Acorn",)),
    KnownPayer("acorn_two", "Acorn Partners", "00124", ("Acorn",)),
)


@pytest.mark.parametrize(
    ("name", "payer_id", "key"),
    [
        pytest.param("", "BG100", "bluegate", id="by-id"),
        pytest.param("whatever they write", "BG100", "bluegate", id="id-with-an-unknown-name"),
        pytest.param("Bluegate Health Plan", "", "bluegate", id="by-name"),
        pytest.param("BLUEGATE HEALTH-PLAN.", "", "bluegate", id="by-name-in-another-spelling"),
        pytest.param("bg of ohio", "4711", "bluegate", id="by-alias-with-an-unknown-id"),
        pytest.param("Acorn", "", None, id="an-alias-of-two-payers"),
        pytest.param("Acorn", "00123", "acorn", id="the-id-decides-between-two"),
        pytest.param("Acornlife", "BG100", None, id="id-and-name-contradict"),
        pytest.param("Moonvale", "", None, id="unknown"),
        pytest.param("", "", None, id="nothing"),
        pytest.param("", "123", None, id="leading-zeros-count"),
    ],
)
def test_which_payer_is_meant(name: str, payer_id: str, key: str | None) -> None:
    assert match_payer(PAYERS, name=name, payer_id=payer_id) == key


@pytest.mark.parametrize("name", ["no_insurance", "SELF PAY", "Self-Pay", "uninsured"])
def test_self_pay_is_recognized(name: str) -> None:
    assert is_self_pay(name)


@pytest.mark.parametrize("name", ["", "Selfless Health", "private"])
def test_other_names_are_no_self_pay(name: str) -> None:
    assert not is_self_pay(name)
