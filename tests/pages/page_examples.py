"""Practices, work and mails that tests of pages show."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html import unescape
from uuid import UUID

from models.documents.act import Act
from models.documents.office_hours import MINUTES_A_DAY, OfficeHours
from models.states.work_item import Queue
from models.tables import Client
from models.values.identifiers import new_id
from revcycle.store import work_items
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
ALWAYS_OPEN = OfficeHours(
    "UTC", ((0, MINUTES_A_DAY),) * 7, keeps_federal_holidays=False
).to_text()  # service hours are plain hours then
YESTERDAY = NOON - timedelta(days=1)
HOSTILE = "\"><svg onload=alert(1)>{{7*7}}<script>alert('Canary, Ada')</script>"
OWN_SCRIPT = re.compile(r'<script src="/static/[a-z0-9/.?=_-]+" defer></script>')
PDF = b"%PDF-1.4 a statement"


def add_practice(database_url: str, key: str, items: Iterable[NewWorkItem] = ()) -> UUID:
    """Register a practice with work that was opened a day before noon."""
    client = Client(key=key, name=key.replace("_", " ").title(), time_zone="America/New_York")
    client.office_hours = ALWAYS_OPEN
    with transaction(database_url) as session:
        session.add(client)
    act = Act(client.id, "tester", YESTERDAY, YESTERDAY.date())
    with transaction(database_url, client.id) as session:
        work_items.open_work_items(session, client.id, act, items)
    return client.id


def items_in(
    queue: Queue, count: int, *, service_hours: int = 48, priority: int = 5, detail: str = ""
) -> Iterator[NewWorkItem]:
    """Make items of one queue, each with a cause of its own."""
    for number in range(1, count + 1):
        yield NewWorkItem(
            queue,
            f"{queue}:{priority}:{service_hours}:{number}",
            "claim",
            new_id(),
            f"rule.p{priority}.n{number:03d}",
            detail=detail,
            service_hours=service_hours,
            priority=priority,
        )


def rows_of(page: str) -> list[list[str]]:
    """Read the rows of every table of a page as texts."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = (re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows)
    return [[_text(cell) for cell in row] for row in cells]


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def a_mail(subject: str = "Your statement", text: str = "Please pay $45.00.") -> EmailMessage:
    """Write a mail with an HTML part and two attachments."""
    mail = EmailMessage()
    mail["From"] = "Demo Practice <billing@practice.example>"
    mail["To"] = "guarantor@mail.example"
    mail["Subject"] = subject
    mail.set_content(text)
    mail.add_alternative("<h1>Please pay</h1><script>alert(1)</script>", subtype="html")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="statement.pdf")
    mail.add_attachment("<b>x</b>", subtype="html", filename='a/b";\r\n.html'.replace("\r\n", ""))
    return mail


def without_own_scripts(page: str) -> str:
    """Take the scripts that every page has out of it: what is left runs nothing."""
    return OWN_SCRIPT.sub("", page)
