"""The round of the post room: take in what came, deliver what is due.

Whatever moment it is killed at, the next round goes on from the record: a file that was recorded
is not judged again, and an answer is written under one name only.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from revcycle.connectors.clock import now
from revcycle.sandbox.book import Book
from revcycle.sandbox.folders import ACCOUNTS_FOLDER, Account, sftp_account, waiting_files
from revcycle.sandbox.reception import ArrivedFile, receive_file
from revcycle.sandbox.rulebook import Rulebook


class PostRoom:
    """Serves the folders of all accounts, one round at a time."""

    def __init__(
        self, home: Path, book: Book, rulebook: Rulebook, accounts: Iterable[Account]
    ) -> None:
        self._home = home
        self._book = book
        self._rulebook = rulebook
        self._accounts: dict[str, Account] = {}
        for account in accounts:
            self._open(account)
        self._open_accounts_on_disk()

    def make_round(self) -> None:
        """Archive, receive, deliver; each step may be repeated."""
        self._open_accounts_on_disk()
        self._archive()
        self._deliver(now())
        for account in list(self._accounts.values()):
            for path in waiting_files(account.inbox):
                self._receive(account, path)
                self._archive()
                self._deliver(now())

    def _open(self, account: Account) -> None:
        account.open()
        self._book.open_account(account.name, account.inbox, account.outbox)
        self._accounts[account.name] = account

    def _open_accounts_on_disk(self) -> None:
        """Serve accounts whose folders were made at sign-in, now or in an earlier life."""
        folder = self._home / ACCOUNTS_FOLDER
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
        for name in sorted(names - self._accounts.keys()):
            self._open(sftp_account(self._home, name))

    def _receive(self, account: Account, path: Path) -> None:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return  # its owner took it back
        archive_name = account.free_archive_name(path.name)
        file = ArrivedFile(account.name, path.name, content, archive_name)
        receive_file(self._book, self._rulebook, file, now())

    def _archive(self) -> None:
        for receipt in self._book.find_unarchived():
            account = self._accounts.get(receipt.account)
            if account is not None:
                account.take_away(receipt.name, receipt.archive_name)
                self._book.note_archived(receipt.id, now())

    def _deliver(self, moment: datetime) -> None:
        for answer in self._book.find_due(moment):
            account = self._accounts.get(answer.account)
            if account is not None:
                account.deliver(answer.name, answer.content)
                self._book.note_delivered(answer.id, now())
