"""The panes in which a second person decides about money that is given back or given up."""

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session

from models.states.balance_write_off import BalanceWriteOffState
from models.states.refund import RefundState
from models.values.access import Right
from models.values.money import total
from revcycle.operations.approvals.policies import to_approver
from revcycle.operations.contracts.let_variance_be import at_stake
from revcycle.operations.patient_money.balance_write_off_work import REASONS
from revcycle.rules.approvals.ladder import approval_limit
from revcycle.store import ledger, refunds, variances
from revcycle.store.audit import record_act
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.refund_facts import show_refund
from workbench.pages.panes.variance import picture_variance

KIND_WORDS: Final[Mapping[str, str]] = {"charity": "charity", "bad_debt": "bad debt"}


def build_refund_decision(session: Session, opened: OpenedItem) -> Pane:
    """Show a refund that somebody asked for."""
    facts = show_refund(session, opened)
    refund = refunds.get_refund(session, opened.act.client_id, opened.line.subject_id)
    facts |= _decision(opened, refund.requested_by)
    facts["decides"] = facts["decides"] and refund.state is RefundState.REQUESTED
    return Pane("panes/refund_decision.html", facts)


def build_balance_decision(session: Session, opened: OpenedItem) -> Pane:
    """Show a patient's balance that somebody wants to give up."""
    act, request_id = opened.act, opened.line.subject_id
    request = refunds.get_write_off(session, act.client_id, request_id)
    record_act(session, act.client_id, act, "see_write_off", "balance_write_off", request_id)
    dues = ledger.patient_dues(session, act.client_id, [request.patient_id])
    facts: dict[str, object] = {
        "request": request,
        "kind": KIND_WORDS[request.kind],
        "reason": REASONS.get(request.reason, request.reason),
        "owed": total(due.amount for due in dues.get(request.patient_id, [])),
        **_decision(opened, request.requested_by),
    }
    facts["decides"] = facts["decides"] and request.state is BalanceWriteOffState.REQUESTED
    return Pane("panes/balance_decision.html", facts)


def build_variance_decision(session: Session, opened: OpenedItem) -> Pane:
    """Show a payment below or above its contract that somebody wants to let be."""
    row = variances.get_variance(session, opened.act.client_id, opened.line.subject_id)
    facts: dict[str, object] = {
        "variance": picture_variance(session, row),
        "at_stake": at_stake(row),
        "asked_by": row.let_be_asked_by,
        **_decision(opened, row.let_be_asked_by),
    }
    return Pane("panes/variance_decision.html", facts)


def _decision(opened: OpenedItem, requested_by: str) -> dict[str, object]:
    """Say whether the person may decide, and up to which amount."""
    person, line = opened.person, opened.line
    approver = to_approver(person.login, person.roles, find_client_file(opened.practice.key))
    may_decide = person.may(Right.APPROVE_WRITE_OFFS)
    return {
        "decides": may_decide and line.holder in {"", opened.act.actor},
        "asked_it": requested_by == opened.act.actor,
        "limit": approval_limit(approver),
    }
