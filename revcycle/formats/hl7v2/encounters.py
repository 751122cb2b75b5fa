"""Encounters from a file of HL7 v2 messages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument, IntakeRecord, SourceProcedure
from models.documents.finding import Finding, Severity
from models.documents.party import Provider
from revcycle.formats.hl7v2.coverages import (
    RANK_MAX,
    list_named_coverages,
    to_authorization,
    to_coverages,
)
from revcycle.formats.hl7v2.messages import Message, RawMessage, parse_message, split_messages
from revcycle.formats.hl7v2.people import to_guarantor, to_identifiers, to_patient, to_provider
from revcycle.formats.hl7v2.services import RULE_ID, ServiceReader, to_notes

MESSAGE_TYPES: Final = ("ADT^A01", "ADT^A04", "ADT^A08", "DFT^P03")
_PLACES: Final = {"E": "23", "I": "21"}  # PV1-2, table 0004; the practice's own place otherwise


def read_encounters(data: bytes) -> tuple[IntakeRecord, ...]:
    """Read every message of a file: one record each, in order.

    A message of another type, or one that cannot be parsed, is a record without an encounter.

    Raises:
        RejectedError: the file holds no MSH segment.
    """
    messages, promised = split_messages(data)
    records = [_record(ordinal, raw) for ordinal, raw in enumerate(messages, start=1)]
    if promised is not None and promised != len(records):
        message = f"the batch trailer counts {promised} messages, the file holds {len(records)}"
        finding = Finding("intake.batch_count", Severity.WARNING, "BTS-1", message)
        records[-1] = replace(records[-1], findings=(*records[-1].findings, finding))
    return tuple(records)


def _record(ordinal: int, raw: RawMessage) -> IntakeRecord:
    position = f"message {ordinal}"
    try:
        message = parse_message(raw)
    except ValueError as error:
        finding = Finding(RULE_ID, Severity.ERROR, "MSH", str(error), position)
        return IntakeRecord(ordinal, position, None, (finding,))
    refusal = _refusal(message, position)
    if refusal is not None:
        return IntakeRecord(ordinal, position, None, (refusal,))
    services = ServiceReader(position)
    encounter = _encounter(message, services)
    findings = (*_remarks(message, raw, position), *services.findings)
    return IntakeRecord(ordinal, position, encounter, findings)


def _message_type(message: Message) -> str:
    """Return MSH-9 such as ``ADT^A04``; an event missing there is taken from EVN-1."""
    msh = message.segment("MSH")
    return f"{msh.text(9, 1)}^{msh.text(9, 2) or message.segment('EVN').text(1)}"


def _refusal(message: Message, position: str) -> Finding | None:
    """Say why a message cannot become an encounter; None if it can."""
    kind = _message_type(message)
    if kind not in MESSAGE_TYPES:
        text = f"{kind} is not read; allowed are {', '.join(MESSAGE_TYPES)}"
        return Finding("intake.message_type", Severity.ERROR, "MSH-9", text, position)
    if not message.list_segments("PID"):
        text = "the message has no PID segment, so it names no patient"
        return Finding(RULE_ID, Severity.ERROR, "PID", text, position)
    if not _source_key(message):
        text = "no visit number (PV1-19), account number (PID-18) or control id (MSH-10)"
        return Finding(RULE_ID, Severity.ERROR, "PV1-19", text, position)
    return None


def _remarks(message: Message, raw: RawMessage, position: str) -> Iterator[Finding]:
    """Report oddities that do not stop the message."""
    event, sent = message.segment("EVN").text(1), message.segment("MSH").text(9, 2)
    if event and sent and event != sent:
        text = f"EVN-1 says {event}, MSH-9 says {sent}; MSH-9 counts"
        yield Finding(RULE_ID, Severity.INFO, "EVN-1", text, position)
    if raw.joined:
        text = f"{raw.joined} lines are no segment and were joined to the one before"
        yield Finding(RULE_ID, Severity.WARNING, "segment", text, position)
    pid = message.segment("PID")
    if pid.text(7) and pid.day(7) is None:
        text = "the birth date is not a complete date (YYYYMMDD)"
        yield Finding(RULE_ID, Severity.ERROR, "PID-7", text, position)
    if len(list_named_coverages(message)) > RANK_MAX:
        text = f"only the first {RANK_MAX} coverages are kept"
        yield Finding(RULE_ID, Severity.WARNING, "IN1", text, position)
    if not _visit_number(message):
        text = "no visit number (PV1-19, PID-18): a repeated message is known by MSH-10 only"
        yield Finding(RULE_ID, Severity.WARNING, "PV1-19", text, position)


def _visit_number(message: Message) -> str:
    return message.segment("PV1").text(19) or message.segment("PID").text(18)


def _source_key(message: Message) -> str:
    return _visit_number(message) or message.segment("MSH").text(10)


def _encounter(message: Message, services: ServiceReader) -> EncounterDocument:
    pid, pv1 = message.segment("PID"), message.segment("PV1")
    patient = to_patient(pid)
    services.read_diagnoses(message)
    procedures = services.read_services(message)
    service_date = _service_date(message, procedures)
    return EncounterDocument(
        source_key=_source_key(message),
        patient=patient,
        identifiers=to_identifiers(pid),
        service_date=service_date,
        coverages=to_coverages(message, patient),
        guarantor=to_guarantor(message, patient, service_date),
        rendering_provider=_rendering_provider(message),
        place_of_service=_PLACES.get(pv1.text(2).upper(), ""),
        service_end_date=pv1.day(45),
        diagnoses=tuple(services.diagnoses),
        procedures=procedures,
        notes=to_notes(message),
        prior_authorization=to_authorization(message),
    )


def _service_date(message: Message, procedures: tuple[SourceProcedure, ...]) -> date | None:
    """Return the first day of a charge, else the admission (PV1-44), else the event (EVN-6)."""
    charged = (service.service_date for service in procedures if message.list_segments("FT1"))
    first_charge = min((day for day in charged if day), default=None)
    event = message.segment("EVN")
    return first_charge or message.segment("PV1").day(44) or event.day(6) or event.day(2)


def _rendering_provider(message: Message) -> Provider | None:
    """Return who performed a charge (FT1-20) by NPI, else the attending provider (PV1-7)."""
    performers = (to_provider(ft1, 20) for ft1 in message.list_segments("FT1"))
    with_npi = (provider for provider in performers if provider and provider.npi)
    attending = to_provider(message.segment("PV1"), 7)
    if attending is not None and attending.npi:
        return attending
    return next(with_npi, attending)
