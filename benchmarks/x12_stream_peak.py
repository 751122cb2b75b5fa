"""x12.stream_peak_mb: the memory that streaming a large file takes at most."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.claim_files import claim_file
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.remittance_files import remittance_file
from benchmarks.sizes import Sizes

TARGET = 100.0
CLAIMS_A_PART = 5_000  # as many as one transaction may hold
MEGABYTE = 1_000_000
FIRST_NUMBER = b"000000001"


def measure_stream_peak(sizes: Sizes) -> Measurement:
    """Stream an 837P and an 835, and check the 837P, each in a process of its own."""
    claims = min(CLAIMS_A_PART, sizes.file_claims)
    parts = {"837P": claim_file(claims), "835": remittance_file(claims)}
    with tempfile.TemporaryDirectory() as folder:
        peaks = {
            **{
                kind: _peak(kind, Path(folder), part, claims, sizes) for kind, part in parts.items()
            },
            "check": _peak("check", Path(folder), parts["837P"], 0, sizes),
        }
    return Measurement(
        name="x12.stream_peak_mb",
        value=max(peaks.values()),
        unit="MB",
        target=TARGET,
        note=f"{sizes.stream_megabytes} MB, {claims} claims a transaction; {_in_words(peaks)}",
    )


def _peak(task: str, folder: Path, part: bytes, claims: int, sizes: Sizes) -> float:
    path = folder / "large.x12"
    copies = max(1, sizes.stream_megabytes * MEGABYTE // len(part))
    with path.open("wb") as file:
        for number in range(1, copies + 1):
            file.write(part.replace(FIRST_NUMBER, b"%09d" % number))
    command = [sys.executable, "-m", "benchmarks.stream_reader", task, str(path)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - ours
    counted, kilobytes = map(int, run.stdout.split())
    if claims and counted != copies * claims:
        msg = f"{counted} claims were read of {copies * claims}"
        raise WrongResultError(msg)
    return kilobytes * 1024 / MEGABYTE


def _in_words(peaks: Mapping[str, float]) -> str:
    return ", ".join(f"{task} {peak:.0f} MB" for task, peak in peaks.items())
