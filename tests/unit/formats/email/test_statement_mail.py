"""The mail that brings a statement."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.documents.party import Organization, Person
from models.documents.statement import StatementDocument, StatementLine
from models.values.money import ZERO, Money
from revcycle.formats.email.mail import MailHeaders, read_mail
from revcycle.formats.email.statement import statement_message

HEADERS = MailHeaders(
    message_id="<0190@billing.example>",
    sender="statements@billing.example",
    sender_name="Lakeside & S\u00f8n",
    reply_to="office@lakeside.example",
    recipient="alma@home.example",
    sent_at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC),
)
DOCUMENT = StatementDocument(
    number="2611-7KQ2M9TX",
    practice=Organization("Lakeside & S\u00f8n", contact_phone="2075550142"),
    guarantor=Person("Quillfeather", "Alma"),
    account_number="P-1",
    statement_date=date(2026, 11, 20),
    due_date=date(2026, 12, 20),
    period="2026-11",
    lines=(
        StatementLine(
            service_date=date(2026, 11, 2),
            patient_name="Alma Quillfeather",
            description="Visit",
            charge=Money(10_000),
            insurance_paid=Money(7500),
            adjusted=ZERO,
            patient_paid=ZERO,
            balance=Money(2500),
        ),
    ),
)
PDF = b"%PDF-1.7 test"


def test_a_mail_read_back_is_the_mail_that_was_written() -> None:
    content = statement_message(DOCUMENT, PDF, headers=HEADERS).as_bytes()
    assert content == statement_message(DOCUMENT, PDF, headers=HEADERS).as_bytes()
    assert content.isascii()
    assert read_mail(content).as_bytes() == content


def test_both_bodies_say_what_is_asked_and_the_pdf_is_attached() -> None:
    mail = read_mail(statement_message(DOCUMENT, PDF, headers=HEADERS).as_bytes())
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert "$25.00" in text
        assert "December 20, 2026" in text
        assert "Quillfeather" not in text
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_filename() == "statement-2611-7KQ2M9TX.pdf"
    assert attachment.get_content() == PDF


def test_the_html_escapes_what_the_practice_wrote() -> None:
    document = replace(DOCUMENT, message="<b>5 < 6</b>")
    mail = statement_message(document, PDF, headers=HEADERS)
    html, plain = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert plain is not None
    assert "&lt;b&gt;5 &lt; 6" in html.get_content()
    assert "<b>5 < 6</b>" in plain.get_content()


def test_a_header_cannot_be_slipped_in() -> None:
    with pytest.raises(ValueError, match=r"CR|linefeed|carriage"):
        statement_message(
            DOCUMENT, PDF, headers=replace(HEADERS, sender_name="Lakeside\r\nBcc: x@y.example")
        )
