"""The packet of an appeal: choose parts, keep what leaves, see later what left."""

import hashlib
import io
import struct
import zlib
from uuid import UUID

import pikepdf
import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.attachment import ScanVerdict
from models.states.work_item import Queue
from models.tables import Packet
from models.values.access import Role
from revcycle.store import attachments
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.session import transaction
from tests.pages.denial_office import DenialOffice, act_on, fields_of, open_office, take
from tests.pages.doors import sign_in_by_form
from tests.people import hire

PARTS = ("remittance", "claim_form", "proof")


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice without denials yet."""
    return open_office(database_url)


@pytest.fixture
def dana(stranger: TestClient, database_url: str, office: DenialOffice) -> TestClient:
    """A denial specialist of the practice."""
    queues = (Queue.DENIAL, Queue.APPEAL)
    colleague = hire(database_url, "dana", Role.DENIAL_SPECIALIST, [office.client_id], *queues)
    sign_in_by_form(stranger, colleague)
    return stranger


@pytest.fixture
def denial_id(office: DenialOffice) -> UUID:
    """A service that the payer finds not necessary."""
    return office.deny("CO", "50")


@pytest.fixture
def letter(dana: TestClient, office: DenialOffice, denial_id: UUID) -> str:
    """The address of a letter that waits to be sent."""
    address = office.address(Queue.DENIAL, denial_id)
    take(dana, address)
    typed = {"wording": "clinical", "letter": "Please look again.", "answer_by": "2027-01-15"}
    act_on(dana, address, "appeal", **typed)
    return office.address(Queue.APPEAL, denial_id)


def a_picture() -> bytes:
    """Make a small PNG."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + inside))
        return struct.pack(">I", len(inside)) + kind + inside + check

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def a_pdf(pages: int = 2, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Make a PDF whose first page wants to run a script."""
    pdf, written = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.pages[0].AA = pikepdf.Dictionary(O=script)
    pdf.save(written, encryption=encryption)
    return written.getvalue()


def add_record(office: DenialOffice, denial_id: UUID, content: bytes, media_type: str) -> UUID:
    """Add a file beside the visit of a denial."""
    with transaction(office.url, office.client_id) as session:
        denial = get_denial_picture(session, office.client_id, denial_id)
        return attachments.insert_attachment(
            session,
            office.client_id,
            office.office.act,
            ("encounter", denial.encounter_id),
            title="Chart of the visit",
            media_type=media_type,
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            verdict=ScanVerdict.CLEAN,
        )


def ask(dana: TestClient, address: str, *parts: str, records: tuple[UUID, ...] = ()) -> Response:
    """Fill in the form of the packet."""
    page = dana.get(address).text
    fields = fields_of(page, f"{address}/packet.pdf")
    chosen = {"part": list(parts), "record": [str(one) for one in records]}
    return dana.post(f"{address}/packet.pdf", data={**fields, **chosen}, follow_redirects=False)


def pages_of(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def kept(office: DenialOffice) -> list[Packet]:
    with transaction(office.url, office.client_id) as session:
        return list(session.exec(select(Packet)).all())


def test_a_packet_joins_letter_decision_claim_proof_and_records_behind_a_cover(
    dana: TestClient, office: DenialOffice, denial_id: UUID, letter: str
) -> None:
    chart = add_record(office, denial_id, a_pdf(2), "application/pdf")
    scan = add_record(office, denial_id, a_picture(), "image/png")
    answer = ask(dana, letter, *PARTS, records=(chart, scan))
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    assert pages_of(answer.content) == 1 + 1 + 1 + 1 + 2 + 1 + 1
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert all("/AA" not in page and "/Annots" not in page for page in pdf.pages)
    (row,) = kept(office)
    assert row.content == answer.content
    assert row.sha256 == hashlib.sha256(answer.content).hexdigest()
    page = dana.get(letter).text
    assert "What you decided" in page
    assert "page 5 to 6" in page
    assert office.trail("print_packet") == 1


def test_only_what_was_chosen_goes_in_and_the_last_choice_is_kept(
    dana: TestClient, office: DenialOffice, letter: str
) -> None:
    assert pages_of(ask(dana, letter, *PARTS).content) == 5
    assert pages_of(ask(dana, letter).content) == 2
    assert len(kept(office)) == 1
    assert pages_of(dana.get(f"{letter}/packet.pdf").content) == 2


def test_what_left_stays_as_it_left(
    dana: TestClient, office: DenialOffice, denial_id: UUID, letter: str
) -> None:
    page = dana.get(letter).text
    form = fields_of(page, f"{letter}/packet.pdf")
    sent = ask(dana, letter, "remittance").content
    act_on(dana, letter, "send", way="fax", sent_on="2026-11-20")
    refused = dana.post(f"{letter}/packet.pdf", data=form)
    assert refused.status_code in {404, 409, 422}
    waiting = office.address(Queue.APPEAL, denial_id)
    again = dana.get(f"{waiting}/packet.pdf")
    assert again.content == sent
    assert "Left with letter 1" in dana.get(waiting).text
    assert "Make the packet" not in dana.get(waiting).text
    assert office.trail("see_packet") == 1


@pytest.mark.parametrize(
    ("content", "media_type", "words"),
    [
        (b"%PDF-1.7 nothing more", "application/pdf", "damaged"),
        (b"\x89PNG\r\n\x1a\nnothing more", "image/png", "damaged"),
        (a_pdf(1, encryption=pikepdf.Encryption(user="x", owner="y")), "application/pdf", "locked"),
    ],
    ids=["damaged-pdf", "damaged-picture", "locked-pdf"],
)
def test_a_record_that_cannot_be_joined_is_refused_in_words_and_nothing_is_kept(
    dana: TestClient,
    office: DenialOffice,
    denial_id: UUID,
    letter: str,
    content: bytes,
    media_type: str,
    words: str,
) -> None:
    record = add_record(office, denial_id, content, media_type)
    answer = ask(dana, letter, records=(record,))
    assert answer.status_code == 422
    assert words in answer.text
    assert not kept(office)


def test_a_record_of_another_patient_cannot_be_put_in(
    dana: TestClient, office: DenialOffice, letter: str
) -> None:
    foreign = add_record(office, office.deny("CO", "16"), a_pdf(), "application/pdf")
    assert str(foreign) not in dana.get(letter).text
    assert ask(dana, letter, records=(foreign,)).status_code == 404
    assert not kept(office)


def test_without_a_packet_there_is_none_to_see(
    dana: TestClient, office: DenialOffice, denial_id: UUID, letter: str
) -> None:
    assert dana.get(f"{letter}/packet.pdf").status_code == 404
    with transaction(office.url, office.client_id) as session:
        (appeal,) = list_appeals(session, office.client_id, denial_id)
    assert dana.get(f"{letter}/packet.pdf?appeal_id={appeal.id}").status_code == 404
