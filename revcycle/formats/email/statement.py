"""The mail that brings a statement to a guarantor."""

from email.message import EmailMessage

from models.documents.statement import StatementDocument
from models.values.display import to_dollars, to_long_date, to_phone_text
from revcycle.formats.email.mail import Attachment, MailHeaders, write_mail


def statement_message(
    document: StatementDocument, pdf: bytes, *, headers: MailHeaders
) -> EmailMessage:
    """Write the mail. Its subject and file name tell nothing of a patient."""
    facts = {
        "practice_name": document.practice.name,
        "practice_phone": to_phone_text(document.practice.contact_phone),
        "balance": to_dollars(document.balance),
        "statement_date": to_long_date(document.statement_date),
        "due_date": to_long_date(document.due_date),
        "number": document.number,
        "pay_url": document.pay_url,
        "message": document.message,
    }
    return write_mail(
        headers,
        f"Your statement from {document.practice.name}",
        "statement",
        facts,
        Attachment(f"statement-{document.number}.pdf", pdf),
    )
