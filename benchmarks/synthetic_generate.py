"""synthetic.generate: the files of an invented day."""

from benchmarks.claim_files import SEED, practice_config
from benchmarks.cpu_time import cpu_seconds
from benchmarks.measurement import Measurement
from benchmarks.practice_database import TODAY
from benchmarks.sizes import Sizes
from workbench.commands.invented_input import invent_day


def measure_generator(sizes: Sizes) -> Measurement:
    """Measure people, visits, notes and codes, written as FHIR bundles."""
    count = sizes.invented_encounters
    seconds = cpu_seconds(
        lambda: invent_day(practice_config(), encounters=count, seed=SEED, service_date=TODAY)
    )
    return Measurement(
        name="synthetic.generate",
        value=count / seconds,
        unit="encounters/s",
        note=f"{count} encounters as FHIR; a second of CPU",
    )
