"""What people do after a crash: ask the partner, then say what became of a file or a mail."""

from collections import Counter
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from models.states.work_item import Queue
from revcycle.operations.files.report_outbound_file import (
    record_outbound_returned,
    record_outbound_sent,
)
from revcycle.operations.statements.report_message import record_message_sent, return_message
from revcycle.sandbox import record
from revcycle.store import outbound_files, work_items
from tasks.runtime import act_of, client_id_of, client_transaction
from tests.crash.clinic import KEY, TODAY, rows_of

STAGE = "crash.person"


def settle_files(payer_home: Path) -> None:
    """Ask the payer about each file in doubt: it has it, or it may be sent again."""
    theirs = {one.sha256 for one in record.received_files(payer_home)}
    with client_transaction(KEY) as session:
        act = act_of(KEY, STAGE, TODAY)
        doubtful = outbound_files.list_uncertain_files(session, client_id_of(KEY))
        require_items(session, [file.id for file in doubtful])
        for file in doubtful:
            report = record_outbound_sent if file.sha256 in theirs else record_outbound_returned
            report(session, act, file.id)


def settle_mails(clinic_home: Path, mail_folder: Path) -> None:
    """Look in the mail server for each mail in doubt: it left, or it may be sent again."""
    left = mails_kept(mail_folder)
    doubtful = rows_of(clinic_home, "SELECT id, message_id FROM message WHERE state = 'uncertain'")
    with client_transaction(KEY) as session:
        act = act_of(KEY, STAGE, TODAY)
        require_items(session, [UUID(row_id) for row_id, _ in doubtful])
        for row_id, message_id in doubtful:
            report = record_message_sent if message_id in left else return_message
            report(session, act, UUID(row_id))


def require_items(session: Session, subject_ids: Sequence[UUID]) -> None:
    """See that somebody was asked about each of them: what is in doubt is never silent."""
    items = work_items.list_open_work_items(session, client_id_of(KEY), Queue.TRANSPORT)
    missing = set(subject_ids) - {item.subject_id for item in items}
    assert not missing, f"{len(missing)} are in doubt and nobody was asked"


def mails_kept(mail_folder: Path) -> Counter[str]:
    """Say how often the mail server took each Message-ID."""
    return Counter(
        str(message_from_bytes(path.read_bytes(), policy=SMTP)["Message-ID"])
        for path in mail_folder.glob("*.eml")
    )
