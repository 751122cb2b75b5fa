"""x12.read_835: from bytes to remittance documents, with every balance checked."""

import oxedi

from benchmarks.cpu_time import ratio_to_floor
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.remittance_files import remittance_file
from benchmarks.sizes import Sizes
from revcycle.formats.x12.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances

TARGET = 10.0


def measure_read_835(sizes: Sizes) -> Measurement:
    """Measure ours and oxedi, which is written in Rust, on the same file."""
    data = remittance_file(sizes.file_claims)
    ours = ratio_to_floor(
        lambda: _read_and_balance(data, sizes.file_claims), data, sizes.repetitions
    )
    theirs = ratio_to_floor(lambda: oxedi.parse(data), data, sizes.repetitions)
    return Measurement(
        name="x12.read_835",
        value=ours.value,
        unit="x floor",
        target=TARGET,
        floor=ours.floor,
        peers={"oxedi.parse": theirs.value},
        note=f"{sizes.file_claims} claims, {len(data)} bytes",
    )


def _read_and_balance(data: bytes, expected: int) -> None:
    documents, findings = read_remittances(data)
    gaps = [gap for document in documents for gap in remittance_gaps(document)]
    claims = sum(len(document.claims) for document in documents)
    if findings or gaps or claims != expected:
        msg = f"{claims} claims, {len(findings)} findings and {len(gaps)} gaps in a sound file"
        raise WrongResultError(msg)
