"""Starting and stopping the sandbox inside the test's own process: who is served, who is not."""

import asyncio
import fcntl
import os
import signal
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from models.errors import RejectedError, UnavailableError
from revcycle.connectors.sftp import SftpAddress, SftpFileDrop
from revcycle.sandbox import record
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.serve import SandboxOptions, directory_account, serve
from tests.integration.sandbox.sandbox_process import wait_until
from tests.unit.sandbox.sandbox_examples import a_claim, a_claim_file, rules

KEY = asyncssh.generate_private_key("ssh-ed25519")
SECONDS_MAX = 60


@pytest.fixture
def options(tmp_path: Path) -> SandboxOptions:
    client_key = tmp_path / "client.pub"
    client_key.write_bytes(KEY.export_public_key())
    rulebook = read_rulebook(rules(tmp_path))
    return SandboxOptions(tmp_path / "home", rulebook, ("lakeside",), client_key=client_key)


def drop_of(home: Path, username: str, port: int) -> SftpFileDrop:
    address = SftpAddress(
        host="127.0.0.1",
        port=port,
        username=username,
        private_key=KEY.export_private_key().decode(),
        host_key=(home / "host_key.pub").read_text(),
    )
    return SftpFileDrop(address, "to_payer", "from_payer")


def is_answered(home: Path) -> bool:
    return bool(record.answer_files(home)) and not record.pending_work(home)


async def send_and_collect(options: SandboxOptions, username: str) -> list[str]:
    """Serve, send one file, wait for all answers, ask the sandbox to stop."""
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(SECONDS_MAX):
        serving = asyncio.create_task(serve(options, port.set_result))
        try:
            async with drop_of(options.home, username, await port) as drop:
                await drop.put("one.837", a_claim_file(a_claim()))
                await asyncio.to_thread(wait_until, lambda: is_answered(options.home))
                return await drop.names()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await serving


def test_an_open_sandbox_makes_an_account_for_whoever_has_the_key(
    options: SandboxOptions,
) -> None:
    open_to_all = replace(options, accounts=(), takes_anybody=True)
    names = asyncio.run(send_and_collect(open_to_all, "a_new_practice"))
    assert sorted(name.split("-")[0] for name in names) == ["277ca", "835", "999"]
    assert record.summary(options.home)["a_new_practice"].accepted == 1


def test_a_closed_sandbox_knows_nobody_else(options: SandboxOptions) -> None:
    with pytest.raises(RejectedError):
        asyncio.run(send_and_collect(options, "a_new_practice"))


def test_two_sandboxes_never_share_a_folder(options: SandboxOptions) -> None:
    options.home.mkdir()
    with (options.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RejectedError, match="is running"):
            asyncio.run(serve(options, lambda _: None))


def test_a_port_in_use_is_named(options: SandboxOptions) -> None:
    async def both() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        async with server:
            taken = replace(options, port=server.sockets[0].getsockname()[1])
            await serve(taken, lambda _: None)

    with pytest.raises(UnavailableError, match="port"):
        asyncio.run(both())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"client_key": None}, "client key", id="no-way-in"),
        pytest.param({"accounts": ()}, "accounts", id="nobody"),
        pytest.param({"accounts": ("a", "a")}, "twice", id="one-name-twice"),
        pytest.param({"accounts": ("../a",)}, "letters", id="not-a-name"),
        pytest.param({"client_key": Path("missing.pub")}, "public key", id="no-key"),
    ],
)
def test_options_that_serve_nobody_are_refused(
    options: SandboxOptions, changes: dict[str, Path | None], message: str
) -> None:
    with pytest.raises(RejectedError, match=message):
        asyncio.run(serve(replace(options, **changes), lambda _: None))  # type: ignore[arg-type] # test shorthand


@pytest.mark.parametrize("text", ["clinic", "clinic=send", "=a:b", "clinic=:b", "../x=a:b"])
def test_a_directory_account_names_two_folders(text: str) -> None:
    with pytest.raises(RejectedError):
        directory_account(text)
