"""Run the random sequences of money by the thousand: ``make ledger-sweep``.

It stops at the first sequence after which the books do not hold, and prints it with its seed.
"""

import argparse
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for
from tests.integration.ledger.books_machine import BooksMachine

CHUNK = 250  # sequences that share a database and a seed


def sweep(sequences: int, first_seed: int, folder: Path, *, each_step: bool) -> None:
    """Run so many sequences; the seed of each chunk is one more than that of the one before."""
    started = time.monotonic()
    for number in range(0, sequences, CHUNK):
        size, chunk_seed = min(CHUNK, sequences - number), first_seed + number // CHUNK
        run_chunk(size, chunk_seed, folder, each_step=each_step)
        done = min(number + CHUNK, sequences)
        minutes = (time.monotonic() - started) / 60
        print(f"{done} sequences hold after {minutes:.1f} minutes", flush=True)  # noqa: T201 - a program


def run_chunk(sequences: int, chunk_seed: int, folder: Path, *, each_step: bool) -> None:
    """Run some sequences in a database of their own."""
    print(f"seed {chunk_seed}", flush=True)  # noqa: T201 - a program
    path = folder / f"{chunk_seed}.sqlite3"
    url = f"sqlite:///{path}"
    upgrade_database(url)
    told = {"database_url": url, "checks_each_step": each_step}
    machine = type("SweptBooks", (BooksMachine,), told)
    run_state_machine_as_test(
        seed(chunk_seed)(machine),
        settings=settings(
            max_examples=sequences,
            stateful_step_count=10,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    engine_for(url).dispose()
    path.unlink()


def main() -> None:
    """Read what is asked for and run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--at-end", action="store_true", help="evaluate the invariants once a sequence: 3x faster"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sweep(asked.sequences, asked.seed, Path(folder), each_step=not asked.at_end)


if __name__ == "__main__":
    main()
