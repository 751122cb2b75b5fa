"""submission.build_batch: ready claims become one 837P file in the outbox."""

from benchmarks.bare_insert import bare_insert_seconds
from benchmarks.cpu_time import cpu_seconds
from benchmarks.measurement import Measurement
from benchmarks.practice_database import practice_database
from benchmarks.ready_claims import batch, prepare_ready_claims
from benchmarks.sizes import Sizes


def measure_build_batch(sizes: Sizes) -> Measurement:
    """Measure one batch: control number, bytes, hash, versions and states in one transaction."""
    claims = sizes.batched_claims
    with practice_database() as practice:
        prepare_ready_claims(practice, claims)
        before = practice.copy("before.sqlite3")
        seconds = cpu_seconds(lambda: batch(practice, claims))
        bare_seconds, rows = bare_insert_seconds(before, practice)
    return Measurement(
        name="submission.build_batch",
        value=claims / seconds,
        unit="claims/s",
        floor=bare_seconds,
        peers={"bare insert": claims / bare_seconds},
        note=f"{claims} claims, {rows} rows; a second of CPU",
    )
