"""Take in a practice's file of authorizations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.authorization import NewAuthorization, ToldAuthorization
from models.documents.finding import Finding, Severity
from models.errors import RejectedError
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.values.authorized import AuthorizationSource
from revcycle.formats.csv.authorizations import RULE_ID, read_authorizations
from revcycle.operations.verification.keep_authorizations import KeptCount, keep_authorizations
from revcycle.rules.coding.authorized_procedures import read_procedures
from revcycle.rules.intake.match_payer import KnownPayer, match_payer
from revcycle.store import clients
from revcycle.store.authorizations import find_patients_by_number
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move

AUTHORIZATIONS: Final = "AUTH"  # the kind of inbound file


@dataclass(frozen=True, slots=True)
class ImportedAuthorizations:
    """What a file came to.

    Attributes:
        is_new: False when the file had been taken in; then nothing was changed.
        read: Rows of the file that could be read.
        kept: How many are new or say something else than before.
        refused: What could not be taken, by line and field.
    """

    is_new: bool = True
    read: int = 0
    kept: KeptCount = field(default_factory=KeptCount)
    refused: tuple[Finding, ...] = ()


def import_authorizations(
    session: Session,
    act: Act,
    inbound_file_id: UUID,
    *,
    payers: Sequence[KnownPayer],
    date_format: str,
) -> ImportedAuthorizations:
    """Write down what a stored file says; rows with a problem are left out and reported.

    Repeating it is safe: a file that was taken in is reported and left alone, and rows that come
    again in another file change nothing unless they say something else.

    Raises:
        NotFoundError: this practice has no such file.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state == InboundFileState.POSTED:
        return ImportedAuthorizations(is_new=False)
    try:
        told, unreadable = read_authorizations(file.content, date_format)
    except RejectedError as error:
        told, unreadable = (), (Finding(RULE_ID, Severity.ERROR, "", str(error)),)
    new, refused = _understand(session, act, told, payers)
    kept = keep_authorizations(
        session, act, new, source=AuthorizationSource.FILE, inbound_file_id=file.id
    )
    if not told and unreadable:
        return ImportedAuthorizations(refused=unreadable)
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)
    problems = sorted((*unreadable, *refused), key=_line)
    return ImportedAuthorizations(read=len(told), kept=kept, refused=tuple(problems))


def _understand(
    session: Session, act: Act, told: Sequence[ToldAuthorization], payers: Sequence[KnownPayer]
) -> tuple[list[NewAuthorization], list[Finding]]:
    patients = find_patients_by_number(session, act.client_id, {one.patient_number for one in told})
    ids = {key: row.id for key, row in clients.find_payers(session, act.client_id).items()}
    new: list[NewAuthorization] = []
    refused: list[Finding] = []
    for one in told:
        try:
            new.append(_new(one, patients, _payer(one, payers, ids)))
        except _RowError as problem:
            refused.append(problem.finding)
    return new, refused


class _RowError(Exception):
    """A row that cannot be taken, with its field."""

    def __init__(self, one: ToldAuthorization, name: str, message: str) -> None:
        super().__init__(name)
        self.finding = Finding(RULE_ID, Severity.ERROR, name, message, f"line {one.line}")


def _new(
    one: ToldAuthorization, patients: Mapping[str, set[UUID]], payer_id: UUID
) -> NewAuthorization:
    known = patients.get(one.patient_number, set())
    if len(known) != 1:
        message = "is the number of several patients" if known else "is no patient's number here"
        raise _RowError(one, "patient_number", message)
    try:
        procedures = read_procedures(one.procedures)
    except ValueError as error:
        raise _RowError(one, "procedures", str(error)) from None
    return NewAuthorization(
        patient_id=next(iter(known)),
        payer_id=payer_id,
        number=one.number,
        allowed=one.allowed,
        procedures=procedures,
        counts=one.counts,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )


def _payer(one: ToldAuthorization, payers: Sequence[KnownPayer], ids: Mapping[str, UUID]) -> UUID:
    key = one.payer if one.payer in ids else match_payer(payers, name=one.payer, payer_id="")
    key = key or match_payer(payers, name="", payer_id=one.payer)
    if key is None or key not in ids:
        raise _RowError(one, "payer", "is no payer of the practice")
    return ids[key]


def _line(finding: Finding) -> int:
    return int(finding.position.removeprefix("line ") or 0)
