"""Hostile texts of people, files and payers stay text: pages, tables, letters, mails and logs."""

import csv
import io
import logging
import re
import shutil
import subprocess
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

import pytest
from sqlmodel import SQLModel, col, select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import Message, WorkItem
from models.values.access import Role
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.release_statements import release_statements
from revcycle.rules.access.secret_texts import form_token
from revcycle.store import work_leases
from revcycle.store.session import engine_for, transaction
from tests.integration.statements.practice import POLICY, SENDER, Practice
from tests.pages.conftest import ADDRESS
from tests.pages.full_practice import FullPractice, add_full_practice
from tests.pages.hostile_strings import HOSTILE_STRINGS, MARK
from tests.pages.page_examples import NOON
from tests.people import KEY, hire, join, sign_in
from workbench.pages.access import SESSION_COOKIE
from workbench.pages.app import create_app

OWN = "lakeside_family"
LEAD, OFFICE, MANAGER = Role.TEAM_LEAD, Role.OFFICE_MANAGER, Role.MANAGER
# Texts that come with a file, from a payer or from a person, and how much of each is kept.
TEXTS: Final = (
    ("patient", "first_name", 35),
    ("patient", "last_name", 60),
    ("patient", "line1", 55),
    ("patient", "city", 30),
    ("patient", "email", 254),
    ("patient", "guarantor_first_name", 35),
    ("coverage", "plan_name", 60),
    ("coverage", "member_id", 80),
    ("coverage", "subscriber_first_name", 35),
    ("payer", "name", 60),
    ("provider", "first_name", 35),
    ("clinical_note", "text", 4_000),
    ("clinical_note", "author", 120),
    ("inbound_file", "name", 120),
    ("attachment", "title", 120),
    ("work_item", "detail", 400),
    ("work_item", "payer_name", 60),
    ("work_item_note", "text", 1_000),
    ("appeal", "letter", 8_000),
    ("remittance", "payer_name", 60),
    ("remittance_claim", "payer_claim_control_number", 50),
)
PAYER: Final = re.compile(r"payer=[^&]*")  # lists are narrowed to a payer by its name: no patient's
NOBODY: Final = "00000000-0000-7000-8000-000000000000"
HEADS: Final = frozenset(
    {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version",
        "Content-Type", "Content-Language", "Auto-Submitted",
    }
)  # fmt: skip
EXECUTED: Final = frozenset({"script", "svg", "img", "iframe", "style", "object", "embed", "base"})


BOARD: Final = (
    "items?kind=waiting",
    "claims?state=denied&day=2026-11-20",
    "money?payers=insurance",
    "denials",
    "files?trouble=quarantined",
)


class Shape(HTMLParser):
    """What a page is made of, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with the names of its attributes."""
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [one or "" for name, one in attrs if name in {"href", "src", "action"}]
        self.texts += [one or "" for name, one in attrs if name in {"value", "title"}]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """Everything that is said, with single blanks."""
        return " ".join(" ".join(self.texts).split())


@dataclass
class Desk:
    """A practice whose texts can be replaced, and people who look at them."""

    url: str
    practice: FullPractice
    browser: TestClient
    tokens: dict[Role, str]
    shapes: dict[str, Shape] = field(default_factory=dict)

    def get(self, role: Role, path: str) -> Any:
        """Ask for a page as somebody of a role."""
        self._sit_down(role)
        return self.browser.get(path)

    def send(self, role: Role, path: str, files: Any = None, **fields: Any) -> Any:
        """Send a form as somebody of a role."""
        self._sit_down(role)
        data = {**fields, "form_token": form_token(self.tokens[role])}
        return self.browser.post(path, data=data, files=files)

    def token_of(self, queue: Queue) -> str:
        """Read the token of the lease of an item."""
        with transaction(self.url, self.practice.id) as session:
            row = session.exec(
                select(WorkItem).where(WorkItem.id == self.practice.items[queue])
            ).one()
            return str(row.lease_token)

    def item(self, queue: Queue) -> str:
        """Name the page of an item."""
        return f"/queues/{queue}/{OWN}/{self.practice.items[queue]}"

    def pages(self) -> Iterator[tuple[Role, str]]:
        """Name every page that shows texts of others."""
        for queue in Queue:
            yield LEAD, f"/queues/{queue}"
            yield LEAD, self.item(queue)
        base, ids = f"/practices/{OWN}", self.practice.ids
        for kind in ("claim", "encounter", "patient", "remittance"):
            yield LEAD, f"{base}/{kind}s/{ids[f'{kind}_id']}"
        yield LEAD, f"{base}/files/in/{self.practice.files['in']}"
        for page in BOARD:
            yield MANAGER, f"/board/{page}"
        for page in ("", "/queries", "/claims", "/statements", "/files"):
            yield OFFICE, f"/portal{page}"
        yield OFFICE, f"/portal/queries/{self.practice.items[Queue.PROVIDER_QUERY]}"

    def say(self, words: str) -> None:
        """Let every text of the practice be this one."""
        with transaction(self.url, self.practice.id) as session:
            for name, column, length in TEXTS:
                table = SQLModel.metadata.tables[name]
                session.execute(
                    table.update()
                    .where(table.c.client_id == self.practice.id)
                    .values({column: words[:length]})
                )

    def _sit_down(self, role: Role) -> None:
        self.browser.cookies.clear()
        self.browser.cookies.set(SESSION_COOKIE, self.tokens[role])


