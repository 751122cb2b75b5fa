"""Kill ``revcycle demo`` at random moments, let it come to its end, and compare the records.

``python -m tests.crash.kill_the_demo --kills 10 --encounters 8 --seed 7`` exits with 1 if anything
was lost or happened twice. The same seed kills at the same shares of an undisturbed day.
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
        for violation in self.violations:
            out.print(f"VIOLATION {violation}", markup=False)
        if not self.violations:
            out.print("Nothing was lost, nothing happened twice.")


def kill_moments(kills: int, seconds: float, seed: int) -> list[float]:
    """Draw one moment in each equal share of the day, in random order."""
    draw = random.Random(seed)  # noqa: S311 - not cryptography
    moments = [seconds * (share + draw.random()) / kills for share in range(kills)]
    draw.shuffle(moments)
    return moments


def kill_and_compare(home: Path, *, kills: int, encounters: int, seed: int) -> Report:
    """Run undisturbed; kill; run to the end; run once more; compare after each."""
    report = Report()
    undisturbed = DemoProcess(home / "undisturbed", encounters, DEMO_SEED)
    ended = undisturbed.run()
    report.add("undisturbed", ended, must_end=True)
    killed = DemoProcess(home / "killed", encounters, DEMO_SEED)
    for number, moment in enumerate(kill_moments(kills, ended.seconds, seed), start=1):
        report.add(f"kill {number}", killed.run(moment))
    pictures = {"undisturbed": count(undisturbed.home)}
    for name in ("after the kills", "once more"):
        report.add(name, killed.run(), must_end=True)
        report.violations += [
            f"{name}: {one}"
            for one in (*killed.verify(), *compare(killed.home), *doubled(killed.home))
        ]
        pictures[name] = count(killed.home)
    report.violations += differences(pictures)
    print_counts(pictures)
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
    if any((home / name).exists() for name in ("undisturbed", "killed")):
        parser.error(f"{home} holds an earlier test; name an empty folder")
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
