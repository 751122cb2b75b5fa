"""Kill ``revcycle demo`` at random moments, let it come to its end, and compare the records.

``python -m tests.crash.kill_the_demo --kills 10 --encounters 8 --seed 7`` exits with 1 if anything
was lost or happened twice. The same seed kills at the same parts of a day.
"""

import argparse
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.crash.demo_process import DemoProcess, Ended
from tests.crash.two_records import compare, count, doubled

DEMO_SEED = 7
LAST_SHARE = 0.95  # of the day; later there is little left to disturb
SAME_AS_UNDISTURBED = (
    "inbound files of the practices",
    "intake records",
    "encounters",
    "patients",
)
out = Console(width=110, soft_wrap=True)


@dataclass
class Report:
    """What happened, in the order it did."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    pictures: dict[str, dict[str, int]] = field(default_factory=dict)

    def judge(self, name: str, process: DemoProcess) -> None:
        """Compare the records of a day that came to its end."""
        found = (*process.verify(), *compare(process.home), *doubled(process.home))
        self.violations += [f"{name}: {one}" for one in found]
        self.pictures[name] = count(process.home)

    def add(self, what: str, ended: Ended, *, must_end: bool = False) -> None:
        """Note how a run ended; say so at once, for it takes minutes."""
        how = "killed" if ended.code is None else f"exit code {ended.code}"
        if ended.survivors:
            self.violations.append(f"{what}: {ended.survivors} processes outlived it")
        if must_end and ended.code != 0:
            self.violations.append(f"{what}: {how}")
        self.rows.append((what, f"{ended.seconds:.1f} s", how, ended.doing))
        out.print(f"{what}: {how} after {ended.seconds:.1f} s: {ended.doing}", markup=False)

    def print(self) -> None:
        """Print the table of moments, and what is wrong."""
        table = Table("run", "lasted", "outcome", "was doing", title="Kills")
        for row in self.rows:
            table.add_row(*row)
        out.print(table)
        print_counts(self.pictures)
        for violation in self.violations:
            out.print(f"VIOLATION {violation}", markup=False)
        if not self.violations:
            out.print("Nothing was lost, nothing happened twice.")


def kill_shares(kills: int, seed: int) -> list[float]:
    """Draw one moment in each equal part of the day, in random order; 1 would be its end."""
    draw = random.Random(seed)  # noqa: S311 - not cryptography
    shares = [LAST_SHARE * (part + draw.random()) / kills for part in range(kills)]
    draw.shuffle(shares)
    return shares


def kill_and_compare(home: Path, *, kills: int, encounters: int, seed: int) -> Report:
    """Run undisturbed; kill; run to the end; run once more; compare after each.

    A day that comes to its end before the kill counts as such, and the next kill meets a new one:
    killing what has nothing left to do would prove nothing.
    """
    report = Report()
    undisturbed = DemoProcess(home / "undisturbed", encounters, DEMO_SEED)
    ended = undisturbed.run()
    report.add("undisturbed", ended, must_end=True)
    report.pictures["undisturbed"] = count(undisturbed.home)
    shares, day_seconds, number = kill_shares(kills, seed), ended.seconds, 0
    while shares:
        number += 1
        process = DemoProcess(home / f"day-{number}", encounters, DEMO_SEED)
        while shares:
            ended = process.run(shares[0] * day_seconds)
            if ended.code is not None:
                report.add(f"day {number}, too fast to be killed", ended, must_end=True)
                day_seconds = min(day_seconds, ended.seconds)
                break
            report.add(f"day {number}, kill {kills - len(shares) + 1}", ended)
            shares.pop(0)
        else:
            report.add(f"day {number}, to its end", process.run(), must_end=True)
        report.judge(f"day {number}", process)
    report.add(f"day {number}, once more", process.run(), must_end=True)
    report.judge(f"day {number} again", process)
    report.violations += differences(report.pictures)
    return report


def differences(pictures: dict[str, dict[str, int]]) -> list[str]:
    """Say where input was lost or doubled: it was the same in every run."""
    return [
        f"{name}: {picture[what]} {what}, not {pictures['undisturbed'][what]}"
        for name, picture in pictures.items()
        for what in SAME_AS_UNDISTURBED
        if picture[what] != pictures["undisturbed"][what]
    ]


def print_counts(pictures: dict[str, dict[str, int]]) -> None:
    """Print the counts side by side; later runs may move work on, never repeat it."""
    table = Table("count", *pictures, title="Counts")
    for what in pictures["undisturbed"]:
        table.add_row(what, *(str(picture[what]) for picture in pictures.values()))
    out.print(table)


def main() -> int:
    """Read the options, run, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--encounters", type=int, default=8, help="per practice")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--home", type=Path, help="kept; without it a folder that is removed")
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="revcycle-crash-"))
    if home.exists() and any(home.iterdir()):
        parser.error(f"{home} is not empty")
    report = kill_and_compare(
        home, kills=options.kills, encounters=options.encounters, seed=options.seed
    )
    report.print()
    if report.violations:
        out.print(f"Everything is kept in {home}", markup=False)
    elif options.home is None:
        shutil.rmtree(home)
    return 1 if report.violations else 0


if __name__ == "__main__":
    sys.exit(main())
