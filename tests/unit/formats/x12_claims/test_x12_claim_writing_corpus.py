"""Every public 837 is written back as it was read, but for what is listed here with its reason."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from models.documents.claim import ClaimForm
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.canonical import canonical_segments
from revcycle.formats.x12.claims.writing_profile import WriteProfile
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.interchange import Interchange, Transaction, read_interchanges
from tests.unit.formats.x12_claims.claim_examples import an_envelope

CORPUS = Path(__file__).resolve().parents[4] / ".." / "shared" / "data" / "x12_corpus"
FORMS: dict[str, tuple[ModuleType, ClaimForm]] = {
    "837P": (t837p, ClaimForm.PROFESSIONAL),
    "837I": (t837i, ClaimForm.INSTITUTIONAL),
}
FILES = [path for form in FORMS for path in sorted((CORPUS / form).glob("*")) if path.is_file()]
EXCEPTIONS = {
    "837P/stupidedi__pacdr-professional-external-example.edi": (
        "reported after payment (X298), it names the payer in another loop than an 837P"
    ),
}


def pairs(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Each transaction of a file in canonical form, as it came and as we write it."""
    module, _ = FORMS[path.parent.name]
    data = path.read_bytes()
    batches = iter(module.read_batches(data)[0])
    for interchange in read_interchanges(data):
        profile = WriteProfile(delimiters=interchange.delimiters, as_it_stands=True)
        for transaction in interchange.transactions:
            batch = next(batches)
            written = module.write_claims(batch, an_envelope(), profile, verify=False)
            [ours] = read_interchanges(written)
            [again] = ours.transactions
            guide = path.parent.name
            yield lines(interchange, transaction, guide), lines(ours, again, guide)


def lines(interchange: Interchange, transaction: Transaction, guide: str) -> list[str]:
    """The segments between ST and SE; the version is our own, and SE counts what differs."""
    found = canonical_segments(transaction.segments, guide_named(guide), interchange.delimiters)
    return ["*".join(one) for one in found if one.tag not in {"ST", "SE"}]


@pytest.mark.skipif(not FILES, reason="the public X12 corpus is not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_public_file_is_written_back_as_it_was_read(path: Path) -> None:
    differences = [(theirs, ours) for theirs, ours in pairs(path) if theirs != ours]
    assert bool(differences) is (f"{path.parent.name}/{path.name}" in EXCEPTIONS), differences
