"""The bank's folder on a real SFTP server: files half written, left twice, cut off, or foreign."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.errors import UnavailableError
from models.tables import BankLine, Client, InboundFile, WorkItem
from revcycle.operations.deposits.import_bank_file import ImportCount
from revcycle.settings import settings
from revcycle.store.session import transaction
from tasks import deposits, runtime
from tests.bank_files import ACCOUNT, Movement, bai2, bank_csv
from tests.flows.billing_home import write_client_file
from tests.integration.connectors.partners import (
    LOOPBACK,
    USERNAME,
    SftpPartner,
    files_in,
    make_keys,
)
from workbench.commands.practices import read_clients, register_clients

KEY = "lakeside_family"
TODAY = date(2026, 11, 19)
NAME = "statement.bai"
TWO_PAYMENTS = bai2(Movement("165", 88_250, "EFT1"), Movement("165", 1_000, "EFT2"))


@dataclass
class Bank:
    """The bank's server beside the practice's posting stage, which looks into its folder."""

    partner: SftpPartner
    client_file: Path
    counts: list[ImportCount] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where the bank writes."""
        return self.partner.collect

    def look(self) -> int:
        """Let the stage look once, with the server up; return how many files were new."""
        return asyncio.run(self._look())

    async def _look(self) -> int:
        async with self.partner.listening() as port:
            self.call(port)
            new = await deposits.collect_bank_files_task.fn(KEY, TODAY)
        self.counts = [
            deposits.import_bank_file_task.fn(KEY, file_id, TODAY)
            for file_id in deposits.list_bank_files_task.fn(KEY)
        ]
        return new

    def call(self, port: int) -> None:
        """Say in the client file where the bank's server listens now."""
        text = self.client_file.read_text(encoding="utf-8")
        start = text.index("[bank]")
        end = text.index("[stages]")
        section = SECTION.format(port=port)
        self.client_file.write_text(f"{text[:start]}{section}\n{text[end:]}", encoding="utf-8")
        runtime.config_of.cache_clear()

    def lines(self) -> list[tuple[str, int]]:
        """List what was taken in: trace number and cents."""
        with transaction(settings().database) as session:
            rows = session.exec(select(BankLine).order_by(col(BankLine.trace_number))).all()
            return [(row.trace_number, row.amount.cents) for row in rows]

    def files(self) -> list[tuple[str, str]]:
        """List the stored files: name and state."""
        with transaction(settings().database) as session:
            rows = session.exec(select(InboundFile).order_by(col(InboundFile.id))).all()
            return [(row.name, str(row.state)) for row in rows]

    def questions(self) -> list[str]:
        """List the reasons of open work about files."""
        with transaction(settings().database) as session:
            statement = select(WorkItem.reason).where(WorkItem.subject_kind == "inbound_file")
            return sorted(session.exec(statement))


SECTION = f"""[bank]
account = "{ACCOUNT[-4:]}"
format = "bai2"
kind = "sftp"
folder = "collect"
host = "{LOOPBACK}"
port = {{port}}
username = "{USERNAME}"
private_key = "env:BANK_KEY"
host_key = "env:BANK_HOST_KEY"
"""


