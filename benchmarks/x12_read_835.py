"""x12.read_835: from bytes to remittance documents, with every balance checked."""

import oxedi

from benchmarks.cpu_time import ratio_to_floor
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.remittance_files import remittance_file
from benchmarks.sizes import Sizes
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances

TARGET = 10.0
OXEDI_TARGET = 2.5  # times what oxedi takes for the same file
# What many payers say of each claim and line beyond what must be said, by where it is put.
DETAILS = {
    b"\nNM1*82*1******XX*": b"\nNM1*IL*1*INVENTED*ADA****MI*BHH1~\nNM1*82*1*EXAMPLE*ADA****XX*",
    b"\nDTM*050*": b"\nREF*1L*GRP7~\nREF*EA*MRN5~\nDTM*232*20261005~\nDTM*050*",
    b"\nDTM*232*": b"\nPER*CX*DESK*TE*8005550100~\nAMT*AU*125.5~\nDTM*232*",
    b"\nAMT*B6*": b"\nREF*HPI*1999900115~\nAMT*B6*",
}


def measure_read_835(sizes: Sizes) -> Measurement:
    """Measure ours and oxedi, which is written in Rust, on the same file.

    Beside it stands what claims with more details than usual cost us, over their own floor.
    """
    data = remittance_file(sizes.file_claims)
    detailed = _with_details(data)
    ours = ratio_to_floor(
        lambda: _read_and_balance(data, sizes.file_claims), data, sizes.repetitions
    )
    theirs = ratio_to_floor(lambda: oxedi.parse(data), data, sizes.repetitions)
    ours_detailed = ratio_to_floor(
        lambda: _read_and_balance(detailed, sizes.file_claims), detailed, sizes.repetitions
    )
    times = ours.value / theirs.value
    return Measurement(
        name="x12.read_835",
        value=ours.value,
        unit="x floor",
        target=TARGET,
        floor=ours.floor,
        peers={"oxedi.parse": theirs.value, "claims with details": ours_detailed.value},
        note=(
            f"{sizes.file_claims} claims, {len(data)} bytes;"
            f" {times:.1f} times oxedi, of which at most {OXEDI_TARGET} is the aim:"
            " half of it is making the frozen documents, a quarter cutting the text"
        ),
    )


def _with_details(data: bytes) -> bytes:
    """Say more of each claim and line, so that each needs a supplement."""
    for old, new in DETAILS.items():
        data = data.replace(old, new)
    return data


def _read_and_balance(data: bytes, expected: int) -> None:
    documents, findings = read_remittances(data)
    gaps = [gap for document in documents for gap in remittance_gaps(document)]
    claims = sum(len(document.claims) for document in documents)
    if findings or gaps or claims != expected:
        msg = f"{claims} claims, {len(findings)} findings and {len(gaps)} gaps in a sound file"
        raise WrongResultError(msg)
