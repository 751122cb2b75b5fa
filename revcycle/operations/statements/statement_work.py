"""The work items that keep an account from its statement."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding, Severity
from models.states.work_item import Queue
from revcycle.rules.statements.delivery import NEEDS_PERSON
from revcycle.store.work_items import NewWorkItem, close_work_items, open_work_items


def update_work(session: Session, act: Act, findings: Mapping[UUID, Sequence[Finding]]) -> int:
    """Open one item per account and thing to put right; close those that were put right.

    Accounts that only wait keep their items: nobody looked at their addresses. Returns how many
    items are new.
    """
    items = [
        _item(patient_id, finding)
        for patient_id, found in findings.items()
        for finding in found
        if finding.severity is Severity.ERROR
    ]
    close_work_items(session, act.client_id, act, list(_mended(findings)), resolution="put_right")
    return open_work_items(session, act.client_id, act, items)


def hold_causes(patient_id: UUID) -> list[str]:
    """Name the causes of every item that holds an account's statement."""
    return [_cause(rule_id, patient_id) for rule_id in NEEDS_PERSON]


def _mended(findings: Mapping[UUID, Sequence[Finding]]) -> Iterable[str]:
    for patient_id, found in findings.items():
        if all(finding.severity is Severity.ERROR for finding in found):
            open_rules = {finding.rule_id for finding in found}
            yield from (_cause(rule, patient_id) for rule in NEEDS_PERSON if rule not in open_rules)


def _item(patient_id: UUID, finding: Finding) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.STATEMENT,
        cause_key=_cause(finding.rule_id, patient_id),
        subject_kind="patient",
        subject_id=patient_id,
        reason=finding.rule_id,
        field=finding.field,
        detail=finding.message,
    )


def _cause(rule_id: str, patient_id: UUID) -> str:
    return f"{rule_id}:{patient_id}"
