"""Parts of loop 2300 that both forms share, read."""

from models.documents.claim import FrequencyCode
from revcycle.formats.x12.loops import Loop
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import Segment, split_components

PRINCIPAL_QUALIFIERS = frozenset({"ABK", "BK"})
DIAGNOSIS_QUALIFIERS = PRINCIPAL_QUALIFIERS | {"ABF", "BF"}
HI_ELEMENTS_MAX = 12


def read_diagnoses(loop: Loop, notes: Notes) -> tuple[str, ...]:
    """Read every HI; the principal diagnosis comes first, whatever the order in the file."""
    principal: list[str] = []
    others: list[str] = []
    for written in loop.take_all("HI"):
        found = _diagnoses(written, notes)
        if not found:
            notes.unread_segments([written])
        for qualifier, code in found:
            (principal if qualifier in PRINCIPAL_QUALIFIERS else others).append(code)
    return (*principal, *others)


def _diagnoses(written: Segment, notes: Notes) -> list[tuple[str, str]]:
    composites = (
        split_components(element, notes.delimiters)
        for element in written.elements[:HI_ELEMENTS_MAX]
    )
    pairs = ((component(parts, 1), component(parts, 2)) for parts in composites)
    return [(qualifier, code) for qualifier, code in pairs if qualifier in DIAGNOSIS_QUALIFIERS]


def read_frequency(code: str) -> FrequencyCode:
    """Read CLM05-3; interim and other first bills count as original."""
    return FrequencyCode(code) if code in {"7", "8"} else FrequencyCode.ORIGINAL
