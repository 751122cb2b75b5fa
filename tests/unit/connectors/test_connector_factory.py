"""Connectors made from plain facts and named secrets."""

from pathlib import Path

import asyncssh
import pytest

from models.errors import RejectedError
from revcycle.connectors.directory import DirectoryFileDrop
from revcycle.connectors.factory import DropAddress, open_drop, open_mailer, resolve_secret
from revcycle.connectors.sftp import SftpAddress, SftpFileDrop
from revcycle.connectors.smtp import SmtpAddress, SmtpMailer

SFTP = DropAddress(
    kind="sftp",
    host="sftp.payer.invalid",
    username="practice",
    private_key="env:PAYER_KEY",
    host_key="env:PAYER_HOST_KEY",
    send_folder="inbound",
    collect_folder="outbound",
)
SECRETS = {"PAYER_KEY": "-----BEGIN-----", "PAYER_HOST_KEY": "ssh-ed25519 AAAA"}


def test_a_directory_needs_no_secret(tmp_path: Path) -> None:
    address = DropAddress(kind="directory", send_folder=str(tmp_path), collect_folder=str(tmp_path))
    assert isinstance(open_drop(address, {}), DirectoryFileDrop)


def test_an_sftp_account_takes_its_keys_from_the_secrets() -> None:
    assert isinstance(open_drop(SFTP, SECRETS), SftpFileDrop)


@pytest.mark.parametrize("missing", ["PAYER_KEY", "PAYER_HOST_KEY"])
def test_a_missing_variable_is_named(missing: str) -> None:
    secrets = {name: value for name, value in SECRETS.items() if name != missing}
    with pytest.raises(RejectedError, match=rf"variable {missing} is not set"):
        open_drop(SFTP, secrets)


@pytest.mark.parametrize("reference", [None, "", "hunter2", "env:lower", "env:"])
def test_a_secret_that_is_not_named_is_refused_and_not_repeated(reference: str | None) -> None:
    with pytest.raises(RejectedError, match="env:SOME_VARIABLE") as refusal:
        resolve_secret(reference, {"": "x", "lower": "x"})
    assert "hunter2" not in str(refusal.value)


def test_a_variable_may_point_to_a_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("the key\n")
    assert resolve_secret("env:KEY", {"KEY": f"file:{key}"}) == "the key"


def test_a_file_that_cannot_be_read_names_the_variable_only(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="variable KEY names a file") as refusal:
        resolve_secret("env:KEY", {"KEY": f"file:{tmp_path}/absent"})
    assert str(tmp_path) not in str(refusal.value)


def test_a_mailer_without_login_needs_no_password() -> None:
    assert isinstance(open_mailer(SmtpAddress(host="localhost", port=25), {}), SmtpMailer)


def test_a_mailer_with_login_needs_its_password() -> None:
    address = SmtpAddress(host="localhost", port=587, username="us", password="env:MAIL_PASSWORD")
    with pytest.raises(RejectedError, match="variable MAIL_PASSWORD is not set"):
        open_mailer(address, {})


def test_an_address_does_not_show_its_key() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    address = SftpAddress(
        host="h", port=22, username="u", private_key=key, host_key="ssh-ed25519 AAAA"
    )
    assert "PRIVATE KEY" not in repr(address)
