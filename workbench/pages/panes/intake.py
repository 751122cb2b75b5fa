"""The pane of intake: what is wrong with a record, beside the record as it came."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding
from models.states.encounter import EncounterState
from models.states.file import InboundFileState
from models.tables import IntakeRecordRow
from models.values.access import FieldKind, FieldView
from models.values.display import to_short_date
from revcycle.operations.intake.find_original import OriginalRecord, find_original
from revcycle.operations.intake.intake_outcomes import coverage_cause
from revcycle.reference.places_of_service import PLACES_OF_SERVICE
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.rules.intake import check_encounter
from revcycle.store import encounters, inbound_files, work_items
from revcycle.store.audit import record_act
from revcycle.store.encounter_documents import picture_encounter
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.intake_fields import (
    FIELDS,
    PATHS_OF_GROUPS,
    IntakeField,
    choices_of,
    values_of,
)
from workbench.pages.panes.pane import OpenedItem, Pane

SOCIAL_SECURITY_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{3}-?[0-9]{2}-?[0-9]{4}(?![0-9])")
IDENTITY: Final = (FieldKind.MEMBER_ID, FieldKind.BIRTH_DATE, FieldKind.CONTACT)
VOID_REASONS: Final[Mapping[str, str]] = {
    "not_a_visit": "It is no visit: a test record, or nobody came",
    "sent_twice": "The practice sent the same visit under another number",
    "too_old": "Too old to be billed",
    "not_billable": "Nothing of it can be billed",
    "other_practice": "It belongs to another practice",
}
CLOSE_REASONS: Final[Mapping[str, str]] = {
    "sent_again": "The practice has sent the record again",
    "not_a_visit": "It is no visit: a header, a total, a test",
    "entered_elsewhere": "The visit came another way, and is here",
}


@dataclass(frozen=True, slots=True, repr=False)
class ShownField:
    """A field of the form as it is shown."""

    field: IntakeField
    value: str
    problem: str


def build_intake(session: Session, opened: OpenedItem) -> Pane:
    """Show the form for a visit, or what can be done with a record or file in quarantine."""
    kind = opened.line.subject_kind
    if kind == "encounter":
        return _build_encounter(session, opened)
    if kind == "inbound_file":
        return _build_file(session, opened)
    return _build_record(session, opened)


def sees_identity(access: Access) -> bool:
    """Tell whether a person may see a record as it came: it holds all of somebody's identity."""
    return all(access.view_of(field) is FieldView.SHOWN for field in IDENTITY)


def is_about_coverage(session: Session, client_id: UUID, encounter_id: UUID) -> bool:
    """Tell whether a coverage of the visit waits for a person's word."""
    return work_items.has_open_cause(session, client_id, [coverage_cause(encounter_id)])


def _build_encounter(session: Session, opened: OpenedItem) -> Pane:
    act, line = opened.act, opened.line
    encounter = encounters.get_encounter(session, act.client_id, line.subject_id)
    record_act(session, act.client_id, act, "see_encounter", "encounter", encounter.id)
    now = values_of(session, act.client_id, encounter)
    document = picture_encounter(session, act.client_id, encounter)
    findings = check_encounter(document, today=act.today)
    record = encounters.find_record_of_encounter(session, act.client_id, encounter.id)
    about_coverage = is_about_coverage(session, act.client_id, encounter.id)
    shown = _fields(opened, now, findings, about_coverage=about_coverage)
    waits = encounter.state == EncounterState.NEEDS_FIX
    return Pane(
        "panes/intake_encounter.html",
        {
            "waits": waits,
            "may_correct": waits and opened.is_mine and sees_identity(opened.person.access),
            "findings": findings,
            "about_coverage": about_coverage,
            "is_uninsured": bool(opened.typed.get("is_uninsured")),
            "wrong": [one for one in shown if one.problem],
            "other": [one for one in shown if not one.problem],
            "choices": {
                **choices_of(session, act.client_id),
                "place": [(code, f"{code} {words}") for code, words in PLACES_OF_SERVICE.items()],
            },
            "seen": fingerprint_of(now),
            "void_reasons": VOID_REASONS,
            **_asking(opened),
            **_original(session, opened, record),
        },
    )


