"""The sandbox's own database: rows are added, never changed and never removed."""

from typing import Final

TABLES: Final = """
CREATE TABLE IF NOT EXISTS received_file (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    archive_name TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS archived_file (
    received_file INTEGER PRIMARY KEY REFERENCES received_file (id),
    archived_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS received_interchange (
    id INTEGER PRIMARY KEY,
    received_file INTEGER NOT NULL REFERENCES received_file (id),
    account TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    control_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('accepted', 'partly_accepted', 'rejected', 'duplicate', 'unreadable'))
) STRICT;
CREATE INDEX IF NOT EXISTS interchange_by_number
    ON received_interchange (account, sender_id, control_number);
CREATE TABLE IF NOT EXISTS received_claim (
    id INTEGER PRIMARY KEY,
    received_interchange INTEGER NOT NULL
        REFERENCES received_interchange (id) DEFERRABLE INITIALLY DEFERRED,
    account TEXT NOT NULL,
    claim_control_number TEXT NOT NULL,
    frequency TEXT NOT NULL,
    original_reference TEXT NOT NULL,
    patient_sha256 TEXT NOT NULL,
    charge_cents INTEGER NOT NULL,
    payer_id TEXT NOT NULL,
    payer_rank TEXT NOT NULL,
    outcome TEXT NOT NULL,
    claim_status TEXT NOT NULL,
    payer_claim_control_number TEXT UNIQUE
) STRICT;
CREATE INDEX IF NOT EXISTS claim_by_number ON received_claim (account, claim_control_number);
CREATE TABLE IF NOT EXISTS answer_file (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    interchange_number INTEGER NOT NULL,
    copy_of INTEGER REFERENCES answer_file (id),
    sha256 TEXT NOT NULL,
    due_at TEXT NOT NULL,
    content BLOB NOT NULL, -- last, so that reading the others does not read it
    UNIQUE (account, name)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS answer_by_number
    ON answer_file (account, interchange_number) WHERE copy_of IS NULL;
CREATE TABLE IF NOT EXISTS delivered_file (
    answer_file INTEGER PRIMARY KEY REFERENCES answer_file (id),
    delivered_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS remittance (
    id INTEGER PRIMARY KEY,
    answer_file INTEGER NOT NULL REFERENCES answer_file (id),
    account TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    payee_npi TEXT NOT NULL,
    trace_number TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    UNIQUE (payer_id, trace_number)
) STRICT;
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY,
    received_claim INTEGER NOT NULL REFERENCES received_claim (id),
    remittance INTEGER NOT NULL REFERENCES remittance (id),
    kind TEXT NOT NULL CHECK (kind IN ('decision', 'reversal', 'correction', 'onward')),
    payer_id TEXT NOT NULL,
    status TEXT NOT NULL,
    charge_cents INTEGER NOT NULL,
    paid_cents INTEGER NOT NULL,
    patient_cents INTEGER NOT NULL,
    claim TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS decision_by_claim ON decision (received_claim);
CREATE TABLE IF NOT EXISTS provider_adjustment (
    id INTEGER PRIMARY KEY,
    remittance INTEGER NOT NULL REFERENCES remittance (id),
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_cents INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS decision_line (
    decision INTEGER NOT NULL REFERENCES decision (id),
    line_number INTEGER NOT NULL, -- 0 is the claim as a whole
    paid_cents INTEGER NOT NULL,
    contractual_cents INTEGER NOT NULL,
    sequestered_cents INTEGER NOT NULL,
    patient_cents INTEGER NOT NULL,
    denied_cents INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS line_by_decision ON decision_line (decision);
CREATE TABLE IF NOT EXISTS claim_case (
    received_claim INTEGER PRIMARY KEY REFERENCES received_claim (id),
    name TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY,
    inbox TEXT NOT NULL,
    outbox TEXT NOT NULL
) STRICT;
"""

APPEND_ONLY: Final = (
    "received_file",
    "archived_file",
    "received_interchange",
    "received_claim",
    "answer_file",
    "delivered_file",
    "remittance",
    "decision",
    "decision_line",
    "claim_case",
    "provider_adjustment",
)

TRIGGER: Final = """
CREATE TRIGGER IF NOT EXISTS {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
"""


def schema() -> str:
    """Return the script that makes what is missing."""
    triggers = (
        TRIGGER.format(table=table, verb=verb)
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    )
    return TABLES + "".join(triggers)
