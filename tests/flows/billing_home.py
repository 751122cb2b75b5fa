"""One practice's home on disk: its client file, its folders, its database, and its payer."""

import csv
import re
import shutil
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from revcycle.client_config import read_client_config
from revcycle.connectors import clock
from revcycle.operations.verify.verify_client import verify_client
from revcycle.sandbox.book import Book
from revcycle.sandbox.post_room import PostRoom
from revcycle.sandbox.rulebook import read_rulebook
from revcycle.sandbox.serve import directory_account
from revcycle.settings import settings
from revcycle.store.schema import upgrade_database
from revcycle.store.session import transaction
from tests.architecture.repository import ROOT
from tests.flows.command_process import CommandProcess, command_process
from workbench.commands.practices import chosen_practices, read_clients, register_clients
from workbench.commands.processes import free_port

TEMPLATE = "lakeside_family"
USUAL_VISIT = {
    "npi": "1999900115",
    "last": "Wexelbury",
    "first": "Orla",
    "born": "1961-04-03",
    "sex": "F",
    "phone": "6075550144",
    "email": "orla@wexelbury.example.org",
    "street": "3 Tern Close",
    "city": "Cayuga Point",
    "state": "NY",
    "zip": "148500014",
    "payer": "Blue Heron",
    "member": "WEX300200101",
    "code": "99213",
    "diagnosis": "J06.9",
    "note": "a cough for a week",
}
COUNTED = (
    *("patient", "encounter", "charge", "claim", "claim_version", "inbound_file"),
    *("outbound_file", "eligibility_check", "work_item", "statement", "message"),
)
OF_SFTP = re.compile(r"^(?:host|port|username|private_key|host_key) = .*\n", re.MULTILINE)
CSV_SOURCE = """
[[intake]]
key = "office"
format = "csv"
folder = "intake/office"

[intake.columns]
encounter_number = "visit"
service_date = "date"
provider_npi = "npi"
patient_last_name = "last"
patient_first_name = "first"
patient_birth_date = "born"
patient_sex = "sex"
patient_phone = "phone"
patient_email = "email"
patient_address_line1 = "street"
patient_city = "city"
patient_state = "state"
patient_zip_code = "zip"
primary_payer_name = "payer"
primary_member_id = "member"
procedure_code = "code"
diagnosis_1 = "diagnosis"
note = "note"
"""
# Every claim is paid at once, but for a co-pay that the patient owes.
PAYER_RULES = """
[rates]
rejection = 0
denial = 0
partial_denial = 0
deductible = 0
copay = 1
reversal = 0
late = 0
duplicate = 0
"""


