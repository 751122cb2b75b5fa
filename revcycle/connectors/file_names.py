"""Which file names we give, which we take, and where files go when they are read."""

import re
from collections.abc import Iterator
from typing import Final

from models.errors import RejectedError

ARCHIVE_COPIES_MAX: Final = 1_000
"""How many files of one name an archive keeps; partners do reuse names, but not without end."""

FILE_NAME_BYTES_MAX: Final = 200
PARTIAL_SUFFIX: Final = ".part"
DONE_FOLDER: Final = "done"  # where we move what we have read
PARTNER_ARCHIVES: Final = ("archive", "done")  # where partners move what they have read

# What we send is plain ASCII. What we collect is named by others: FHIR exports are called after
# people, with accents and spaces. Neither may start with a dot or hold a path separator.
SEND_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
COLLECT_NAME: Final = re.compile(r"\w[\w .,()+=@'~-]*")


def check_send_name(name: str) -> None:
    """Refuse a name that we never give to a file.

    Raises:
        RejectedError: not one plain ASCII path component, too long, or a partial file's name.
    """
    if not SEND_NAME.fullmatch(name) or not _is_usable(name):
        msg = "not a name for a file to send"
        raise RejectedError(msg)


def is_collectable(name: str) -> bool:
    """Tell whether a waiting file's name is one we take."""
    return bool(COLLECT_NAME.fullmatch(name)) and _is_usable(name)


def check_collect_name(name: str) -> None:
    """Refuse a name that ``names`` would not have listed.

    Raises:
        RejectedError: not one path component of the expected form.
    """
    if not is_collectable(name):
        msg = "not a name for a file to collect"
        raise RejectedError(msg)


def is_unremarkable(name: str) -> bool:
    """Tell whether leaving this entry out of a listing needs no one's attention."""
    return name.startswith(".") or name.lower().endswith(PARTIAL_SUFFIX)


def _is_usable(name: str) -> bool:
    return len(name.encode()) <= FILE_NAME_BYTES_MAX and not name.lower().endswith(PARTIAL_SUFFIX)


def archive_names(name: str) -> Iterator[str]:
    """Offer names for the archive: the file's own, then numbered ones for reused names."""
    yield name
    for number in range(2, ARCHIVE_COPIES_MAX + 1):
        yield f"{name}.{number}"
