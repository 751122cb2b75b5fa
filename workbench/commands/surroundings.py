"""What the product needs around it: Prefect, a payer, a mail server, all on this machine."""

import json
import os
import sys
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh
from prefect.settings import (
    PREFECT_API_SSL_CERT_FILE,
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)

from revcycle.settings import settings
from workbench.commands.mail import READY_NAME
from workbench.commands.prefect_environment import prefect_variables
from workbench.commands.processes import Child, free_port, running

START_SECONDS = 120  # a Prefect server takes 10 s on a quiet machine and a minute on a busy one
# A server for one machine: records come in hundreds a minute and are written in batches.
SERVER_VARIABLES = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
}
REVCYCLE = (sys.executable, "-m", "workbench.commands")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where things listen on the loopback interface; 0 takes any free port."""

    prefect: int = 0
    sandbox: int = 0


@contextmanager
def surroundings(home: Path, accounts: Sequence[str], *, seed: int, ports: Ports) -> Generator[str]:
    """Start Prefect, the sandbox payer and the mail catcher; yield the URL of Prefect's API.

    Everything that differs between machines is set in the environment, so that our own code and
    every child read it in the one way that production does.
    """
    prefect_port = ports.prefect or free_port()
    api_url = f"http://127.0.0.1:{prefect_port}/api"
    _set_environment(
        {
            **_own_variables(home),
            **prefect_variables(home),
            **SERVER_VARIABLES,
            "PREFECT_API_URL": api_url,
        }
    )
    with ExitStack() as stack:
        prefect = stack.enter_context(_prefect(home, prefect_port, api_url))
        sandbox = stack.enter_context(_sandbox(home, accounts, seed, ports.sandbox))
        mail = stack.enter_context(_mail_catcher(home))
        for child in (sandbox, mail, prefect):
            child.wait_until_ready(START_SECONDS)
        _set_environment(_partner_variables(home))
        stack.enter_context(temporary_settings(_client_settings(home, api_url)))
        yield api_url


def _client_settings(home: Path, api_url: str) -> dict[Any, Any]:
    """Say how our own process talks to the server.

    Prefect's client reads a file of authorities anew for each flow run, 40 ms for the usual one,
    though plain HTTP on this machine needs none. A file with one certificate costs nothing.
    """
    return {
        PREFECT_API_URL: api_url,
        PREFECT_API_SSL_CERT_FILE: str(_certificate(home)),
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }


def _certificate(home: Path) -> Path:
    return (home / "mails" / "certificate.pem").resolve()


def _set_environment(variables: Mapping[str, str]) -> None:
    os.environ.update(variables)
    settings.cache_clear()


def _own_variables(home: Path) -> dict[str, str]:
    """Name our folders from the root: a worker's flow runs start elsewhere."""
    return {
        "REVCYCLE_HOME": str(home.resolve()),
        "REVCYCLE_CLIENT_CONFIGS": str(settings().client_configs.resolve()),
    }


def _partner_variables(home: Path) -> dict[str, str]:
    return {
        "REVCYCLE_SFTP_HOST": "127.0.0.1",
        "REVCYCLE_SFTP_PORT": str(_read_port(home / "sandbox" / "ready.json")),
        "REVCYCLE_SFTP_KEY": f"file:{_client_key(home)}",
        "REVCYCLE_SFTP_HOST_KEY": f"file:{(home / 'sandbox' / 'host_key.pub').resolve()}",
        "REVCYCLE_SMTP_HOST": "127.0.0.1",
        "REVCYCLE_SMTP_PORT": str(_read_port(home / "mails" / READY_NAME)),
        "REVCYCLE_SMTP_CA_FILE": str(_certificate(home)),
    }


def _read_port(path: Path) -> int:
    return int(json.loads(path.read_text())["port"])


def _client_key(home: Path) -> Path:
    """Make, once, the key with which we sign in at the sandbox."""
    path = (home / "keys" / "sftp").resolve()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_public_key(str(path.with_suffix(".pub")))
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        key.write_private_key(str(part))
        part.rename(path)
    return path


@contextmanager
def _prefect(home: Path, port: int, api_url: str) -> Generator[Child]:
    command = (sys.executable, "-m", "prefect", "server", "start", "--port", str(port))
    with running(
        "prefect-server",
        (*command, "--host", "127.0.0.1"),
        log_folder=home / "logs",
        is_ready=lambda: _answers(f"{api_url}/ready"),
    ) as child:
        yield child


@contextmanager
def _sandbox(home: Path, accounts: Sequence[str], seed: int, port: int) -> Generator[Child]:
    folder = home / "sandbox"
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    key = _client_key(home).with_suffix(".pub")
    options = {
        "--home": str(folder),
        "--port": str(port),
        "--accounts": ",".join(accounts),
        "--client-key": str(key),
        "--seed": str(seed),
    }
    command = (*REVCYCLE, "sandbox", *(word for pair in options.items() for word in pair))
    with running("sandbox", command, log_folder=home / "logs", is_ready=ready.exists) as child:
        yield child


@contextmanager
def _mail_catcher(home: Path) -> Generator[Child]:
    folder = home / "mails"
    ready = folder / READY_NAME
    ready.unlink(missing_ok=True)
    command = (*REVCYCLE, "mail-catcher", "--folder", str(folder))
    with running("mail-catcher", command, log_folder=home / "logs", is_ready=ready.exists) as child:
        yield child


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own loopback
            return bool(response.status == 200)  # noqa: PLR2004 - HTTP's OK
    except OSError:
        return False
