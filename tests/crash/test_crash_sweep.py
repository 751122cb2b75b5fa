"""A practice's day, disturbed at many points of every step: nothing is lost, nothing doubled."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.crash.failpoints import AFTER_COMMIT, BEFORE_COMMIT, FILE_EVENTS

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 600
STEPS = (
    "take in",
    "ask",
    "send questions",
    "collect answers",
    "hear",
    "bill",
    "send claims",
    "collect remittances",
    "acknowledge",
    "post",
    "release",
    "mail",
)
POINTS_WANTED = 60


@dataclass(frozen=True)
class Swept:
    """What the sweep said of each step."""

    steps: list[str]
    disturbed_at: list[str]
    failures: list[str]


def swept(home: Path, *options: str) -> Swept:
    """Run a sweep as the program it is."""
    command = [sys.executable, "-m", "tests.crash.sweep", "--home", str(home / "office"), *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS
    )
    assert done.returncode == 0, done.stderr[-2000:]
    findings = json.loads(done.stdout)
    return Swept(
        [one["step"] for one in findings],
        [point for one in findings for point in one["disturbed_at"]],
        [f"{one['step']}: {failure}" for one in findings for failure in one["failures"]],
    )


def test_killed_at_any_point_of_a_day_a_practice_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = swept(tmp_path)
    assert found.failures == []
    assert tuple(found.steps) == STEPS
    assert len(found.disturbed_at) >= POINTS_WANTED
    assert set(found.disturbed_at) >= {BEFORE_COMMIT, AFTER_COMMIT, *FILE_EVENTS.values()}


def test_a_partner_that_takes_everything_twice_gets_nothing_twice(tmp_path: Path) -> None:
    """Neither from a sender that was killed, nor from two at once, nor from one that slept."""
    ways = ("killed", "twice", "stopped")
    found = swept(tmp_path, "--how", *ways, "--policy", "hold", "--only", "send")
    assert found.failures == []
    assert tuple(found.steps) == ("send questions",) * 3 + ("send claims",) * 3


def test_a_sender_that_sends_before_it_says_so_is_caught(tmp_path: Path) -> None:
    found = swept(tmp_path, "--naive", "--policy", "hold", "--only", "send claims")
    assert any("was taken 2 times" in failure for failure in found.failures)
