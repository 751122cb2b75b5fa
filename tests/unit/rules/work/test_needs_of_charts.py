"""What a chart asks of its coder."""

import pytest

from models.values.skill import CERTIFICATION
from revcycle.reference.specialties import SPECIALTIES, specialty_of
from revcycle.rules.work.needs import (
    ASKS_NOTHING,
    MINE,
    NeedsPolicy,
    to_need_words,
    write_needs,
)

BOTH = NeedsPolicy(by_specialty=True, certification="CPC")


@pytest.mark.parametrize(
    ("specialty", "policy", "needs"),
    [
        pytest.param("cardiology", ASKS_NOTHING, "", id="nothing-asked"),
        pytest.param("cardiology", NeedsPolicy(by_specialty=True), "cardiology", id="specialty"),
        pytest.param("cardiology", NeedsPolicy(certification="CPC"), "CPC", id="certification"),
        pytest.param("cardiology", BOTH, "cardiology CPC", id="both"),
        pytest.param("", BOTH, "CPC", id="provider-of-no-known-specialty"),
    ],
)
def test_a_chart_needs_what_its_practice_asks(
    specialty: str, policy: NeedsPolicy, needs: str
) -> None:
    assert write_needs(specialty, policy) == needs


def test_a_need_is_read_in_words() -> None:
    assert to_need_words("primary_care CPC") == "primary care, CPC"


def test_a_provider_is_of_the_specialty_of_its_taxonomy_code() -> None:
    assert specialty_of("207RI0011X") == specialty_of("207RC0000X") == "cardiology"
    assert specialty_of("261QP2300X") == "", "a group's code says nothing of its visits"


def test_no_specialty_is_ever_taken_for_a_certification() -> None:
    assert not any(CERTIFICATION.fullmatch(one) or " " in one for one in SPECIALTIES)
    assert MINE not in SPECIALTIES
