"""The mail catcher."""

import asyncio
import email
import signal
import stat
import subprocess
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from models.errors import RejectedError
from revcycle.connectors.mail_catcher import CERTIFICATE_NAME, LOOPBACK, serve_mail
from revcycle.connectors.smtp import SmtpAddress, SmtpMailer

FOREGROUND = """
import sys
from pathlib import Path
from revcycle.connectors.mail_catcher import run_mail_catcher
run_mail_catcher(Path(sys.argv[1]), 0, lambda port: print(port, flush=True))
"""


def a_mail(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "billing@practice.invalid"
    message["To"] = "guarantor@patients.invalid"
    message["Subject"] = subject
    message.set_content("Your statement is attached.")
    return message


def mailer_to(folder: Path, port: int) -> SmtpMailer:
    address = SmtpAddress(host=LOOPBACK, port=port, ca_file=folder / CERTIFICATE_NAME)
    return SmtpMailer(address, timeout_seconds=10)


def subjects(folder: Path) -> list[str]:
    """Read the kept mails in the order of their names."""
    return [
        str(email.message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"])
        for path in sorted(folder.glob("*.eml"))
    ]


def test_mails_are_kept_in_the_order_they_came(tmp_path: Path) -> None:
    folder = tmp_path / "mails"

    async def send_three() -> None:
        async with serve_mail(folder) as port, mailer_to(folder, port) as mailer:
            for subject in ("first", "second", "third"):
                await mailer.send(a_mail(subject))

    asyncio.run(send_three())
    assert subjects(folder) == ["first", "second", "third"]


def test_mails_are_for_the_owners_eyes_only_and_no_key_stays(tmp_path: Path) -> None:
    folder = tmp_path / "mails"

    async def send_one() -> None:
        async with serve_mail(folder) as port, mailer_to(folder, port) as mailer:
            await mailer.send(a_mail("first"))

    asyncio.run(send_one())
    kept = next(folder.glob("*.eml"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} == {kept.name, CERTIFICATE_NAME}
    assert b"PRIVATE KEY" not in (folder / CERTIFICATE_NAME).read_bytes()


def test_a_mail_without_encryption_is_not_taken(tmp_path: Path) -> None:
    async def send_in_the_clear() -> None:
        async with serve_mail(tmp_path) as port:
            address = SmtpAddress(host=LOOPBACK, port=port, use_starttls=False)
            async with SmtpMailer(address) as mailer:
                await mailer.send(a_mail("first"))

    with pytest.raises(RejectedError, match="530"):
        asyncio.run(send_in_the_clear())
    assert subjects(tmp_path) == []


def test_a_restart_keeps_the_mails_and_makes_a_certificate_that_clients_find(
    tmp_path: Path,
) -> None:
    async def send_one(subject: str) -> None:
        async with serve_mail(tmp_path) as port, mailer_to(tmp_path, port) as mailer:
            await mailer.send(a_mail(subject))

    asyncio.run(send_one("before"))
    certificate = (tmp_path / CERTIFICATE_NAME).read_bytes()
    asyncio.run(send_one("after"))
    assert subjects(tmp_path) == ["before", "after"]
    assert (tmp_path / CERTIFICATE_NAME).read_bytes() != certificate


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_catcher_runs_in_the_foreground_until_it_is_told_to_stop(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-W", "error", "-c", FOREGROUND, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as catcher:
        assert catcher.stdout is not None
        assert catcher.stderr is not None
        port = int(catcher.stdout.readline())
        asyncio.run(send_through(tmp_path, port))
        catcher.send_signal(number)
        assert catcher.wait(timeout=30) == 0
        assert catcher.stderr.read() == b""
    assert subjects(tmp_path) == ["first"]


async def send_through(folder: Path, port: int) -> None:
    async with mailer_to(folder, port) as mailer:
        await mailer.send(a_mail("first"))
