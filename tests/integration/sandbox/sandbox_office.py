"""A sandbox on two plain folders, worked round by round inside the test."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.documents.acknowledgement import ClaimAcknowledgement, FunctionalAcknowledgement
from models.documents.remittance import RemittanceDocument
from revcycle.formats.x12.t277ca import read_claim_acknowledgements
from revcycle.formats.x12.t835 import read_remittances
from revcycle.formats.x12.t999 import read_functional_acknowledgements
from revcycle.sandbox.book import Book
from revcycle.sandbox.folders import Account
from revcycle.sandbox.post_room import PostRoom
from revcycle.sandbox.rulebook import Rulebook

ACCOUNT = "testclinic"


@dataclass(frozen=True)
class Office:
    """The practice's side: leave a file, read what is new."""

    home: Path
    account: Account
    room: PostRoom
    seen: set[str]

    def send(self, name: str, content: bytes) -> None:
        (self.account.inbox / name).write_bytes(content)
        self.room.make_round()

    def files(self) -> dict[str, bytes]:
        found = {path.name: path.read_bytes() for path in sorted(self.account.outbox.iterdir())}
        fresh = {name: content for name, content in found.items() if name not in self.seen}
        self.seen.update(fresh)
        return fresh

    def answers(self, name: str, content: bytes) -> dict[str, bytes]:
        """What comes back for one file, by kind; of two of a kind, the later one."""
        self.send(name, content)
        return {found.split("-")[0]: answer for found, answer in self.files().items()}


@contextmanager
def open_office(home: Path, rulebook: Rulebook) -> Generator[Office]:
    account = Account(ACCOUNT, home / "send", home / "collect")
    with Book(home) as book:
        yield Office(home, account, PostRoom(home, book, rulebook, [account]), set())


def remittance(content: bytes) -> RemittanceDocument:
    (document,), _ = read_remittances(content)
    return document


def claim_answer(content: bytes) -> ClaimAcknowledgement:
    (answer,), _ = read_claim_acknowledgements(content)
    return answer


def file_answer(content: bytes) -> FunctionalAcknowledgement:
    (answer,), _ = read_functional_acknowledgements(content)
    return answer
