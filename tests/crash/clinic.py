"""An invented practice that exchanges files with the sandbox through two plain folders.

Its day is a list of steps. Each calls tasks as a flow would, without Prefect.
"""

import asyncio
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from models.documents.act import Act
from models.documents.client_config import ResendPolicy
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import AS_WRITTEN
from models.documents.finding import is_blocking
from models.states.work_item import Queue
from revcycle.connectors import clock
from revcycle.operations.clients.register_client import register_client
from revcycle.operations.clients.register_partners import register_partners
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.operations.verify.verify_client import verify_client
from revcycle.settings import settings
from revcycle.store import work_leases
from revcycle.store.session import transaction
from tasks import coding as coding_tasks
from tasks import intake, partner_files, posting, statements, submission, verification
from tasks.runtime import client_id_of, client_transaction, config_of
from workbench.commands.invented_input import invent_day, write_day

KEY = "lakeside_family"
CONNECTION = "sandbox"
TODAY = date(2026, 11, 20)
ENCOUNTERS = 8
SEED = 7
INTAKE, TO_PAYER, FROM_PAYER = "intake", "exchange/to_payer", "exchange/from_payer"
ANSWERS = "answers"
SHIPPED = Path(__file__).resolve().parents[2] / "client_configs" / KEY
SFTP_ONLY = ("host = ", "port = ", "username = ", "private_key = ", "host_key = ")


def found_clinic(home: Path, empty_database: Path, policy: ResendPolicy) -> None:
    """Make folders, client file and database."""
    for folder in (TO_PAYER, FROM_PAYER, f"{INTAKE}/{KEY}"):
        (home / folder).mkdir(parents=True)
    shutil.copy(empty_database, home / "revcycle.sqlite3")
    shutil.copytree(SHIPPED, home / "client_configs" / KEY)
    path = home / "client_configs" / KEY / "client.toml"
    path.write_text(with_plain_folders(path.read_text(), policy))


def with_plain_folders(client_file: str, policy: ResendPolicy) -> str:
    """Let a practice reach its clearinghouse by two folders instead of SFTP."""
    text = "\n".join(one for one in client_file.splitlines() if not one.startswith(SFTP_ONLY))
    changes = {
        'kind = "sftp"': 'kind = "directory"',
        '"to_payer"': f'"{TO_PAYER}"',
        '"from_payer"': f'"{FROM_PAYER}"',
        'resend_policy = "identical"': f'resend_policy = "{policy}"',
    }
    for shipped, ours in changes.items():
        assert shipped in text, shipped
        text = text.replace(shipped, ours)
    return text


def open_for_business() -> None:
    """Register the practice and drop its day's file."""
    config = config_of(KEY)
    with transaction(settings().database) as session:
        client_id = register_client(session, config)
    with client_transaction(KEY) as session:
        register_partners(session, Act(client_id, "crash test", clock.now(), TODAY), config)
    day = invent_day(config, encounters=ENCOUNTERS, seed=SEED, service_date=TODAY)
    folders = {source.key: settings().home / source.folder for source in config.intake}
    write_day(day, folders, settings().home / ANSWERS)


def take_in() -> None:
    """Collect what the practice left; make encounters of it."""
    for source in config_of(KEY).intake:
        asyncio.run(intake.collect_intake_files_task.fn(KEY, source.key, TODAY))
    for file_id in intake.list_received_files_task.fn(KEY):
        intake.record_encounters_task.fn(KEY, file_id, TODAY)


def ask() -> None:
    """Write the questions about coverages."""
    for chunk in verification.list_unverified_chunks_task.fn(KEY):
        verification.open_checks_task.fn(KEY, chunk, TODAY)
    verification.build_inquiries_task.fn(KEY, TODAY)


def hear() -> None:
    """Apply the answers, and give to coders what came without codes."""
    for file_id in verification.list_answer_files_task.fn(KEY):
        verification.apply_answers_task.fn(KEY, file_id, TODAY)
    for chunk in coding_tasks.list_registered_chunks_task.fn(KEY):
        coding_tasks.queue_encounters_task.fn(KEY, chunk, TODAY)


