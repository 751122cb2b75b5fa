"""The service lines of a CMS-1500: six a page, each with its shaded row above."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.documents.claim import ClaimDocument, ClaimDocumentLine
from models.documents.claim_details import Drug
from models.documents.paper import BoxText
from models.documents.party import Provider
from revcycle.formats.pdf.paper_boxes import form_amount, form_date, form_units

GAP: Final = " "  # a line of the form parts dollars and cents
DAY: Final = "%m %d %y"
POINTERS: Final = "ABCDEFGHIJKL"
DRUG_UNITS: Final = 3


def line_texts(claim: ClaimDocument, lines: Sequence[ClaimDocumentLine]) -> Iterator[BoxText]:
    """Write the lines of one page."""
    for at, line in enumerate(lines):
        for name, text in _line(claim, line):
            yield BoxText(name, text, at)


def _line(claim: ClaimDocument, line: ClaimDocumentLine) -> Iterator[tuple[str, str]]:
    more = line.supplement
    yield "supplement", _supplement(line)
    yield "from", form_date(line.service_date, DAY)
    yield "to", form_date(line.service_end_date or line.service_date, DAY)
    yield "place", line.place_of_service or claim.place_of_service
    yield "emergency", "Y" if more.is_emergency else ""
    yield "procedure", line.procedure_code
    yield "modifiers", " ".join(line.modifiers)
    yield "pointers", "".join(_letter(pointer) for pointer in line.diagnosis_pointers)
    yield "charge", form_amount(line.charge, gap=GAP)
    yield "units", form_units(line.units)
    yield "family", "Y" if more.is_family_planning or more.is_epsdt else ""
    yield from _rendering(more.rendering_provider or claim.rendering_provider)


def _letter(pointer: int) -> str:
    """Name a diagnosis by its letter; a pointer to none stays visible, so that nobody sends it."""
    return POINTERS[pointer - 1] if 1 <= pointer <= len(POINTERS) else "?"


def _rendering(provider: Provider | None) -> Iterator[tuple[str, str]]:
    if provider is None:
        return
    yield "rendering_npi", provider.npi
    if provider.references:
        yield "id_kind", provider.references[0].qualifier
        yield "id", provider.references[0].value


def _supplement(line: ClaimDocumentLine) -> str:
    """Write what stands in the shaded row: the drug, then notes."""
    drug = line.supplement.drug
    notes = (f"ZZ{note.text}" for note in line.supplement.notes)
    return "   ".join(filter(None, (drug_text(drug) if drug else "", *notes)))


def drug_text(drug: Drug) -> str:
    """Write a drug: qualifier and code, then its unit and quantity."""
    quantity = "" if drug.quantity is None else f"{drug.unit}{form_units(drug.quantity)}"
    return f"{drug.qualifier}{drug.code} {quantity}".strip()
