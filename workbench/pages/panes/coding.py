"""The coder's pane: codes in rows, what is wrong with them, and what to go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodedService
from models.documents.encounter import CodeSystem as SentSystem
from models.states.encounter import EncounterState
from models.values.access import FieldKind, FieldView, Right
from models.values.billing_codes import CodeSystem
from revcycle.operations.coding.judge_coding import judge_typed_codes
from revcycle.reference.procedures import words_of_procedures
from revcycle.rules.coding.compare_codings import coding_fingerprint, write_service
from revcycle.rules.coding.query_templates import QUERY_TEMPLATES, QUESTION_LENGTH_MAX
from revcycle.rules.coding.typed_coding import (
    TypedCoding,
    TypedService,
    read_coding,
    type_coding,
)
from revcycle.settings import settings
from revcycle.store import audit, billing_codes, codings, encounter_picture, encounters
from revcycle.store.encounter_picture import EncounterFacts, NoteFacts
from workbench.pages.client_files import own_coding_policy, wants_suggestions
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.coding_findings import show_findings
from workbench.pages.panes.coding_form import accepted_of, rows_of
from workbench.pages.panes.coding_return import find_returned_chart
from workbench.pages.panes.coding_suggestions import (
    are_suggestions_ready,
    plain_notes,
    show_suggestions,
)
from workbench.pages.panes.kept_typing import restore_coding
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.records.code_titles import title_codes

EARLIER_VISITS_SHOWN: Final = 6
WHY_CLOSED: Final[Mapping[EncounterState, str]] = {
    EncounterState.NEEDS_FIX: "Intake must put the record right first; then it can be coded.",
    EncounterState.REGISTERED: "The record waits for the coding run, which judges its codes first.",
    EncounterState.QUERIED: "The provider was asked. The answer, or taking the question back, "
    "gives the chart to the coders again.",
    EncounterState.CODED: "The coding is complete, and the claim is built from it. A change now "
    "would make the claim say something else than the chart.",
    EncounterState.BILLED: "A claim carries these codes already. They are changed by a corrected "
    "claim, so that the payer hears of it too.",
    EncounterState.VOIDED: "The visit was taken out of the cycle: it is never billed.",
}
_BILLABLE_SYSTEMS: Final = {"diagnosis": SentSystem.ICD10CM, "procedure": SentSystem.CPT_HCPCS}


@dataclass(frozen=True, slots=True)
class SentCodeLine:
    """A code as the practice sent it; ``change`` takes it over, empty when it cannot be billed."""

    kind: str
    system: str
    code: str
    text: str
    change: str


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """What was coded of the patient before."""

    address: str
    service_date: date
    state: EncounterState
    diagnoses: Sequence[str]
    services: Sequence[str]


def build_coding(session: Session, opened: OpenedItem) -> Pane:
    """Show the chart's codes: as a form to whoever holds the item, else to be read."""
    act, line = opened.act, opened.line
    if line.subject_kind != "encounter":
        return build_by_hand(session, opened)
    facts = encounter_picture.get_encounter_facts(session, act.client_id, line.subject_id)
    audit.record_act(session, act.client_id, act, "see_coding", "encounter", line.subject_id)
    day = facts.service_date
    if day is None:  # intake asks for it; without it no code can be judged
        return Pane(
            "panes/coding.html", {"why_closed": "The date of service is missing.", "day": None}
        )
    stored = codings.get_coding(session, act.client_id, line.subject_id, day)
    is_mine = opened.is_mine and facts.state is EncounterState.CODING
    is_editable = is_mine and opened.person.may(Right.CODE)
    restored = restore_coding(session, opened, stored)
    opened = restored.opened if is_editable else opened
    rows = rows_of(opened.typed)
    notes = _notes(session, opened)
    may_suggest = is_editable and bool(notes) and wants_suggestions(opened.practice.key)
    wants = may_suggest and bool(opened.typed.get("suggest"))
    typed_codes = rows.diagnoses if rows else stored.diagnoses
    suggestions = (
        show_suggestions(session, act, line.subject_id, notes, day, typed=typed_codes)
        if wants
        else None
    )
    return Pane(
        "panes/coding.html",
        {
            "why_closed": WHY_CLOSED.get(facts.state, ""),
            "is_editable": is_editable,
            "may_suggest": may_suggest,
            "are_suggestions_ready": may_suggest and are_suggestions_ready(),
            "suggestions": suggestions,
            "note_parts": suggestions.notes if suggestions else plain_notes(notes),
            "day": day,
            "shown": opened.typed.get("shown") or coding_fingerprint(stored),
            "is_unsaved": rows is not None and read_coding(rows, day)[0] != stored,
            "kept_at": restored.kept_at,
            "differences": restored.differences,
            "focus": opened.typed.get("focus", ""),
            "why_accepted": opened.typed.get("why_accepted", ""),
            "question": opened.typed.get("question", ""),
            "question_max": QUESTION_LENGTH_MAX,
            "templates": QUERY_TEMPLATES,
            "notes": notes,
            "sees_notes": sees_notes(opened),
            "sent": list_sent_codes(session, act.client_id, line.subject_id),
            "came_back": find_returned_chart(session, opened),
            "earlier": _earlier_visits(session, opened, facts),
            **code_facts(session, opened, line.subject_id, rows or type_coding(stored), day),
        },
    )


