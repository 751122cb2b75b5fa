"""The sandbox as its own process, reached by SFTP with our own connector."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import asyncssh

from revcycle.connectors.sftp import SftpAddress, SftpFileDrop

# What `revcycle sandbox` runs, without the other commands.
COMMAND = "import typer; from workbench.commands.sandbox import sandbox; typer.run(sandbox)"
ACCOUNTS = ("lakeside", "harbor")
START_SECONDS = 60
POLL_SECONDS = 0.02

Answer = TypeVar("Answer")


def wait_until(is_so: Callable[[], bool], *, seconds: float = START_SECONDS) -> None:
    """Poll until something is so; a deadline and not a hope."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(POLL_SECONDS)


@dataclass
class SandboxProcess:
    """Starts, kills and restarts a sandbox over one home."""

    home: Path
    options: tuple[str, ...] = ()
    key: asyncssh.SSHKey = field(
        default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519")
    )
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        public = self.home.parent / "client_key.pub"
        public.write_bytes(self.key.export_public_key())
        (self.home / "ready.json").unlink(missing_ok=True)
        command = [sys.executable, "-c", COMMAND, "--home", str(self.home), "--port", "0"]
        command += ["--accounts", ",".join(ACCOUNTS), "--client-key", str(public), *self.options]
        with (self.home.parent / "sandbox.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        wait_until(self.is_ready)

    def is_ready(self) -> bool:
        assert self.process is not None
        log = (self.home.parent / "sandbox.log").read_text()
        assert self.process.poll() is None, log
        return (self.home / "ready.json").exists()

    @property
    def port(self) -> int:
        return int(json.loads((self.home / "ready.json").read_text())["port"])

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(number)
        code = self.process.wait(START_SECONDS)
        self.process = None
        return code

    def drop(self, account: str, key: asyncssh.SSHKey | None = None) -> SftpFileDrop:
        address = SftpAddress(
            host="127.0.0.1",
            port=self.port,
            username=account,
            private_key=(key or self.key).export_private_key().decode(),
            host_key=(self.home / "host_key.pub").read_text(),
        )
        return SftpFileDrop(address, "to_payer", "from_payer")

    def talk(self, account: str, say: Callable[[SftpFileDrop], Awaitable[Answer]]) -> Answer:
        async def connected() -> Answer:
            async with self.drop(account) as drop:
                return await say(drop)

        return asyncio.run(connected())

    def put(self, account: str, name: str, content: bytes) -> None:
        self.talk(account, lambda drop: drop.put(name, content))

    def collect(self, account: str) -> dict[str, bytes]:
        async def everything(drop: SftpFileDrop) -> dict[str, bytes]:
            return {name: await drop.get(name) for name in await drop.names()}

        return self.talk(account, everything)
