"""Visit notes in documents and reports."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from models.documents.encounter import SourceNote
from models.documents.finding import Finding, Severity
from revcycle.formats.fhir.charts import Chart
from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text, to_day
from revcycle.formats.fhir.people import to_provider
from revcycle.formats.fhir.resources import Resources

RULE_ID: Final = "intake.note"
_UNSIGNED: Final = ("preliminary", "partial", "registered")
_MARKUP: Final = ("text/html", "application/xhtml+xml")


def read_notes(
    resources: Resources, chart: Chart, zone: tzinfo | None, position: str
) -> tuple[tuple[SourceNote, ...], tuple[Finding, ...]]:
    """Read every text of the encounter's documents, each once; report what is no readable text."""
    notes: list[SourceNote] = []
    findings: list[Finding] = []
    for document in chart.documents:
        for attachment in _attachments(document):
            try:
                words = _decode(attachment, resources, document)
            except ValueError as error:
                message = f"a document is left out: {error}"
                findings.append(Finding(RULE_ID, Severity.WARNING, "attachment", message, position))
                continue
            if words and all(note.text != words for note in notes):
                notes.append(_note(words, document, resources, zone))
    return tuple(notes), tuple(findings)


def _attachments(document: Node) -> Iterator[Node]:
    yield from (node(content, "attachment") for content in nodes(document, "content"))
    yield from nodes(document, "presentedForm")


def _note(words: str, document: Node, resources: Resources, zone: tzinfo | None) -> SourceNote:
    reference = node(document, "author") or node(document, "performer")
    author = to_provider(resources, reference, document)
    names = (author.first_name, author.last_name) if author else ()
    written = text(document, "date") or text(document, "issued")
    status = text(document, "docStatus") or text(document, "status")
    return SourceNote(
        text=words,
        written_on=to_day(written, zone),
        author=" ".join(filter(None, names)),
        is_signed=status not in _UNSIGNED,
    )


def _decode(attachment: Node, resources: Resources, document: Node) -> str:
    """Return the text of an attachment, also of a Binary in the same file.

    Raises:
        ValueError: it is not text, or not base64, or lies elsewhere.
    """
    binary = EMPTY
    if not text(attachment, "data") and text(attachment, "url"):
        binary = resources.resolve({"reference": text(attachment, "url")}, document)
        if not binary:
            msg = "its text lies outside the file"
            raise ValueError(msg)
    kind, _, parameters = (text(binary or attachment, "contentType") or "text/plain").partition(";")
    if not kind.startswith("text/") and kind not in _MARKUP:
        msg = f"{kind[:40]} is no text"
        raise ValueError(msg)
    raw = _unpack(text(binary or attachment, "data"))
    charset = re.search(r"charset=([\w-]+)", parameters)
    words = _to_text(raw, charset[1] if charset else "utf-8")
    return _without_markup(words) if kind in _MARKUP else words.strip()


def _unpack(packed: str) -> bytes:
    try:
        return base64.b64decode(packed, validate=False)
    except binascii.Error:
        msg = "it is not base64"
        raise ValueError(msg) from None


def _to_text(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode("utf-8", errors="replace")


def _without_markup(words: str) -> str:
    """Keep the words of HTML: blocks become lines."""
    lines = re.sub(r"(?i)<(br|/p|/div|/li|/h\d|/tr)[^>]*>", "\n", words)
    plain = html.unescape(re.sub(r"(?s)<[^>]*>", "", lines))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())
