"""Spoil X12 files and read them: ``python -m tests.fuzz.x12_bytes --minutes 60``.

Exits with 1 at the first file that makes a reader fail, take longer than it may, or leave memory
behind; the file is written to ``.revcycle/fuzz`` and ``--seed`` with ``--from`` makes it again.
"""

import argparse
import contextlib
import faulthandler
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from revcycle.formats.x12.segments import NotX12Error
from tests.fuzz.x12_mutations import spoil
from tests.fuzz.x12_readers import READERS

ROOT = Path(__file__).resolve().parents[2]
SEED_FOLDERS = (ROOT / "tests" / "golden", ROOT / ".." / "shared" / "data" / "x12_corpus")
SEED_SUFFIXES = frozenset({".835", ".837", ".270", ".271", ".276", ".277", ".edi", ".txt"})
CRASHERS = ROOT / ".revcycle" / "fuzz"
SEED_BYTES_MAX = 60_000
SECONDS_MAX = 20.0  # of one reader with one file; the slowest usual one takes 0.1
HANG_SECONDS = 120  # then the process says where it is and ends
GROWTH_MAX_MB = 150.0
WARM_FILES = 2_000  # until caches are full, growth means nothing
MUTATIONS_MAX = 6
out = Console(soft_wrap=True)


class ReaderFailedError(Exception):
    """A reader did what none may do."""

    def __init__(self, reader: str, what: str, data: bytes) -> None:
        self.data = data
        super().__init__(f"reader {reader} {what}")


def seeds() -> list[bytes]:
    """Collect the files to start from: our golden ones and, where it is there, the corpus."""
    paths = sorted(
        path
        for folder in SEED_FOLDERS
        for path in folder.rglob("*")
        if path.suffix in SEED_SUFFIXES and path.stat().st_size <= SEED_BYTES_MAX
    )
    return [path.read_bytes() for path in paths]


def spoiled(files: Sequence[bytes], seed: int, number: int) -> bytes:
    """Make one file; the same numbers make the same bytes."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - repeatable, not secret
    return spoil(chance, chance.choice(files), chance.randint(1, MUTATIONS_MAX))


def read_all(data: bytes) -> None:
    """Let every reader read a file.

    Raises:
        ReaderFailedError: one raised what it may not, or took too long.
    """
    for name, read in READERS.items():
        before = time.process_time()
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        try:
            with contextlib.suppress(NotX12Error):
                read(data)
        except Exception as error:
            raise ReaderFailedError(name, f"raised {type(error).__name__}", data) from error
        finally:
            faulthandler.cancel_dump_traceback_later()
        if (seconds := time.process_time() - before) > SECONDS_MAX:
            raise ReaderFailedError(name, f"took {seconds:.1f} s", data)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run until the time is over or something is found."""
    parser = argparse.ArgumentParser(prog="tests.fuzz.x12_bytes")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--from", type=int, default=0, dest="first", help="number of the first file"
    )
    options = parser.parse_args(arguments)
    files, number = seeds(), options.first
    deadline, warm_mb = time.monotonic() + options.minutes * 60, 0.0
    try:
        while time.monotonic() < deadline:
            read_all(spoiled(files, options.seed, number))
            number += 1
            if number - options.first == WARM_FILES:
                warm_mb = _peak_mb()
        grown_mb = _peak_mb() - warm_mb if warm_mb else 0.0
    except ReaderFailedError as failure:
        CRASHERS.mkdir(parents=True, exist_ok=True)
        path = CRASHERS / f"seed{options.seed}_{number}.x12"
        path.write_bytes(failure.data)
        out.print(f"file {number}: {failure}; kept as {path.name}")
        sys.exit(1)
    out.print(
        f"{number - options.first} files from {len(files)} seeds, memory grew {grown_mb:.0f} MB"
    )
    sys.exit(1 if grown_mb > GROWTH_MAX_MB else 0)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
