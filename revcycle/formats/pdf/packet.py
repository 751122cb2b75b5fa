"""One PDF of all the papers of an appeal: a cover that lists them, then each as it is."""

import base64
import io
from collections.abc import Iterable
from typing import Final

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from models.documents.packet import (
    Packet,
    PacketPart,
    PacketPartKind,
    PacketRecord,
    PacketSources,
)
from models.documents.paper import PaperMode
from models.errors import RejectedError
from models.values.display import to_long_date, to_phone_text
from revcycle.formats.pdf.letter import LetterDocument, render_letter
from revcycle.formats.pdf.paper_form import fill_claim_form, render_claim_form
from revcycle.formats.pdf.proof_of_filing import render_proof_of_filing
from revcycle.formats.pdf.remittance_page import render_remittance_page
from revcycle.formats.pdf.statement import address_lines
from revcycle.formats.pdf.typesetting import TEMPLATES, our_fonts, typeset

COVER: Final = "letters/packet_cover.typ"
IMAGE: Final = "letters/record_image.typ"
PDF: Final = "application/pdf"
IMAGES: Final = frozenset({"image/png", "image/jpeg"})
JOINED_TYPES: Final = frozenset({PDF}) | IMAGES
PAGES_MAX: Final = 500  # what a fax or a portal takes at most; more is a mistake
# What makes a page do something when it is opened is not paper.
ACTIVE: Final = ("/AA", "/Annots")
PICTURE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="612" height="792">'
    '<image x="36" y="36" width="540" height="720" href="data:{media_type};base64,{inside}"/></svg>'
)
Rendered = tuple[PacketPartKind, str, PdfReader]


def join_packet(sources: PacketSources) -> Packet:
    """Lay out every part that is there and join them behind a cover.

    Pages of records are taken unchanged, but what is active in them (links, scripts, forms) stays
    behind.

    Raises:
        RejectedError: a record cannot be read as what it says it is, or is locked, or there are
            more pages than a payer takes.
    """
    rendered = list(_render(sources))
    parts = _number(rendered)
    if sum(part.pages for part in parts) >= PAGES_MAX:
        msg = f"a packet has at most {PAGES_MAX} pages; send long records apart"
        raise RejectedError(msg)
    writer = PdfWriter()
    for reader in (_reader(_cover(sources, parts)), *(reader for *_, reader in rendered)):
        for page in reader.pages:
            for name in ACTIVE:
                page.pop(name, None)
            writer.add_page(page)
    for part in parts:
        writer.add_outline_item(title=part.title, page_number=part.first_page - 1)
    writer.add_metadata({"/Title": f"Packet for {sources.payer_name}", "/Producer": "Revcycle"})
    written = io.BytesIO()
    writer.write(written)
    return Packet(parts, written.getvalue())


def _render(sources: PacketSources) -> Iterable[Rendered]:
    letter = LetterDocument(
        sources.practice, sources.letter_day, sources.payer_name, sources.letter
    )
    yield PacketPartKind.LETTER, "Letter", _reader(render_letter(letter))
    if sources.remittance is not None:
        pdf = render_remittance_page(sources.remittance, on=sources.day)
        yield PacketPartKind.REMITTANCE, "What you decided", _reader(pdf)
    if sources.claim is not None:
        filled = fill_claim_form(sources.claim, on=sources.day)
        pdf = render_claim_form(sources.claim, filled, mode=PaperMode.OUTLINE, on=sources.day)
        yield PacketPartKind.CLAIM_FORM, "The claim", _reader(pdf)
    for record in sources.records:
        yield PacketPartKind.RECORDS, record.title, _record(record)
    if sources.proof is not None:
        pdf = render_proof_of_filing(sources.proof)
        yield PacketPartKind.PROOF, "Proof of timely filing", _reader(pdf)


def _number(rendered: Iterable[Rendered]) -> tuple[PacketPart, ...]:
    parts: list[PacketPart] = []
    first_page = 2
    for kind, title, reader in rendered:
        parts.append(PacketPart(kind, title, first_page, len(reader.pages)))
        first_page += len(reader.pages)
    return tuple(parts)


def _cover(sources: PacketSources, parts: tuple[PacketPart, ...]) -> bytes:
    practice = sources.practice
    facts = {
        "practice": {
            "name": practice.name,
            "address": address_lines(practice.address),
            "phone": to_phone_text(practice.contact_phone),
        },
        "payer": sources.payer_name,
        "number": sources.payer_claim_number,
        "day": to_long_date(sources.day),
        "total": str(1 + sum(part.pages for part in parts)),
        "parts": [
            {"number": str(at), "title": part.title, "pages": _pages(part)}
            for at, part in enumerate(parts, start=1)
        ],
    }
    return typeset(COVER, facts, on=sources.day)


def _pages(part: PacketPart) -> str:
    last = part.first_page + part.pages - 1
    return str(last) if part.pages == 1 else f"{part.first_page} to {last}"


def _record(record: PacketRecord) -> PdfReader:
    """Read a PDF, or put a picture on a page.

    Raises:
        RejectedError: the file is neither, is damaged or is locked.
    """
    if record.media_type not in JOINED_TYPES:
        msg = "only PDF, PNG and JPEG can be joined into a packet; send the file apart"
        raise RejectedError(msg)
    is_image = record.media_type in IMAGES
    try:
        pdf = _image_page(record.content, record.media_type) if is_image else record.content
        reader = PdfReader(io.BytesIO(pdf), strict=False)
        if reader.is_encrypted or not len(reader.pages):
            msg = "a record is locked by a password or empty; add it again without one"
            raise RejectedError(msg)
        for page in reader.pages:  # what is damaged is found here, and not by the payer
            _look_at(page, is_image=is_image)
    except (PyPdfError, typst.TypstError, ValueError, KeyError, RecursionError) as error:
        msg = "a record is damaged and cannot be joined; add it again"
        raise RejectedError(msg) from error
    return reader


def _look_at(page: PageObject, *, is_image: bool) -> None:
    page.get_contents()
    if is_image and not page.images:
        raise PyPdfError


def _image_page(content: bytes, media_type: str) -> bytes:
    """Put a picture on a page; one that cannot be decoded leaves the page without it."""
    inside = base64.b64encode(content).decode("ascii")
    picture = PICTURE.format(media_type=media_type, inside=inside)
    compiler = typst.Compiler(
        TEMPLATES / IMAGE,
        root=TEMPLATES,
        font_paths=our_fonts(),
        sys_inputs={"picture": picture},
    )
    pdf = compiler.compile(format="pdf")
    assert isinstance(pdf, bytes), "one PDF comes back when no output file is named"  # noqa: S101
    return pdf


def _reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))
