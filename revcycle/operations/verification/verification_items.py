"""The work items that verification opens."""

from uuid import UUID

from models.states.work_item import Queue
from models.tables import EligibilityCheck
from revcycle.reference.eligibility_steps import explain_answer
from revcycle.store.work_items import NewWorkItem

SERVICE_HOURS = 24


def verification_cause(check_id: UUID) -> str:
    """Name the cause of the item of one check."""
    return f"verification:{check_id}"


def verification_item(check: EligibilityCheck, reason: str, detail: str = "") -> NewWorkItem:
    """Ask a person to look at what a payer said, or could not be asked."""
    return NewWorkItem(
        queue=Queue.VERIFICATION,
        cause_key=verification_cause(check.id),
        subject_kind="eligibility_check",
        subject_id=check.id,
        reason=reason,
        detail=detail or explain_answer(reason)[0],
        service_hours=SERVICE_HOURS,
    )
