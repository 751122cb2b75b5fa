"""Which modifiers make a difference between two codings material."""

import pytest

from models.values.coding_audit import Gravity
from revcycle.reference.modifiers import ANATOMIC, PRICING, REFUSAL_EXPECTED
from revcycle.rules.audit.weigh_difference import weigh_modifier


@pytest.mark.parametrize("modifier", sorted(PRICING | REFUSAL_EXPECTED | {"25", "59", "76", "KX"}))
def test_what_decides_about_payment_is_material(modifier: str) -> None:
    assert weigh_modifier(modifier) == Gravity.MATERIAL


@pytest.mark.parametrize("modifier", sorted(ANATOMIC | {"32", "93", "95", "99", "GT", "ZZ"}))
def test_what_only_explains_is_minor(modifier: str) -> None:
    assert weigh_modifier(modifier) == Gravity.MINOR
