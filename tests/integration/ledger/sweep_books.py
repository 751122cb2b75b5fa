"""Run the random sequences of money by the thousand: ``make ledger-sweep``.

It stops at the first sequence after which the books do not hold, and prints it with its seed.
"""

import argparse
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for
from tests.integration.ledger.refunds_machine import RefundsMachine
from tests.postgres_server import roomiest_folder

CHUNK = 250  # sequences that share a database and a seed


def sweep(
    sequences: int, first_seed: int, folder: Path, *, each_step: bool, workers: int = 1
) -> None:
    """Run so many sequences; the seed of each chunk is one more than that of the one before."""
    started = time.monotonic()
    sizes = [min(CHUNK, sequences - number) for number in range(0, sequences, CHUNK)]
    seeds = range(first_seed, first_seed + len(sizes))
    run = partial(run_chunk, folder=folder, each_step=each_step)
    done = 0
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for size in pool.map(run, sizes, seeds):
            done += size
            minutes = (time.monotonic() - started) / 60
            print(f"{done} sequences hold after {minutes:.1f} minutes", flush=True)  # noqa: T201 - a program


def run_chunk(sequences: int, chunk_seed: int, *, folder: Path, each_step: bool) -> int:
    """Run some sequences in a database of their own; return how many."""
    print(f"seed {chunk_seed}", flush=True)  # noqa: T201 - a program
    path = folder / f"{chunk_seed}.sqlite3"
    url = f"sqlite:///{path}"
    upgrade_database(url)
    told = {"database_url": url, "checks_each_step": each_step}
    machine = type("SweptBooks", (RefundsMachine,), told)
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
    return sequences


def main() -> None:
    """Read what is asked for and run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--at-end", action="store_true", help="evaluate the invariants once a sequence: 3x faster"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=roomiest_folder()) as folder:
        sweep(
            asked.sequences,
            asked.seed,
            Path(folder),
            each_step=not asked.at_end,
            workers=asked.workers,
        )


if __name__ == "__main__":
    main()
