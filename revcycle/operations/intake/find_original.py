"""Find a record of an intake file as the practice sent it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.client_config import ClientConfig
from models.documents.encounter import EncounterDocument, IntakeRecord
from models.errors import RejectedError
from models.tables import InboundFile, IntakeRecordRow
from revcycle.formats.hl7v2.messages import split_messages
from revcycle.operations.intake.intake_kind import CSV, HL7V2
from revcycle.operations.intake.read_records import read_records
from revcycle.store.inbound_files import get_inbound_file

READ_BYTES_MAX: Final = 4_000_000  # about a second of reading; the file page shows larger ones
TEXT_LENGTH_MAX: Final = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class OriginalRecord:
    """A record as it came.

    Attributes:
        position: Its place in the file, for people.
        document: What can be read of it; None if nothing can.
        lines: Its text, where it is text: the header and the line of a CSV file, the segments of
            a message. It may name a patient by anything the practice knows.
    """

    inbound_file_id: UUID
    kind: str
    position: str
    document: EncounterDocument | None
    lines: tuple[str, ...]


def find_original(
    session: Session, client_id: UUID, record: IntakeRecordRow, config: ClientConfig | None
) -> OriginalRecord:
    """Read one record of a stored file again; the bytes are the record.

    Args:
        session: The open transaction.
        client_id: The practice.
        record: The outcome whose record is looked for.
        config: The practice's client file; without one only the text can be shown.

    Raises:
        NotFoundError: this practice has no such file.
    """
    file = get_inbound_file(session, client_id, record.inbound_file_id)
    read = _read(config, file, record.ordinal)
    return OriginalRecord(
        inbound_file_id=file.id,
        kind=file.kind,
        position=record.position,
        document=read.encounter if read else None,
        lines=_lines(file, record),
    )


def _read(config: ClientConfig | None, file: InboundFile, ordinal: int) -> IntakeRecord | None:
    if config is None or len(file.content) > READ_BYTES_MAX:
        return None
    try:
        records = read_records(config, file.kind, file.source, file.content)
    except RejectedError:  # the client file changed since; the text below still says what came
        return None
    return next((one for one in records if one.ordinal == ordinal), None)


def _lines(file: InboundFile, record: IntakeRecordRow) -> tuple[str, ...]:
    if len(file.content) > READ_BYTES_MAX:
        return ()
    if file.kind == CSV:
        return _csv_lines(file.content, record.position)
    return _message_lines(file.content, record.ordinal) if file.kind == HL7V2 else ()


def _csv_lines(content: bytes, position: str) -> tuple[str, ...]:
    """Give the header and the physical line that the position names."""
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    number = position.removeprefix("line ")
    wanted = int(number) if number.isdecimal() else 0
    found = lines[wanted - 1 : wanted] if wanted else []
    return tuple(line[:TEXT_LENGTH_MAX] for line in (*lines[:1], *found))


def _message_lines(content: bytes, ordinal: int) -> tuple[str, ...]:
    try:
        messages, _ = split_messages(content)
    except RejectedError:
        return ()
    lines = messages[ordinal - 1].lines if ordinal <= len(messages) else []
    return tuple(line[:TEXT_LENGTH_MAX] for line in lines)
