"""A process that streams one file and says how much memory it ever held: see x12_stream_peak."""

import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from revcycle.formats.x12.check import check_stream
from revcycle.formats.x12.t835 import iter_remittances
from revcycle.formats.x12.t837p import iter_batches


def count_claims(source: BinaryIO) -> int:
    """Read professional claims."""
    return sum(len(batch.claims) for batch, _ in iter_batches(source) if batch)


def count_decisions(source: BinaryIO) -> int:
    """Read remittances."""
    return sum(len(document.claims) for document, _ in iter_remittances(source) if document)


def count_diagnostics(source: BinaryIO) -> int:
    """Check every transaction."""
    return sum(1 for _ in check_stream(source))


TASKS: Mapping[str, Callable[[BinaryIO], int]] = {
    "837P": count_claims,
    "835": count_decisions,
    "check": count_diagnostics,
}


def main() -> None:
    """Print what was counted and the peak of the resident memory in kilobytes."""
    _, task, path = sys.argv
    with Path(path).open("rb") as source:
        counted = TASKS[task](source)
    sys.stdout.write(f"{counted} {_peak_kilobytes()}\n")


def _peak_kilobytes() -> int:
    """Read the peak of this program; ``getrusage`` would count the parent before exec as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


if __name__ == "__main__":
    main()
