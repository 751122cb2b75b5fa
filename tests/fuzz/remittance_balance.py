"""Change the amounts of remittances and see which are refused.

``python -m tests.fuzz.remittance_balance --files 10000``: every one that does not add up must be
refused, none that does. Exits with 1 at the first that is judged wrongly; the same seed makes the
same files.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.progress import track

from benchmarks.claim_files import practice_config
from benchmarks.remittance_files import remittance_file
from revcycle.formats.x12.diagnostics import findings_of
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances
from revcycle.rules.posting.refusal import Refusal, refusal_of
from tests.fuzz.remittance_amounts import CHANGES, Segment, adds_up, cut, join

SIZES = (1, 2, 3, 8)  # claims of the file that is changed
CHANGES_MAX = 3


def changed(seed: int, number: int) -> list[Segment]:
    """Make one file; the same numbers make the same one."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - repeatable, not secret
    segments = cut(remittance_file(chance.choice(SIZES)))
    for _ in range(chance.randint(0, CHANGES_MAX)):
        chance.choice(CHANGES)(chance, segments)
    return segments


def refusal(content: bytes) -> Refusal | None:
    """Judge a file as posting does before it books anything."""
    documents, diagnostics = read_remittances(content)
    practice = practice_config().practice
    return refusal_of(
        documents,
        findings_of(diagnostics),
        [gap for document in documents for gap in remittance_gaps(document)],
        payee_npis=frozenset({practice.npi}),
        payee_tin=practice.tin,
        posted={},
    )


def judge(seed: int, number: int) -> tuple[bool, bool]:
    """Tell of one file whether it adds up, and whether it would be posted."""
    segments = changed(seed, number)
    return adds_up(segments), refusal(join(segments)) is None


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge as many files as the command line asks for."""
    parser = argparse.ArgumentParser(prog="tests.fuzz.remittance_balance")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    out, counts = Console(), Counter[bool]()
    for number in track(range(options.files), "judging", console=out):
        is_even, is_posted = judge(options.seed, number)
        counts[is_even] += 1
        if is_even is not is_posted:
            out.print(f"file {number} of seed {options.seed}: adds up {is_even}")
            sys.exit(1)
    out.print(f"{counts[True]} added up and none was refused; {counts[False]} did not, all were")


if __name__ == "__main__":
    main()
