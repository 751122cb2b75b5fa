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


def sweep(sequences: int, first_seed: int, folder: Path) -> None:
    """Run so many sequences; the seed of each chunk is one more than that of the one before."""
    started = time.monotonic()
    for number in range(0, sequences, CHUNK):
        run_chunk(min(CHUNK, sequences - number), first_seed + number // CHUNK, folder)
        done = min(number + CHUNK, sequences)
        minutes = (time.monotonic() - started) / 60
        print(f"{done} sequences hold after {minutes:.1f} minutes", flush=True)  # noqa: T201 - a program


def run_chunk(sequences: int, chunk_seed: int, folder: Path) -> None:
    """Run some sequences in a database of their own."""
    print(f"seed {chunk_seed}", flush=True)  # noqa: T201 - a program
    path = folder / f"{chunk_seed}.sqlite3"
    url = f"sqlite:///{path}"
    upgrade_database(url)
    machine = type("SweptBooks", (BooksMachine,), {"database_url": url})
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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sweep(asked.sequences, asked.seed, Path(folder))


if __name__ == "__main__":
    main()
