"""The payer's side of a sweep: claims go in, remittance files come out, and it remembers."""

from collections import Counter, defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from models.documents.claim import ClaimDocument
from models.values.money import ZERO, Money
from revcycle.sandbox.book import Book, DueAnswer
from revcycle.sandbox.meaning import LineMeaning
from revcycle.sandbox.reception import ArrivedFile, receive_file
from revcycle.sandbox.remittances import tax_id_of
from revcycle.sandbox.rulebook import Rulebook, read_rulebook
from tests.sweeps.invented_visits import claim_file
from tests.sweeps.swept_practice import NOON

ACCOUNT = "testclinic"
EVERYTHING = Path(__file__).with_name("everything.toml")
SEND_EVERY = timedelta(seconds=50)
QUIET = timedelta(hours=1)  # after it nothing is under way
AMOUNTS = ("paid", "contractual", "sequestered", "patient", "denied")
Amounts = dict[str, Money]
Told = dict[tuple[str, str], dict[int, LineMeaning]]  # by claim number and payer, then line


@dataclass(slots=True)
class PayerDesk:
    """A sandbox without folders: what it is handed it judges at once."""

    book: Book
    rulebook: Rulebook
    now: datetime = NOON
    files: int = 0
    remittances: list[DueAnswer] = field(default_factory=list)

    def send(self, claims: Sequence[ClaimDocument]) -> list[bytes]:
        """Hand in an 837; return the remittance files that are due by then."""
        self.files += 1
        name = f"{self.files}.837"
        file = ArrivedFile(ACCOUNT, name, claim_file(claims, self.files), name)
        receive_file(self.book, self.rulebook, file, self.now)
        due = self.collect()
        self.now += SEND_EVERY
        return due

    def wait(self) -> list[bytes]:
        """Let everything that is under way come."""
        self.now += QUIET
        return self.collect()

    def collect(self) -> list[bytes]:
        """Collect what is due."""
        due = self.book.find_due(self.now)
        for answer in due:
            self.book.note_delivered(answer.id, self.now)
        found = [answer for answer in due if answer.name.startswith("835")]
        self.remittances += found
        return [answer.content for answer in found]

    def meanings(self) -> Told:
        """Say what finally became of each line, by claim number and payer."""
        told: Told = defaultdict(dict)
        for number, payer_id, line, *cents in self.book.read(
            """SELECT claim_control_number, decision.payer_id, line_number, sum(line.paid_cents),
            sum(contractual_cents), sum(sequestered_cents), sum(line.patient_cents),
            sum(denied_cents) FROM decision_line AS line
            JOIN decision ON decision.id = line.decision
            JOIN received_claim ON received_claim.id = decision.received_claim
            GROUP BY 1, 2, 3""",
            (),
        ):
            told[number, payer_id][line] = LineMeaning(line, *map(Money, cents))
        return dict(told)

    def payments(self) -> dict[tuple[str, str], Money]:
        """Return what each payment is worth, by payer and trace number."""
        rows = self.book.read("SELECT payer_id, trace_number, amount_cents FROM remittance", ())
        return {(payer_id, trace): Money(cents) for payer_id, trace, cents in rows}

    def moved(self) -> dict[tuple[str, str], Money]:
        """Return what was moved outside claims, by reason and sub-ledger."""
        sums: dict[tuple[str, str], Money] = defaultdict(lambda: ZERO)
        for payer_id, reason, reference, cents in self.book.read(
            "SELECT payer_id, reason, reference, moved.amount_cents"
            " FROM provider_adjustment AS moved"
            " JOIN remittance ON remittance.id = moved.remittance",
            (),
        ):
            sums[reason, f"1{tax_id_of(payer_id)}:{reference}"] += Money(cents)
        return dict(sums)

    def occurrences(self) -> Counter[str]:
        """Count every case that occurred, in the words of the record."""
        counts: Counter[str] = Counter()
        for statement in _COUNTS:
            for name, count in self.book.read(statement, ()):
                counts[name] += count
        return counts


_COUNTS = (
    "SELECT 'case ' || name, count(*) FROM claim_case GROUP BY 1",
    "SELECT 'outcome ' || outcome, count(*) FROM received_claim GROUP BY 1",
    "SELECT 'asked as ' || payer_rank, count(*) FROM received_claim GROUP BY 1",
    "SELECT 'status ' || status, count(*) FROM decision GROUP BY 1",
    "SELECT kind, count(*) FROM decision GROUP BY 1",
    """SELECT 'PLB ' || reason || iif(amount_cents < 0, ' -', ' +'), count(*)
    FROM provider_adjustment GROUP BY 1""",
    "SELECT 'sequestered line', count(*) FROM decision_line WHERE sequestered_cents > 0",
    "SELECT 'file that came twice', count(*) FROM answer_file WHERE copy_of IS NOT NULL",
    "SELECT 'payment of nothing', count(*) FROM remittance WHERE amount_cents = 0",
)


@contextmanager
def open_desk(home: Path, *, seed: int, rules: Path = EVERYTHING) -> Generator[PayerDesk]:
    """Open a payer with a record of its own."""
    with Book(home) as book:
        book.open_account(ACCOUNT, home, home)
        yield PayerDesk(book, read_rulebook(rules, seed=seed))
