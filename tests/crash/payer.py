"""The payer of the crash tests: the sandbox's post room, worked by hand, round by round."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from revcycle.sandbox import record
from revcycle.sandbox.book import Book
from revcycle.sandbox.folders import ARCHIVE, Account
from revcycle.sandbox.post_room import PostRoom
from revcycle.sandbox.rulebook import Rulebook
from tests.crash.clinic import FROM_PAYER, KEY, TO_PAYER


@dataclass(frozen=True)
class Payer:
    """Works on the folders of the clinic and keeps its record outside of them."""

    home: Path
    clinic_home: Path
    rulebook: Rulebook

    def work(self) -> None:
        """Take in what lies there, answer it, and leave no trace of what was read."""
        account = Account(KEY, self.clinic_home / TO_PAYER, self.clinic_home / FROM_PAYER)
        with Book(self.home) as book:
            PostRoom(self.home, book, self.rulebook, [account]).make_round()
        shutil.rmtree(account.inbox / ARCHIVE)

    def taken(self) -> dict[str, int]:
        """Say how often each claim version entered adjudication."""
        taken = record.accepted_claim_versions(self.home)
        return {number: times for _, number, times in taken}
