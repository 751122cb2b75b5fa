"""What a server does before it answers the first person."""

import gc

from workbench.pages.site import page_templates


def warm_up() -> None:
    """Compile every template, and take what is loaded by now out of the collector's sight.

    A page that is asked for the first time would wait for its templates. A full search for cycles
    looks through all modules, routes and models, a third of a second in which nobody is answered;
    they stay as long as the process does, so that there is nothing to find among them.
    """
    templates = page_templates()
    for name in templates.list_templates():
        templates.get_template(name)
    gc.collect()
    gc.freeze()