@pytest.fixture
def bank(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    """A practice whose bank leaves BAI2 statements on a server of its own."""
    root = tmp_path / "bank"
    root.mkdir()
    keys = make_keys()
    write_client_file(tmp_path / "client_configs" / KEY)
    for name, value in {
        "REVCYCLE_HOME": str(tmp_path),
        "REVCYCLE_CLIENT_CONFIGS": str(tmp_path / "client_configs"),
        "REVCYCLE_DATABASE_URL": database_url,
        "BANK_KEY": keys.client.export_private_key().decode(),
        "BANK_HOST_KEY": keys.host.export_public_key().decode(),
    }.items():
        monkeypatch.setenv(name, value)
    forget()
    register_clients(read_clients())
    yield Bank(SftpPartner(root, keys), tmp_path / "client_configs" / KEY / "client.toml")
    forget()


def forget() -> None:
    """Let this process read its surroundings anew."""
    settings.cache_clear()
    runtime.config_of.cache_clear()
    runtime.client_id_of.cache_clear()


def test_a_file_is_taken_once_it_is_whole_and_moved_aside(bank: Bank) -> None:
    (bank.folder / f"{NAME}.part").write_bytes(TWO_PAYMENTS[:120])
    assert bank.look() == 0
    assert (bank.files(), bank.lines()) == ([], [])
    (bank.folder / f"{NAME}.part").rename(bank.folder / NAME)
    (bank.folder / NAME).write_bytes(TWO_PAYMENTS)
    assert bank.look() == 1
    assert bank.lines() == [("EFT1", 88_250), ("EFT2", 1_000)]
    assert files_in(bank.folder) == {}
    assert files_in(bank.folder / "done") == {NAME: TWO_PAYMENTS}
    assert bank.look() == 0


def test_no_account_number_is_kept(bank: Bank) -> None:
    (bank.folder / NAME).write_bytes(TWO_PAYMENTS)
    bank.look()
    with transaction(settings().database) as session:
        (file,) = session.exec(select(InboundFile)).all()
        assert session.exec(select(Client.key)).all() == [KEY]
    assert ACCOUNT.encode() not in file.content


def test_a_file_without_its_end_is_refused_whole_and_taken_when_it_comes_again(
    bank: Bank,
) -> None:
    """Some banks write under the last name at once; a look in between finds half a file."""
    (bank.folder / NAME).write_bytes(TWO_PAYMENTS[: len(TWO_PAYMENTS) // 2])
    assert bank.look() == 1
    assert bank.lines() == []
    assert bank.files() == [(NAME, "quarantined")]
    assert bank.questions() == ["deposit.unreadable"]
    (bank.folder / NAME).write_bytes(TWO_PAYMENTS)
    assert bank.look() == 1
    assert bank.lines() == [("EFT1", 88_250), ("EFT2", 1_000)]


def test_a_file_that_the_bank_leaves_twice_is_taken_once(bank: Bank) -> None:
    (bank.folder / NAME).write_bytes(TWO_PAYMENTS)
    bank.look()
    (bank.folder / "again.bai").write_bytes(TWO_PAYMENTS)
    assert bank.look() == 0
    assert len(bank.files()) == 1
    assert len(files_in(bank.folder / "done")) == 2
    longer = bai2(
        Movement("165", 88_250, "EFT1"), Movement("165", 1_000, "EFT2"), Movement("165", 77, "EFT3")
    )
    (bank.folder / NAME).write_bytes(longer)
    assert bank.look() == 1
    assert [(one.read, one.known) for one in bank.counts] == [(3, 2)]
    assert [cents for _, cents in bank.lines()] == [88_250, 1_000, 77]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bank_csv("11/18/2026,10.00,DEPOSIT,R1,000987654321"), id="the other format"),
        pytest.param(b"%PDF-1.7 a statement on paper", id="a picture of a statement"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_file_of_another_format_asks_a_person_and_the_next_is_taken(
    bank: Bank, content: bytes
) -> None:
    (bank.folder / "a.bai").write_bytes(content)
    (bank.folder / "b.bai").write_bytes(TWO_PAYMENTS)
    assert bank.look() == 2
    assert dict(bank.files()) == {"a.bai": "quarantined", "b.bai": "posted"}
    assert bank.questions() == ["deposit.unreadable"]
    assert total_cents(bank) == 89_250


def test_a_server_that_is_down_changes_nothing_and_may_be_asked_again(bank: Bank) -> None:
    async def find_free_port() -> int:
        async with bank.partner.listening() as port:
            return port

    (bank.folder / NAME).write_bytes(TWO_PAYMENTS)
    bank.call(asyncio.run(find_free_port()))
    with pytest.raises(UnavailableError):
        asyncio.run(deposits.collect_bank_files_task.fn(KEY, TODAY))
    assert bank.files() == []
    assert bank.look() == 1
    assert total_cents(bank) == 89_250


def total_cents(bank: Bank) -> int:
    return sum(cents for _, cents in bank.lines())
