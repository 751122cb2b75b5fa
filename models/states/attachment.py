"""What a virus scanner said of a file that somebody sent."""

from enum import StrEnum


class ScanVerdict(StrEnum):
    """A file with a finding is refused and not kept, so there is no word for it."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"  # no scanner is configured here