@dataclass(frozen=True, slots=True)
class BillingHome:
    """A practice that exchanges files with its payer through two folders."""

    folder: Path
    key: str

    @property
    def database(self) -> Path:
        """The product's database."""
        return self.folder / "home" / "revcycle.sqlite3"

    @property
    def bank(self) -> Path:
        """Where the bank leaves statements, as the copied client file says."""
        return self.folder / "home" / "bank" / TEMPLATE

    @property
    def output(self) -> Path:
        """What the commands wrote."""
        return self.folder / "output.log"

    @property
    def office(self) -> Path:
        """Where the practice drops its CSV files."""
        return self.folder / "home" / "intake" / "office"

    @property
    def to_payer(self) -> Path:
        """Where files for the payer are left."""
        return self.folder / "home" / "to_payer"

    @property
    def from_payer(self) -> Path:
        """Where the payer's answers are found."""
        return self.folder / "home" / "from_payer"

    @property
    def records(self) -> Path:
        """Where the practice's record system drops FHIR."""
        return self.folder / "home" / "intake" / "lakeside_family"

    def variables(self) -> dict[str, str]:
        """Say what differs on this machine; nothing listens where the mail server should be."""
        return {
            "REVCYCLE_HOME": str(self.folder / "home"),
            "REVCYCLE_CLIENT_CONFIGS": str(self.folder / "client_configs"),
            "REVCYCLE_SMTP_HOST": "127.0.0.1",
            "REVCYCLE_SMTP_PORT": str(free_port()),
        }

    @contextmanager
    def processes(self, count: int) -> Generator[list[CommandProcess]]:
        """Start processes that run commands for this practice; return when all are ready."""
        with ExitStack() as stack:
            started = [
                stack.enter_context(command_process(self.output, self.variables()))
                for _ in range(count)
            ]
            assert [process.exit_code() for process in started] == [0] * count
            yield started

    def cycle(self, processes: Sequence[CommandProcess], *words: str) -> list[int]:
        """Run the same cycle in all these processes at once; return their exit codes."""
        for process in processes:
            process.begin("cycle", self.key, *words)
        for process in processes:
            process.wait_until_begun()
        for process in processes:
            process.go_on()
        return [process.exit_code() for process in processes]

    def drop_visits(self, name: str, visits: Sequence[Mapping[str, str]]) -> None:
        """Leave a CSV file of visits of the practice's day; what a visit leaves out is usual."""
        rows = [
            {"visit": f"{name}-{number}", "date": self.today().isoformat(), **USUAL_VISIT, **visit}
            for number, visit in enumerate(visits)
        ]
        with (self.office / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def today(self) -> date:
        """The practice's day."""
        config = read_client_config(self.folder / "client_configs" / self.key)
        return clock.today_in(config.zone())

    def open_payer(self) -> None:
        """Make the two folders between us and the payer."""
        self.to_payer.mkdir(exist_ok=True)
        self.from_payer.mkdir(exist_ok=True)

    def let_payer_answer(self) -> None:
        """Let the payer take what is there, and answer it, once."""
        rules = self.folder / "rules.toml"
        rules.write_text(PAYER_RULES, encoding="utf-8")
        account = directory_account(f"{self.key}={self.to_payer}:{self.from_payer}")
        payer = self.folder / "payer"
        payer.mkdir(exist_ok=True)
        with Book(payer) as book:
            PostRoom(payer, book, read_rulebook(rules), [account]).make_round()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()

    def change_database(self, statement: str) -> None:
        """Change what nothing in the product changes."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute(statement)
            connection.commit()

    def counts(self) -> dict[str, int]:
        """Count what must never double."""
        return {
            table: len(self.rows(f"SELECT id FROM {table}"))  # noqa: S608 - names of our own
            for table in COUNTED
        }

    def violations(self) -> list[str]:
        """Evaluate every invariant."""
        url = f"sqlite:///{self.database}"
        ((client_id,),) = self.rows("SELECT id FROM client")
        with transaction(url) as session:
            results = verify_client(session, UUID(str(client_id)))
        return [f"{one.id}: {violation}" for one in results for violation in one.violations]


@contextmanager
def billing_home(folder: Path, key: str) -> Generator[BillingHome]:
    """Make the home of a practice and register it; this process works on it for the block."""
    home = BillingHome(folder, key)
    write_client_file(folder / "client_configs" / key)
    home.office.mkdir(parents=True)
    home.records.mkdir()
    home.bank.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in home.variables().items():
            patch.setenv(name, value)
        settings.cache_clear()
        upgrade_database(settings().database)
        register_clients(read_clients())
        assert [name for name, _ in chosen_practices()] == [key]
        yield home
    settings.cache_clear()


def write_client_file(folder: Path) -> None:
    """Copy a demo practice; its payer is reached through folders instead of SFTP."""
    shutil.copytree(ROOT / "client_configs" / TEMPLATE, folder)
    path = folder / "client.toml"
    text = OF_SFTP.sub("", path.read_text(encoding="utf-8"))
    path.write_text(text.replace('kind = "sftp"', 'kind = "directory"') + CSV_SOURCE, "utf-8")
