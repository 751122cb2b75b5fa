"""The work items of audits: second codings and differences to decide."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from models.documents.coding_audit import AuditPolicy
from models.states.work_item import Queue
from models.values.coding_audit import SampleMethod
from models.values.display import to_short_date
from revcycle.store.work_items import NewWorkItem

SUBJECT: Final = "audited_case"


def audit_cause(case_id: UUID) -> str:
    """Name the cause of the item of a second coding."""
    return f"coding_audit:{case_id}"


def decision_cause(case_id: UUID) -> str:
    """Name the cause of the item of a third person."""
    return f"adjudication:{case_id}"


def second_coding_items(
    cases: Iterable[tuple[UUID, date]], method: SampleMethod, policy: AuditPolicy
) -> list[NewWorkItem]:
    """Write the items of drawn cases; they name nobody, and no code."""
    return [
        NewWorkItem(
            queue=Queue.CODING_AUDIT,
            cause_key=audit_cause(case_id),
            subject_kind=SUBJECT,
            subject_id=case_id,
            reason=f"audit.{method}",
            detail=f"Code the visit of {to_short_date(service_date)} a second time",
            service_hours=policy.audit_hours,
            priority=policy.audit_priority,
        )
        for case_id, service_date in cases
    ]


def decision_item(
    case_id: UUID, service_date: date, differences: int, policy: AuditPolicy
) -> NewWorkItem:
    """Write the item of two codings that differ."""
    count = "1 difference" if differences == 1 else f"{differences} differences"
    return NewWorkItem(
        queue=Queue.ADJUDICATION,
        cause_key=decision_cause(case_id),
        subject_kind=SUBJECT,
        subject_id=case_id,
        reason="audit.disputed",
        detail=f"Two codings of the visit of {to_short_date(service_date)}: {count}",
        service_hours=policy.decision_hours,
        priority=policy.decision_priority,
    )
