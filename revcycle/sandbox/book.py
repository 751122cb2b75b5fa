"""The sandbox's book, as the process that writes it sees it: one connection, one writer."""

import hashlib
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from pydantic import TypeAdapter

from models.documents.acknowledgement import ClaimStatus
from models.documents.claim import ClaimDocument, FrequencyCode
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.values.money import Money
from revcycle.sandbox.remittances import DecisionKind, patient_share_of, without_names
from revcycle.sandbox.schema import schema
from revcycle.sandbox.verdicts import History, Outcome, Verdict

BOOK_NAME: Final = "sandbox.sqlite3"
BUSY_SECONDS: Final = 30
CLAIM_JSON: Final = TypeAdapter(RemittanceClaim)


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """An answer that must be delivered now."""

    id: int
    account: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that was received and still lies in the inbox."""

    id: int
    account: str
    name: str
    archive_name: str


@dataclass(frozen=True, slots=True)
class Original:
    """The claim that a replacement or void names, and the decision on it that stands."""

    claim_id: int
    outcome: Outcome
    standing: RemittanceClaim | None


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """What can be said of a claim somebody asks about."""

    outcome: Outcome
    claim_status: ClaimStatus
    payer_number: str
    is_decided: bool  # its remittance has left
    paid: Money


class Book:
    """Every statement that writes, and what judging needs to read. ``with`` closes it."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        # Ticks run in threads, one after the other.
        self._db = sqlite3.connect(
            home / BOOK_NAME,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.executescript(schema())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Keep all that is written in the block, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def attempt(self) -> Generator[None]:
        """Undo only the block when it fails, inside a transaction."""
        self._db.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO attempt")
            self._db.execute("RELEASE attempt")
            raise
        self._db.execute("RELEASE attempt")

    # ---- files in ----

    def open_account(self, name: str, inbox: Path, outbox: Path) -> None:
        """Tell readers where an account's folders are."""
        self._db.execute(
            "INSERT OR REPLACE INTO account (name, inbox, outbox) VALUES (?, ?, ?)",
            (name, str(inbox), str(outbox)),
        )

    def add_file(
        self, account: str, name: str, content: bytes, archive_name: str, now: datetime
    ) -> int:
        """Record that a file came."""
        return self._insert(
            "received_file",
            account=account,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            archive_name=archive_name,
            received_at=now.isoformat(),
        )

    def find_unarchived(self) -> list[Receipt]:
        """Files that are recorded and perhaps still lie in the inbox."""
        rows = self._db.execute(
            "SELECT id, account, name, archive_name FROM received_file"
            " WHERE id NOT IN (SELECT received_file FROM archived_file) ORDER BY id"
        )
        return [Receipt(*row) for row in rows]

    def note_archived(self, receipt_id: int, now: datetime) -> None:
        """Record that a file left the inbox."""
        self._insert("archived_file", received_file=receipt_id, archived_at=now.isoformat())

    def is_seen(self, account: str, sender_id: str, control_number: str) -> bool:
        """Tell whether this sender used this ISA13 before."""
        return self._exists(
            "SELECT 1 FROM received_interchange"
            " WHERE account = ? AND sender_id = ? AND control_number = ?",
            (account, sender_id, control_number),
        )

    def next_interchange_id(self) -> int:
        """Return the id of the interchange that is being judged; its row is written last."""
        return self._next_id("received_interchange")

    def add_interchange(
        self,
        file_id: int,
        account: str,
        *,
        sender_id: str,
        control_number: str,
        kind: str,
        outcome: str,
    ) -> int:
        """Record an interchange and what became of it."""
        return self._insert(
            "received_interchange",
            received_file=file_id,
            account=account,
            sender_id=sender_id,
            control_number=control_number,
            kind=kind,
            outcome=outcome,
        )

    # ---- claims ----

    def next_payer_number(self) -> str:
        """Name the claim that is accepted next, as the payer will call it."""
        return f"SBX{self._next_id('received_claim'):09d}"

    def add_claim(
        self, interchange_id: int, account: str, claim: ClaimDocument, verdict: Verdict
    ) -> tuple[int, str]:
        """Record a claim and its verdict; return its id and the payer's number of it."""
        number = self.next_payer_number() if verdict.is_accepted else ""
        status = verdict.claim_status
        claim_id = self._insert(
            "received_claim",
            received_interchange=interchange_id,
            account=account,
            claim_control_number=claim.control_number,
            frequency=str(claim.frequency_code),
            original_reference=claim.original_reference,
            patient_sha256=_patient_sha256(account, claim),
            charge_cents=claim.charge_total.cents,
            payer_id=claim.payer.payer_id,
            payer_rank=claim.payer.responsibility,
            outcome=str(verdict.outcome),
            claim_status=f"{status.category}:{status.code}:{status.entity}",
            payer_claim_control_number=number or None,
        )
        return claim_id, number

    def history_of(self, account: str, claim: ClaimDocument) -> History:
        """Look up what is known of a claim before it is judged."""
        is_repeated = self._exists(
            "SELECT 1 FROM received_claim WHERE account = ? AND claim_control_number = ?"
            " AND frequency = ? AND payer_id = ? AND outcome <> 'rejected'",
            (account, claim.control_number, str(claim.frequency_code), claim.payer.payer_id),
        )
        if claim.frequency_code is FrequencyCode.ORIGINAL:
            return History(is_repeated)
        original = self.find_original(account, claim.original_reference)
        if original is None:
            return History(is_repeated)
        denied = original.outcome in {Outcome.DENIED, Outcome.PARTLY_DENIED}
        return History(
            is_repeated,
            original_found=True,
            original_denied=denied,
            original_stands=original.standing is not None,
        )

    def find_original(self, account: str, payer_number: str) -> Original | None:
        """Find a claim by the number the payer gave it."""
        row = self._db.execute(
            "SELECT id, outcome FROM received_claim"
            " WHERE account = ? AND payer_claim_control_number = ?",
            (account, payer_number),
        ).fetchone()
        if row is None:
            return None
        claim_id, outcome = row
        return Original(claim_id, Outcome(outcome), self._standing(claim_id))

    def _standing(self, claim_id: int) -> RemittanceClaim | None:
        rows = self._db.execute(
            "SELECT kind, claim FROM decision WHERE received_claim = ? AND kind <> 'onward'"
            " ORDER BY id DESC LIMIT 1",
            (claim_id,),
        ).fetchall()
        if not rows or rows[0][0] == DecisionKind.REVERSAL:
            return None
        return CLAIM_JSON.validate_json(rows[0][1])

    def find_known_claim(
        self, account: str, payer_number: str, claim_control_number: str
    ) -> KnownClaim | None:
        """Find the claim somebody asks about: by the payer's number, else the latest by ours."""
        row = self._db.execute(
            "SELECT id, outcome, claim_status, coalesce(payer_claim_control_number, '')"
            " FROM received_claim WHERE account = ?"
            " AND (payer_claim_control_number = ? OR claim_control_number = ?)"
            " ORDER BY payer_claim_control_number IS ? DESC, id DESC LIMIT 1",
            (account, payer_number, claim_control_number, payer_number),
        ).fetchone()
        if row is None:
            return None
        claim_id, outcome, status, number = row
        count, paid = self._db.execute(
            "SELECT count(*), coalesce(sum(decision.paid_cents), 0) FROM decision"
            " JOIN remittance ON remittance.id = decision.remittance"
            " JOIN delivered_file ON delivered_file.answer_file = remittance.answer_file"
            " WHERE decision.received_claim = ? AND decision.kind <> 'onward'",
            (claim_id,),
        ).fetchone()
        return KnownClaim(
            Outcome(outcome), ClaimStatus(*status.split(":")), number, count > 0, Money(paid)
        )

    # ---- answers ----

    def next_interchange_number(self, account: str) -> int:
        """Return the next ISA13 of what this account is sent."""
        (latest,) = self._db.execute(
            "SELECT coalesce(max(interchange_number), 0) FROM answer_file"
            " WHERE account = ? AND copy_of IS NULL",
            (account,),
        ).fetchone()
        return int(latest) + 1

    def add_answer(
        self,
        account: str,
        *,
        name: str,
        kind: str,
        number: int,
        content: bytes,
        due_at: datetime,
        copy_of: int | None = None,
    ) -> int:
        """Record a file that will be delivered when it is due."""
        return self._insert(
            "answer_file",
            account=account,
            name=name,
            kind=kind,
            interchange_number=number,
            copy_of=copy_of,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            due_at=due_at.isoformat(),
        )

    def find_due(self, now: datetime) -> list[DueAnswer]:
        """Answers that are due and were not delivered; an acknowledgement goes before the rest."""
        rows = self._db.execute(
            "SELECT id, account, name, content FROM answer_file WHERE due_at <= ?"
            " AND id NOT IN (SELECT answer_file FROM delivered_file)"
            " ORDER BY due_at, kind NOT IN ('TA1', '999'), id",
            (now.isoformat(),),
        )
        return [DueAnswer(*row) for row in rows]

    def note_delivered(self, answer_id: int, now: datetime) -> None:
        """Record that a file lies in the outbox."""
        self._insert("delivered_file", answer_file=answer_id, delivered_at=now.isoformat())

    # ---- payments ----

    def next_trace_number(self) -> int:
        """Return a number from which on no payment has a trace number (TRN02)."""
        return self._next_id("remittance")

    def owed_back(self, account: str, payer_id: str, payee: str) -> Mapping[str, Money]:
        """Return what delivered payments announced to take back and none has taken, by reference.

        What a payment takes counts when it is written, what it announces when it was delivered.
        """
        rows = self._db.execute(
            "SELECT reference, sum(amount_cents) FROM provider_adjustment"
            " JOIN remittance ON remittance.id = provider_adjustment.remittance"
            " WHERE account = ? AND payer_id = ? AND payee_npi = ? AND (amount_cents > 0"
            "  OR remittance.answer_file IN (SELECT answer_file FROM delivered_file))"
            " GROUP BY reference HAVING sum(amount_cents) < 0 ORDER BY min(remittance.id)",
            (account, payer_id, payee),
        )
        return {reference: Money(-cents) for reference, cents in rows}

    def add_remittance(self, answer_id: int, account: str, document: RemittanceDocument) -> int:
        """Record a payment with what it moves outside claims."""
        payee = document.payee.npi or document.payee.tax_id
        remittance_id = self._insert(
            "remittance",
            answer_file=answer_id,
            account=account,
            payer_id=document.payer_id,
            payee_npi=payee,
            trace_number=document.trace_number,
            amount_cents=document.amount.cents,
        )
        for adjustment in document.provider_adjustments:
            self._insert(
                "provider_adjustment",
                remittance=remittance_id,
                reason=adjustment.reason,
                reference=adjustment.reference,
                amount_cents=adjustment.amount.cents,
            )
        return remittance_id

    def add_decision(
        self,
        remittance_id: int,
        claim_id: int,
        kind: DecisionKind,
        payer_id: str,
        claim: RemittanceClaim,
    ) -> None:
        """Record what a payment says of a claim, without the patient's name."""
        self._insert(
            "decision",
            received_claim=claim_id,
            remittance=remittance_id,
            kind=str(kind),
            payer_id=payer_id,
            status=claim.status,
            charge_cents=claim.charge.cents,
            paid_cents=claim.paid.cents,
            patient_cents=patient_share_of(claim).cents,
            claim=CLAIM_JSON.dump_json(without_names(claim)).decode(),
        )

    def _insert(self, table: str, **values: str | int | bytes | None) -> int:
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our names
        row_id = self._db.execute(statement, tuple(values.values())).lastrowid
        assert row_id is not None  # noqa: S101 - an INSERT has one
        return row_id

    def _next_id(self, table: str) -> int:
        """Return the id the next row gets: nothing is ever deleted."""
        statement = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 - our names
        return int(self._db.execute(statement).fetchone()[0])

    def _exists(self, statement: str, values: tuple[str, ...]) -> bool:
        return self._db.execute(statement, values).fetchone() is not None


def _patient_sha256(account: str, claim: ClaimDocument) -> str:
    """Tell patients apart without naming them."""
    patient = claim.patient
    facts = (
        account,
        claim.subscriber.member_id,
        patient.last_name,
        patient.first_name,
        str(patient.birth_date),
    )
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