def code() -> None:
    """Let a coder work until the queue is empty; nobody kills people."""
    act = Act(client_id_of(KEY), "crash.coder", clock.now(), TODAY)
    for _ in range(ENCOUNTERS):
        with client_transaction(KEY) as session:
            item = work_leases.lease_next_work_item(
                session, act.client_id, Queue.CODING, holder=act.actor, at=act.at
            )
            if item is None:
                return
            coding = CodingDocument(("Z0000",), (CodedService("99213", (1,)),), TODAY)
            assert not is_blocking(assign_codes(session, act, item.subject_id, coding, AS_WRITTEN))
            complete_coding(
                session,
                act,
                item.subject_id,
                work_item_id=item.id,
                token=item.lease_token,
                policy=AS_WRITTEN,
            )


def bill() -> None:
    """Make claims of what is coded and put them into the outbox."""
    for chunk in submission.list_coded_chunks_task.fn(KEY):
        submission.build_claims_task.fn(KEY, chunk, TODAY)
    submission.build_secondary_claims_task.fn(KEY, TODAY)
    for chunk in submission.list_draft_claim_chunks_task.fn(KEY):
        submission.scrub_claims_task.fn(KEY, chunk, TODAY)
    submission.build_batches_task.fn(KEY, CONNECTION, TODAY)


def send() -> None:
    """Send every file that is ready."""
    asyncio.run(partner_files.send_outbound_files_task.fn(KEY, CONNECTION, TODAY))


def collect() -> None:
    """Store every file that the payer left."""
    asyncio.run(partner_files.collect_partner_files_task.fn(KEY, CONNECTION, TODAY))


def acknowledge() -> None:
    """Apply what the payer says of receiving the claims."""
    for file_id in submission.list_acknowledgement_files_task.fn(KEY):
        submission.apply_acknowledgements_task.fn(KEY, file_id, TODAY)


def post() -> None:
    """Post the remittances."""
    for file_id in posting.list_remittance_files_task.fn(KEY):
        posting.post_remittance_file_task.fn(KEY, file_id, TODAY)
    posting.close_settled_claims_task.fn(KEY, TODAY)


def release() -> None:
    """Draft and release the statements, and put the report into the outbox."""
    statements.draft_statements_task.fn(KEY, TODAY)
    for chunk in statements.list_drafted_chunks_task.fn(KEY):
        statements.release_statements_task.fn(KEY, chunk, TODAY)
    statements.queue_client_report_task.fn(KEY, TODAY)


def mail() -> None:
    """Send what lies in the mail outbox."""
    asyncio.run(statements.send_messages_task.fn(KEY, TODAY))


def violations() -> list[str]:
    """Name every invariant that does not hold."""
    with client_transaction(KEY) as session:
        results = verify_client(session, client_id_of(KEY))
    return [f"{one.id}: {violation}" for one in results for violation in one.violations]


PICTURE = {
    "inbound files": "SELECT kind, state FROM inbound_file WHERE kind <> 'TA1'",
    "intake records": "SELECT outcome FROM intake_record",
    "encounters": "SELECT source_key, state, verdict FROM encounter",
    "patients": "SELECT last_name, first_name, birth_date FROM patient",
    "checks": "SELECT state FROM eligibility_check",
    "claims": "SELECT source_key, payer_rank, claim.state, charge_total, frequency_code FROM claim"
    " JOIN encounter ON encounter.id = claim.encounter_id",
    "versions": "SELECT number, frequency_code, charge_total FROM claim_version",
    "outbound files": "SELECT kind, state, control_number, record_count FROM outbound_file",
    "remittances": "SELECT trace_number, amount FROM remittance",
    "decisions": "SELECT outcome, status, paid FROM remittance_claim",
    "entries": "SELECT kind FROM ledger_entry",
    "postings": 'SELECT account, "group", reason, amount FROM posting',
    "denials": "SELECT state, amount FROM denial",
    "statements": "SELECT state, period, balance FROM statement",
    "mails": "SELECT kind, recipient, state FROM message",
    "work": "SELECT queue, reason, state FROM work_item WHERE queue <> 'transport'",
}


def picture(home: Path) -> dict[str, Counter[str]]:
    """Say what stands in the database without ids and times: equal pictures are equal days."""
    rows = {name: rows_of(home, question) for name, question in PICTURE.items()}
    return {name: Counter(map(str, found)) for name, found in rows.items()}


def rows_of(home: Path, question: str) -> list[Any]:
    """Ask the database beside our own code."""
    path = (home / "revcycle.sqlite3").as_uri()
    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()
