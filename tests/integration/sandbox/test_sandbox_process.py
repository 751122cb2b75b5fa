"""The sandbox as a process: SFTP in and out, killed and started again, nothing lost or doubled."""

import asyncio
import hashlib
import signal
from collections.abc import Generator
from pathlib import Path

import asyncssh
import pytest

from models.errors import RejectedError
from revcycle.connectors.sftp import SftpFileDrop
from revcycle.formats.x12.ta1 import read_interchange_acknowledgements
from revcycle.sandbox import record
from tests.integration.sandbox.sandbox_process import ACCOUNTS, SandboxProcess, wait_until
from tests.unit.sandbox.sandbox_examples import a_claim, a_claim_file, rules

LAKESIDE, HARBOR = ACCOUNTS
KILLS = 2
CLAIMS_OF_A_FILE = 40


@pytest.fixture
def sandbox(tmp_path: Path) -> Generator[SandboxProcess]:
    """A running sandbox in which nothing goes wrong with claims."""
    process = SandboxProcess(tmp_path / "home", ("--rules", str(rules(tmp_path))))
    process.start()
    yield process
    process.stop(signal.SIGKILL)


def is_quiet(sandbox: SandboxProcess) -> bool:
    return record.pending_work(sandbox.home) == 0


def kinds(files: dict[str, bytes]) -> list[str]:
    return sorted(name.split("-")[0] for name in files)


def test_claims_travel_by_sftp_and_answers_come_back(sandbox: SandboxProcess) -> None:
    content = a_claim_file(a_claim("C-1", 10_000))
    sandbox.put(LAKESIDE, "one.837", content)
    wait_until(lambda: len(record.received_files(sandbox.home)) == 1)
    wait_until(lambda: is_quiet(sandbox))
    files = sandbox.collect(LAKESIDE)
    assert kinds(files) == ["277ca", "835", "999"]
    answers = {answer.name: answer.sha256 for answer in record.answer_files(sandbox.home)}
    assert answers == {name: hashlib.sha256(answer).hexdigest() for name, answer in files.items()}
    (received,) = record.received_files(sandbox.home)
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    found = sandbox.talk(LAKESIDE, lambda drop: drop.find("one.837"))
    assert found is not None
    assert found.sha256 == received.sha256
    assert sandbox.collect(HARBOR) == {}

    sandbox.put(LAKESIDE, "two.837", content)
    wait_until(lambda: len(record.received_files(sandbox.home)) == 2)
    wait_until(lambda: is_quiet(sandbox))
    refused = sandbox.collect(LAKESIDE).keys() - files.keys()
    (name,) = refused
    (ack,), _ = read_interchange_acknowledgements(sandbox.collect(LAKESIDE)[name])
    assert (ack.code, ack.note_code) == ("R", "025")
    assert record.accepted_claim_versions(sandbox.home) == [(LAKESIDE, "C-1", 1)]


def test_only_known_names_with_the_key_come_in(sandbox: SandboxProcess) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")

    async def sign_in(drop: SftpFileDrop) -> None:
        async with drop:
            pass

    for drop in (sandbox.drop("nobody"), sandbox.drop(LAKESIDE, stranger)):
        with pytest.raises(RejectedError):
            asyncio.run(sign_in(drop))


def test_it_stops_when_asked_and_leaves_no_sign_of_being_ready(sandbox: SandboxProcess) -> None:
    host_key = (sandbox.home / "host_key.pub").read_bytes()
    assert (sandbox.home / "host_key").stat().st_mode & 0o777 == 0o600
    assert sandbox.stop() == 0
    assert not (sandbox.home / "ready.json").exists()
    sandbox.start()
    assert (sandbox.home / "host_key.pub").read_bytes() == host_key


def test_killed_again_and_again_it_loses_nothing_and_does_nothing_twice(
    tmp_path: Path,
) -> None:
    """Directories keep the sender out of it, so that the kills meet the work itself."""
    send, collect = tmp_path / "send", tmp_path / "collect"
    options = ("--rules", str(rules(tmp_path)), "--directory", f"clinic={send}:{collect}")
    sandbox = SandboxProcess(tmp_path / "home", options)
    sandbox.start()
    for number in range(1, KILLS + 1):
        claims = [a_claim(f"C-{number}-{place}") for place in range(CLAIMS_OF_A_FILE)]
        part = send / f"{number}.837.part"
        part.write_bytes(a_claim_file(*claims, control_number=number))
        part.rename(send / f"{number}.837")
        # Wait for one more step of the work each time, then kill it in the middle.
        reached = (number - 1) * 3 + number % 4
        wait_until(lambda reached=reached: _steps(sandbox.home) >= reached)  # type: ignore[misc] # a bound default
        sandbox.stop(signal.SIGKILL)
        sandbox.start()
    wait_until(lambda: is_quiet(sandbox))
    sandbox.stop()
    versions = record.accepted_claim_versions(sandbox.home)
    assert len(versions) == KILLS * CLAIMS_OF_A_FILE
    assert {count for _, _, count in versions} == {1}
    assert record.summary(sandbox.home)["clinic"].duplicates == 0
    answers = {answer.name: answer.sha256 for answer in record.answer_files(sandbox.home)}
    left = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in collect.iterdir()
        if path.suffix == ".x12"
    }
    assert left == answers
    assert kinds(dict.fromkeys(left, b"")) == sorted(["277ca", "835", "999"] * KILLS)


def _steps(home: Path) -> int:
    return sum(answer.is_delivered for answer in record.answer_files(home))
