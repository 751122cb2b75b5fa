"""Take the auditor's coding and compare it; differences go to a third person."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.coding_audit import AuditPolicy
from models.errors import RejectedError
from models.states.audited_case import (
    AUDITED_CASE_TRANSITIONS,
    AuditedCaseEvent,
    AuditedCaseState,
)
from models.tables import AuditedCase
from revcycle.operations.audit.audit_items import decision_item
from revcycle.rules.audit.compare_for_audit import list_code_decisions
from revcycle.store import audited_cases, typed_codings, work_items
from revcycle.store.audit import record_act
from revcycle.store.frozen_codings import freeze_coding, thaw_coding
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """An audited case on a person's page, and the fencing token of the lease."""

    case_id: UUID
    work_item_id: UUID
    token: int


class OwnWorkError(RejectedError):
    """Nobody audits, or decides about, what they coded themselves."""


def complete_second_coding(
    session: Session, act: Act, in_hand: CaseInHand, coding: CodingDocument, policy: AuditPolicy
) -> AuditedCaseState:
    """Keep the second coding and compare.

    Returns:
        AGREED, or DISPUTED with an item for a third person.

    Raises:
        StaleLeaseError: the auditor does not hold the item any more.
        NotFoundError: this practice has no such case.
        OwnWorkError: the auditor coded the chart.
        RejectedError: nothing is coded.
        IllegalTransitionError: somebody audited the case already.
    """
    work_items.require_lease(session, act.client_id, act, in_hand.work_item_id, token=in_hand.token)
    case = audited_cases.get_case(session, act.client_id, in_hand.case_id)
    _require_auditor(act, case, coding)
    _keep(session, act, case, coding)
    decisions = list_code_decisions(thaw_coding(case.coder_coding), coding)
    audited_cases.add_codes(session, act.client_id, case.id, decisions)
    differences = sum(not one.is_same for one in decisions)
    event = AuditedCaseEvent.DISPUTE if differences else AuditedCaseEvent.AGREE
    move(session, act.client_id, act, case, AUDITED_CASE_TRANSITIONS, event)
    work_items.close_leased_work_item(
        session, act.client_id, act, in_hand.work_item_id, token=in_hand.token, resolution=event
    )
    typed_codings.drop_typed(session, act.client_id, in_hand.work_item_id)
    if differences:
        item = decision_item(case.id, case.service_date, differences, policy)
        work_items.open_work_items(session, act.client_id, act, [item])
    return AuditedCaseState(case.state)


def _require_auditor(act: Act, case: AuditedCase, coding: CodingDocument) -> None:
    if case.coder == act.actor:
        msg = "you coded this chart yourself: somebody else must audit it"
        raise OwnWorkError(msg)
    if not coding.diagnoses and not coding.services:
        msg = "write down what you would code; nothing stands here yet"
        raise RejectedError(msg)


def _keep(session: Session, act: Act, case: AuditedCase, coding: CodingDocument) -> None:
    event = AuditedCaseEvent.COMPLETE
    move(session, act.client_id, act, case, AUDITED_CASE_TRANSITIONS, event)
    case.auditor = act.actor
    case.auditor_coding = freeze_coding(coding)
    case.audited_at = act.at
    case.is_blind = not audited_cases.has_looked_at_codes(
        session, act.client_id, case.encounter_id, act.actor
    )
    outcome = "blind" if case.is_blind else "had_seen_codes"
    record_act(
        session, act.client_id, act, "complete_audit", "audited_case", case.id, outcome=outcome
    )
