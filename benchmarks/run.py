"""Run every benchmark, print the numbers and write ``benchmarks/latest.json``.

``make bench``, or ``python -m benchmarks.run``; ``--quick`` only shows that all of them run.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.coding_search import measure_coding_search
from benchmarks.intake_record import measure_intake
from benchmarks.ledger_post_835 import measure_post_835
from benchmarks.machine import machine_facts, versions
from benchmarks.measurement import Measurement
from benchmarks.refdata_pairs import measure_find_pair, measure_load_pairs
from benchmarks.report import number, to_file, to_table
from benchmarks.sizes import FULL, QUICK, Sizes
from benchmarks.statements_render import measure_statements
from benchmarks.submission_build_batch import measure_build_batch
from benchmarks.suggest import (
    measure_note_map,
    measure_note_r10,
    measure_phrase_r1,
    measure_phrase_r10,
)
from benchmarks.synthetic_generate import measure_generator
from benchmarks.work_next import measure_next
from benchmarks.workbench_leases import measure_double_leases
from benchmarks.workbench_search import measure_code_search
from benchmarks.workbench_staff import measure_list_page, measure_next_page
from benchmarks.x12_read_835 import measure_read_835
from benchmarks.x12_read_837p import measure_read_837p
from benchmarks.x12_stream_peak import measure_stream_peak
from benchmarks.x12_validate import measure_validate_835, measure_validate_837p
from benchmarks.x12_write_837p import measure_write_837p
from revcycle.connectors import clock

LATEST = Path(__file__).with_name("latest.json")

BENCHMARKS: tuple[Callable[[Sizes], Measurement], ...] = (
    measure_read_835,
    measure_read_837p,
    measure_write_837p,
    measure_validate_837p,
    measure_validate_835,
    measure_stream_peak,
    measure_intake,
    measure_build_batch,
    measure_post_835,
    measure_next,
    measure_next_page,
    measure_list_page,
    measure_double_leases,
    measure_code_search,
    measure_coding_search,
    measure_load_pairs,
    measure_find_pair,
    measure_statements,
    measure_generator,
    measure_phrase_r1,
    measure_phrase_r10,
    measure_note_r10,
    measure_note_map,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the command line asks for.

    A missed target does not fail the run: the number is written down with ``met`` false.
    """
    parser = argparse.ArgumentParser(prog="benchmarks.run", description="Run the benchmarks.")
    parser.add_argument("--quick", action="store_true", help="tiny input: numbers mean nothing")
    parser.add_argument("--out", type=Path, default=LATEST, help="the file to write")
    options = parser.parse_args(arguments)
    console, machine, packages = Console(), machine_facts(), versions()
    measurements: list[Measurement] = []
    for measure in BENCHMARKS:
        console.print(f"{measure.__name__} ...", end=" ")
        measurements.append(one := measure(QUICK if options.quick else FULL))
        console.print(f"{one.name} {number(one.value)} {one.unit}", highlight=False)
        # After each: a run takes long, and one that is ended keeps what it measured.
        content = to_file(
            measurements,
            machine=machine,
            versions=packages,
            measured_at=clock.now().isoformat(timespec="seconds"),
            is_quick=options.quick,
        )
        options.out.write_bytes(content)
    console.print(to_table(measurements))
    console.print(f"written to {options.out.name}")


if __name__ == "__main__":
    main()
