"""What a server does before it answers the first person."""

import gc
import sys
from typing import Final

from workbench.pages.site import page_templates

TURN_SECONDS: Final = 0.0002


def warm_up() -> None:
    """Compile every template, take what is loaded out of the collector's sight, shorten turns.

    A page that is asked for the first time would wait for its templates. A full search for cycles
    looks through all modules, routes and models, a third of a second in which nobody is answered;
    they stay as long as the process does, so that there is nothing to find among them.

    A page asks the database some ten times, and after each answer waits until the thread that
    computes gives way: by default for five milliseconds each time.
    """
    templates = page_templates()
    for name in templates.list_templates():
        templates.get_template(name)
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN_SECONDS)