def _build_record(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    record = encounters.get_intake_record(session, act.client_id, opened.line.subject_id)
    return Pane(
        "panes/intake_quarantine.html",
        {
            "kind": "record",
            "can_read_again": False,
            "position": record.position,
            "file_id": record.inbound_file_id,
            "close_reasons": CLOSE_REASONS,
            **_asking(opened),
            **_original(session, opened, record),
        },
    )


def _build_file(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    file = inbound_files.get_inbound_file(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_file", "inbound_file", file.id)
    return Pane(
        "panes/intake_quarantine.html",
        {
            "kind": "file",
            "can_read_again": file.state == InboundFileState.QUARANTINED,
            "position": file.name,
            "file_id": file.id,
            "close_reasons": CLOSE_REASONS,
            "original": None,
            "said": (),
            "lines": (),
            "sees_original": True,
            **_asking(opened),
        },
    )


def _asking(opened: OpenedItem) -> dict[str, object]:
    """Say what the form that asks the practice shows again."""
    return {
        "question": opened.typed.get("question", ""),
        "message": opened.typed.get("message", ""),
    }


def _fields(
    opened: OpenedItem,
    now: Mapping[str, str],
    findings: Sequence[Finding],
    *,
    about_coverage: bool,
) -> list[ShownField]:
    problems: dict[str, str] = {}
    for finding in findings:
        problems.setdefault(_name_of(finding.field), finding.message)
    if about_coverage and opened.line.field.startswith("coverages"):
        problems.setdefault(_name_of(opened.line.field), opened.line.detail)
    if about_coverage and not any(_is_of_coverage(name) for name in problems):
        problems["payer_1"] = "choose the payer, or say below that there is none"
        problems["member_1"] = "as the card says it"
    ranks = {name.rpartition("_")[2] for name in (*now, *problems) if _is_of_coverage(name)}
    return [
        ShownField(
            field,
            opened.typed.get(field.name, now.get(field.name, "")),
            problems.get(field.name, ""),
        )
        for field in FIELDS
        if not _is_of_coverage(field.name) or field.name.rpartition("_")[2] in ranks | {"1"}
    ]


def _is_of_coverage(name: str) -> bool:
    return name.startswith(("payer_", "member_"))


def _name_of(path: str) -> str:
    by_path = {field.path: field.name for field in FIELDS}
    return by_path.get(path) or PATHS_OF_GROUPS.get(path, path)


def _original(
    session: Session, opened: OpenedItem, record: IntakeRecordRow | None
) -> dict[str, object]:
    """Picture the record as it came, for those who may see all of it."""
    access = opened.person.access
    if record is None or not sees_identity(access):
        return {"original": None, "said": (), "lines": (), "sees_original": record is None}
    config = find_client_file(opened.practice.key)
    original = find_original(session, opened.act.client_id, record, config)
    return {
        "original": original,
        "said": [pair for pair in _told(original.document, access) if pair[1]],
        "lines": [_masked(line, access) for line in _shown_lines(original)],
        "sees_original": True,
    }


def _shown_lines(original: OriginalRecord) -> tuple[str, ...]:
    """Show the text itself only where it could not be read: it says more than anybody needs."""
    return () if original.document else original.lines


def _masked(line: str, access: Access) -> str:
    return SOCIAL_SECURITY_NUMBER.sub(
        lambda found: see_field(access, FieldKind.SSN, found[0]), line
    )


def _told(document: EncounterDocument | None, access: Access) -> list[tuple[str, str]]:
    """Say what the record told, in its order; only what intake needs."""
    if document is None:
        return []
    patient, provider = document.patient, document.rendering_provider
    address = patient.address
    told = [
        ("Practice's number", document.source_key),
        ("Name", ", ".join(one for one in (patient.last_name, patient.first_name) if one)),
        ("Birth date", to_short_date(patient.birth_date) if patient.birth_date else ""),
        ("Sex", patient.sex),
        ("Street", address.line1 if address else ""),
        ("City", f"{address.city} {address.state} {address.zip_code}" if address else ""),
        ("Service", to_short_date(document.service_date) if document.service_date else ""),
        ("Provider", f"{provider.last_name} {provider.npi}" if provider else ""),
        ("Place", document.place_of_service),
    ]
    for coverage in document.coverages:
        payer = " ".join(one for one in (coverage.payer_name, coverage.payer_id) if one)
        told.append((f"Payer {coverage.rank}", payer))
        told.append((f"Member id {coverage.rank}", coverage.member_id))
    return [(label, _masked(text, access)) for label, text in told]
