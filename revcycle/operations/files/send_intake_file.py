"""Take a file that somebody of the practice sends by hand, as if it had been dropped."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig, IntakeFormat
from models.documents.finding import Finding, Severity
from models.errors import RejectedError
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.intake_kind import intake_kind
from revcycle.operations.intake.read_records import read_records
from revcycle.store.audit import record_act

MEGABYTE: Final = 1024 * 1024
BYTES_MAX: Final = 50 * MEGABYTE
FINDINGS_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class SentIntakeFile:
    """A file as somebody sent it.

    Attributes:
        title: As the sender calls it.
        source: The key of the intake source that the sender chose.
    """

    title: str
    source: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at a file found; nothing of it is kept.

    Attributes:
        records: How many records it holds.
        findings: The first of what is wrong, each with its place in the file.
        more: How many findings are left out.
        problem: Why nothing of it can be read; empty when it can.
    """

    records: int = 0
    findings: tuple[Finding, ...] = ()
    more: int = 0
    problem: str = ""


def send_intake_file(
    session: Session, act: Act, sent: SentIntakeFile, config: ClientConfig
) -> UUID:
    """Keep the bytes for the next run; the same bytes are kept once.

    Raises:
        RejectedError: the file is empty, too big, of another format than its source, or cannot
            be read at all; nothing is kept.
    """
    _require_size(sent)
    _require_format(sent, config)
    kind = intake_kind(sent.content)
    problem = look_through(config, kind, sent.source, sent.content).problem
    if problem:
        msg = f"{sent.title} cannot be read: {problem}"
        raise RejectedError(msg)
    stored = store_inbound_file(
        session,
        act,
        source=sent.source,
        kind=kind,
        name=sent.title,
        content=sent.content,
    )
    outcome = "done" if stored.is_new else "duplicate"
    record_act(session, act.client_id, act, "send_file", "inbound_file", stored.id, outcome=outcome)
    return stored.id


def look_through(config: ClientConfig, kind: str, source: str, content: bytes) -> Look:
    """Read a file as intake will, and say what it will find in the records themselves.

    Patients, payers and repetitions are judged by the next run, which knows the others.
    """
    try:
        records = read_records(config, kind, source, content)
    except RejectedError as error:
        return Look(problem=str(error))
    findings = [
        finding
        for record in records
        for finding in record.findings
        if finding.severity is not Severity.INFO
    ]
    shown = tuple(findings[:FINDINGS_SHOWN])
    return Look(len(records), shown, len(findings) - len(shown))


def _require_size(sent: SentIntakeFile) -> None:
    if not sent.content.strip():
        msg = f"{sent.title} is empty"
        raise RejectedError(msg)
    if len(sent.content) > BYTES_MAX:
        size = len(sent.content) / MEGABYTE
        msg = f"{sent.title} has {size:.1f} MB; {BYTES_MAX // MEGABYTE} MB are allowed"
        raise RejectedError(msg)


def _require_format(sent: SentIntakeFile, config: ClientConfig) -> None:
    section = next((one for one in config.intake if one.key == sent.source), None)
    if section is None:
        allowed = ", ".join(one.key for one in config.intake)
        msg = f"choose where the file belongs: {allowed}"
        raise RejectedError(msg)
    found = IntakeFormat(intake_kind(sent.content).lower())
    if found is not section.format:
        msg = (
            f"{sent.title} looks like {found.value.upper()}, but {section.key} takes "
            f"{section.format.value.upper()}; choose the other source, or send the right file"
        )
        raise RejectedError(msg)
