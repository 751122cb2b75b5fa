"""A virus scanner that looks at what people send before anything is kept of it.

Source:
    clamd(8), command INSTREAM: chunks with their length as four bytes, most significant first; an
    empty chunk ends the stream.
"""

import socket
from collections.abc import Collection
from typing import Final, Protocol

from models.errors import RejectedError, UnavailableError
from models.states.attachment import ScanVerdict

SECONDS: Final = 20.0
CHUNK_BYTES: Final = 64 * 1024
LENGTH_BYTES: Final = 4
ANSWER_BYTES: Final = 4096
CLEAN_END: Final = b"OK"
FOUND_END: Final = b"FOUND"


class InfectedError(RejectedError):
    """The scanner found something: the file is refused and nothing of it is kept."""


class FileScanner(Protocol):
    """Whatever can tell whether bytes are harmful."""

    def scan(self, content: bytes) -> ScanVerdict:
        """Judge a file.

        Raises:
            InfectedError: something was found.
            UnavailableError: the scanner could not be asked; the file is not judged.
        """
        ...


class NoScanner:
    """What stands here when none is configured: nothing is judged, and nobody says it was."""

    def scan(self, content: bytes) -> ScanVerdict:  # noqa: ARG002 - the protocol's signature
        """Say that nobody looked."""
        return ScanVerdict.NOT_SCANNED


class InMemoryScanner:
    """The scanner that tests use: it knows what to look for."""

    def __init__(self, signatures: Collection[bytes]) -> None:
        self._signatures = tuple(signatures)

    def scan(self, content: bytes) -> ScanVerdict:
        """Find one of the signatures anywhere in the file."""
        if any(signature in content for signature in self._signatures):
            raise InfectedError(_FOUND)
        return ScanVerdict.CLEAN


class ClamdScanner:
    """Asks a clamd over TCP; a connection for each file."""

    def __init__(self, host: str, port: int, *, seconds: float = SECONDS) -> None:
        self._address = (host, port)
        self._seconds = seconds

    def scan(self, content: bytes) -> ScanVerdict:
        """Send the file and read what clamd says of it."""
        try:
            answer = self._ask(content)
        except OSError as error:
            msg = "the virus scanner does not answer; try again in some minutes"
            raise UnavailableError(msg) from error
        if answer.endswith(CLEAN_END):
            return ScanVerdict.CLEAN
        if answer.endswith(FOUND_END):
            raise InfectedError(_FOUND)
        msg = "the virus scanner could not judge the file; try again in some minutes"
        raise UnavailableError(msg)

    def _ask(self, content: bytes) -> bytes:
        with socket.create_connection(self._address, timeout=self._seconds) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK_BYTES):
                chunk = content[start : start + CHUNK_BYTES]
                connection.sendall(len(chunk).to_bytes(LENGTH_BYTES, "big") + chunk)
            connection.sendall(bytes(LENGTH_BYTES))
            answer = b""
            while not answer.endswith(b"\0") and (part := connection.recv(ANSWER_BYTES)):
                answer += part
        return answer.rstrip(b"\0").rstrip()


_FOUND: Final = "the virus scanner found something in this file; nothing of it was kept"


def open_scanner(address: str) -> FileScanner:
    """Make the scanner that ``REVCYCLE_CLAMD`` names as ``host:port``; empty: none.

    Raises:
        RejectedError: the address is not of this form.
    """
    if not address:
        return NoScanner()
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        msg = "REVCYCLE_CLAMD must be host:port, such as 127.0.0.1:3310"
        raise RejectedError(msg)
    return ClamdScanner(host, int(port))
