"""Sending mail, against a real mail server on this machine."""

import asyncio
import email
import gc
import ssl
import warnings
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from models.errors import RejectedError, RevcycleError, UnavailableError, UncertainError
from revcycle.connectors.mailer import InMemoryMailer, Mailer
from revcycle.connectors.self_signed import server_context
from revcycle.connectors.smtp import tls_context
from tests.integration.connectors.mail_office import (
    LOOPBACK,
    REFUSED,
    Post,
    following,
    rude_server,
)


def a_mail(*recipients: str, subject: str = "Your statement") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Lakeside Invented Practice <billing@practice.invalid>"
    message["To"] = ", ".join(recipients or ("guarantor@patients.invalid",))
    message["Subject"] = subject
    message.set_content("Your statement is attached. Zoë\n.\nFrom us.\n")
    message.add_attachment(b"%PDF-1.7\n\x00\xff", maintype="application", subtype="pdf")
    return message


def meeting(mailer: Mailer) -> Callable[[Callable[[Mailer], Awaitable[None]]], None]:
    """Do for the mailer in memory what ``Post.meet`` does for the real one."""

    async def connect(talk: Callable[[Mailer], Awaitable[None]]) -> None:
        async with mailer as open_mailer:
            await talk(open_mailer)

    return lambda talk: asyncio.run(connect(talk))


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def wire(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return email.message_from_bytes(envelope.content, policy=policy.default)


@pytest.mark.parametrize("kind", ["memory", "smtp"])
def test_a_mail_arrives_with_its_attachment(kind: str, post: Post) -> None:
    memory = InMemoryMailer()

    meet = post.meet if kind == "smtp" else meeting(memory)
    meet(lambda mailer: mailer.send(a_mail()))
    arrived = memory.sent + [wire(envelope) for envelope in post.office.received]
    assert [mail["Subject"] for mail in arrived] == ["Your statement"]
    body, attachment = arrived[0].iter_parts()
    assert body.get_content().splitlines() == [
        "Your statement is attached. Zoë",
        ".",
        "From us.",
    ]
    assert attachment.get_content() == b"%PDF-1.7\n\x00\xff"


@pytest.mark.parametrize("kind", ["memory", "smtp"])
def test_one_refused_recipient_stops_the_mail_for_all(kind: str, post: Post) -> None:
    memory = InMemoryMailer(refused={REFUSED})
    mail = a_mail("guarantor@patients.invalid", REFUSED)
    meet = post.meet if kind == "smtp" else meeting(memory)
    with pytest.raises(RejectedError) as refusal:
        meet(lambda mailer: mailer.send(mail))
    assert "gone" not in str(refusal.value)
    assert not memory.sent
    assert not post.office.received


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(EmailMessage(), id="nobody-to-nobody"),
        pytest.param(a_mail("no-domain"), id="an-address-without-domain"),
        pytest.param(a_mail("zoë@patients.invalid"), id="an-address-beyond-ascii"),
        pytest.param(a_mail('"a b"@patients.invalid'), id="an-address-with-a-space"),
    ],
)
@pytest.mark.parametrize("kind", ["memory", "smtp"])
def test_a_mail_that_cannot_be_addressed_is_refused(
    kind: str, mail: EmailMessage, post: Post
) -> None:
    meet = post.meet if kind == "smtp" else meeting(InMemoryMailer())
    with pytest.raises(RejectedError):
        meet(lambda mailer: mailer.send(mail))
    assert not post.office.received


def test_the_mailer_in_memory_can_be_unavailable() -> None:
    mailer = InMemoryMailer()
    mailer.is_available = False
    with pytest.raises(UnavailableError):
        asyncio.run(mailer.send(a_mail()))
    assert not mailer.sent


def test_a_blind_copy_is_delivered_and_not_shown(post: Post) -> None:
    mail = a_mail()
    mail["Bcc"] = "archive@practice.invalid"
    post.meet(lambda mailer: mailer.send(mail))
    envelope = post.office.received[0]
    assert envelope.rcpt_tos == ["guarantor@patients.invalid", "archive@practice.invalid"]
    assert wire(envelope)["Bcc"] is None
    assert mail["Bcc"] == "archive@practice.invalid"


def test_a_mail_travels_in_seven_bits(post: Post) -> None:
    post.meet(lambda mailer: mailer.send(a_mail(subject="Relevé de compte")))
    content = post.office.received[0].content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert wire(post.office.received[0])["Subject"] == "Relevé de compte"


def test_one_connection_serves_many_mails(post: Post) -> None:
    async def send_three(mailer: Mailer) -> None:
        for _ in range(3):
            await mailer.send(a_mail())

    post.meet(send_three)
    assert len(post.office.received) == 3
    assert len(post.office.sessions) == 1


def test_a_refused_mail_does_not_spoil_the_next(post: Post) -> None:
    async def send_two(mailer: Mailer) -> None:
        with pytest.raises(RejectedError):
            await mailer.send(a_mail("first@patients.invalid", REFUSED))
        await mailer.send(a_mail("second@patients.invalid"))

    post.meet(send_two)
    assert [envelope.rcpt_tos for envelope in post.office.received] == [["second@patients.invalid"]]


