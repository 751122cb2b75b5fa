"""The virus scanner: what every scanner promises, and clamd over a real socket."""

import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Thread

import pytest

from models.errors import RejectedError, UnavailableError
from models.states.attachment import ScanVerdict
from revcycle.connectors.virus_scan import (
    ClamdScanner,
    FileScanner,
    InfectedError,
    InMemoryScanner,
    NoScanner,
    open_scanner,
)

BAD = b"X5O!P%@AP-like test bytes"


@contextmanager
def clamd(answer_to: Callable[[bytes], bytes]) -> Generator[tuple[str, int]]:
    """A server that reads one INSTREAM at a time as clamd does, and answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_serve, args=(listener, answer_to), daemon=True)
        thread.start()
        yield ("127.0.0.1", listener.getsockname()[1])


def _serve(listener: socket.socket, answer_to: Callable[[bytes], bytes]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while length := int.from_bytes(stream.read(4), "big"):
                content += stream.read(length)
            connection.sendall(answer_to(content))


def judge(content: bytes) -> bytes:
    return b"stream: Test.Signature FOUND\0" if BAD in content else b"stream: OK\0"


@pytest.fixture(params=["in-memory", "clamd"])
def scanner(request: pytest.FixtureRequest) -> Generator[FileScanner]:
    if request.param == "in-memory":
        yield InMemoryScanner([BAD])
        return
    with clamd(judge) as (host, port):
        yield ClamdScanner(host, port, seconds=5)


def test_a_clean_file_is_clean(scanner: FileScanner) -> None:
    assert scanner.scan(b"%PDF-1.7" + bytes(200_000)) is ScanVerdict.CLEAN


def test_an_infected_file_is_refused(scanner: FileScanner) -> None:
    with pytest.raises(InfectedError, match="nothing of it was kept"):
        scanner.scan(bytes(100_000) + BAD)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_a_scanner_that_cannot_judge_is_asked_later(answer: bytes) -> None:
    with clamd(lambda _content: answer) as (host, port), pytest.raises(UnavailableError):
        ClamdScanner(host, port, seconds=5).scan(b"words")


def test_a_scanner_that_is_down_is_asked_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UnavailableError):
        ClamdScanner("127.0.0.1", port, seconds=5).scan(b"words")


def test_without_a_scanner_nobody_says_that_a_file_is_clean() -> None:
    scanner = open_scanner("")
    assert isinstance(scanner, NoScanner)
    assert scanner.scan(b"words") is ScanVerdict.NOT_SCANNED


@pytest.mark.parametrize("address", ["scanner", ":3310", "scanner:port"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(RejectedError, match="host:port"):
        open_scanner(address)
