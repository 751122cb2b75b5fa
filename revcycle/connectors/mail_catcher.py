"""A mail server for this machine that delivers nothing and keeps every mail as a file."""

import asyncio
import os
import signal
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from revcycle.connectors.clock import now
from revcycle.connectors.self_signed import server_context

LOOPBACK: Final = "127.0.0.1"
CERTIFICATE_NAME: Final = "certificate.pem"  # what clients pin as their ca_file
SERVER_NAME: Final = "mail-catcher.invalid"
SIZE_BYTES_MAX: Final = 32 * 1024 * 1024
CLOSING_TURNS: Final = 5  # of the event loop, until TLS and socket have heard of an abort


class MailFolder:
    """Keeps each mail as ``<time>-<n>.eml``; only the owner of the process may read them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._numbers = count(1)

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd looks for
        self,
        server: SMTP,  # noqa: ARG002 - aiosmtpd passes it
        session: Session,  # noqa: ARG002 - aiosmtpd passes it
        envelope: Envelope,
    ) -> str:
        """Write a mail before saying that we have it."""
        assert isinstance(envelope.content, bytes), "aiosmtpd decodes only when asked"  # noqa: S101
        await asyncio.to_thread(self._keep, envelope.content)
        return "250 kept"

    def _keep(self, content: bytes) -> None:
        name = f"{now():%Y%m%dT%H%M%S.%fZ}-{next(self._numbers)}.eml"
        part = self._folder / f"{name}.part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        part.rename(self._folder / name)


def mail_session(
    keeper: object,
    context: ssl.SSLContext | None,
    *,
    size_bytes_max: int = SIZE_BYTES_MAX,
    **options: Any,
) -> SMTP:
    """Make what talks to one client; with a context it insists on STARTTLS."""
    return SMTP(
        keeper,
        hostname=SERVER_NAME,
        tls_context=context,
        require_starttls=context is not None,
        data_size_limit=size_bytes_max,
        loop=asyncio.get_running_loop(),
        **options,
    )


@asynccontextmanager
async def serve_sessions(
    make_session: Callable[[], SMTP], host: str, port: int
) -> AsyncGenerator[int]:
    """Accept clients while the block runs, and leave no line open behind it."""
    sessions: WeakSet[SMTP] = WeakSet()

    def accept() -> SMTP:
        session = make_session()
        sessions.add(session)
        return session

    server = await asyncio.get_running_loop().create_server(accept, host, port)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for session in list(sessions):
            if isinstance(session.transport, asyncio.Transport):
                session.transport.abort()
        for _ in range(CLOSING_TURNS):
            await asyncio.sleep(0)
        await server.wait_closed()


@asynccontextmanager
async def serve_mail(folder: Path, host: str = LOOPBACK, port: int = 0) -> AsyncGenerator[int]:
    """Catch mails while the block runs; give the port, which is a free one if 0 was asked for.

    STARTTLS is required, with a certificate made now and written to ``certificate.pem``.
    """
    keeper = MailFolder(folder)
    context = server_context(folder / CERTIFICATE_NAME, host)
    async with serve_sessions(lambda: mail_session(keeper, context), host, port) as bound_port:
        yield bound_port


def run_mail_catcher(
    folder: Path, port: int, announce: Callable[[int], None] = lambda _port: None
) -> None:
    """Catch mails on this machine until SIGTERM or Ctrl-C; ``announce`` is told the port."""
    asyncio.run(_serve_until_stopped(folder, port, announce))


async def _serve_until_stopped(folder: Path, port: int, announce: Callable[[int], None]) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve_mail(folder, LOOPBACK, port) as bound_port:
        announce(bound_port)
        await stopped.wait()
