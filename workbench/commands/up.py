"""``revcycle up``: everything over the demo's data, until Ctrl-C."""

import logging
import signal
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from revcycle.settings import settings
from workbench.commands.automations import sync_automations
from workbench.commands.code_lists import loading_codes
from workbench.commands.console import err, out
from workbench.commands.demo import (
    ENCOUNTERS,
    SEED,
    DemoOptions,
    Sayer,
    prepare,
    run_day,
)
from workbench.commands.demo_staff import DEFAULT_HOME, enter_demo_staff, print_demo_staff
from workbench.commands.deployments import WORK_POOL, deployment_specs, sync_deployments
from workbench.commands.practices import read_clients
from workbench.commands.processes import Child, is_listening, require_free, running
from workbench.commands.surroundings import REVCYCLE, START_SECONDS, Ports, surroundings

PREFECT_PORT, SANDBOX_PORT, WORKBENCH_PORT = 4200, 2222, 8000
WORKER_RUNS_MAX = 2


def up(
    home: Annotated[Path, typer.Option(help="the demo's state")] = DEFAULT_HOME,
    prefect_port: Annotated[int, typer.Option()] = PREFECT_PORT,
    sandbox_port: Annotated[int, typer.Option()] = SANDBOX_PORT,
    workbench_port: Annotated[int, typer.Option()] = WORKBENCH_PORT,
) -> None:
    """Run the demo if it never ran here, then stay: Prefect, worker, payer, mails, workbench."""
    for port, what in (
        (prefect_port, "Prefect server"),
        (sandbox_port, "sandbox payer"),
        (workbench_port, "workbench"),
    ):
        require_free(port, what)
    logging.getLogger("prefect").setLevel(logging.WARNING)
    configs = read_clients()
    say = Sayer()
    say("starting Prefect, the payer and the mail server")
    ports = Ports(prefect_port, sandbox_port)
    accounts = [config.key for config in configs]
    with surroundings(home, accounts, seed=SEED, ports=ports) as api_url, ExitStack() as stack:
        if not (home / "summary.json").exists():
            run_day(DemoOptions(home, ENCOUNTERS, SEED, {}), configs, say, time.monotonic())
        prepare(configs)
        stack.enter_context(loading_codes(home))
        people = enter_demo_staff(configs)
        say("making the deployments")
        sync_deployments(deployment_specs(configs), is_dry_run=False, is_forced=True)
        sync_automations(settings().alert_url, is_dry_run=False)
        pages = stack.enter_context(_workbench(home, workbench_port, api_url))
        worker = stack.enter_context(_worker(home))
        pages.wait_until_ready(START_SECONDS)
        say("")
        print_demo_staff(people, out)
        _print_addresses(prefect_port, sandbox_port, workbench_port)
        _wait_for_ctrl_c([pages, worker])
        err.print("stopping: worker, workbench, mail server, payer, Prefect")


def _print_addresses(prefect_port: int, sandbox_port: int, workbench_port: int) -> None:
    pages = f"http://127.0.0.1:{workbench_port}"
    out.print(f"Workbench          {pages}/", markup=False)
    out.print(f"Mails              {pages}/mails", markup=False)
    out.print(f"Prefect            http://127.0.0.1:{prefect_port}/", markup=False)
    out.print(f"Sandbox payer      sftp://127.0.0.1:{sandbox_port}", markup=False)
    out.print(f"State              {settings().home}", markup=False)
    out.print("Ctrl-C stops everything.")


@contextmanager
def _workbench(home: Path, port: int, api_url: str) -> Generator[Child]:
    command = (
        *REVCYCLE,
        "workbench",
        "--port",
        str(port),
        "--mail-folder",
        str(home / "mails"),
        "--prefect-url",
        api_url.removesuffix("/api"),
    )
    with running(
        "workbench", command, log_folder=home / "logs", is_ready=lambda: is_listening(port)
    ) as child:
        yield child


@contextmanager
def _worker(home: Path) -> Generator[Child]:
    """Run a worker; it is stopped before the server, because without one it does not end."""
    command = (
        sys.executable,
        *("-m", "prefect", "worker", "start", "--type", "process"),
        *("--pool", WORK_POOL, "--limit", str(WORKER_RUNS_MAX), "--name", "revcycle-up"),
    )
    with running("worker", command, log_folder=home / "logs", is_ready=lambda: True) as child:
        yield child


def _wait_for_ctrl_c(children: list[Child]) -> None:
    """Stay until somebody ends us, or a child ends by itself."""
    stop_asked = False

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stop_asked
        stop_asked = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    while not stop_asked:
        for child in children:
            if child.process.poll() is not None:
                err.print(f"{child.name} has ended; see {child.log_path}", markup=False)
                return
        time.sleep(0.2)
