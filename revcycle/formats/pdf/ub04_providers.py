"""Who attended and operated, remarks and taxonomy in the boxes of the UB-04."""

from collections.abc import Iterator
from typing import Final

from models.documents.claim import ClaimDocument
from models.documents.paper import BoxText
from models.documents.party import Provider
from revcycle.formats.pdf.paper_boxes import without_marks

TAXONOMY: Final = "B3"
REMARK_WIDTHS: Final = (19, 24, 24, 24)


def provider_texts(claim: ClaimDocument) -> Iterator[BoxText]:
    """Write who treated the patient, and what else the payer should read."""
    attending = claim.institutional.attending_provider if claim.institutional else None
    yield from _provider("attending", attending)
    yield from _provider("operating", claim.supplement.operating_physician)
    others = (
        ("ZZ", claim.supplement.other_operating_physician),
        ("82", claim.rendering_provider),
        ("DN", claim.referring_provider),
    )
    named = [(role, provider) for role, provider in others if provider is not None]
    for box, (role, provider) in zip(("other", "second_other"), named, strict=False):
        yield BoxText(f"{box}_role", role)
        yield from _provider(box, provider)
    yield from _remarks(" ".join(note.text for note in claim.supplement.notes))
    if claim.billing_provider.taxonomy:
        yield BoxText("taxonomy_kind", TAXONOMY)
        yield BoxText("taxonomy", claim.billing_provider.taxonomy)


def _provider(name: str, provider: Provider | None) -> Iterator[BoxText]:
    if provider is None:
        return
    yield BoxText(f"{name}_npi", provider.npi)
    yield BoxText(f"{name}_last", without_marks(provider.last_name))
    yield BoxText(f"{name}_first", without_marks(provider.first_name))
    if provider.references:
        yield BoxText(f"{name}_id_kind", provider.references[0].qualifier)
        yield BoxText(f"{name}_id", provider.references[0].value)


def _remarks(text: str) -> Iterator[BoxText]:
    """Break remarks over the four lines of the form; what is too much stays on the last."""
    rest = text
    for at, width in enumerate(REMARK_WIDTHS):
        is_last = at == len(REMARK_WIDTHS) - 1
        cut = len(rest) if is_last or len(rest) <= width else rest.rfind(" ", 0, width + 1)
        cut = width if cut <= 0 < len(rest) else cut
        yield BoxText(f"remark.{at}", rest[:cut])
        rest = rest[cut:].strip()
