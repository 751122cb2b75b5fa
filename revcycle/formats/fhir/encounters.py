"""Encounters from a FHIR file."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from models.documents.encounter import EncounterDocument, IntakeRecord
from models.documents.finding import Finding, Severity
from models.documents.party import Person, Provider
from models.errors import RejectedError
from revcycle.formats.fhir.charts import Chart, Charts
from revcycle.formats.fhir.coverages import CoverageReader
from revcycle.formats.fhir.nodes import Node, node, nodes, text, to_day
from revcycle.formats.fhir.notes import read_notes
from revcycle.formats.fhir.people import to_identifiers, to_person, to_provider
from revcycle.formats.fhir.resources import Entry, Resources, describe_kinds, read_resources
from revcycle.formats.fhir.services import RULE_ID, ServiceReader

FINISHED: Final = ("finished", "completed", "discharged", "unknown", "")
_PLACES: Final = {"EMER": "23", "IMP": "21", "ACUTE": "21", "HH": "12"}  # Encounter.class
_PERFORMERS: Final = ("PPRF", "ATND", "SPRF")  # primary performer, attender, secondary performer


def read_encounters(data: bytes, *, zone: tzinfo | None = None) -> tuple[IntakeRecord, ...]:
    """Read a bundle, a single Encounter, or NDJSON: one record for each Encounter, in order.

    An entry that cannot be read is a record without an encounter; so is an Encounter that is not
    finished, because it will come again, or never took place.

    Args:
        data: The file.
        zone: The practice's time zone, for instants in UTC; see ``nodes.to_day``.

    Raises:
        RejectedError: the file is no FHIR, or holds resources but no Encounter.
    """
    resources = read_resources(data)
    charts = Charts(resources)
    entries = [entry for entry in resources.entries if entry.problem or entry.kind == "Encounter"]
    if resources.entries and not any(entry.kind == "Encounter" for entry in entries):
        msg = f"the file holds no Encounter; it holds: {describe_kinds(resources)}"
        raise RejectedError(msg)
    return tuple(
        _record(ordinal, entry, charts, zone) for ordinal, entry in enumerate(entries, start=1)
    )


def _record(ordinal: int, entry: Entry, charts: Charts, zone: tzinfo | None) -> IntakeRecord:
    refusal = _refusal(entry, charts)
    if refusal is not None:
        return IntakeRecord(ordinal, entry.position, None, (refusal,))
    chart = charts.chart(entry.resource)
    services = ServiceReader(charts.resources, chart, zone, entry.position)
    notes, note_findings = read_notes(charts.resources, chart, zone, entry.position)
    services.read_diagnoses()
    procedures = services.read_services()
    period = node(chart.encounter, "period")
    service_date = to_day(text(period, "start"), zone)
    encounter = EncounterDocument(
        source_key=_source_key(entry),
        patient=to_person(chart.patient, zone),
        identifiers=to_identifiers(chart.patient),
        service_date=service_date,
        coverages=CoverageReader(charts.resources, chart, zone).read(service_date),
        guarantor=_guarantor(chart, zone),
        rendering_provider=_rendering_provider(charts.resources, chart.encounter),
        place_of_service=services.read_place() or _PLACES.get(_class_code(chart.encounter), ""),
        service_end_date=to_day(text(period, "end"), zone),
        diagnoses=tuple(services.diagnoses),
        procedures=procedures,
        notes=notes,
        prior_authorization=_authorization(chart),
    )
    findings = (*_remarks(chart, entry.position), *note_findings, *services.findings)
    return IntakeRecord(ordinal, entry.position, encounter, findings)


def _refusal(entry: Entry, charts: Charts) -> Finding | None:
    """Say why an entry cannot become an encounter; None if it can."""
    if entry.problem:
        return Finding(RULE_ID, Severity.ERROR, "resource", entry.problem, entry.position)
    status = text(entry.resource, "status")
    if status not in FINISHED:
        message = f"the encounter is {status[:20]}, not finished"
        return Finding("intake.encounter_status", Severity.ERROR, "status", message, entry.position)
    if not _source_key(entry):
        message = "the encounter has neither an identifier nor an id"
        return Finding(RULE_ID, Severity.ERROR, "identifier", message, entry.position)
    if text(charts.chart(entry.resource).patient, "resourceType") != "Patient":
        message = "the subject does not name a Patient of this file"
        return Finding(RULE_ID, Severity.ERROR, "subject", message, entry.position)
    return None


def _remarks(chart: Chart, position: str) -> Iterator[Finding]:
    """Report dates that are there and cannot be read."""
    dates = (
        ("birthDate", text(chart.patient, "birthDate")),
        ("period.start", text(chart.encounter, "period", "start")),
    )
    for name, stamp in dates:
        if stamp and to_day(stamp, None) is None:
            message = "not a complete date (YYYY-MM-DD)"
            yield Finding(RULE_ID, Severity.ERROR, name, message, position)


def _source_key(entry: Entry) -> str:
    """Return the visit number, else the first identifier, else the id or the entry's URL."""
    identifiers = nodes(entry.resource, "identifier")
    visit = [one for one in identifiers if text(one, "type", "coding", "code") == "VN"]
    numbers = (text(one, "value") for one in (*visit, *identifiers))
    own_id = text(entry.resource, "id") or entry.full_url.rpartition("/")[2].rpartition(":")[2]
    return next((number for number in numbers if number), own_id)


def _rendering_provider(resources: Resources, encounter: Node) -> Provider | None:
    """Return the primary performer, else any participant who is a practitioner."""
    participants = sorted(nodes(encounter, "participant"), key=_performer_rank)
    providers = (
        to_provider(resources, node(one, "individual") or node(one, "actor"), encounter)
        for one in participants
    )
    return next((provider for provider in providers if provider is not None), None)


def _guarantor(chart: Chart, zone: tzinfo | None) -> Person | None:
    """Return the person who answers for the account; None if it is the patient."""
    is_person = text(chart.guarantor, "resourceType") in ("RelatedPerson", "Patient")
    if not is_person or chart.guarantor is chart.patient:
        return None
    return to_person(chart.guarantor, zone)


def _performer_rank(participant: Node) -> int:
    code = text(participant, "type", "coding", "code")
    return _PERFORMERS.index(code) if code in _PERFORMERS else len(_PERFORMERS)


def _class_code(encounter: Node) -> str:
    """Return the class: a Coding in R4, a CodeableConcept in R5."""
    return text(encounter, "class", "code") or text(encounter, "class", "coding", "code")


def _authorization(chart: Chart) -> str:
    """Return the first prior authorization number of a claim (insurance.preAuthRef)."""
    numbers = (
        text(insurance, "preAuthRef")
        for claim in chart.claims
        for insurance in nodes(claim, "insurance")
    )
    return next((number for number in numbers if number), "")
