"""The sandbox killed at many points of its work: the next start goes on where it stopped."""

import hashlib
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest

from revcycle.sandbox import record
from revcycle.sandbox.rulebook import Rulebook, read_rulebook
from tests.integration.sandbox.sandbox_office import ACCOUNT, open_office
from tests.unit.sandbox.sandbox_examples import a_claim, a_claim_file, rules

POINTS = 24
COUNTED = ("call", "c_call", "return", "c_return")


def a_day(home: Path, rulebook: Rulebook) -> None:
    """Two files lie there; the second is the first once more."""
    with open_office(home, rulebook) as office:
        for name in ("one.837", "again.837"):
            path = office.account.inbox / name
            if not path.exists() and not (path.parent / "archive" / name).exists():
                path.write_bytes(a_claim_file(a_claim("C-1"), a_claim("C-2")))


def work(home: Path, rulebook: Rulebook) -> None:
    with open_office(home, rulebook) as office:
        office.room.make_round()


def count_points(home: Path, rulebook: Rulebook) -> int:
    """Count the calls the work makes from its own code."""
    counts: Counter[str] = Counter()

    def profile(frame: FrameType, event: str, _: object) -> None:
        if "sandbox" in frame.f_code.co_filename:
            counts[event] += 1

    sys.setprofile(profile)
    try:
        work(home, rulebook)
    finally:
        sys.setprofile(None)
    return sum(counts[event] for event in COUNTED)


def work_until_killed(home: Path, rulebook: Rulebook, point: int) -> None:
    """Fork; the child works and is killed when it comes to ``point``."""
    child = os.fork()
    if child == 0:
        left = point

        def profile(frame: FrameType, event: str, _: object) -> None:
            nonlocal left
            if event in COUNTED and "sandbox" in frame.f_code.co_filename:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(profile)
        try:
            work(home, rulebook)
        finally:
            os._exit(1)  # it should have been killed
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child came to its end"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_call_it_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    rulebook = read_rulebook(rules(tmp_path, duplicate=1))
    a_day(tmp_path / "unharmed", rulebook)
    calls = count_points(tmp_path / "unharmed", rulebook)
    expected = picture(tmp_path / "unharmed")
    for number in range(POINTS):
        home = tmp_path / f"killed-{number}"
        a_day(home, rulebook)
        work_until_killed(home, rulebook, 1 + number * (calls - 1) // POINTS)
        work(home, rulebook)
        assert record.pending_work(home) == 0
        assert picture(home) == expected, f"killed at point {number} of {POINTS}"


def picture(home: Path) -> tuple[object, ...]:
    """What must be the same whether or not it was killed."""
    left = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (home / "collect").iterdir()
        if not path.name.endswith(".part")
    }
    answers = {answer.name: answer.sha256 for answer in record.answer_files(home)}
    assert left == answers
    return (
        sorted(left),
        sorted(path.name for path in (home / "send").iterdir()),
        record.accepted_claim_versions(home),
        record.decided_claims(home),
        record.summary(home)[ACCOUNT],
    )
