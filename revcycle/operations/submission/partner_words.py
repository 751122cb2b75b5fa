"""What partners say of claims and files, in our own words."""

from typing import Final

from revcycle.formats.x12.names.catalogue import code_words
from revcycle.reference.claim_statuses import ENTITIES, status_label

BETWEEN: Final = ":"
PARTS_OF_STATUS: Final = 3  # category, status, whom it is about
LIST_OF_FILE_KINDS: Final = {"TA1": "ta1_note", "999": "verdict"}
OF_THE_FILE: Final = "the file that carried the claim"


def say_code(kind: str, code: str) -> tuple[str, str]:
    """Say what an acknowledgement means, and what it points at; empty where we have no words.

    Args:
        kind: TA1, 999 or 277CA.
        code: As it is stored: of a 277CA category and status, such as ``A7:562``.
    """
    if kind in LIST_OF_FILE_KINDS:
        return code_words(LIST_OF_FILE_KINDS[kind], code), OF_THE_FILE
    category, status, entity = split_status(code)
    about = status_label(status) if status else ""
    of_whom = ENTITIES.get(entity, "")
    return code_words("status_category", category), f"{of_whom}: {about}" if of_whom else about


def status_of(kind: str, code: str) -> str:
    """Return the category and status in an answer; empty of what is about a file."""
    return "" if kind in LIST_OF_FILE_KINDS else code


def split_status(code: str) -> tuple[str, str, str]:
    """Split ``A7:562:IL`` into category, status and whom it is about; what is missing is empty."""
    category, status, entity = (*code.split(BETWEEN), "", "")[:PARTS_OF_STATUS]
    return category, status, entity


def say_refusal(reason: str) -> str:
    """Say the reason of a rejected claim: ``A7:562``, or of its file ``999:R`` or ``TA1:R:003``."""
    kind, _, code = reason.partition(BETWEEN)
    if kind in LIST_OF_FILE_KINDS:
        meaning, about = say_code(kind, code.rpartition(BETWEEN)[2])
    else:
        meaning, about = say_code("277CA", reason)
    return f"{meaning or 'refused'}: {about}" if about else meaning or "refused"
