"""The sandbox's record, read from outside: the truth that tests and the demo compare ours with.

Everything here only reads, and may run while the sandbox does.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.values.money import Money
from revcycle.sandbox.book import BOOK_NAME, BUSY_SECONDS
from revcycle.sandbox.folders import waiting_files


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """What one practice sent, and what the payer made of it.

    Attributes:
        duplicates: Interchanges refused because their ISA13 had been used.
        received: Claims of interchanges that were taken, refused ones included.
        paid: The sum of all payments (BPR02).
        paid_claims: The sum of what was paid for claims, reversals deducted; the difference to
            ``paid`` is what stands in PLB.
    """

    files: int = 0
    duplicates: int = 0
    received: int = 0
    accepted: int = 0
    rejected: int = 0
    denied: int = 0
    partly_denied: int = 0
    voided: int = 0
    reversed: int = 0
    remittances: int = 0
    charged: Money = Money(0)  # noqa: RUF009 - frozen
    paid: Money = Money(0)  # noqa: RUF009 - frozen
    paid_claims: Money = Money(0)  # noqa: RUF009 - frozen
    patient_responsibility: Money = Money(0)  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class ReceivedClaim:
    """One version of a claim as it came."""

    account: str
    claim_control_number: str  # CLM01
    frequency: str
    payer_id: str
    charge: Money
    outcome: str  # rejected, denied, partly_denied, paid, voided
    payer_claim_control_number: str  # empty when rejected


@dataclass(frozen=True, slots=True)
class DecidedClaim:
    """One CLP that the sandbox wrote, whether or not its file was delivered yet."""

    account: str
    claim_control_number: str
    kind: str  # decision, reversal, correction, onward
    payer_id: str
    status: str  # CLP02
    charge: Money
    paid: Money
    patient_responsibility: Money
    trace_number: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file as it came."""

    account: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """One file that was, or will be, delivered."""

    account: str
    name: str
    kind: str  # TA1, 999, 277CA, 271, 277, 835
    sha256: str
    is_delivered: bool


def pending_work(home: Path, *, due_by: datetime | None = None) -> int:
    """Count files not yet judged and answers not yet delivered; zero means all is quiet.

    Args:
        home: The sandbox's folder.
        due_by: Leaves out answers that are due later; without it, late ones count as well.
    """
    # Inboxes first: a file leaves its inbox only after its answers are in the record.
    waiting = sum(
        len(waiting_files(Path(inbox))) for (inbox,) in _rows(home, "SELECT inbox FROM account")
    )
    limit = due_by.isoformat() if due_by else "9999"
    ((answers,),) = _rows(
        home,
        "SELECT count(*) FROM answer_file WHERE due_at <= ?"
        " AND id NOT IN (SELECT answer_file FROM delivered_file)",
        limit,
    ) or [(0,)]
    return waiting + int(answers)


def delivered_files(home: Path, account: str) -> int:
    """Count the answers that were put into the outbox of a practice."""
    ((count,),) = _rows(
        home,
        "SELECT count(*) FROM delivered_file JOIN answer_file"
        " ON answer_file.id = delivered_file.answer_file WHERE account = ?",
        account,
    ) or [(0,)]
    return int(count)


def accepted_claim_versions(home: Path) -> list[tuple[str, str, int]]:
    """List how often each claim version (account, CLM01, payer) entered adjudication.

    A count above one is a claim that was sent, and taken, twice. A claim sent to a second payer
    under the same CLM01 is another claim.
    """
    return _rows(
        home,
        "SELECT account, claim_control_number, count(*) FROM received_claim"
        " WHERE outcome <> 'rejected'"
        " GROUP BY account, claim_control_number, payer_id, frequency, original_reference"
        " ORDER BY account, claim_control_number",
    )


def received_claims(home: Path) -> list[ReceivedClaim]:
    """List every claim that was judged, in the order of arrival."""
    rows = _rows(
        home,
        "SELECT account, claim_control_number, frequency, payer_id, charge_cents, outcome,"
        " coalesce(payer_claim_control_number, '') FROM received_claim ORDER BY id",
    )
    return [
        ReceivedClaim(account, number, frequency, payer_id, Money(charge), outcome, payer_number)
        for account, number, frequency, payer_id, charge, outcome, payer_number in rows
    ]


