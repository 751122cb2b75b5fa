"""Let a third person say of each difference what is right."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import AuditPolicy
from models.errors import RejectedError
from models.states.audited_case import AUDITED_CASE_TRANSITIONS, AuditedCaseEvent
from models.tables import AuditedCase, AuditedCode
from models.values.coding_audit import CodeVerdict
from revcycle.operations.audit.complete_second_coding import CaseInHand, OwnWorkError
from revcycle.operations.audit.open_corrections import open_corrections
from revcycle.rules.audit.education import write_education
from revcycle.rules.audit.name_services import name_services
from revcycle.rules.audit.sum_up import verdict_of
from revcycle.store import audited_cases, typed_codings, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move

CODE_LENGTH_MAX: Final = 20


def decide_case(
    session: Session,
    act: Act,
    in_hand: CaseInHand,
    right: Mapping[int, str],
    *,
    remark: str,
    policy: AuditPolicy,
) -> int:
    """Close a disputed case: verdicts, a note to the coder, and corrections of what is wrong.

    Args:
        session: The open transaction.
        act: The third person.
        in_hand: The case, with the lease.
        right: What is right, by the number of the difference; empty: nothing should stand there.
        remark: What the coder should learn besides; may be empty.
        policy: How long corrections may wait.

    Returns:
        How many mistakes the coder made.

    Raises:
        StaleLeaseError: the person does not hold the item any more.
        NotFoundError: this practice has no such case.
        OwnWorkError: the person coded or audited the chart.
        RejectedError: a difference is left open, or what is right is too long.
        IllegalTransitionError: the case is not disputed.
    """
    work_items.require_lease(session, act.client_id, act, in_hand.work_item_id, token=in_hand.token)
    case = audited_cases.get_case(session, act.client_id, in_hand.case_id)
    _require_third(act, case)
    rows = audited_cases.list_codes(session, act.client_id, case.id)
    _rule(rows, right)
    move(session, act.client_id, act, case, AUDITED_CASE_TRANSITIONS, AuditedCaseEvent.DECIDE)
    judged = name_services(audited_cases.to_judged(row) for row in rows)
    wrong = [one for one in judged if not one.is_right]
    case.decided_by, case.decided_at = act.actor, act.at
    case.education = write_education(judged, remark)
    record_act(session, act.client_id, act, "decide_audit", "audited_case", case.id)
    open_corrections(session, act, case, wrong, policy)
    work_items.close_leased_work_item(
        session, act.client_id, act, in_hand.work_item_id, token=in_hand.token, resolution="decided"
    )
    typed_codings.drop_typed(session, act.client_id, in_hand.work_item_id)
    return len(wrong)


def _require_third(act: Act, case: AuditedCase) -> None:
    if act.actor in {case.coder, case.auditor}:
        msg = "you coded or audited this chart yourself: a third person must decide"
        raise OwnWorkError(msg)


def _rule(rows: Sequence[AuditedCode], right: Mapping[int, str]) -> None:
    open_rows = [row for row in rows if row.verdict == CodeVerdict.OPEN]
    missing = [row.number for row in open_rows if row.number not in right]
    if missing:
        words = ", ".join(str(one) for one in missing)
        msg = f"say what is right of each difference; open is number {words}"
        raise RejectedError(msg)
    for row in open_rows:
        said = right[row.number].strip().upper().replace(".", "")
        if len(said) > CODE_LENGTH_MAX:
            msg = f"a code has at most {CODE_LENGTH_MAX} characters"
            raise RejectedError(msg)
        row.right_code = said
        row.verdict = verdict_of(row.coder_code, row.auditor_code, said)
