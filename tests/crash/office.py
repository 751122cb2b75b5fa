"""The world of the crash tests: a clinic, its payer, its mail server, and copies of all of them."""

import json
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from revcycle.settings import settings
from revcycle.store.session import engine_for
from tests.crash import clinic
from tests.crash.failpoints import Failpoints
from tests.crash.payer import Payer
from tests.crash.people import mails_kept

Work = Callable[[], None]
Picture = dict[str, Counter[str]]
NOW = "now"


@dataclass(frozen=True)
class Office:
    """The folders: ``now`` is the world that is worked in, others are copies of it."""

    home: Path
    payer: Payer
    failpoints: Failpoints

    @property
    def mails(self) -> Path:
        """Where the mail server keeps what it took."""
        return self.home / "mails"

    def keep(self, name: str) -> None:
        """Copy the world as it is now."""
        engine_for(settings().database).dispose()
        shutil.rmtree(self.home / name, ignore_errors=True)
        shutil.copytree(self.home / NOW, self.home / name)

    def restore(self, name: str) -> None:
        """Go back to a copy; the mail server forgets."""
        engine_for(settings().database).dispose()
        shutil.rmtree(self.home / NOW)
        shutil.copytree(self.home / name, self.home / NOW)
        for mail in self.mails.glob("*.eml"):
            mail.unlink()

    def walk(self, work: Work, *, is_alone: bool) -> list[str]:
        """Do something undisturbed; return the points it passes."""
        trail = self.home / "trail.json"

        def watched() -> None:
            self.failpoints.restart()
            work()
            trail.write_text(json.dumps(self.failpoints.trail))

        if is_alone:
            wait_for(fork(watched))
        else:
            watched()
        passed: list[str] = json.loads(trail.read_text())
        return passed

    def start(self, work: Work, point: int | None = None, number: int = signal.SIGKILL) -> int:
        """Start work in a copy of this process that gets a signal when it comes to a point."""

        def watched() -> None:
            self.failpoints.restart(point, signal.Signals(number))
            work()

        return fork(watched)

    def check(self, works: Sequence[Work], expected: Picture) -> list[str]:
        """Do what is left to do in a copy of this process, and compare."""
        outcome = self.home / "outcome.json"

        def work() -> None:
            self.failpoints.restart()
            for one in works:
                one()
            outcome.write_text(json.dumps(self.differences(expected)))

        status = wait_for(fork(work))
        if status:
            return [f"the run after it ended with {status}"]
        found: list[str] = json.loads(outcome.read_text())
        return found

    def look(self) -> Picture:
        """Say what stands in our database, and in the records of payer and mail server."""
        claims = self.payer.taken()
        totals = Counter({"versions": len(claims), "times": sum(claims.values())})
        mails = Counter({"mails": mails_kept(self.mails).total()})
        ours = clinic.picture(self.payer.clinic_home)
        return {**ours, "taken by the payer": totals, "kept by the mail server": mails}

    def differences(self, expected: Picture) -> list[str]:
        """Name violated invariants, what happened twice, and what is not as it should be."""
        found = self.look()
        return [
            *clinic.violations(),
            *(f"{one} was taken {n} times" for one, n in self.payer.taken().items() if n > 1),
            *(f"{one} left {n} times" for one, n in mails_kept(self.mails).items() if n > 1),
            *(
                f"{name}: too much {found[name] - wanted}, missing {wanted - found[name]}"
                for name, wanted in expected.items()
                if found[name] != wanted
            ),
        ]


def fork(work: Callable[[], None]) -> int:
    """Do something in a copy of this process; return its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 - whatever it is, this copy must not go on
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def wait_for(child: int) -> int:
    """Wait until a copy ends; return its exit code, or the negative number of a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
