"""The strict end of writing: what a segment may say, checked or brought into the character set."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from models.errors import RejectedError
from revcycle.formats.x12.elements import clean, identifier
from revcycle.formats.x12.inquiries.codecs import OURS
from revcycle.formats.x12.segments import Segment

IDENTIFIER_LIMIT = 80
# Free text by tag and element: what to call it, and how long it may be (X12.6, 005010).
TEXTS: Mapping[tuple[str, int], tuple[str, int]] = {
    ("NM1", 3): ("name", 60),
    ("NM1", 4): ("first name", 35),
    ("NM1", 5): ("middle name", 25),
    ("NM1", 6): ("name prefix", 10),
    ("NM1", 7): ("name suffix", 10),
    ("N3", 1): ("address line 1", 55),
    ("N3", 2): ("address line 2", 55),
    ("N4", 1): ("city", 30),
    ("N4", 2): ("state", 2),
    ("PER", 2): ("contact name", 60),
    ("REF", 3): ("description", 80),
    ("EB", 5): ("plan name", 50),
    ("MSG", 1): ("message", 264),
    ("III", 4): ("injury", 264),
    ("STC", 12): ("message", 264),
    ("MPI", 4): ("military service", 80),
}
LIMITS: Mapping[tuple[str, int], int] = {
    ("REF", 2): 50,
    ("TRN", 2): 50,
    ("TRN", 3): 10,
    ("TRN", 4): 50,
    ("BHT", 3): 50,
    ("N4", 3): 15,
    ("PRV", 3): 50,
    ("III", 2): 30,
    ("PER", 4): 256,
    ("PER", 6): 256,
    ("PER", 8): 256,
}
NAMES: Mapping[tuple[str, int], str] = {
    ("BHT", 3): "batch reference",
    ("TRN", 2): "trace number",
    ("N4", 3): "postal code",
}
COMPOSITES = frozenset(
    {("EQ", 1), ("EQ", 2), ("EQ", 5), ("EB", 3), ("EB", 13), ("EB", 14), ("REF", 4)}
    | {("SVC", 1), ("SVC", 6), ("STC", 1), ("STC", 10), ("STC", 11)}
    | {("HI", number) for number in range(1, 13)}
)
REQUIRED: Mapping[str, tuple[int, ...]] = {
    "BHT": (3,),
    "TRN": (2,),
    "REF": (1, 2),
    "EB": (1,),
    "AAA": (3,),
    "MSG": (1,),
    "STC": (1,),
}


class Verbatim(Segment):
    """A segment that was kept, and is written exactly as it was."""

    __slots__ = ()


class Versioned(Protocol):
    """A document that may have been read from a file."""

    @property
    def version(self) -> str:
        """ST03; empty where nobody read a file."""


def shared_version(documents: Iterable[Versioned]) -> str:
    """Return the guide that documents were read by; empty where they were not read.

    Raises:
        RejectedError: they are of different guides, and one group holds one only (GS08).
    """
    versions = {document.version for document in documents if document.version}
    if len(versions) > 1:
        msg = "documents of different guides do not go into one file"
        raise RejectedError(msg)
    return next(iter(versions), "")


def checked(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Let identifiers pass as they are, and bring text into the basic character set.

    Raises:
        RejectedError: an element is missing, too long, or holds what X12 cannot carry. The text
            names the field only. What was kept of a file is not judged.
    """
    for one in segments:
        if isinstance(one, Verbatim):
            yield one
            continue
        _require(one)
        yield Segment((one[0], *(_element(one, number) for number in range(1, len(one)))))


def _require(one: Segment) -> None:
    for number in REQUIRED.get(one[0], ()):
        if not one.get(number):
            msg = f"{_name(one, number)} is required"
            raise RejectedError(msg)


def _element(one: Segment, number: int) -> str:
    text = one[number]
    if not text:
        return ""
    key = (one[0], number)
    if key in TEXTS:
        return clean(text, field=_name(one, number), limit=TEXTS[key][1])
    field, limit = _name(one, number), LIMITS.get(key, IDENTIFIER_LIMIT)
    parts = text.replace(OURS.repetition, OURS.component).split(OURS.component)
    for part in parts if key in COMPOSITES else [text]:
        if part:
            identifier(part, field=field, limit=limit)
    return text


def _name(one: Segment, number: int) -> str:
    """Say which field this is, in words where people know it by one."""
    tag, key = one[0], (one[0], number)
    if tag == "NM1":
        what = TEXTS[key][0] if key in TEXTS else "identifier"
        return f"{what} of NM1*{one.get(1)}"
    if tag == "REF" and number == 2:  # noqa: PLR2004 - REF02
        return f"REF*{one.get(1)}"
    if key in TEXTS:
        return TEXTS[key][0]
    return NAMES.get(key, f"{tag}{number:02d}")
