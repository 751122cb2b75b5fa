"""Send registered encounters on: to the coders, or past them when they are coded already."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding, is_blocking
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.work_item import Queue
from models.tables import Encounter
from revcycle.operations.coding.gather_cases import gather_stored_cases
from revcycle.operations.coding.restate_needs import list_needs
from revcycle.rules.coding import check_coding
from revcycle.rules.work.needs import ASKS_NOTHING, NeedsPolicy
from revcycle.store import encounters, work_items
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem


@dataclass(frozen=True, slots=True)
class QueuedEncounters:
    """How many came with billable codes, and how many wait for a coder."""

    coded: int
    queued: int


def coding_cause(encounter_id: UUID) -> str:
    """Name the cause of the coding item of an encounter."""
    return f"coding:{encounter_id}"


def queue_encounters(
    session: Session,
    act: Act,
    encounter_ids: Sequence[UUID],
    *,
    service_hours: int,
    policy: CodingPolicy,
    priority: int = 5,
    asks: NeedsPolicy = ASKS_NOTHING,
) -> QueuedEncounters:
    """Judge the codes that came with registered encounters; open a coding item for the others.

    Repeating it is safe: an encounter that is not registered any more is left out.

    Args:
        session: The open transaction.
        act: The cycle.
        encounter_ids: A chunk.
        service_hours: Hours until a chart should be coded.
        policy: How grave findings are.
        priority: Of the items, 1 is first.
        asks: What the practice asks of whoever codes its charts.
    """
    rows = [
        row
        for row in encounters.list_encounters(session, act.client_id, encounter_ids)
        if row.state == EncounterState.REGISTERED
    ]
    cases = gather_stored_cases(session, act.client_id, rows, policy.form)
    needs = list_needs(session, act.client_id, [row.id for row in rows], asks)
    items = []
    for row in rows:
        findings = check_coding(cases[row.id], policy)
        if is_blocking(findings):
            move(session, act.client_id, act, row, ENCOUNTER_TRANSITIONS, EncounterEvent.QUEUE)
            items.append(_item(row, findings, service_hours, priority, needs[row.id]))
        else:
            move(session, act.client_id, act, row, ENCOUNTER_TRANSITIONS, EncounterEvent.COMPLETE)
    work_items.open_work_items(session, act.client_id, act, items)
    return QueuedEncounters(coded=len(rows) - len(items), queued=len(items))


def _item(
    row: Encounter, findings: Sequence[Finding], service_hours: int, priority: int, needs: str
) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.CODING,
        cause_key=coding_cause(row.id),
        subject_kind="encounter",
        subject_id=row.id,
        reason=findings[0].rule_id,
        field=findings[0].field,
        detail=findings[0].message,
        service_hours=service_hours,
        priority=priority,
        needs=needs,
    )
