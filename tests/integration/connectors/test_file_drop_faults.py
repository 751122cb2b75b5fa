"""What can go wrong between us and a partner."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncssh
import pytest

from models.errors import NotFoundError, RejectedError, UnavailableError
from revcycle.connectors.file_drop import InMemoryFileDrop
from revcycle.connectors.sftp import SftpAddress, SftpFileDrop
from tests.integration.connectors.partners import (
    LOOPBACK,
    DirectoryPartner,
    Keys,
    SftpPartner,
    make_keys,
)

CLAIMS = b"ISA*00*invented~" * 8_000  # several packets


@pytest.fixture(scope="module")
def keys() -> Keys:
    return make_keys()


@pytest.fixture
def directory(tmp_path: Path) -> DirectoryPartner:
    return DirectoryPartner(tmp_path)


@pytest.fixture
def sftp(tmp_path: Path, keys: Keys) -> SftpPartner:
    return SftpPartner(tmp_path, keys)


@pytest.fixture(params=["directory", "sftp"])
def partner(request: pytest.FixtureRequest) -> DirectoryPartner:
    found: DirectoryPartner = request.getfixturevalue(request.param)
    return found


def cut_at(byte: int) -> type[asyncssh.SFTPServer]:
    """Make a server that hangs up when a given byte of a file arrives."""

    class CuttingServer(asyncssh.SFTPServer):
        def write(self, file_obj: object, offset: int, data: bytes) -> int:
            if offset + len(data) > byte:
                file_obj.write(data[: max(byte - offset, 0)])  # type: ignore[attr-defined] # asyncssh types it as object
                self.channel.get_connection().abort()
            return len(data)

    return CuttingServer


class CutAfterRename(asyncssh.SFTPServer):
    """Renames, and hangs up before saying so."""

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        super().rename(oldpath, newpath)
        self.channel.get_connection().abort()


class ShortMemory(asyncssh.SFTPServer):
    """Says that it wrote everything, and did not."""

    def write(self, file_obj: object, offset: int, data: bytes) -> int:  # noqa: ARG002 - it ignores them
        return len(data)


class Silent(asyncssh.SFTPServer):
    """Never answers a look at a folder."""

    async def stat(self, path: bytes) -> asyncssh.SFTPAttrs:  # noqa: ARG002 - it does not look
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return] # never comes


def gives_up_listing(times: int) -> type[asyncssh.SFTPServer]:
    """Make a server that meets so many renamed files while it lists."""
    left = times

    class Stumbling(asyncssh.SFTPServer):
        async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
            nonlocal left
            if left:
                left -= 1
                msg = "invented"
                raise asyncssh.SFTPNoSuchFile(msg)
            async for entry in super().scandir(path):
                yield entry

    return Stumbling


def test_a_file_renamed_while_the_partner_lists_hides_no_other(tmp_path: Path, keys: Keys) -> None:
    partner = SftpPartner(tmp_path, keys, gives_up_listing(times=2))
    partner.leave("answer.835", CLAIMS)
    assert partner.meet(lambda drop: drop.names()) == ["answer.835"]


def test_a_partner_that_can_never_list_is_given_up(tmp_path: Path, keys: Keys) -> None:
    partner = SftpPartner(tmp_path, keys, gives_up_listing(times=100))
    with pytest.raises(RejectedError, match="sftp list refused"):
        partner.meet(lambda drop: drop.names())


@pytest.mark.parametrize("byte", [0, 1, 40_000, len(CLAIMS) - 1])
def test_a_line_cut_while_sending_leaves_no_file_and_a_second_attempt_works(
    tmp_path: Path, keys: Keys, byte: int
) -> None:
    partner = SftpPartner(tmp_path, keys, cut_at(byte))
    with pytest.raises(UnavailableError, match="sftp put failed"):
        partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert "batch-1.837" not in partner.received()

    partner.server = asyncssh.SFTPServer
    assert partner.meet(lambda drop: drop.find("batch-1.837")) is None
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.received() == {"batch-1.837": CLAIMS}


def test_a_line_cut_after_the_rename_is_cleared_up_by_looking(tmp_path: Path, keys: Keys) -> None:
    partner = SftpPartner(tmp_path, keys, CutAfterRename)
    with pytest.raises(UnavailableError):
        partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))

    found = partner.meet(lambda drop: drop.find("batch-1.837"))
    assert found is not None
    assert found.size == len(CLAIMS)


def test_a_file_that_arrives_short_never_gets_its_final_name(tmp_path: Path, keys: Keys) -> None:
    partner = SftpPartner(tmp_path, keys, ShortMemory)
    with pytest.raises(UnavailableError, match="not as long"):
        partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert "batch-1.837" not in partner.received()


def test_a_partner_that_does_not_answer_is_given_up(tmp_path: Path, keys: Keys) -> None:
    partner = SftpPartner(tmp_path, keys, Silent)

    async def wait_briefly() -> None:
        async with partner.listening() as port, partner.drop(port, timeout_seconds=0.2) as drop:
            await drop.find("batch-1.837")

    with pytest.raises(UnavailableError, match="TimeoutError"):
        asyncio.run(wait_briefly())


def test_a_server_with_another_key_is_refused(sftp: SftpPartner, keys: Keys) -> None:
    async def call_an_impostor() -> None:
        async with sftp.listening() as port, sftp.drop(port, host_key=keys.stranger):
            pass

    with pytest.raises(RejectedError, match="HostKeyNotVerifiable"):
        asyncio.run(call_an_impostor())


def test_a_server_with_another_kind_of_key_is_refused(sftp: SftpPartner) -> None:
    async def call_an_impostor() -> None:
        other_kind = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        async with sftp.listening() as port, sftp.drop(port, host_key=other_kind):
            pass

    with pytest.raises(RejectedError):
        asyncio.run(call_an_impostor())


def test_a_server_may_announce_its_next_key(sftp: SftpPartner, keys: Keys) -> None:
    both = (keys.stranger.export_public_key() + keys.host.export_public_key()).decode()

    async def call_during_a_key_change() -> list[str]:
        async with sftp.listening() as port:
            private_key = keys.client.export_private_key().decode()
            address = SftpAddress(LOOPBACK, port, "practice", private_key, both)
            async with SftpFileDrop(address, "send", "collect") as drop:
                return await drop.names()

    assert asyncio.run(call_during_a_key_change()) == []


def test_no_pinned_key_trusts_nobody(sftp: SftpPartner, keys: Keys) -> None:
    async def call_whoever_answers() -> None:
        async with sftp.listening() as port:
            private_key = keys.client.export_private_key().decode()
            address = SftpAddress(LOOPBACK, port, "practice", private_key, host_key=" ")
            async with SftpFileDrop(address, "send", "collect"):
                pass

    with pytest.raises(RejectedError):
        asyncio.run(call_whoever_answers())


def test_a_server_without_files_is_unavailable_and_hung_up_on(
    sftp: SftpPartner, keys: Keys
) -> None:
    async def call_a_shell_only_server() -> None:
        ours = asyncssh.import_authorized_keys(keys.client.export_public_key().decode())
        acceptor = await asyncssh.listen(
            LOOPBACK,
            0,
            config=None,
            server_host_keys=[keys.host],
            authorized_client_keys=ours,
            session_factory=asyncssh.SSHServerSession,
        )
        async with acceptor, sftp.drop(acceptor.get_port()):
            pass

    with pytest.raises(UnavailableError, match="connect failed"):
        asyncio.run(call_a_shell_only_server())


def test_our_key_may_be_refused(sftp: SftpPartner, keys: Keys) -> None:
    async def call_as_a_stranger() -> None:
        async with sftp.listening() as port, sftp.drop(port, client_key=keys.stranger):
            pass

    with pytest.raises(RejectedError, match="PermissionDenied"):
        asyncio.run(call_as_a_stranger())


@pytest.mark.parametrize(
    ("private_key", "host_key"), [("not a key", "ssh-ed25519 AAAA"), ("", ""), ("x", "y")]
)
def test_text_that_is_no_key_is_refused_before_calling(private_key: str, host_key: str) -> None:
    address = SftpAddress(LOOPBACK, 1, "practice", private_key, host_key)

    async def call() -> None:
        async with SftpFileDrop(address, "send", "collect"):
            pass

    with pytest.raises(RejectedError, match="connect refused"):
        asyncio.run(call())


def test_a_partner_whose_line_is_dead_is_unavailable(sftp: SftpPartner) -> None:
    async def call_after_closing_time() -> None:
        async with sftp.listening() as port:
            pass
        async with sftp.drop(port):
            pass

    with pytest.raises(UnavailableError, match="connect failed"):
        asyncio.run(call_after_closing_time())


def test_the_drop_in_memory_can_be_unavailable_too() -> None:
    drop = InMemoryFileDrop()
    drop.is_available = False
    with pytest.raises(UnavailableError):
        asyncio.run(drop.put("batch-1.837", CLAIMS))
    assert drop.sent == {}


def test_a_partial_file_of_a_crash_is_overwritten(partner: DirectoryPartner) -> None:
    (partner.send / "batch-1.837.part").write_bytes(CLAIMS + b"longer than the new one")
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.received() == {"batch-1.837": CLAIMS}


def test_a_partial_link_in_a_shared_directory_is_not_written_through(
    directory: DirectoryPartner, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"ours")
    (directory.send / "batch-1.837.part").symlink_to(precious)
    directory.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert precious.read_bytes() == b"ours"
    assert directory.received() == {"batch-1.837": CLAIMS}


def test_links_and_folders_are_not_collected(partner: DirectoryPartner, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"not theirs to hand out")
    (partner.collect / "link.835").symlink_to(tmp_path / "secret")
    (partner.collect / "folder.835").mkdir()
    assert partner.meet(lambda drop: drop.names()) == []
    assert partner.meet(lambda drop: drop.count_refused()) == 1
    with pytest.raises(NotFoundError):
        partner.meet(lambda drop: drop.get("link.835"))


def test_a_name_that_is_no_text_hides_no_other_file(partner: DirectoryPartner) -> None:
    partner.leave("a.835", b"ISA")
    Path(os.fsdecode(os.fsencode(partner.collect) + b"/caf\xe9.835")).write_bytes(b"ISA")
    assert partner.meet(lambda drop: drop.names()) == ["a.835"]
    assert partner.meet(lambda drop: drop.count_refused()) == 1


def test_a_missing_folder_is_refused_and_not_taken_for_an_empty_one(
    partner: DirectoryPartner,
) -> None:
    partner.send.rmdir()
    partner.collect.rmdir()
    for refused in (partner_finds, partner_lists, partner_receives):
        with pytest.raises(RejectedError, match="refused"):
            refused(partner)


def partner_finds(partner: DirectoryPartner) -> None:
    partner.meet(lambda drop: drop.find("batch-1.837"))


def partner_lists(partner: DirectoryPartner) -> None:
    partner.meet(lambda drop: drop.names())


def partner_receives(partner: DirectoryPartner) -> None:
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))


def failing_with(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_share_without_hard_links_still_gets_its_file(
    directory: DirectoryPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing_with(errno.EPERM))
    directory.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert directory.received() == {"batch-1.837": CLAIMS}


def test_a_full_disk_is_an_outage_and_leaves_no_file(
    directory: DirectoryPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing_with(errno.ENOSPC))
    with pytest.raises(UnavailableError, match="ENOSPC"):
        directory.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert "batch-1.837" not in directory.received()
