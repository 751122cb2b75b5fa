"""Our database and the partners' own records, compared after crashes.

Read with plain SQL: the comparison shares no query with what it judges.
"""

import sqlite3
from collections import Counter
from contextlib import closing
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

from revcycle.sandbox import record
from workbench.commands.evening_post import TRACE_PREFIX

DATABASE_NAME = "revcycle.sqlite3"
PRACTICE = "(SELECT key FROM client WHERE client.id = {table}.client_id)"


def compare(home: Path) -> list[str]:
    """List every difference that a crash could have made."""
    return [
        *_claims_taken_wrongly(home),
        *_files_lost_or_strange(home),
        *_answers_lost(home),
        *_payments_that_differ(home),
        *_mails_lost_or_doubled(home),
        *_left_in_the_air(home),
    ]


def count(home: Path) -> dict[str, int]:
    """Count what a further run over the same input must leave alone, and what may move on."""
    questions = {
        "inbound files of the practices": (
            "SELECT count(*) FROM inbound_file WHERE kind IN ('FHIR', 'HL7V2', 'CSV')"
        ),
        "intake records": "SELECT count(*) FROM intake_record",
        "encounters": "SELECT count(*) FROM encounter",
        "patients": "SELECT count(*) FROM patient",
        "claims": "SELECT count(*) FROM claim",
        "claim versions": "SELECT count(*) FROM claim_version",
        "statements": "SELECT count(*) FROM statement",
        "mails": "SELECT count(*) FROM message",
        "mails in doubt": "SELECT count(*) FROM message WHERE state = 'uncertain'",
        "files in doubt": "SELECT count(*) FROM outbound_file WHERE state = 'uncertain'",
        "remittances": "SELECT count(*) FROM remittance",
        "ledger entries": "SELECT count(*) FROM ledger_entry",
        "charges booked, cents": (
            "SELECT coalesce(-sum(amount), 0) FROM posting WHERE account = 'CHARGES'"
        ),
        "remittances booked, cents": "SELECT coalesce(sum(amount), 0) FROM remittance",
        "charts somebody still holds": (
            "SELECT count(*) FROM work_item WHERE state = 'open' AND lease_holder IS NOT NULL"
        ),
    }
    counts = {name: int(_rows(home, question)[0][0]) for name, question in questions.items()}
    sums = record.summary(home / "sandbox").values()
    counts["repeated interchanges the payer refused"] = sum(one.duplicates for one in sums)
    return counts


def doubled(home: Path) -> list[str]:
    """List what stands twice by what it means, whatever its id."""
    questions = {
        "encounter of one patient, date and number": (
            "SELECT client_id, source_key, service_date FROM encounter"
            " GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ),
        "live claim of one encounter to one payer": (
            "SELECT client_id, encounter_id, payer_id FROM claim WHERE state <> 'closed'"
            " GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ),
        "booking of one charge": (
            "SELECT posting.client_id, charge_id FROM posting JOIN ledger_entry"
            " ON ledger_entry.id = posting.ledger_entry_id"
            " WHERE kind = 'charge' AND account = 'CHARGES' GROUP BY 1, 2 HAVING count(*) > 1"
        ),
        "payment by its trace": (
            "SELECT client_id, trace_number FROM remittance GROUP BY 1, 2 HAVING count(*) > 1"
        ),
        "statement of one encounter in one period": (
            "SELECT line.client_id, line.encounter_id, period FROM statement_line AS line"
            " JOIN statement ON statement.id = line.statement_id"
            " WHERE statement.state <> 'cancelled' GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ),
    }
    return [f"twice: {what}" for what, question in questions.items() for _ in _rows(home, question)]


def _claims_taken_wrongly(home: Path) -> list[str]:
    ours = set(_pairs(home, "claim_version", "control_number"))
    found = []
    for account, number, times in record.accepted_claim_versions(home / "sandbox"):
        if times > 1:
            found.append(f"the payer took claim version {number} {times} times")
        if (account, number) not in ours:
            found.append(f"the payer took {number}, which we do not know")
    return found


def _files_lost_or_strange(home: Path) -> list[str]:
    ours = set(_pairs(home, "outbound_file", "sha256"))
    sent = set(_pairs(home, "outbound_file", "sha256", "state = 'sent'"))
    theirs = {(one.account, one.sha256) for one in record.received_files(home / "sandbox")}
    return [
        *(
            f"{account}: a file counts as sent, the payer never had it"
            for account, _ in sent - theirs
        ),
        *(f"{account}: the payer has a file that is not ours" for account, _ in theirs - ours),
    ]


def _answers_lost(home: Path) -> list[str]:
    ours = set(_pairs(home, "inbound_file", "sha256"))
    waiting = {
        path.name for path in (home / "sandbox").glob("accounts/*/from_payer/*") if path.is_file()
    }
    return [
        f"{one.account}: {one.kind} {one.name} was collected and is not stored"
        for one in record.answer_files(home / "sandbox")
        if one.is_delivered and (one.account, one.sha256) not in ours and one.name not in waiting
    ]


def _payments_that_differ(home: Path) -> list[str]:
    """Compare all payments but those of the evening's post, which another payer sent."""
    theirs: Counter[tuple[str, str]] = Counter()
    for one in record.decided_claims(home / "sandbox"):
        theirs[one.account, one.trace_number] += one.paid.cents
    practice = PRACTICE.format(table="remittance")
    ours = _rows(
        home,
        f"SELECT {practice}, trace_number, sum(paid) FROM remittance"  # noqa: S608 - no input
        " JOIN remittance_claim ON remittance_claim.remittance_id = remittance.id"
        f" WHERE trace_number NOT LIKE '{TRACE_PREFIX}%' GROUP BY 1, 2",
    )
    return [
        f"{account} {trace}: we booked {paid} cents, the payer paid {theirs[account, trace]}"
        for account, trace, paid in ours
        if paid != theirs[account, trace]
    ]


def _mails_lost_or_doubled(home: Path) -> list[str]:
    kept = Counter(
        str(message_from_bytes(path.read_bytes(), policy=SMTP)["Message-ID"])
        for path in (home / "mails").glob("*.eml")
    )
    known = dict(_rows(home, "SELECT message_id, state FROM message"))
    return [
        *(f"mail {one} left {times} times" for one, times in kept.items() if times > 1),
        *("a mail left that we do not know" for one in kept if one not in known),
        *(
            f"mail {one} counts as sent, the server never had it"
            for one, state in known.items()
            if state == "sent" and one not in kept
        ),
    ]


def _left_in_the_air(home: Path) -> list[str]:
    tables = ("outbound_file", "message")
    return [
        f"{times} rows of {table} are still {state}"
        for table in tables
        for state, times in _rows(
            home,
            f"SELECT state, count(*) FROM {table}"  # noqa: S608 - our own names
            " WHERE state IN ('ready', 'queued', 'sending') GROUP BY 1",
        )
    ]


def _pairs(home: Path, table: str, column: str, where: str = "1") -> list[tuple[str, str]]:
    practice = PRACTICE.format(table=table)
    pairs: list[tuple[str, str]] = _rows(
        home,
        f"SELECT {practice}, {column} FROM {table} WHERE {where}",  # noqa: S608 - our own names
    )
    return pairs


def _rows(home: Path, question: str) -> list[Any]:
    path = (home / DATABASE_NAME).resolve().as_uri()
    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True, timeout=60)) as database:
        return database.execute(question).fetchall()
