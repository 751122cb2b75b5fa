"""Loading ICD-10-CM beside everything else that the demo does, once for each home."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from models.errors import UnavailableError
from models.values.billing_codes import CodeSystem
from revcycle.settings import settings
from revcycle.store.billing_codes import count_codes
from revcycle.store.session import reading
from workbench.commands.processes import Child, running
from workbench.commands.surroundings import REVCYCLE

LOAD_SECONDS: Final = 300  # fifteen seconds on a quiet machine


@contextmanager
def loading_codes(home: Path) -> Generator[Child | None]:
    """Load the codes in a process of its own, unless they are there; it ends with the block.

    Not gently: while it writes, the whole day waits for it, and a process that yields to all others
    of a busy machine would hold the database for minutes.
    """
    with reading(settings().database) as session:
        is_loaded = CodeSystem.ICD10CM in count_codes(session)
    if is_loaded:
        yield None
        return
    command = (*REVCYCLE, "codes", "load")
    with running("codes", command, log_folder=home / "logs", is_ready=lambda: True) as child:
        yield child


def wait_for_codes(child: Child | None) -> None:
    """Wait until the codes are loaded.

    Raises:
        UnavailableError: they could not be; the text names the log.
    """
    if child is not None and child.process.wait(LOAD_SECONDS):
        msg = f"the lists of codes could not be loaded; see {child.log_path}"
        raise UnavailableError(msg)
