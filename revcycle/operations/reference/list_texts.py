"""What payers' codes say in the words of the lists that the user imported under a licence.

The words are for the eyes of whoever works here: they go on pages and to the terminal, and never
into a log, a letter or a file for somebody else. Without a list nothing is said.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from models.values.reference import ReferenceKind
from revcycle.operations.submission.partner_words import split_status
from revcycle.store.code_lists import list_titles
from revcycle.store.reference_editions import find_editions

LIST_NAMES: Final[Mapping[ReferenceKind, str]] = MappingProxyType(
    {
        ReferenceKind.ADJUSTMENT_REASON: "reason",
        ReferenceKind.REMARK: "remark",
        ReferenceKind.CLAIM_STATUS_CATEGORY: "status category",
        ReferenceKind.CLAIM_STATUS: "status",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class ListedText:
    """A code in the words of its list; licensed, so it is never printed by accident."""

    list_name: str
    code: str
    text: str


def list_reason_texts(
    session: Session, reasons: Iterable[str], remarks: Iterable[str], on: date
) -> tuple[ListedText, ...]:
    """List what adjustment reasons (CARC) and remarks (RARC) say by the lists of a day.

    Args:
        session: The open transaction.
        reasons: Such as ``16``, as often as they occur.
        remarks: Such as ``N290``.
        on: When the payer decided.
    """
    asked = {ReferenceKind.ADJUSTMENT_REASON: set(reasons), ReferenceKind.REMARK: set(remarks)}
    return _list_texts(session, asked, on)


def list_status_texts(session: Session, codes: Iterable[str], on: date) -> tuple[ListedText, ...]:
    """List what answers about claims, such as ``A7:562``, say by the lists of a day."""
    parts = [split_status(code) for code in codes if code]
    asked = {
        ReferenceKind.CLAIM_STATUS_CATEGORY: {category for category, _, _ in parts},
        ReferenceKind.CLAIM_STATUS: {status for _, status, _ in parts},
    }
    return _list_texts(session, asked, on)


def _list_texts(
    session: Session, asked: Mapping[ReferenceKind, Collection[str]], on: date
) -> tuple[ListedText, ...]:
    """Ask once which lists there are, and each of them once for all its codes."""
    wanted = {kind: {code for code in codes if code} for kind, codes in asked.items()}
    kinds = [kind for kind, codes in wanted.items() if codes]
    editions = find_editions(session, kinds, on) if kinds else {}
    return tuple(
        ListedText(LIST_NAMES[kind], code, text)
        for kind, edition in editions.items()
        for code, text in sorted(list_titles(session, [edition], wanted[kind], on).items())
    )
