"""Disturb every step of a practice's day at many points, do it again, and compare the days.

A program of its own, because it forks: ``python -m tests.crash.sweep --home DIR --how killed``
prints what it found as JSON. The payer and the mail server are never inside what is disturbed.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from models.documents.client_config import ResendPolicy
from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from tests.crash import clinic
from tests.crash.day import Step, day_of, send_naively
from tests.crash.failpoints import AFTER_SAVEPOINT, BEFORE_COMMIT, Failpoints
from tests.crash.office import Office, Picture, Work, wait_for
from tests.crash.payer import Payer
from tests.unit.sandbox.sandbox_examples import a_rulebook
from workbench.commands.mail import READY_NAME
from workbench.commands.processes import running

POINTS_PER_STEP = 6
START_SECONDS = 60
HOLDS_THE_DATABASE = (BEFORE_COMMIT, AFTER_SAVEPOINT)  # who is stopped there stops all others


class How(StrEnum):
    """The ways to disturb a step."""

    KILLED = "killed"  # by SIGKILL; then it runs again
    STOPPED = "stopped"  # by SIGSTOP; a second run does the work; then the first goes on
    TWICE = "twice"  # two runs at the same time


@dataclass
class Finding:
    """What disturbing one step came to."""

    step: str
    how: How
    points: int  # that the step passes undisturbed
    disturbed_at: list[str] = field(default_factory=list)  # kinds of point
    refused: int = 0  # runs that ended with an error because another did the work
    failures: list[str] = field(default_factory=list)


def sweep(office: Office, steps: Sequence[Step], ways: Sequence[How], only: str) -> list[Finding]:
    """Do the day step by step, and each step again for every point to disturb it at."""
    chosen = [step for step in steps if step.is_disturbed and step.name.startswith(only)]
    findings: list[Finding] = []
    for step in steps[: steps.index(chosen[-1]) + 1]:
        office.keep("before")
        trail = office.walk(step.work, is_alone=step.is_alone)
        if step in chosen:
            office.keep("after")
            findings += sweep_step(office, step, ways, trail)
            office.restore("after")
    return findings


def sweep_step(
    office: Office, step: Step, ways: Sequence[How], trail: list[str]
) -> Iterator[Finding]:
    """Disturb one step in every way, each time compared with the undisturbed one."""
    for work in step.then:
        work()
    expected = office.look()
    assert not office.differences(expected), f"{step.name} is wrong even undisturbed"
    for how in ways:
        yield disturb_step(office, step, how, trail, expected)


def disturb_step(
    office: Office, step: Step, how: How, trail: list[str], expected: Picture
) -> Finding:
    """Disturb one step in one way at points from its first to its last."""
    finding = Finding(step.name, how, len(trail))
    for number, point in enumerate(choose_points(trail, how), start=1):
        office.restore("before")
        finding.disturbed_at.append(trail[point - 1])
        codes = DISTURB[how](office, step, point)
        finding.refused += sum(code != 0 for code in codes)
        again = list(what_follows(step, how, goes_world_on=bool(number % 2)))
        for failure in office.check(again, expected):
            finding.failures.append(f"point {point}, {trail[point - 1]}: {failure}")
    return finding


def choose_points(trail: Sequence[str], how: How) -> list[int]:
    """Choose some points from the first to the last, and one of every kind."""
    usable = [
        number
        for number, name in enumerate(trail, start=1)
        if how is not How.STOPPED or name not in HOLDS_THE_DATABASE
    ]
    count = min(len(usable), POINTS_PER_STEP)
    spread = {usable[part * (len(usable) - 1) // max(count - 1, 1)] for part in range(count)}
    met = {trail[point - 1] for point in spread}
    first_of_others = {trail[point - 1]: point for point in reversed(usable)}
    return sorted(spread | {point for name, point in first_of_others.items() if name not in met})


def what_follows(step: Step, how: How, *, goes_world_on: bool) -> Iterator[Work]:
    """Order what is done before the days are compared."""
    if how is How.KILLED:
        if step.meanwhile and goes_world_on:
            yield step.meanwhile
        yield step.work
    yield from step.then


def kill(office: Office, step: Step, point: int) -> list[int]:
    """Kill a run."""
    code = wait_for(office.start(step.work, point))
    assert code == -signal.SIGKILL, f"{step.name} was not killed at point {point}"
    return []


def stop(office: Office, step: Step, point: int) -> list[int]:
    """Stop a run, let another one come and go, and let the first go on."""
    first = office.start(step.work, point, signal.SIGSTOP)
    _, status = os.waitpid(first, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"{step.name} was not stopped at point {point}"
    second_code = wait_for(office.start(step.work))
    os.kill(first, signal.SIGCONT)
    return [wait_for(first), second_code]


def run_twice(office: Office, step: Step, _point: int) -> list[int]:
    """Run two at once."""
    both = [office.start(step.work) for _ in range(2)]
    return [wait_for(one) for one in both]


DISTURB: dict[How, Callable[[Office, Step, int], list[int]]] = {
    How.KILLED: kill,
    How.STOPPED: stop,
    How.TWICE: run_twice,
}


@contextmanager
def opened_office(home: Path, policy: ResendPolicy, *, is_naive: bool) -> Generator[Office]:
    """Found everything; the payer refuses repeated interchanges only if we rely on it."""
    home.mkdir(parents=True, exist_ok=True)
    refuses = policy is ResendPolicy.IDENTICAL and not is_naive
    text = f"reject_duplicate_interchanges = {str(refuses).lower()}"
    rulebook = a_rulebook(home, text, rejection=0.1, denial=0.15, copay=0.6, deductible=0.3)
    payer = Payer(home / "now" / "payer", home / "now" / "clinic", rulebook)
    payer.home.mkdir(parents=True)
    empty = home / "empty.sqlite3"
    upgrade_database(f"sqlite:///{empty}")
    clinic.found_clinic(payer.clinic_home, empty, policy)
    os.environ["REVCYCLE_HOME"] = str(payer.clinic_home)
    os.environ["REVCYCLE_CLIENT_CONFIGS"] = str(payer.clinic_home / "client_configs")
    watched = (str(payer.clinic_home / "exchange"), str(payer.clinic_home / clinic.INTAKE))
    office = Office(home, payer, Failpoints(*watched))
    with mail_server(office.mails, home / "logs"):
        yield office


@contextmanager
def mail_server(folder: Path, log_folder: Path) -> Generator[None]:
    """Run the mail catcher, and tell the tasks where."""
    ready = folder / READY_NAME
    command = [sys.executable, "-m", "workbench.commands", "mail-catcher", "--folder", str(folder)]
    with running("mails", command, log_folder=log_folder, is_ready=ready.exists) as child:
        child.wait_until_ready(START_SECONDS)
        os.environ["REVCYCLE_SMTP_HOST"] = "127.0.0.1"
        os.environ["REVCYCLE_SMTP_PORT"] = str(json.loads(ready.read_text())["port"])
        os.environ["REVCYCLE_SMTP_CA_FILE"] = str(folder / "certificate.pem")
        settings.cache_clear()
        yield


def main() -> None:
    """Sweep and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--how", type=How, nargs="+", default=[How.KILLED])
    parser.add_argument("--policy", type=ResendPolicy, default=ResendPolicy.IDENTICAL)
    parser.add_argument("--only", default="", help="disturb steps whose names begin like this")
    parser.add_argument("--naive", action="store_true", help="send, then say so")
    options = parser.parse_args()
    with opened_office(options.home.resolve(), options.policy, is_naive=options.naive) as office:
        steps = day_of(office, send_naively if options.naive else clinic.send)
        findings = sweep(office, steps, options.how, options.only)
    sys.stdout.write(json.dumps([asdict(finding) for finding in findings]))


if __name__ == "__main__":
    main()
