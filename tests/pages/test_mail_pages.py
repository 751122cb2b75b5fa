"""The pages of the local mail catcher."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE, NOON, PDF, a_mail, rows_of, without_own_scripts
from tests.people import KEY, join
from workbench.pages.app import create_app

FIRST = "20261120T170000.000001Z-1.eml"
SECOND = "20261120T170000.000002Z-2.eml"


def test_mails_are_listed_newest_first_with_what_is_attached(
    visitor: TestClient, mail_folder: Path
) -> None:
    (mail_folder / FIRST).write_bytes(bytes(a_mail("First")))
    (mail_folder / SECOND).write_bytes(bytes(a_mail("Second")))
    (mail_folder / f"{SECOND}.part").write_bytes(b"half a mail")
    rows = rows_of(visitor.get("/mails").text)[1:]
    assert [row[0] for row in rows] == ["Second", "First"]
    assert rows[0][1] == "to guarantor@mail.example"
    assert "statement.pdf" in rows[0][3]


def test_many_mails_are_read_in_pages(visitor: TestClient, mail_folder: Path) -> None:
    for number in range(51):
        name = f"20261120T170000.{number:06d}Z-{number}.eml"
        (mail_folder / name).write_bytes(b"Subject: one\r\n\r\ntext")
    assert len(rows_of(visitor.get("/mails").text)) == 51  # with the head
    assert len(rows_of(visitor.get("/mails?page=2").text)) == 2


def test_a_mail_shows_its_text_and_opens_its_pdf(visitor: TestClient, mail_folder: Path) -> None:
    (mail_folder / FIRST).write_bytes(bytes(a_mail()))
    page = visitor.get(f"/mails/{FIRST}").text
    assert "Please pay $45.00." in page
    assert "<title>Mail · Revcycle</title>" in page
    pdf = visitor.get(f"/mails/{FIRST}/attachments/1")
    assert pdf.content == PDF
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == 'inline; filename="statement.pdf"'


def test_an_attachment_that_is_no_pdf_is_only_saved(visitor: TestClient, mail_folder: Path) -> None:
    (mail_folder / FIRST).write_bytes(bytes(a_mail()))
    answer = visitor.get(f"/mails/{FIRST}/attachments/2")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="a_b_.html"'
    assert visitor.get(f"/mails/{FIRST}/attachments/3").status_code == 404


def test_the_html_of_a_mail_is_locked_up(visitor: TestClient, mail_folder: Path) -> None:
    (mail_folder / FIRST).write_bytes(bytes(a_mail()))
    assert "sandbox></iframe>" in visitor.get(f"/mails/{FIRST}").text
    policy = visitor.get(f"/mails/{FIRST}/html").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_hostile_text_of_a_mail_stays_text(visitor: TestClient, mail_folder: Path) -> None:
    (mail_folder / FIRST).write_bytes(bytes(a_mail(HOSTILE, text=HOSTILE)))
    for address in ("/mails", f"/mails/{FIRST}"):
        page = visitor.get(address).text
        assert "&lt;script&gt;" in page
        assert "<script" not in without_own_scripts(page)
        assert "<svg" not in page


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00\xff\xfe" * 50, id="no-mail-at-all"),
        pytest.param(b"Subject: =?nonsense?B?!!!?=\r\n\r\nx", id="header-in-no-known-charset"),
        pytest.param(b"From: @@<<>>,,\r\nTo: ::;;\r\n\r\nx", id="addresses-that-are-none"),
        pytest.param(
            b"Content-Type: text/plain; charset=nope\r\n\r\n\xff", id="body-in-no-known-charset"
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", id="parts-cut-off"
        ),
        pytest.param(
            b"Content-Type: application/pdf\r\nContent-Disposition: attachment; "
            b"filename*=nope''%ff%fe\r\nContent-Transfer-Encoding: base64\r\n\r\n!!",
            id="attachment-that-is-no-base64",
        ),
    ],
)
def test_a_broken_mail_is_shown_as_far_as_it_goes(
    visitor: TestClient, mail_folder: Path, content: bytes
) -> None:
    (mail_folder / FIRST).write_bytes(content)
    assert visitor.get("/mails").status_code == 200
    assert visitor.get(f"/mails/{FIRST}").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["..%2Fsecret.eml", "%2e%2e/secret.eml", "secret.txt", ".hidden.eml", "a%00.eml", "link.eml"],
)
def test_no_file_but_a_mail_of_the_folder_is_shown(
    visitor: TestClient, mail_folder: Path, name: str
) -> None:
    for path in (mail_folder.parent / "secret.eml", mail_folder / "secret.txt"):
        path.write_bytes(b"Subject: secret\r\n\r\nsecret")
    (mail_folder / ".hidden.eml").write_bytes(b"Subject: secret\r\n\r\nsecret")
    (mail_folder / "link.eml").symlink_to(mail_folder.parent / "secret.eml")
    page = visitor.get(f"/mails/{name}")
    assert page.status_code == 404
    assert "secret" not in page.text
    assert "No mail yet" in visitor.get("/mails").text


def test_without_a_mail_catcher_there_is_no_mail_page(database_url: str) -> None:
    app = create_app(database_url, key=KEY, now=lambda: NOON)
    with TestClient(app, base_url="http://localhost") as visitor:
        sign_in_by_form(visitor, join(database_url, "mia.hill", [Role.MANAGER]))
        assert visitor.get("/mails").status_code == 404
        assert "/mails" not in visitor.get("/").text
