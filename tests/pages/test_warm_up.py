"""Before the first person comes: templates are compiled, what stays is out of the way."""

import gc
import sys
from collections.abc import Generator

import pytest

from workbench.pages.site import page_templates
from workbench.pages.warm_up import TURN_SECONDS, warm_up


@pytest.fixture(autouse=True)
def usual_turns() -> Generator[float]:
    """How long a thread computes before another one's turn, as it was."""
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_nobody_waits_for_a_template_that_is_asked_for_the_first_time() -> None:
    templates = page_templates()
    assert templates.cache is not None
    templates.cache.clear()
    gc.unfreeze()  # what tests keep; it is frozen again with the rest
    warm_up()
    assert len(templates.cache) == len(templates.list_templates()) > 0
    assert gc.get_freeze_count() > 0


def test_a_page_that_computes_makes_others_wait_a_moment_only(usual_turns: float) -> None:
    warm_up()
    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)
    assert usual_turns > TURN_SECONDS
