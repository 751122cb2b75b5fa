"""``revcycle demo``: one business day of the invented practices, end to end."""

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status

from models.documents.client_config import ClientConfig
from models.errors import RejectedError
from revcycle.connectors import clock
from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from revcycle.synthetic.answers import Answer, read_answers
from revcycle.synthetic.evening import SyntheticEvening
from workbench.commands.business_day import BusinessDay
from workbench.commands.code_lists import loading_codes, wait_for_codes
from workbench.commands.console import err, out
from workbench.commands.cycle import store_files
from workbench.commands.day_summary import (
    count_practice,
    print_practice,
    print_staff,
    print_waiting,
    write_summary,
)
from workbench.commands.demo_lists import load_demo_lists
from workbench.commands.demo_staff import (
    DEFAULT_HOME,
    FILE_NAME,
    DemoSignIn,
    code_command,
    enter_demo_staff,
)
from workbench.commands.invented_input import (
    ANSWERS_NAME,
    invent_day,
    invent_evening,
    write_day,
)
from workbench.commands.nightly_learning import learn_from_charts
from workbench.commands.payer_truth import check_payer_truth
from workbench.commands.practices import read_clients, register_clients
from workbench.commands.surroundings import Ports, surroundings
from workbench.commands.verify import print_results, verify_all

ENCOUNTERS = 60
SEED = 7


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the day is made of."""

    home: Path
    encounters: int
    seed: int
    inboxes: dict[str, Path]


class Sayer:
    """Tells how far the day is: one moving line on a terminal, plain lines in a pipe."""

    def __init__(self) -> None:
        self._status: Status | None = None

    def __call__(self, text: str) -> None:
        """Say what happens now; nothing ends it."""
        if not err.is_terminal:
            if text:
                err.print(text)
            return
        if self._status is None:
            self._status = err.status(text)
            self._status.start()
        elif text:
            self._status.update(text)
        else:
            with suppress(RuntimeError):
                self._status.stop()
            self._status = None


def demo(
    home: Annotated[Path, typer.Option(help="where its state lives; kept between runs")] = (
        DEFAULT_HOME
    ),
    encounters: Annotated[int, typer.Option(min=1, help="per practice")] = ENCOUNTERS,
    seed: Annotated[int, typer.Option(help="the same seed invents the same day")] = SEED,
    inbox: Annotated[
        list[str] | None,
        typer.Option(help="CLIENT=DIR: take these files instead of invented ones; repeatable"),
    ] = None,
) -> None:
    """Run one business day of every practice; exit 0 only if every invariant holds."""
    started = time.monotonic()
    options = DemoOptions(home, encounters, seed, read_inboxes(inbox or []))
    configs = read_clients()
    logging.getLogger("prefect").setLevel(logging.WARNING)
    say = Sayer()
    say("starting Prefect, the payer and the mail server")
    accounts = [config.key for config in configs]
    with surroundings(home, accounts, seed=seed, ports=Ports()):
        has_failed = run_day(options, configs, say, started)
    say("")
    raise typer.Exit(1 if has_failed else 0)


def run_day(options: DemoOptions, configs: list[ClientConfig], say: Sayer, started: float) -> bool:
    """Bring input in, run the day, print and verify it; tell whether anything is wrong."""
    prepare(configs)
    load_demo_lists()
    people = enter_demo_staff(configs)
    answers = bring_input(options, configs)
    sandbox_home = options.home / "sandbox"
    day = BusinessDay(configs, answers, invent_evenings(options, configs), sandbox_home, say)
    with loading_codes(options.home) as codes:
        day.run()
        wait_for_codes(codes)
    say("learning which codes the practices use")
    for config in configs:
        learn_from_charts(config)
    say("counting and verifying")
    results = [*verify_all(), *check_payer_truth(sandbox_home, configs)]
    days = [count_practice(config) for config in configs]
    say("")
    for one in days:
        print_practice(one, out)
    print_staff(day.staff, out)
    print_waiting(days, out)
    print_results(results)
    has_failed = bool(day.failed) or any(result.violations for _, result in results)
    facts = {
        "encounters": options.encounters,
        "seed": options.seed,
        "seconds": round(time.monotonic() - started, 1),
        "failed_cycles": day.failed,
        "is_good": not has_failed,
    }
    write_summary(options.home / "summary.json", days, day.staff, results, facts)
    out.print(f"{facts['seconds']} seconds; summary in {options.home / 'summary.json'}")
    _say_how_to_look(options.home, people)
    return has_failed


def _say_how_to_look(home: Path, people: Sequence[DemoSignIn]) -> None:
    """Lead from the end of the day to the pages that show it; the password stays in its file."""
    up = "make up" if home == DEFAULT_HOME else f"revcycle up --home {home}"
    first = people[0]
    lines = (
        f"Look at it:  {up}  and open the address of the workbench that it prints.",
        f"Sign in:     as {first.login}, or as another of {home / FILE_NAME}, with what it says.",
        f"The code:    {code_command(first)}",
    )
    for line in lines:
        out.print(line, markup=False, highlight=False, soft_wrap=True)


def prepare(configs: list[ClientConfig]) -> None:
    """Bring the database and the drop folders up to the client files."""
    home = settings().home
    home.mkdir(parents=True, exist_ok=True)
    upgrade_database(settings().database)
    register_clients(configs)
    for config in configs:
        folders = [source.folder for source in config.intake]
        if config.bank and config.bank.folder and config.bank.kind == "directory":
            folders.append(config.bank.folder)
        for folder in folders:
            (home / folder).mkdir(parents=True, exist_ok=True)


def bring_input(options: DemoOptions, configs: list[ClientConfig]) -> dict[str, dict[str, Answer]]:
    """Drop invented files, or store the given ones; return what simulated staff may know."""
    answers: dict[str, dict[str, Answer]] = {}
    for config in configs:
        if config.key in options.inboxes:
            store_files(config.key, [options.inboxes[config.key]])
            continue
        invented = invent_day(
            config,
            encounters=options.encounters,
            seed=options.seed,
            service_date=clock.today_in(config.zone()),
        )
        folders = {source.key: settings().home / source.folder for source in config.intake}
        answers_folder = options.home / "answers" / config.key
        write_day(invented, folders, answers_folder)
        answers[config.key] = read_answers((answers_folder / ANSWERS_NAME).read_bytes())
    return answers


def invent_evenings(
    options: DemoOptions, configs: list[ClientConfig]
) -> dict[str, SyntheticEvening]:
    """Invent what comes in late, at every practice whose files are invented."""
    return {
        config.key: invent_evening(
            config, seed=options.seed, service_date=clock.today_in(config.zone())
        )
        for config in configs
        if config.key not in options.inboxes
    }


def read_inboxes(texts: list[str]) -> dict[str, Path]:
    """Read ``CLIENT=DIR`` options.

    Raises:
        RejectedError: one is not of this form, or names no folder.
    """
    inboxes = {}
    for text in texts:
        key, _, folder = text.partition("=")
        if not Path(folder).is_dir():
            msg = f"--inbox takes CLIENT=DIR with a folder that exists, not {text}"
            raise RejectedError(msg)
        inboxes[key] = Path(folder)
    return inboxes
