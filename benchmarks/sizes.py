"""How much each benchmark works on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of a full run, which takes most of an hour on two quiet cores.

    Attributes:
        repetitions: How often a piece of code that changes nothing runs; the median counts.
        file_claims: Claims of the X12 files.
        peer_claims: Claims of the files for slow libraries; their time is scaled per claim.
        stream_megabytes: Size of the file that is streamed.
        think_seconds: On average, between two items of one person; people take minutes.
        look_seconds: On average, between two lists of one process: as many lists as items.
    """

    repetitions: int = 3
    file_claims: int = 20_000
    peer_claims: int = 100
    stream_megabytes: int = 100
    intake_records: int = 5_000
    posted_claims: int = 20_000
    batched_claims: int = 1_000
    open_items: int = 100_000
    lease_processes: int = 8
    leases_a_process: int = 250
    staff: int = 32
    staff_takes: int = 960
    think_seconds: float = 5.0
    look_seconds: float = 0.6
    grabs: int = 20_000
    codes: int = 200_000  # more than there are: all of them
    letters: int = 600
    statements: int = 40
    invented_encounters: int = 5_000
    phrases: int = 10_000  # more than there are: all of them
    suggested_notes: int = 500
    pairs: int = 2_600_000  # a quarter of NCCI's edits
    looked_up_pairs: int = 20_000


FULL = Sizes()
QUICK = Sizes(
    repetitions=1,
    file_claims=40,
    peer_claims=2,
    stream_megabytes=1,
    intake_records=40,
    posted_claims=10,
    batched_claims=10,
    open_items=60,
    lease_processes=2,
    leases_a_process=5,
    staff=2,
    staff_takes=8,
    think_seconds=0.5,
    look_seconds=0.05,
    grabs=8,
    codes=500,
    letters=20,
    phrases=20,
    suggested_notes=10,
    statements=2,
    invented_encounters=30,
    pairs=2_000,
    looked_up_pairs=200,
)
