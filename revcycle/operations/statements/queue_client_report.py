"""Report the day's activity to the practice: one mail per recipient and day."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_report import ClientReportDocument
from revcycle.formats.email.client_report import client_report_message
from revcycle.formats.email.mail import MailHeaders
from revcycle.formats.pdf.client_report import render_client_report
from revcycle.operations.reports.count_day import count_day
from revcycle.operations.statements.release_statements import StatementSender
from revcycle.rules.reports.day_figures import client_report
from revcycle.store.messages import (
    MessageKind,
    NewMessage,
    add_message,
    find_cause_keys,
    lock_client,
    new_message_id,
)


@dataclass(frozen=True, slots=True)
class ReportCount:
    """What became of the day's report."""

    queued: int
    already_queued: int  # by an earlier run of this day


def queue_client_report(
    session: Session, act: Act, recipients: Sequence[str], *, sender: StatementSender
) -> ReportCount:
    """Count the day, and put the report into the outbox for each recipient who lacks it.

    Run it last in the day: a second run on the same day changes nothing and sends nothing.
    """
    lock_client(session, act.client_id)
    causes = {f"client_report:{act.today}:{recipient}": recipient for recipient in recipients}
    queued = find_cause_keys(session, act.client_id, list(causes))
    missing = {cause: recipient for cause, recipient in causes.items() if cause not in queued}
    if missing:
        report = client_report(sender.practice.name, count_day(session, act))
        pdf = render_client_report(report)
        for cause, recipient in missing.items():
            message = _message(act, report, pdf, cause, recipient, sender)
            add_message(session, act.client_id, act, message)
    return ReportCount(len(missing), len(queued))


def _message(
    act: Act,
    report: ClientReportDocument,
    pdf: bytes,
    cause: str,
    recipient: str,
    sender: StatementSender,
) -> NewMessage:
    row_id, message_id = new_message_id(sender.address)
    headers = MailHeaders(
        message_id=message_id,
        sender=sender.address,
        sender_name=sender.practice.name,
        reply_to=sender.reply_to,
        recipient=recipient,
        sent_at=act.at,
    )
    mail = client_report_message(report, pdf, headers=headers)
    return NewMessage(
        id=row_id,
        kind=MessageKind.CLIENT_REPORT,
        cause_key=cause,
        message_id=message_id,
        recipient=recipient,
        content=mail.as_bytes(),
    )
