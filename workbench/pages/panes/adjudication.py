"""The pane of the third person: two codings beside each other, and what is right of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from models.documents.coding_audit import JudgedCode
from models.states.audited_case import AuditedCaseState
from models.states.work_item import WorkItemState
from models.values.access import Right
from models.values.billing_codes import CodeSystem, to_code_text
from models.values.coding_audit import CodePart, CodeVerdict
from revcycle.operations.audit.audit_items import SUBJECT
from revcycle.rules.audit.education import say_part
from revcycle.rules.audit.name_services import name_services
from revcycle.rules.coding.compare_codings import write_service
from revcycle.rules.coding.typed_coding import type_coding
from revcycle.store import audited_cases
from revcycle.store.audit import record_act
from revcycle.store.frozen_codings import thaw_coding
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.coding import sees_notes
from workbench.pages.panes.coding_audit import list_notes
from workbench.pages.panes.kept_typing import find_kept, restore
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.records.code_titles import title_codes

OWN_WORK: Final = (
    "You coded or audited this chart yourself. Give it back: a third person must decide."
)
DIAGNOSES: Final = frozenset({CodePart.DIAGNOSIS, CodePart.FIRST_DIAGNOSIS})


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One decision as a row.

    Attributes:
        first: What was coded first; empty when nothing was.
        choice: What the person chose before something went wrong.
        other: What the person typed then.
    """

    number: int
    part: str
    first: str
    second: str
    right: str
    weight: str
    is_open: bool
    is_same: bool
    verdict: str
    choice: str = ""
    other: str = ""
    title: str = ""


def build_adjudication(session: Session, opened: OpenedItem) -> Pane:
    """Show both codings to whoever made neither; their makers' names stand nowhere here."""
    act, line = opened.act, opened.line
    if line.subject_kind != SUBJECT:
        return build_by_hand(session, opened)
    case = audited_cases.see_case(session, act.client_id, line.subject_id)
    record_act(session, act.client_id, act, "see_audited_case", SUBJECT, case.id)
    is_own = act.actor in {case.coder, case.auditor}
    is_open = line.state is WorkItemState.OPEN and case.state == AuditedCaseState.DISPUTED
    codes = audited_cases.list_codes(session, act.client_id, case.id)
    rows = name_services(audited_cases.to_judged(row) for row in codes)
    is_editable = opened.is_mine and is_open and not is_own
    is_editable = is_editable and opened.person.may(Right.AUDIT_CODES)
    restored = restore(opened, find_kept(session, opened, "remark") if is_editable else None)
    is_shown = not (is_own and is_open)
    lines = to_lines(session, rows, restored.opened.typed, case.service_date) if is_shown else []
    services = list_services(case.coder_coding, case.auditor_coding) if is_shown else []
    return Pane(
        "panes/adjudication.html",
        {
            "is_own": is_own,
            "own_work": OWN_WORK,
            "is_open": is_open,
            "is_editable": is_editable,
            "kept_at": restored.kept_at,
            "differences": (),
            "is_unsaved": False,
            "case_id": case.id,
            "day": case.service_date,
            "notes": list_notes(session, opened, case),
            "sees_notes": sees_notes(opened),
            "lines": lines,
            "services": services,
            "remark": restored.opened.typed.get("remark", ""),
            "education": case.education,
        },
    )


def to_lines(
    session: Session, rows: list[JudgedCode], typed: Mapping[str, str], day: date
) -> list[CodeLine]:
    """Write decisions as rows, what differs first, with titles of the date of service."""
    diagnoses = {
        code for one in rows if one.part in DIAGNOSES for code in (one.coder, one.auditor) if code
    }
    titles = title_codes(session, sorted(diagnoses), day)
    lines = [_line(one, titles, typed) for one in rows]
    return sorted(lines, key=lambda one: one.is_same)


def _line(one: JudgedCode, titles: Mapping[str, str], typed: Mapping[str, str]) -> CodeLine:
    codes = dict.fromkeys((one.coder, one.auditor))
    return CodeLine(
        one.number,
        say_part(one),
        _text(one, one.coder),
        _text(one, one.auditor),
        _text(one, one.right),
        one.weight,
        one.verdict is CodeVerdict.OPEN,
        one.verdict is CodeVerdict.SAME,
        one.verdict,
        typed.get(f"choice-{one.number}", ""),
        typed.get(f"other-{one.number}", ""),
        " · ".join(titles[code] for code in codes if code in titles),
    )


def _text(one: JudgedCode, code: str) -> str:
    return to_code_text(CodeSystem.ICD10CM, code) if one.part in DIAGNOSES and code else code


def list_services(first: str, second: str) -> list[tuple[str, str]]:
    """Write the services of both in full: what pointers say decides nothing, and helps to see."""
    sides = [
        [write_service(one) for one in type_coding(thaw_coding(text)).services] if text else []
        for text in (first, second)
    ]
    length = max(len(side) for side in sides)
    padded = [[*side, *[""] * (length - len(side))] for side in sides]
    return list(zip(*padded, strict=True))