@pytest.fixture(scope="module")
def desk(migrated_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    """A practice with work of every kind; the lead holds an item of every queue."""
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite3"
    shutil.copy(migrated_database, path)
    url = f"sqlite:///{path}"
    practice = add_full_practice(url, OWN, f"Plain {MARK}")
    people = {LEAD: hire(url, LEAD, LEAD, [practice.id], *Queue)}
    people |= {role: join(url, role, [role], [practice.id]) for role in (OFFICE, MANAGER)}
    tokens = {role: sign_in(url, one) for role, one in people.items()}
    with transaction(url, practice.id) as session:
        for item_id in practice.items.values():
            work_leases.lease_work_item(session, practice.id, item_id, holder=LEAD, at=NOON)
    app = create_app(url, key=KEY, now=lambda: NOON)
    with TestClient(
        app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False
    ) as browser:
        desk = Desk(url, practice, browser, tokens)
        desk.say(f"Plain {MARK}")
        for role, page in desk.pages():
            desk.shapes[page] = Shape(desk.get(role, page).text)
        desk.say("Plain 7")  # intake objects to it: its page says so with more elements
        for role, page in desk.pages():
            desk.shapes[f"{page} of findings"] = Shape(desk.get(role, page).text)
        yield desk
    engine_for(url).dispose()


def named(words: str) -> str:
    """Name a text in a list of tests."""
    return ascii(words[:24]).strip("'")


@pytest.fixture(params=HOSTILE_STRINGS, ids=named)
def words(request: pytest.FixtureRequest) -> str:
    """One hostile text."""
    return str(request.param)


def visible(words: str) -> str:
    """Say what of a text is left to see, with single blanks."""
    return " ".join("".join(one for one in words if one.isprintable() or one in "\r\n").split())


def test_no_page_takes_it_for_more_than_text(desk: Desk, words: str) -> None:
    desk.say(words)
    kinds = {one for shape in desk.shapes.values() for one in shape.tags}
    for role, page in desk.pages():
        answer = desk.get(role, page)
        assert answer.status_code == 200, page
        shape = require_inert(answer.text, page)
        require_escaped(words, answer.text, page)
        assert set(shape.tags) <= kinds, page
    shown = Shape(desk.get(LEAD, desk.item(Queue.DENIAL)).text).text
    assert visible(words[:300]) in visible(shown)


@pytest.mark.parametrize("page", ["<p>{}</p>", '<p title="{}">x</p>', "<p title='{}'>x</p>"])
def test_a_page_that_does_not_escape_would_be_noticed(page: str) -> None:
    said = page.format(f"\"'><img src=x onerror=alert(1)>{MARK}")
    with pytest.raises(AssertionError):
        require_inert(said, "/")
    with pytest.raises(AssertionError):
        require_escaped(f"\"'><img src=x onerror=alert(1)>{MARK}", said, "/")


def require_escaped(words: str, page: str, address: str) -> None:
    """Refuse a page in which the beginning of a text, kept even in a name, stands as it came."""
    if set(words[:30]) & set("<>&\"'"):
        assert words[:30] not in page, address


def require_inert(page: str, address: str) -> Shape:
    """Refuse a page that would run something, or leads away; return what it is made of."""
    shape = Shape(page)
    own = [one for one in shape.links if one.startswith("/static/")]
    scripts = [names for tag, names in shape.tags if tag == "script"]
    assert all(names == ("defer", "src") for names in scripts), address
    assert len(scripts) <= len(own), address
    # Charts are ours; pictures and scripts come from our own files: see their links below.
    assert {tag for tag, _ in shape.tags} & EXECUTED <= {"script", "svg", "img"}, address
    assert not [name for _, names in shape.tags for name in names if name.startswith("on")], address
    for link in shape.links:
        assert link.startswith(("/", "#", "?")), (address, link)
        assert not link.startswith("//"), (address, link)
        assert MARK not in PAYER.sub("", link), (address, link)
    return shape


def test_what_people_type_comes_back_as_text(desk: Desk, words: str) -> None:
    address = desk.item(Queue.DENIAL)
    assert desk.send(LEAD, f"{address}/note", text=words[:1000]).status_code == 303
    assert visible(words[:1000]) in Shape(desk.get(LEAD, address).text).text
    for role, path, fields in (
        (LEAD, f"{address}/hand-over", {"assignee": words[:300]}),
        (LEAD, "/queues/denial/views", {"name": words[:60]}),
        (LEAD, "/search", {"typed": words[:100]}),
        (LEAD, "/queues/denial/search", {"text": words[:100]}),
        (LEAD, f"{address}/close", {"token": desk.token_of(Queue.DENIAL), "reason": words[:300]}),
        (LEAD, f"{address}/letter", {"token": desk.token_of(Queue.DENIAL), "wording": "general",
                                     "letter": words[:8000], "answer_by": words[:20]}),
        (OFFICE, f"/portal/queries/{NOBODY}", {"answer": words[:4000]}),
        (LEAD, "/sign-in", {"login": words[:80], "password": words[:80]}),
        (OFFICE, "/portal/files", {"source": words[:80]}),
    ):  # fmt: skip
        answer = desk.send(role, path, **fields)
        assert answer.status_code < 500, path
        require_inert(answer.text, path)
        assert MARK not in answer.headers.get("location", ""), path
        assert "evil.example" not in str(answer.headers), path
    require_inert(desk.get(LEAD, "/queues/denial").text, "/queues/denial")


def test_no_cell_of_an_export_is_a_formula(desk: Desk, words: str) -> None:
    desk.say(words)
    with transaction(desk.url, desk.practice.id) as session:
        session.execute(SQLModel.metadata.tables["payer"].update().values(name=words[:60]))
    export = desk.get(OFFICE, "/portal/claims/export")
    assert export.status_code == 200
    assert MARK not in str(export.headers)
    rows = list(csv.reader(io.StringIO(export.text.removeprefix("\ufeff"), newline="")))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n\uff1d")), cell


def test_a_letter_says_it_and_computes_nothing(desk: Desk, words: str, tmp_path: Path) -> None:
    fields = {"token": desk.token_of(Queue.DENIAL), "letter": f"Begin. {words[:2000]} End."}
    answer = desk.send(LEAD, f"{desk.item(Queue.DENIAL)}/letter.pdf", wording=words[:40], **fields)
    assert answer.status_code == 200, answer.text
    assert MARK not in str(answer.headers)
    said = text_of_pdf(answer.content, tmp_path)
    assert MARK in said
    assert "root:" not in said
    assert squeezed(visible(words[:60])) in squeezed(said)


def text_of_pdf(pdf: bytes, folder: Path) -> str:
    """Read the text of a PDF."""
    path = folder / "one.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def squeezed(text: str) -> str:
    """Leave of a text what every font and every line has: letters, digits and ASCII signs."""
    return "".join(one for one in normalize("NFC", text) if "!" <= one <= "~")


def test_a_statement_and_its_mail_say_it_and_have_no_more_heads(
    desk: Desk, words: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mail = send_statement(desk, words)
    parsed = message_from_bytes(mail, policy=policy.default)
    assert set(parsed.keys()) <= HEADS
    assert len(parsed.keys()) == len(set(parsed.keys()))
    assert MARK not in str([value for name, value in parsed.items()])
    page = parsed.get_body(("html",))
    assert page is not None
    require_no_script(page.get_content())
    (pdf,) = [one.get_content() for one in parsed.iter_attachments()]
    said = text_of_pdf(pdf, tmp_path)
    assert squeezed(visible(words[:35])) in squeezed(said)
    assert "root:" not in said
    assert MARK not in caplog.text


def require_no_script(page: str) -> None:
    shape = Shape(page)
    assert {tag for tag, _ in shape.tags} & EXECUTED <= {"style"}
    assert not [name for _, names in shape.tags for name in names if name.startswith("on")]


def send_statement(desk: Desk, words: str) -> bytes:
    """Ask a guarantor of that name for money; return the mail."""
    act = Act(desk.practice.id, "tester", NOON, NOON.date())
    practice = Practice(desk.url, act)
    number = f"H{zlib.crc32(words.encode())}"
    practice.add_encounter(
        practice.add_patient(number, first_name=words[:35], line1=words[:55], city="Fernwick")
    )
    with transaction(desk.url, desk.practice.id) as session:
        draft_statements(session, act, policy=POLICY)
        session.flush()
        found = list_drafted_statements(session, act)
        release_statements(session, act, found, sender=SENDER, policy=POLICY)
        session.flush()
        rows = session.exec(
            select(Message).where(Message.client_id == desk.practice.id).order_by(col(Message.id))
        ).all()
        return rows[-1].content
