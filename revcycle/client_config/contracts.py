"""The contracts of a practice: ``contracts.csv`` and ``mpfs.csv`` beside its ``client.toml``.

Both may be left out. An ``mpfs.csv`` in ``REVCYCLE_HOME`` serves every practice without its own.
"""

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from models.documents.contract import ContractBook, ContractTerm
from models.documents.finding import Finding, Severity, is_blocking
from models.errors import RejectedError
from revcycle.formats.contracts.mpfs import FeeSchedule, read_mpfs
from revcycle.formats.contracts.terms import read_terms
from revcycle.rules.contracts.check_ties import check_ties

CONTRACT_FILE: Final = "contracts.csv"
MPFS_FILE: Final = "mpfs.csv"
VERSION_LENGTH: Final = 12
FILE_BYTES_MAX: Final = 5_000_000
FINDINGS_SAID: Final = 20


class ContractError(RejectedError):
    """Contract files are wrong; it holds every finding."""

    def __init__(self, findings: Collection[Finding]) -> None:
        self.findings = tuple(findings)
        listed = [f"{one.position}: {one.field} {one.message}" for one in findings]
        more = len(listed) - FINDINGS_SAID
        rest = [f"and {more} more"] if more > 0 else []
        super().__init__("; ".join([*listed[:FINDINGS_SAID], *rest]))


def read_contracts(
    folder: Path, payer_keys: Collection[str], *, home: Path | None = None
) -> ContractBook:
    """Read the contracts of a practice; a practice without the file has none.

    Raises:
        ContractError: something in the files is wrong.
    """
    book, findings = examine_contracts(folder, payer_keys, home=home)
    if is_blocking(findings):
        raise ContractError(findings)
    return book


def examine_contracts(
    folder: Path, payer_keys: Collection[str], *, home: Path | None = None
) -> tuple[ContractBook, tuple[Finding, ...]]:
    """Read what can be read, and say what is wrong with the rest."""
    text, unreadable = _text_of(folder / CONTRACT_FILE, folder.name)
    name = f"{folder.name}/{CONTRACT_FILE}"
    book, findings = read_book(text, name, payer_keys, _schedule(folder, home))
    return book, (*unreadable, *findings)


def read_book(
    text: str, file_name: str, payer_keys: Collection[str], schedule: FeeSchedule
) -> tuple[ContractBook, tuple[Finding, ...]]:
    """Read terms from a text, such as one that a page was sent; an empty text holds none."""
    if not text:
        return ContractBook(mpfs=schedule.amounts), schedule.findings
    read = read_terms(text, file_name)
    findings = (
        *read.findings,
        *_unknown_payers(read.terms, payer_keys, file_name),
        *check_ties(read.terms, file_name),
        *schedule.findings,
    )
    return ContractBook(read.terms, schedule.amounts, _version(text, schedule)), findings


def read_proposed(
    text: str,
    file_name: str,
    folder: Path,
    payer_keys: Collection[str],
    *,
    home: Path | None = None,
) -> tuple[ContractBook, tuple[Finding, ...]]:
    """Read proposed terms, with the fee schedule that the practice has; nothing is kept."""
    if not text.strip():
        message = "holds no terms: the first line names the columns"
        return ContractBook(), (Finding("contract.file", Severity.ERROR, file_name, message),)
    return read_book(text, file_name, payer_keys, _schedule(folder, home))


def _schedule(folder: Path, home: Path | None) -> FeeSchedule:
    for place in filter(None, (folder, home)):
        file = place / MPFS_FILE
        if file.is_file():
            text, unreadable = _text_of(file, place.name)
            return (
                FeeSchedule(findings=unreadable)
                if unreadable
                else read_mpfs(text, f"{place.name}/{MPFS_FILE}")
            )
    return FeeSchedule()


def _text_of(file: Path, folder: str) -> tuple[str, tuple[Finding, ...]]:
    if not file.is_file():
        return "", ()
    try:
        if file.stat().st_size > FILE_BYTES_MAX:
            return "", (_unreadable(file, folder, "is larger than 5 MB"),)
        return file.read_text(encoding="utf-8-sig"), ()
    except UnicodeDecodeError:
        return "", (_unreadable(file, folder, "is not UTF-8 text"),)


def _unreadable(file: Path, folder: str, message: str) -> Finding:
    return Finding("contract.file", Severity.ERROR, file.name, message, f"{folder}/{file.name}")


def _unknown_payers(
    terms: Collection[ContractTerm], payer_keys: Collection[str], file_name: str
) -> list[Finding]:
    allowed = ", ".join(sorted(payer_keys))
    return [
        Finding(
            "contract.payer",
            Severity.ERROR,
            "payer",
            f"{term.payer_key!r} is no payer of client.toml; allowed: {allowed}",
            f"{file_name} line {term.line}",
        )
        for term in terms
        if term.payer_key not in payer_keys
    ]


def _version(text: str, schedule: FeeSchedule) -> str:
    amounts = repr(sorted((key, repr(amount)) for key, amount in schedule.amounts.items()))
    return hashlib.sha256(f"{text}\0{amounts}".encode()).hexdigest()[:VERSION_LENGTH]
