"""x12.read_837p: from bytes to claim documents."""

import io

import pyx12.error_handler
import pyx12.params
import pyx12.x12context

from benchmarks.claim_files import claim_file
from benchmarks.cpu_time import ratio_to_floor
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from revcycle.formats.x12.t837p import read_claims

TARGET = 8.0


def measure_read_837p(sizes: Sizes) -> Measurement:
    """Measure ours, and the loop reader of pyx12 on a smaller file."""
    data = claim_file(sizes.file_claims)
    ours = ratio_to_floor(lambda: _read(data, sizes.file_claims), data, sizes.repetitions)
    small = claim_file(sizes.peer_claims)
    theirs = ratio_to_floor(lambda: _read_loops(small), small, 1)
    return Measurement(
        name="x12.read_837p",
        value=ours.value,
        unit="x floor",
        target=TARGET,
        floor=ours.floor,
        peers={"pyx12 loops": theirs.value},
        note=f"{sizes.file_claims} claims, {len(data)} bytes; pyx12 on {sizes.peer_claims} claims",
    )


def _read(data: bytes, expected: int) -> None:
    claims, findings = read_claims(data)
    if findings or len(claims) != expected:
        msg = f"{len(claims)} claims and {len(findings)} findings in a sound file"
        raise WrongResultError(msg)


def _read_loops(data: bytes) -> int:
    reader = pyx12.x12context.X12ContextReader(
        pyx12.params.params(),
        pyx12.error_handler.errh_null(),
        io.StringIO(data.decode("latin-1")),
    )
    return sum(1 for _ in reader.iter_segments("2300"))