def sees_notes(opened: OpenedItem) -> bool:
    """Tell whether the person's roles include notes."""
    return opened.person.access.view_of(FieldKind.NOTE) is FieldView.SHOWN


def _notes(session: Session, opened: OpenedItem) -> Sequence[NoteFacts]:
    if not sees_notes(opened):
        return ()
    client_id, encounter_id = opened.act.client_id, opened.line.subject_id
    return encounter_picture.get_coded_encounter(session, client_id, encounter_id).notes


def code_facts(
    session: Session, opened: OpenedItem, encounter_id: UUID, rows: TypedCoding, day: date
) -> dict[str, object]:
    """Say everything that a form of codes shows: rows, titles, and what is wrong with them.

    Args:
        session: The open transaction.
        opened: The item, with the findings that were accepted.
        encounter_id: Whose codes they are.
        rows: The codes as typed.
        day: The date of service.
    """
    coding, _ = read_coding(rows, day)
    titles = title_codes(session, coding.diagnoses, day)
    labels = _procedure_titles(session, coding.services, day)
    is_begun = bool(rows.diagnoses or rows.services)
    findings = (
        judge_typed_codes(
            session,
            opened.act.client_id,
            encounter_id,
            rows,
            own_coding_policy(opened.practice.key),
        )
        if is_begun
        else ()
    )
    shown = show_findings(findings, accepted_of(opened.typed))
    return {
        "rows": rows,
        "no_service": TypedService(),
        "is_begun": is_begun,
        "titles": [titles.get(code, "") for code in coding.diagnoses],
        "labels": [labels.get(one.procedure_code, "") for one in coding.services],
        "service_texts": [write_service(one) for one in rows.services],
        "findings": shown,
        "wrong": {one.place for one in shown if one.is_error},
    }


def _procedure_titles(
    session: Session, services: Sequence[CodedService], day: date
) -> dict[str, str]:
    """Find our own words, and before them those of the lists that were loaded, by the day."""
    wanted = {one.procedure_code for one in services}
    ours = words_of_procedures(has_demo_words=settings().demo_words)
    titles = {code: ours[code] for code in wanted if code in ours}
    for system in (CodeSystem.HCPCS, CodeSystem.CPT):
        titles |= billing_codes.list_titles(session, system, wanted, day)
    return titles


def list_sent_codes(session: Session, client_id: UUID, encounter_id: UUID) -> list[SentCodeLine]:
    """List the codes as the practice sent them."""
    rows = encounters.list_source_codes(session, client_id, [encounter_id])
    return [
        SentCodeLine(
            row.kind,
            row.system,
            row.code,
            row.text,
            f"take-{row.kind}:{row.code}" if _BILLABLE_SYSTEMS.get(row.kind) == row.system else "",
        )
        for row in rows
    ]


def _earlier_visits(
    session: Session, opened: OpenedItem, facts: EncounterFacts
) -> list[EarlierVisit]:
    """List what was coded before this visit, the latest first."""
    if facts.patient_id is None:
        return []
    client_id = opened.act.client_id
    latest = encounter_picture.list_encounter_facts(
        session, client_id, facts.patient_id, offset=0, limit=EARLIER_VISITS_SHOWN + 1
    )
    return [
        _visit(session, opened, client_id, one, one.service_date)
        for one in latest
        if one.id != facts.id and one.service_date is not None
    ][:EARLIER_VISITS_SHOWN]


def _visit(
    session: Session, opened: OpenedItem, client_id: UUID, facts: EncounterFacts, day: date
) -> EarlierVisit:
    typed = type_coding(codings.get_coding(session, client_id, facts.id, day))
    return EarlierVisit(
        f"/practices/{opened.practice.key}/encounters/{facts.id}",
        day,
        facts.state,
        typed.diagnoses,
        [write_service(service) for service in typed.services],
    )
