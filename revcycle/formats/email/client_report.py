"""The mail that brings the day's activity to the practice."""

from email.message import EmailMessage

from models.documents.client_report import ClientReportDocument
from models.values.display import to_dollars, to_long_date
from revcycle.formats.email.mail import Attachment, MailHeaders, write_mail


def client_report_message(
    document: ClientReportDocument, pdf: bytes, *, headers: MailHeaders
) -> EmailMessage:
    """Write the mail: four numbers in words, everything else in the PDF."""
    counts = document.counts
    facts = {
        "practice_name": document.practice_name,
        "day": to_long_date(counts.day),
        "encounters_received": counts.today.encounters_received,
        "claims_sent": counts.today.claims_sent,
        "payments": to_dollars(counts.today.payments),
        "receivable": to_dollars(counts.balances.receivable),
        "open_work": sum(queue.count for queue in counts.open_work),
    }
    return write_mail(
        headers,
        f"{document.practice_name}: activity of {to_long_date(counts.day)}",
        "client_report",
        facts,
        Attachment(f"activity-{counts.day}.pdf", pdf),
    )
