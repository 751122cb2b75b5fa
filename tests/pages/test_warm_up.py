"""Before the first person comes: templates are compiled, what stays is out of the way."""

import gc

from workbench.pages.site import page_templates
from workbench.pages.warm_up import warm_up


def test_nobody_waits_for_a_template_that_is_asked_for_the_first_time() -> None:
    templates = page_templates()
    assert templates.cache is not None
    templates.cache.clear()
    gc.unfreeze()  # what tests keep; it is frozen again with the rest
    warm_up()
    assert len(templates.cache) == len(templates.list_templates()) > 0
    assert gc.get_freeze_count() > 0
