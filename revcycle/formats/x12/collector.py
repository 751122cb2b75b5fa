"""Reading, and booking what was read, without the garbage collector's help."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Freezer:
    """Whether a program froze objects of its own.

    Attributes:
        is_in_use: Learned once and not asked again: counting a million objects at each file
            took longer than reading a small one. Counting none takes nothing.
    """

    is_in_use: bool = False

    def has_objects(self) -> bool:
        """Tell whether there are objects that may not come loose."""
        self.is_in_use = self.is_in_use or bool(gc.get_freeze_count())
        return self.is_in_use


_FREEZER = Freezer()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from searching for cycles while a file becomes segments and documents.

    A file makes hundreds of thousands of objects of which none refers to itself, so that there is
    nothing to find: on 20,000 claims the search took half of the time of reading. What is not
    needed any more is freed at once, as always. Threads may overlap: at worst the collector runs.

    What was made goes straight to the oldest generation (freeze and unfreeze do that), where the
    collector would bring it anyway after having looked through all of it; unless a program froze
    objects of its own, which would come loose.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not _FREEZER.has_objects():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