def decided_claims(home: Path) -> list[DecidedClaim]:
    """List every decision in the order it was written."""
    rows = _rows(
        home,
        "SELECT received_claim.account, claim_control_number, kind, decision.payer_id, status,"
        " decision.charge_cents, paid_cents, patient_cents, trace_number FROM decision"
        " JOIN received_claim ON received_claim.id = decision.received_claim"
        " JOIN remittance ON remittance.id = decision.remittance ORDER BY decision.id",
    )
    return [
        DecidedClaim(
            account=account,
            claim_control_number=number,
            kind=kind,
            payer_id=payer_id,
            status=status,
            charge=Money(charge),
            paid=Money(paid),
            patient_responsibility=Money(patient),
            trace_number=trace,
        )
        for account, number, kind, payer_id, status, charge, paid, patient, trace in rows
    ]


def received_files(home: Path) -> list[ReceivedFile]:
    """List every file that came."""
    rows = _rows(home, "SELECT account, name, sha256 FROM received_file ORDER BY id")
    return [ReceivedFile(*row) for row in rows]


def answer_files(home: Path) -> list[AnswerFile]:
    """List every answer, delivered or not."""
    rows = _rows(
        home,
        "SELECT account, name, kind, sha256, id IN (SELECT answer_file FROM delivered_file)"
        " FROM answer_file ORDER BY id",
    )
    return [
        AnswerFile(account, name, kind, sha256, bool(is_delivered))
        for account, name, kind, sha256, is_delivered in rows
    ]


def summary(home: Path) -> dict[str, AccountSummary]:
    """Sum up each account."""
    counts: dict[str, dict[str, Any]] = {
        name: {} for (name,) in _rows(home, "SELECT name FROM account ORDER BY name")
    }
    for statement, columns in _TOTALS:
        for account, *values in _rows(home, statement):
            amounts = (
                Money(value) if column in _AMOUNTS else value
                for column, value in zip(columns, values, strict=True)
            )
            counts.setdefault(account, {}).update(zip(columns, amounts, strict=True))
    return {account: AccountSummary(**values) for account, values in counts.items()}


_AMOUNTS = frozenset({"charged", "paid", "paid_claims", "patient_responsibility"})
_TOTALS = (
    ("SELECT account, count(*) FROM received_file GROUP BY account", ("files",)),
    (
        "SELECT account, sum(outcome = 'duplicate') FROM received_interchange GROUP BY account",
        ("duplicates",),
    ),
    (
        """SELECT account, count(*), sum(outcome <> 'rejected'), sum(outcome = 'rejected'),
        sum(outcome = 'denied'), sum(outcome = 'partly_denied'), sum(outcome = 'voided'),
        sum(CASE WHEN outcome <> 'rejected' THEN charge_cents ELSE 0 END)
        FROM received_claim GROUP BY account""",
        ("received", "accepted", "rejected", "denied", "partly_denied", "voided", "charged"),
    ),
    (
        "SELECT account, count(*), sum(amount_cents) FROM remittance GROUP BY account",
        ("remittances", "paid"),
    ),
    (
        """SELECT account, sum(kind = 'reversal'), sum(paid_cents), sum(patient_cents)
        FROM decision JOIN received_claim ON received_claim.id = decision.received_claim
        GROUP BY account""",
        ("reversed", "paid_claims", "patient_responsibility"),
    ),
)


def _rows(home: Path, statement: str, *values: str) -> list[Any]:
    if not (home / BOOK_NAME).exists():
        return []
    with _reading(home) as database:
        try:
            return database.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []  # the sandbox is just making them
            raise


@contextmanager
def _reading(home: Path) -> Generator[sqlite3.Connection]:
    path = (home / BOOK_NAME).resolve().as_uri()
    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as database:
        yield database
