"""x12.write_837p: from claim documents to bytes."""

from benchmarks.claim_files import claim_batch, claim_file, envelope
from benchmarks.cpu_time import ratio_to_floor
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from models.documents.claim import ClaimBatchDocument
from revcycle.formats.x12.t837p import write_claims

TARGET = 10.0
VERIFIED_SHARE = 10  # the check of what was written is slow: measured on a tenth of the claims


def measure_write_837p(sizes: Sizes) -> Measurement:
    """Measure the writer against the floor of its own output; checked as it leaves, in the note."""
    batch = claim_batch(sizes.file_claims)
    data = claim_file(sizes.file_claims)
    ours = ratio_to_floor(lambda: _write(batch, data), data, sizes.repetitions)
    few = max(1, sizes.file_claims // VERIFIED_SHARE)
    part, expected = claim_batch(few), claim_file(few)
    checked = ratio_to_floor(lambda: _write_checked(part, expected), expected, 1)
    return Measurement(
        name="x12.write_837p",
        value=ours.value,
        unit="x floor",
        target=TARGET,
        floor=ours.floor,
        note=(
            f"{sizes.file_claims} claims, {len(data)} bytes; floor of its own output; "
            f"{checked.value:.0f}x with our own check of what was written"
        ),
    )


def _write(batch: ClaimBatchDocument, expected: bytes) -> None:
    if write_claims(batch, envelope(), verify=False) != expected:
        msg = "the same claims gave other bytes"
        raise WrongResultError(msg)


def _write_checked(batch: ClaimBatchDocument, expected: bytes) -> None:
    if write_claims(batch, envelope()) != expected:
        msg = "the same claims gave other bytes"
        raise WrongResultError(msg)