@pytest.mark.parametrize(
    ("word", "reply", "expected"),
    [
        pytest.param("MAIL", "550 no", RejectedError, id="sender-refused"),
        pytest.param("MAIL", "451 later", UnavailableError, id="sender-postponed"),
        pytest.param("RCPT", "550 no", RejectedError, id="recipient-refused"),
        pytest.param("RCPT", "450 later", UnavailableError, id="recipient-greylisted"),
        pytest.param("RCPT", "421 closing", UnavailableError, id="server-closing"),
        pytest.param("DATA", "554 spam", RejectedError, id="content-refused"),
        pytest.param("DATA", "452 full", UnavailableError, id="content-postponed"),
    ],
)
def test_what_the_server_says_decides_whether_to_try_again(
    post: Post, word: str, reply: str, expected: type[RevcycleError]
) -> None:
    post.office.replies[word] = reply
    with pytest.raises(expected, match=reply[:3]) as failure:
        post.meet(lambda mailer: mailer.send(a_mail()))
    assert reply[4:] not in str(failure.value)


def test_no_receipt_after_the_content_left_is_uncertain(post: Post) -> None:
    post.office.hangs_up_after_data = True
    with pytest.raises(UncertainError):
        post.meet(lambda mailer: mailer.send(a_mail()))
    assert len(post.office.received) == 1


def test_the_next_mail_takes_a_new_connection(post: Post) -> None:
    async def send_two(mailer: Mailer) -> None:
        post.office.hangs_up_after_data = True
        with pytest.raises(UncertainError):
            await mailer.send(a_mail())
        post.office.hangs_up_after_data = False
        await mailer.send(a_mail())

    post.meet(send_two)
    assert len(post.office.sessions) == 2


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_sent(post: Post) -> None:
    mail = a_mail()
    mail.add_attachment(b"x" * 100_000, maintype="application", subtype="pdf")
    with pytest.raises(RejectedError, match="552"):
        post.meet(lambda mailer: mailer.send(mail))
    assert not post.office.received


def test_a_server_without_starttls_gets_neither_password_nor_mail(post: Post) -> None:
    post.context = None
    post.username = "us"
    with pytest.raises(RejectedError, match="connect"):
        post.meet(lambda mailer: mailer.send(a_mail()))
    assert not post.office.received


def test_a_password_is_never_sent_in_the_clear(post: Post) -> None:
    post.context = None
    post.username = "us"
    post.use_starttls = False
    with pytest.raises(RejectedError, match="without STARTTLS"):
        post.meet(lambda mailer: mailer.send(a_mail()))


def test_a_server_of_this_machine_may_do_without_starttls(post: Post) -> None:
    post.context = None
    post.use_starttls = False
    post.meet(lambda mailer: mailer.send(a_mail()))
    assert len(post.office.received) == 1


def test_the_right_password_is_let_in(post: Post) -> None:
    post.username = "us"
    post.meet(lambda mailer: mailer.send(a_mail()))
    assert len(post.office.received) == 1


def test_the_wrong_password_is_refused_and_not_repeated(post: Post) -> None:
    post.username, post.password = "us", "wrong password"
    with pytest.raises(RejectedError, match="535") as refusal:
        post.meet(lambda mailer: mailer.send(a_mail()))
    assert "wrong" not in str(refusal.value)


def test_a_server_with_another_certificate_is_refused(post: Post, tmp_path: Path) -> None:
    post.certificate = tmp_path / "other.pem"
    server_context(post.certificate, LOOPBACK)
    with pytest.raises(RejectedError, match="connect"):
        post.meet(lambda mailer: mailer.send(a_mail()))


def test_a_pinned_certificate_that_is_missing_is_refused(post: Post, tmp_path: Path) -> None:
    post.certificate = tmp_path / "absent.pem"
    with pytest.raises(RejectedError, match="cannot be read"):
        post.meet(lambda mailer: mailer.send(a_mail()))


def test_a_closed_mail_server_is_unavailable(post: Post) -> None:
    async def call_after_closing_time() -> None:
        async with post.listening() as port:
            pass
        async with post.mailer(port):
            pass

    with pytest.raises(UnavailableError, match="connect"):
        asyncio.run(call_after_closing_time())


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param([b"220 hello\r\n"], UnavailableError, id="silent-at-first"),
        pytest.param([b"421 busy\r\n"], UnavailableError, id="busy"),
        pytest.param([b"554 no service\r\n"], RejectedError, id="will-not-talk-to-us"),
        pytest.param(
            [b"220 hello\r\n", b"250 hi\r\n", b"250 ok\r\n"],
            UnavailableError,
            id="silent-at-the-recipient",
        ),
        pytest.param(
            [b"220 hello\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"],
            UncertainError,
            id="silent-after-the-content",
        ),
    ],
)
def test_when_the_server_falls_silent_decides_what_is_known(
    post: Post, script: list[bytes], expected: type[RevcycleError]
) -> None:
    post.use_starttls = False
    post.timeout_seconds = 0.2

    async def talk() -> None:
        async with following(script) as port, post.mailer(port) as mailer:
            await mailer.send(a_mail())

    with pytest.raises(expected):
        asyncio.run(talk())


def test_leaving_closes_the_line_though_the_server_never_says_goodbye(post: Post) -> None:
    """TLS waits for it; an open line is complained of when the collector finds it."""
    assert post.context is not None

    async def come_and_leave(port: int) -> None:
        async with post.mailer(port):
            pass

    with rude_server(post.context) as port, warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        asyncio.run(come_and_leave(port))
        gc.collect()
    assert [str(one.message) for one in complaints if one.category is ResourceWarning] == []


def test_the_certificate_passes_the_strict_checks_of_newer_pythons(post: Post) -> None:
    client = tls_context(post.certificate)
    client.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    assert post.context is not None
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server_end = post.context.wrap_bio(to_server, to_client, server_side=True)
    client_end = client.wrap_bio(to_client, to_server, server_hostname=LOOPBACK)
    for end in (client_end, server_end, client_end, server_end):
        with suppress(ssl.SSLWantReadError):
            end.do_handshake()
    assert client_end.getpeercert()
    assert server_end.version() == "TLSv1.3"
