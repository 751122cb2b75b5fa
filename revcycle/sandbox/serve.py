"""Runs the sandbox until it is told to stop."""

import asyncio
import fcntl
import signal
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.errors import RejectedError, UnavailableError
from revcycle.sandbox.book import Book
from revcycle.sandbox.folders import Account, check_account_name, sftp_account
from revcycle.sandbox.post_room import PostRoom
from revcycle.sandbox.rulebook import Rulebook
from revcycle.sandbox.server import READY, announce, is_account_name, listen

ROUND_SECONDS: Final = 0.1
LOCK: Final = "lock"
LOCK_SECONDS: Final = 2  # one that was just killed may still hold it
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Where the sandbox lives and whom it serves.

    Attributes:
        accounts: Names that may sign in by SFTP.
        takes_anybody: Every name may.
        client_key: The public key of all of them; without it there is no SFTP.
        directories: Accounts that are served by plain folders.
    """

    home: Path
    rulebook: Rulebook
    accounts: tuple[str, ...] = ()
    takes_anybody: bool = False
    client_key: Path | None = None
    port: int = 0
    directories: tuple[Account, ...] = ()


def directory_account(text: str) -> Account:
    """Read ``ACCOUNT=SEND:COLLECT``: the folder a practice sends to, and where it collects.

    Raises:
        RejectedError: it is not of this form.
    """
    name, equals, folders = text.partition("=")
    send, colon, collect = folders.partition(":")
    if not (equals and colon and send and collect):
        msg = "a directory account is written ACCOUNT=SEND:COLLECT"
        raise RejectedError(msg)
    return Account(check_account_name(name), Path(send).resolve(), Path(collect).resolve())


async def serve(options: SandboxOptions, on_ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or SIGINT; a round that has begun is finished.

    Args:
        options: Where and for whom.
        on_ready: Told the port (0 without SFTP) when everything is open.

    Raises:
        RejectedError: nobody would be served, or a key cannot be read.
        UnavailableError: the port cannot be opened.
    """
    _check(options)
    home = options.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    stopped = _stop_event()
    async with AsyncExitStack() as opened:
        opened.enter_context(_only_one(home))
        book = opened.enter_context(Book(home))
        by_sftp = [sftp_account(home, name) for name in options.accounts if options.client_key]
        room = PostRoom(home, book, options.rulebook, [*by_sftp, *options.directories])
        port = await _open_port(options, home, opened)
        announce(home, port)
        opened.callback((home / READY).unlink, missing_ok=True)
        on_ready(port)
        await _make_rounds(room, stopped)


def _check(options: SandboxOptions) -> None:
    names = [*options.accounts, *(account.name for account in options.directories)]
    if options.client_key is None and not options.directories:
        msg = "the sandbox needs a client key for SFTP, or directories"
        raise RejectedError(msg)
    if not names and not options.takes_anybody:
        msg = "the sandbox needs accounts"
        raise RejectedError(msg)
    if len(set(names)) < len(names):
        msg = "an account is named twice"
        raise RejectedError(msg)


@contextmanager
def _only_one(home: Path) -> Generator[None]:
    """Keep a second sandbox off the same folder; the kernel lets go when we are killed."""
    with (home / LOCK).open("w") as lock:
        deadline = time.monotonic() + LOCK_SECONDS
        while not _is_locked_by_us(lock.fileno()):
            if time.monotonic() > deadline:
                msg = f"a sandbox is running in {home}"
                raise RejectedError(msg)
            time.sleep(ROUND_SECONDS)
        (home / READY).unlink(missing_ok=True)  # of one that was killed
        yield


def _is_locked_by_us(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop_event() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _open_port(options: SandboxOptions, home: Path, opened: AsyncExitStack) -> int:
    if options.client_key is None:
        return 0
    try:
        acceptor = await listen(
            home,
            port=options.port,
            client_key=options.client_key,
            is_known=is_account_name if options.takes_anybody else _one_of(options.accounts),
        )
    except OSError:
        msg = f"port {options.port} cannot be opened"
        raise UnavailableError(msg) from None
    await opened.enter_async_context(acceptor)
    return acceptor.get_port()


def _one_of(names: Sequence[str]) -> Callable[[str], bool]:
    return frozenset(names).__contains__


async def _make_rounds(room: PostRoom, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await asyncio.to_thread(room.make_round)
        try:
            await asyncio.wait_for(stopped.wait(), ROUND_SECONDS)
        except TimeoutError:
            continue
