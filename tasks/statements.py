"""Statements, step by step."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from models.documents.client_config import ClientConfig
from models.errors import RejectedError, UnavailableError, UncertainError
from revcycle.connectors.factory import open_mailer
from revcycle.connectors.mailer import Mailer
from revcycle.connectors.smtp import SmtpAddress
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.statements.doubt_messages import doubt_messages
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.policies import statement_policy, statement_sender
from revcycle.operations.statements.queue_client_report import queue_client_report
from revcycle.operations.statements.release_statements import (
    StatementSender,
    release_statements,
)
from revcycle.operations.statements.report_message import (
    record_message_refused,
    record_message_sent,
    record_message_uncertain,
    return_message,
)
from revcycle.operations.statements.take_messages import TakenMessage, take_messages
from revcycle.settings import settings
from revcycle.store.exclusive import exclusive
from revcycle.store.messages import has_queued
from tasks.runtime import act_of, client_reading, client_transaction, config_of, step

STAGE = "statements"
RELEASE_CHUNK = 50  # a PDF costs some 20 ms, and the transaction waits for it
MESSAGES_TAKEN = 1  # what a crash can leave in doubt


@step("apply-patient-credits")
def apply_patient_credits_task(client_key: str, today: date) -> int:
    """Pay what patients owe from their own credits; return how many patients it helped."""
    with client_transaction(client_key) as session:
        return apply_patient_credits(session, act_of(client_key, STAGE, today))


@step("draft-statements")
def draft_statements_task(client_key: str, today: date) -> int:
    """Fix balance and lines of every statement that is due; return how many."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        policy = statement_policy(config_of(client_key))
        return draft_statements(session, act, policy=policy).drafted


@step("list-drafted-statements")
def list_drafted_chunks_task(client_key: str) -> list[list[UUID]]:
    """List statements that are to be released."""
    with client_reading(client_key) as session:
        act = act_of(client_key, STAGE, date.min)
        ids = list_drafted_statements(session, act)
    return [ids[start : start + RELEASE_CHUNK] for start in range(0, len(ids), RELEASE_CHUNK)]


@step("release-statements")
def release_statements_task(client_key: str, statement_ids: list[UUID], today: date) -> int:
    """Make PDF and mail of a chunk, if the balance is still what it was; return how many."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        released = release_statements(
            session,
            act_of(client_key, STAGE, today),
            statement_ids,
            sender=_sender(config),
            policy=statement_policy(config),
        )
    return released.released


@step("queue-client-report")
def queue_client_report_task(client_key: str, today: date) -> int:
    """Put the day's report into the outbox, once a day; return how many mails are new."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        queued = queue_client_report(
            session,
            act_of(client_key, STAGE, today),
            config.reports.recipients,
            sender=_sender(config),
        )
    return queued.queued


@step("send-messages")
async def send_messages_task(client_key: str, today: date) -> int:
    """Send everything in the outbox; return how many the server took.

    Mails of a sender that died are in doubt: nobody can ask a mail server what it has, so a
    person decides and none is sent again by itself.
    """
    with exclusive(settings().database, f"mail-{client_key}") as is_ours:
        if not is_ours:
            return 0  # another sender is at work and takes them all
        with client_transaction(client_key) as session:
            act = act_of(client_key, STAGE, today)
            doubt_messages(session, act, older_than=timedelta())
            if not has_queued(session, act.client_id):
                return 0
        sent = 0
        async with open_mailer(_address(), os.environ) as mailer:
            while taken := _take(client_key, today):
                for message in taken:
                    sent += await _send(client_key, mailer, message, today)
        return sent


def _take(client_key: str, today: date) -> list[TakenMessage]:
    with client_transaction(client_key) as session:
        return take_messages(session, act_of(client_key, STAGE, today), limit=MESSAGES_TAKEN)


async def _send(client_key: str, mailer: Mailer, message: TakenMessage, today: date) -> bool:
    """Send one mail and record what became of it; tell whether the server took it."""
    report: Callable[..., None] = record_message_sent
    outage: UnavailableError | None = None
    try:
        await mailer.send(message.mail)
    except UncertainError:
        report = record_message_uncertain
    except RejectedError:
        report = record_message_refused
    except UnavailableError as error:
        report, outage = return_message, error
    with client_transaction(client_key) as session:
        report(session, act_of(client_key, STAGE, today), message.id)
    if outage is not None:
        raise outage
    return report is record_message_sent


def _sender(config: ClientConfig) -> StatementSender:
    return statement_sender(config, address=settings().statements_address)


def _address() -> SmtpAddress:
    machine = settings()
    return SmtpAddress(
        host=machine.smtp_host,
        port=machine.smtp_port,
        username=machine.smtp_username,
        password="env:REVCYCLE_SMTP_PASSWORD" if machine.smtp_username else None,
        use_starttls=machine.smtp_starttls,
        ca_file=Path(machine.smtp_ca_file) if machine.smtp_ca_file else None,
    )
