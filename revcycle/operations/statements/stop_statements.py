"""Stop an account's statements for a reason, or lift the stop."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.work_item import WorkItemEvent
from revcycle.operations.statements.report_message import BAD_ADDRESS
from revcycle.operations.statements.statement_work import hold_causes
from revcycle.store import patients, work_items
from revcycle.store.audit import record_act

# Source: 45 CFR 164.522(b); 11 U.S.C. 362; the practice's own decisions.
STOP_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dispute": "the guarantor disputes the balance",
        "bankruptcy": "a bankruptcy forbids to ask",
        "deceased": "the guarantor has died",
        "payment_plan": "a payment plan was agreed",
        "confidential": "the patient asked for another way of being told",
        "hardship": "the practice looks at hardship",
        "paper": "the guarantor gets paper, printed and posted by hand",
        BAD_ADDRESS: "no address is known that works",
    }
)


def stop_statements(session: Session, act: Act, patient_id: UUID, *, reason: str) -> None:
    """Let no statement of an account leave until somebody lifts the stop.

    What was to be put right for the statement is cancelled; a draft that waits is cancelled by
    its release. The balance stays owed.

    Raises:
        NotFoundError: this practice has no such patient.
        RejectedError: the reason is none of ``STOP_REASONS``.
    """
    if reason not in STOP_REASONS:
        msg = "choose one of the reasons"
        raise RejectedError(msg)
    _set(session, act, patient_id, reason)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        hold_causes(patient_id),
        resolution=f"stopped: {reason}",
        event=WorkItemEvent.COMPLETE,
    )


def lift_stop(session: Session, act: Act, patient_id: UUID) -> None:
    """Let statements leave again; without a stop nothing changes.

    Raises:
        NotFoundError: this practice has no such patient.
    """
    _set(session, act, patient_id, "")


def _set(session: Session, act: Act, patient_id: UUID, reason: str) -> None:
    patient = patients.get_patient(session, act.client_id, patient_id)
    if patient is None:
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    patient.statements_stopped = reason
    action = "stop_statements" if reason else "lift_statement_stop"
    outcome = reason or "done"
    record_act(session, act.client_id, act, action, "patient", patient_id, outcome=outcome)
